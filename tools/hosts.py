"""Headers -> examples for servers of one's own, in docs/hosts/.

    python -m tools.hosts [BASE_URL]

BASE_URL may have a sub-folder; without it the files are those of this repository.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from katalog.pages.headers import HSTS, TYPES, areas

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "hosts"
EXAMPLE = "https://katalog.example"
SITE = "/srv/katalog/_site"

_NOTE = """\
# Written by `python -m tools.hosts` from katalog/pages/headers.py; change it there.
# Change here: the host name, and {site}, the folder that `python build.py --output` writes.
# Once every address of this host answers by HTTPS, and only then, add to each block:
#   {hsts}
"""
_APACHE_NOTE = """\
# Written by `python -m tools.hosts`; change it there.
# Change here: the host name, and {site}, the folder that `python build.py --output` writes.
"""
_NGINX = """\
# TLS is left out. Each block says everything: nginx hands nothing on to a block that sets a header of its own.
server {{
    listen 80;
    server_name {host};
    error_page 404 {base}/404.html;
    # Sends the `.gz` that lie beside files, where `kompresi` of site_config.toml asks for them; else it does nothing.
    gzip_static on;
    gzip_vary on;
    include /etc/nginx/mime.types;
    types {{
{types}    }}
    # Former addresses; the site writes the file. With the asterisk nginx starts without it too.
    absolute_redirect off;
    include {site}/_redirects*.conf;
    # Hidden files are nobody's business.
    location ~ /\\.(?!well-known/) {{
        return 404;
    }}
{begin}{blocks}}}
"""
_NGINX_BEGIN = """\
    location = {base} {{
        return 301 {base}/;
    }}
"""
_NGINX_BLOCK = """
    location {path} {{
        alias {folder};
{headers}    }}
"""
_CADDY = """\
{host} {{
	root * {site}
	# `precompressed` sends the copies that lie beside files, where `kompresi` of site_config.toml asks for them.
	# Former addresses; the site writes the file. With the asterisk Caddy starts without it too.
	import {site}/_redirects*.caddy
	# Caches must keep copies and files apart; Caddy says so of the copies alone.
	header ?Vary Accept-Encoding
{begin}{types}{blocks}
	handle_errors {{
		rewrite * /404.html
{headers}		header Content-Type "text/html; charset=utf-8"
		file_server
	}}
}}
"""
_CADDY_BLOCK = """
	handle {path}* {{
{headers}{strip}		file_server {{
			precompressed br gzip
			hide .*
		}}
	}}
"""
_APACHE = """\
# The site's own .htaccess says the rest. Once: a2enmod headers rewrite
<VirtualHost *:80>
    ServerName {host}
{root}    <Directory {site}>
        Require all granted
        Options -Indexes +SymLinksIfOwnerMatch
        AllowOverride FileInfo
    </Directory>
</VirtualHost>
"""


def examples(base_url: str, site: str = SITE) -> dict[str, str]:
    """The files by their names; `site` is the folder that they serve."""
    address = urlsplit(base_url)
    host, base = address.hostname or "", address.path.rstrip("/")
    note = _NOTE.format(site=site, hsts=HSTS)
    root = f"    Alias {base} {site}\n" if base else f"    DocumentRoot {site}\n"
    return {
        "nginx.conf": note + _nginx(host, base, site),
        "Caddyfile": note + _caddy(host, base, site),
        "apache.conf": _APACHE_NOTE.format(site=site) + _APACHE.format(host=host, root=root, site=site),
    }


def _nginx(host: str, base: str, site: str) -> str:
    blocks = [
        _NGINX_BLOCK.format(
            path=path,
            folder=site + path.removeprefix(base),
            headers="".join(f'        add_header {name} "{value}" always;\n' for name, value in headers.items()),
        )
        for path, headers in areas(base).items()
    ]
    types = "".join(f'        "{kind}" {ending};\n' for ending, kind in TYPES.items())
    begin = _NGINX_BEGIN.format(base=base) if base else ""
    return _NGINX.format(host=host, base=base, site=site, types=types, begin=begin, blocks="".join(blocks))


def _caddy(host: str, base: str, site: str) -> str:
    lines = {
        path: "".join(f'		header {name} "{value}"\n' for name, value in headers.items())
        for path, headers in areas(base).items()
    }
    strip = f"		uri strip_prefix {base}\n" if base else ""
    blocks = "".join(_CADDY_BLOCK.format(path=path, headers=text, strip=strip) for path, text in lines.items())
    begin = f"	redir {base} {base}/ 301\n" if base else ""
    types = "".join(
        f'	@{ending} path *.{ending}\n	header @{ending} Content-Type "{kind}"\n' for ending, kind in TYPES.items()
    )
    headers = lines[f"{base}/"]
    return _CADDY.format(host=host, site=site, begin=begin, types=types, blocks=blocks, headers=headers)


def main(base_url: str) -> None:
    """Write the examples anew."""
    for name, text in examples(base_url).items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*(sys.argv[1:] or [EXAMPLE]))
