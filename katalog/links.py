"""Does every inner link lead somewhere? Reads finished HTML as it passes by."""

import html
import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from katalog.model import File, Kept
from katalog.problems import Code, Place, Problem, Severity
from katalog.text import ID_PREFIX, Text, body_lines

# Inside a tag: text may look like an attribute, but an angle of a tag follows it sooner than the end of one. A pattern
# that begins with plain characters is found several times as quickly as one that begins with a choice or any blank.
_ID = re.compile(rb' id="([^"]*)"(?=[^<>]*>)')
_LINK = re.compile(rb'="(?:(?<= href=")|(?<= src=")|(?<= action="))([^"]*)"(?=[^<>]*>)')
# Between the ids, links or targets in a note, and between these; neither can stand in an attribute that was cleaned.
_NEXT, _END = b"\0", b"\1"
# How links begin that do not depend on the page they stand on, and how those that may lead to others.
_ANYWHERE = (b"/", b"http://", b"https://")
_OUTER = ("http://", "https://", "mailto:", "tel:")
# Most links: from the root, without anything that has to be taken apart or put together.
_PLAIN = re.compile(r"((?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*/?)(?:#([A-Za-z0-9_-]*))?")
_TRANSLATED = re.compile(r"[a-z]{2,3}/(?=inovasi/)")
_INDEX = "index.html"
_MOVED = re.compile(rb'<meta http-equiv="refresh" content="0; url=([^"]*)">')
_REFRESH = b'http-equiv="refresh"'

# The file and the place in it that are linked, and the first page that does so, with the words of its link.
Link = tuple[tuple[str, str], tuple[str, str]]


class LinkCheck(Struct, kw_only=True):
    """Gathers links while files pass; `problems` compares them with what there was.

    It is the one mutable record of the house: pages are rendered one by one and let go, so what
    must outlive them is kept here.
    """

    base_url: str
    served: frozenset[str] = frozenset()
    files: set[str] = field(default_factory=set)
    # As they stand in a note: few are ever asked for.
    ids: dict[str, bytes] = field(default_factory=dict)
    # Links that may stay within the site as they are written, and the first page with each. What means something else
    # on every page has the page's name behind it.
    met: dict[bytes, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)

    def see(self, file: File | Kept) -> File | Kept:
        """Take note of a file and hand it on; one that was made anew gets what a later build must know of it."""
        self.files.add(file.path)
        if not file.path.endswith(".html"):
            return file
        seen = scanned(file) if isinstance(file, File) else file
        ids, hrefs, moved = seen.note.split(_END)
        links = hrefs.split(_NEXT) if hrefs else []
        self.ids[file.path] = ids
        if moved:
            self.moved[file.path] = html.unescape(moved.partition(_NEXT)[0].decode())
        if isinstance(file, Kept):
            for href in set(links).difference(self.met):
                self._meet(href, file.path)
            return file
        # Those that stay within the site: a later build need not look at the others.
        own = [href for href in links if href in self.met or self._meet(href, file.path)]
        return replace(file, note=_END.join((ids, _NEXT.join(own), moved)))

    def _meet(self, href: bytes, page: str) -> bool:
        """Take a link down; False for one that leads away. Where it leads to is seen to in the end."""
        if (href[:1] == b"/" != href[1:2]) or href.startswith(_home(self.base_url)):
            self.met[href] = page
            return True
        written = html.unescape(href.decode())
        if written.startswith(_OUTER) and not written.startswith(_origin(self.base_url)):
            return False
        if self._wanted(written, page) is None:
            return False
        self.met.setdefault(href if href.startswith(_ANYWHERE) else href + _NEXT + page.encode(), page)
        return True

    def _followed(self) -> dict[tuple[str, str], tuple[str, str]]:
        """The file and the place in it of each link that does not simply name a page of today, and where it stands."""
        plain = {
            f"{root}/{path}".encode()
            for root in (_base_path(self.base_url), self.base_url)
            for path in self._addresses()
        }
        wanted: dict[tuple[str, str], tuple[str, str]] = {}
        for href, page in self.met.items():
            if href not in plain:
                written = html.unescape(href.partition(_NEXT)[0].decode())
                target = self._wanted_plainly(written) or self._wanted(written, page)
                if target:
                    wanted.setdefault(target, (page, written))
        return wanted

    def _addresses(self) -> Iterator[str]:
        """Of all files that are no former address, without the name that a browser need not be told."""
        for path in self.files:
            if path not in self.moved:
                yield path[: -len(_INDEX)] if path == _INDEX or path.endswith(f"/{_INDEX}") else path

    def _wanted_plainly(self, href: str) -> tuple[str, str] | None:
        """The file and the place in it that a link from the site's root leads to; None where it has to be read."""
        plain, root = _PLAIN.fullmatch(href), f"{_base_path(self.base_url)}/"
        if plain is None or not plain[1].startswith(root):
            return None
        path = plain[1][len(root) :]
        return path if path and not path.endswith("/") else f"{path}index.html", plain[2] or ""

    def _wanted(self, href: str, page: str) -> tuple[str, str] | None:
        """The file and the place in it that a link on a page leads to; None beyond the site."""
        here = f"{self.base_url}/{page.removesuffix('index.html')}"
        target = urljoin(here, href)
        if target == self.base_url or target.startswith((f"{self.base_url}/", f"{self.base_url}#")):
            parts = urlsplit(target[len(self.base_url) :])
            return _file_of(unquote(parts.path)), unquote(parts.fragment)
        if _is_own_host(target, self.base_url):
            return f"(di luar alamat dasar) {urlsplit(target).path}", ""
        return None

    def problems(self, texts: Iterable[Text]) -> tuple[Problem, ...]:
        """One problem for each address that is linked and not there, at its line where a text holds it.

        A link to a former address is a note: it arrives, but the one of today is as easily written.
        """
        bodies = {_page_of(text): text for text in texts}
        wanted = self._followed().items()
        base_path = urlsplit(self.base_url).path
        former = tuple(
            Problem(
                place=_locate(_written(href, base_path), page, bodies.get(_told_of(page))),
                code=Code.LINK,
                message=f"Tautan menuju alamat lama `{_written(href, base_path)}`.",
                remedy=f"Tulis alamat yang sekarang: `{_written(self.moved[path], base_path)}`.",
                severity=Severity.NOTE,
            )
            for (path, _), (page, href) in sorted(filter(self._is_former, wanted))
        )
        broken = tuple(
            Problem(
                place=_locate(_written(href, base_path), page, bodies.get(_told_of(page))),
                code=Code.LINK,
                message=f"Tautan menuju `{_written(href, base_path)}`, yang tidak ada di situs ini.",
                remedy="Perbaiki alamatnya. Tautan ke entri lain berbentuk `/inovasi/nama-berkas/`.",
            )
            for _, (page, href) in sorted(filter(self._is_broken, wanted))
        )
        # One fault of an entry may stand on its page in each language.
        return tuple(dict.fromkeys((*broken, *former)))

    def _is_former(self, link: Link) -> bool:
        (path, _), (page, _) = link
        return path in self.moved and page != path  # its own mark for those who skip the header

    def _is_broken(self, link: Link) -> bool:
        (path, fragment), _ = link
        if path not in self.files:
            return path not in self.served
        if not fragment or path in self.served:
            return False
        return fragment.encode() not in self.ids.get(path, b"").split(_NEXT)


def scanned(file: File) -> File:
    """A file with its ids, links and targets as its note; as it is where it has them, or is no page.

    A link to a place on the same page is proved here, and not noted.
    """
    if file.note or not file.path.endswith(".html"):
        return file
    content = bytes(file.content)
    in_one_line = content.replace(b"\n", b" ")
    ids = dict.fromkeys(_ID.findall(in_one_line))
    hrefs = dict.fromkeys(_LINK.findall(in_one_line))
    moved = dict.fromkeys(_MOVED.findall(content)) if _REFRESH in content else {}
    away = (href for href in hrefs if not (href[:1] == b"#" and href[1:] in ids))
    return replace(file, note=_END.join(map(_NEXT.join, (ids, away, moved))))


def _told_of(page: str) -> str:
    """The page whose text it shows: that of an entry shows it in every language."""
    return _TRANSLATED.sub("", page, count=1) if _TRANSLATED.match(page) else page


def _page_of(text: Text) -> str:
    if text.path.startswith("content/innovations/"):
        return f"inovasi/{text.slug}/index.html"
    # Pages of editors lie in a folder of their language.
    return f"{text.path.removeprefix('content/pages/').removesuffix('.md')}/index.html"


def _written(href: str, base_path: str) -> str:
    """A link as its author wrote it: without the base path and the prefix that ids of content get."""
    return href.removeprefix(base_path).replace(f"#{ID_PREFIX}", "#")


def _locate(written: str, page: str, text: Text | None) -> Place:
    """Where the link stands in the text that made the page; the page itself where a template did."""
    if text is None:
        return Place(path=page)
    body = body_lines(text)
    for number, line in enumerate(body.lines):
        column = max(line.find(f"({written}"), line.find(f"<{written}"))
        if column >= 0:
            return body.place(number, column + 1, len(written))
    return Place(path=text.path)


def _file_of(path: str) -> str:
    clean = posixpath.normpath(path.lstrip("/") or ".")
    if clean == ".":
        return "index.html"
    return f"{clean}/index.html" if path.endswith("/") else clean


def _is_own_host(target: str, base_url: str) -> bool:
    parts, own = urlsplit(target), urlsplit(base_url)
    return (parts.scheme, parts.netloc) == (own.scheme, own.netloc)


@cache
def _origin(base_url: str) -> str:
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}"


@cache
def _home(base_url: str) -> bytes:
    return f"{base_url}/".encode()


@cache
def _base_path(base_url: str) -> str:
    return urlsplit(base_url).path
