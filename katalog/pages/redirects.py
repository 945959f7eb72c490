"""Moves -> what hosts and servers are told, so that former addresses answer with a redirect and not with a page.

`/_redirects` is read by Netlify, Cloudflare Pages and GitLab Pages. `/_redirects.conf` and `/_redirects.caddy` are
for servers of one's own, whose configuration includes them (`docs/hosts/`); that anyone can read them does no harm,
since they say what every former address says itself. All hold addresses of small letters, digits and hyphens only.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlsplit

from katalog.model import Config, File
from katalog.pages.former import Move

_SAFE = re.compile(r"[a-z0-9./_-]*")
_NOTE = "# {what} Satu baris satu alamat lama.\n"
_HOSTS = "Untuk Netlify, Cloudflare Pages, dan GitLab Pages."
_NGINX = "Untuk nginx: include di dalam blok server, lalu `nginx -s reload` sesudah setiap penerbitan."
_CADDY = "Untuk Caddy: import di dalam blok situs, lalu `caddy reload` sesudah setiap penerbitan."


def plan(moves: Sequence[Move], config: Config) -> Iterator[File]:
    """`/_redirects`, `/_redirects.conf`, `/_redirects.caddy`."""
    rows = known_moves(moves, quote(urlsplit(config.base_url).path))
    for path, what, form in (
        ("_redirects", _HOSTS, "{} {} {}\n"),
        ("_redirects.conf", _NGINX, "location = {0} {{ return {2} {1}; }}\n"),
        ("_redirects.caddy", _CADDY, "redir {} {} {}\n"),
    ):
        lines = (form.format(*row) for row in rows)
        yield File(path=path, content="".join([_NOTE.format(what=what), *lines]).encode())


def known_moves(moves: Sequence[Move], base: str) -> list[tuple[str, str, int]]:
    """Where from, where to, and how; hosts read so many lines and no more, so pages come first."""
    ordered = sorted(filter(_is_safe, moves), key=lambda move: (not move.old.endswith("/"), move.old))
    return [(f"{base}/{move.old}", f"{base}/{move.new}", 301 if move.for_ever else 302) for move in ordered]


def _is_safe(move: Move) -> bool:
    return all(_SAFE.fullmatch(address) for address in (move.old, move.new))
