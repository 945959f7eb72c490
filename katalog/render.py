"""Pages -> Files. The only room that knows Jinja."""

import json
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from html import escape, unescape
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from katalog.dates import MONTHS
from katalog.keys import KeyOf
from katalog.model import Assets, Catalogue, Config, Deferred, File, Filling, Innovation, Kept, Page, PartialDate
from katalog.problems import Code, Place, Problem, Say

_CODE = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
_WORD = re.compile(r"[A-Za-z_]\w*")
_QUOTED = re.compile(r"""["']([^"']+)["']""")
# The opening of a link as `prose` writes it.
_HREF = re.compile(r'<a((?: [a-z]+="[^"]*")*?) href="([^"]*)"')
# Endings of templates that are not HTML.
_OTHER_ENDINGS = {".xml": ".xml", ".txt": ".txt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What every page is rendered with besides its own data."""

    config: Config
    catalogue: Catalogue
    navigation: Mapping[str, tuple[tuple[str, str], ...]]
    assets: Assets
    templates: Path
    search: Mapping[str, object]
    policy: str
    to_html: Callable[[str], str]
    # The program, its libraries and the templates are part of its keys.
    key_of: KeyOf
    live: bool = False


Recall = Callable[[str, bytes], Kept | None]


def render(outputs: Iterable[Page | File | Deferred], shell: Shell, say: Say, recall: Recall) -> Iterator[File | Kept]:
    """Every output as bytes, one by one, static files first; a broken template is said once.

    `recall` tells what was published before and made of the very same; that is not made again.
    """
    environment = _environment(shell)
    key_of = _make_keys(shell)
    photos = (File(path=f"gambar/{photo.name}", content=photo.content) for photo in shell.catalogue.photos.values())
    for output in chain(shell.assets.files, photos, outputs):
        key = key_of(output)
        paths = [file_of(path) for path in (output.path, *(output.also if isinstance(output, Page) else ()))]
        former = [kept for path in paths if (kept := recall(path, key))]
        if len(former) == len(paths):
            yield from former
            continue
        try:
            content = _content(output, environment)
        except TemplateError as error:
            say(_problem(error, shell.templates))
        else:
            yield from (File(path=path, content=content, key=key) for path in paths)


def _content(output: Page | File | Deferred, environment: Environment) -> bytes:
    match output:
        case File():
            return output.content
        case Deferred():
            return output.make()
        case Page():
            filling = output.late() if output.late else Filling(data={}, json_ld=output.json_ld)
            page = replace(output, json_ld=filling.json_ld) if output.late else output
            return _template(output, environment).render(page=page, **output.data, **filling.data).encode()


def _template(page: Page, environment: Environment) -> Template:
    return environment.get_template(page.kind + _ending(page.path))


def _make_keys(shell: Shell) -> KeyOf:
    """Keys of outputs: a page's holds the site's words and names, and what else its template looks at."""
    plain = shell.key_of
    everywhere = plain((shell.config, shell.navigation, shell.assets.names, shell.policy, shell.live))
    wide = {"catalogue": shell.catalogue, "search": shell.search}

    # What stands in braces; the rest is HTML.
    sources = {
        path.name: " ".join(_CODE.findall(path.read_text(encoding="utf-8", errors="replace")))
        for path in shell.templates.iterdir()
    }

    @cache
    def looked_at(name: str) -> tuple[bytes, ...]:
        """What a template may see of what changes with every entry."""
        words = {word for part in _built_upon(name, sources) for word in _WORD.findall(sources.get(part, ""))}
        return tuple(plain(value) for word, value in wide.items() if word in words)

    def key_of(output: object) -> bytes:
        if isinstance(output, Deferred) and output.of is not None:
            return plain((output.path, output.of))
        if not isinstance(output, Page):
            return plain(output)
        return plain((everywhere, looked_at(output.kind + _ending(output.path)), output))

    return key_of


def _built_upon(name: str, sources: Mapping[str, str]) -> set[str]:
    """A template and all that it names, in whatever way: every word in quotes that is a template's name."""
    found: set[str] = set()
    waiting = {name}
    while waiting:
        part = waiting.pop()
        found.add(part)
        waiting |= {word for word in _QUOTED.findall(sources.get(part, "")) if word in sources} - found
    return found


def file_of(path: str) -> str:
    """The file that answers at an address below the site's root."""
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def _ending(path: str) -> str:
    return _OTHER_ENDINGS.get(Path(path).suffix, ".html")


def _environment(shell: Shell) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(shell.templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    base_url = shell.config.base_url
    base_path = urlsplit(base_url).path
    environment.filters.update(
        tanggal=date_in_words,
        angka=number_in_words,
        atom=date_for_atom,
        json_ld=as_json_ld,
        uraian=lambda text: Markup(shell.to_html(text)),  # noqa: S704 (cleaned by `prose`)
        # Pages share most of their links.
        alamat=cache(lambda path: quote(f"{base_path}/{path}")),
        alamat_penuh=cache(lambda path: f"{base_url}/{quote(path)}"),
        lengkap=lambda html, path: with_whole_addresses(html, f"{base_url}/{quote(path)}"),
        aset=lambda name: f"{base_path}/{shell.assets.names[name]}",
        gabung=lambda one, other: {**one, **other},
        kapital=lambda text: text[:1].upper() + text[1:],
        host=lambda url: urlsplit(url).hostname,
    )

    @cache
    def unchanging(name: str) -> Markup:
        """A part that is the same on every page; it sees no page."""
        return Markup(environment.get_template(name).render())  # noqa: S704 (escaped by its own template)

    rows: dict[tuple[str, str, tuple[object, ...]], object] = {}

    def once(macro: Callable[..., object], innovation: Innovation, *rest: object) -> object:
        """What a macro makes of an innovation, made at the first time that it is asked for."""
        key = (macro.name, innovation.slug, rest)  # type: ignore[attr-defined]
        if key not in rows:
            rows[key] = macro(innovation, *rest)
        return rows[key]

    environment.globals.update(
        config=shell.config,
        catalogue=shell.catalogue,
        navigation=shell.navigation,
        live=shell.live,
        search=shell.search,
        tetap=unchanging,
        sekali=once,
        policy=Markup(shell.policy),  # noqa: S704 (a constant of ours; its quotes stay readable)
    )
    return environment


def date_in_words(date: PartialDate) -> str:
    """17 Januari 2018, Januari 2018 or 2018: as precise as it is known."""
    month = MONTHS[date.month - 1].capitalize() if date.month else ""
    return " ".join(str(part) for part in (date.day, month, date.year) if part)


def date_for_atom(date: PartialDate) -> str:
    """An instant of RFC 3339, which Atom asks for: the last known part's end would be a guess, so its start.

    In western Indonesia a day begins seven hours before that of Greenwich; to name the latter's would be to tell
    readers of something that is still to come.
    """
    return f"{date.year:04d}-{date.month or 1:02d}-{date.day or 1:02d}T00:00:00+07:00"


def with_whole_addresses(text: str, base: str) -> Markup:
    """HTML of `prose` for those who read it elsewhere: its links lead on from the page at `base`."""

    def whole(match: re.Match[str]) -> str:
        return f'<a{match[1]} href="{escape(urljoin(base, unescape(match[2])))}"'

    return Markup(_HREF.sub(whole, text))  # noqa: S704 (what was cleaned, with addresses escaped again)


def number_in_words(number: int) -> str:
    """1656 -> 1.656."""
    return f"{number:,}".replace(",", ".")


def as_json_ld(data: Mapping[str, Any]) -> Markup:
    """JSON that cannot end the script element it stands in, nor break a script that reads it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 (every character that HTML knows is escaped above)


def _problem(error: TemplateError, templates: Path) -> Problem:
    if isinstance(error, TemplateSyntaxError):
        name, line = error.name or "?", error.lineno
    else:
        frames = [
            frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).parent == templates
        ]
        name, line = (Path(frames[-1].filename).name, frames[-1].lineno or 0) if frames else ("?", 0)
    return Problem(
        place=Place(path=f"{templates.name}/{name}", line=line),
        code=Code.TEMPLATE,
        message=f"Templat tidak bisa dipakai: {error.message}",
        remedy="Perbaiki templat di baris itu.",
    )
