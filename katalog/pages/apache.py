"""Headers, moves and compressed copies -> `/.htaccess`: what Apache is told, also where one may only upload files.

It asks for no more than `AllowOverride FileInfo`, since what a host does not allow there costs the whole site.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlsplit

from katalog.model import Config, File
from katalog.pages.former import Move
from katalog.pages.headers import HSTS, TYPES, areas
from katalog.pages.redirects import known_moves

_TEXTS = "html|css|js|json|jsonl|jsonld|xml|svg|txt|csv|md|rtf|bib|ris|webmanifest|ico"
_TEMPLATE = """\
# Untuk Apache 2.4 dengan AllowOverride FileInfo (docs/hosts/apache.md). Ditulis `python build.py`; jangan diubah.
# Sesudah semua alamat di host ini memakai HTTPS, tambahkan: Header always set {hsts}
ErrorDocument 404 {base}/404.html
AddDefaultCharset Off
<IfModule mod_mime.c>
{types}AddCharset utf-8 .html .css .js .xml .svg
RemoveType .gz
RemoveLanguage .br
AddEncoding gzip .gz
AddEncoding br .br
</IfModule>
<IfModule mod_headers.c>
{headers}<FilesMatch "\\.({texts})(\\.(br|gz))?$">
Header merge Vary Accept-Encoding
</FilesMatch>
</IfModule>
<IfModule mod_rewrite.c>
RewriteEngine On
RewriteBase {base}/
# Berkas tersembunyi dan folder tanpa halaman tidak ada.
RewriteRule (^|/)\\.(?!well-known/) - [R=404,L]
RewriteCond %{{REQUEST_FILENAME}} -d
RewriteCond %{{REQUEST_FILENAME}}/index.html !-f
RewriteRule /$ - [R=404,L]
# Salinan termampat, bila `kompresi` di site_config.toml memintanya.
RewriteCond %{{HTTP:Accept-Encoding}} \\bbr\\b
RewriteCond %{{REQUEST_FILENAME}}.br -f
RewriteRule \\.({texts})$ %{{REQUEST_URI}}.br [L,E=no-brotli:1,E=no-gzip:1]
RewriteCond %{{HTTP:Accept-Encoding}} \\bgzip\\b
RewriteCond %{{REQUEST_FILENAME}}.gz -f
RewriteRule \\.({texts})$ %{{REQUEST_URI}}.gz [L,E=no-brotli:1,E=no-gzip:1]
</IfModule>
<IfModule mod_alias.c>
{moves}</IfModule>
"""


def plan(moves: Sequence[Move], config: Config) -> Iterator[File]:
    """`/.htaccess`; addresses in it are of small letters, digits and hyphens only."""
    base = quote(urlsplit(config.base_url).path)
    rows = (f'RedirectMatch {status} "^{re.escape(old)}$" {new}\n' for old, new, status in known_moves(moves, base))
    text = _TEMPLATE.format(
        base=base,
        hsts=HSTS.replace(": ", ' "') + '"',
        types="".join(f'AddType "{kind}" .{ending}\n' for ending, kind in TYPES.items()),
        headers="".join(_headers(base)),
        texts=_TEXTS,
        moves="".join(rows),
    )
    yield File(path=".htaccess", content=text.encode())


def _headers(base: str) -> Iterator[str]:
    """The whole site's first, then what is said otherwise of a part."""
    (_, common), *parts = areas(base).items()
    for name, value in common.items():
        yield f'Header always set {name} "{value}"\n'
    for path, own in parts:
        where = f'"expr=%{{REQUEST_URI}} =~ m#^{re.escape(path)}#"'
        for name, value in own.items():
            if common.get(name) != value:
                yield f'Header always set {name} "{value}" {where}\n'
