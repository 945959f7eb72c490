"""Headers -> examples for servers of one's own, in docs/hosts/.

    python -m tools.hosts [BASE_URL]

BASE_URL may have a sub-folder; without it the files are those of this repository.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from katalog.pages.headers import HSTS, areas

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "hosts"
EXAMPLE = "https://katalog.example"
SITE = "/srv/katalog/_site"

_NOTE = """\
# Written by `python -m tools.hosts` from katalog/pages/headers.py; change it there.
# Change here: the host name, and {site}, the folder that `python build.py --output` writes.
# Once every address of this host answers by HTTPS, and only then, add to each block:
#   {hsts}
"""
_NGINX = """\
# TLS is left out. Each block says everything: nginx hands nothing on to a block that sets a header of its own.
server {{
    listen 80;
    server_name {host};
    error_page 404 {base}/404.html;
    # Sends the `.gz` that lie beside files, where `kompresi` of site_config.toml asks for them; else it does nothing.
    gzip_static on;
    # Former addresses; the site writes the file. With the asterisk nginx starts without it too.
    absolute_redirect off;
    include {site}/_redirects*.conf;
{blocks}}}
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
{blocks}
	handle_errors {{
		rewrite * /404.html
{headers}		file_server
	}}
}}
"""
_CADDY_BLOCK = """
	handle {path}* {{
{headers}{strip}		file_server {{
			precompressed br gzip
		}}
	}}
"""


def examples(base_url: str) -> dict[str, str]:
    """The files by their names."""
    address = urlsplit(base_url)
    host, base = address.hostname or "", address.path.rstrip("/")
    note = _NOTE.format(site=SITE, hsts=HSTS)
    return {"nginx.conf": note + _nginx(host, base), "Caddyfile": note + _caddy(host, base)}


def _nginx(host: str, base: str) -> str:
    blocks = [
        _NGINX_BLOCK.format(
            path=path,
            folder=SITE + path.removeprefix(base),
            headers="".join(f'        add_header {name} "{value}" always;\n' for name, value in headers.items()),
        )
        for path, headers in areas(base).items()
    ]
    return _NGINX.format(host=host, base=base, site=SITE, blocks="".join(blocks))


def _caddy(host: str, base: str) -> str:
    lines = {
        path: "".join(f'		header {name} "{value}"\n' for name, value in headers.items())
        for path, headers in areas(base).items()
    }
    strip = f"		uri strip_prefix {base}\n" if base else ""
    blocks = "".join(_CADDY_BLOCK.format(path=path, headers=text, strip=strip) for path, text in lines.items())
    return _CADDY.format(host=host, site=SITE, blocks=blocks, headers=lines[f"{base}/"])


def main(base_url: str) -> None:
    """Write the examples anew."""
    for name, text in examples(base_url).items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*(sys.argv[1:] or [EXAMPLE]))
