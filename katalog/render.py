"""Pages -> Files. The only room that knows Jinja."""

import json
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache, partial
from html import escape, unescape
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.bccache import Bucket
from markupsafe import Markup

from katalog.colours import brand
from katalog.crew import ALONE, Crew, each
from katalog.dates import MONTHS
from katalog.keys import EVERYTHING, KeyOf
from katalog.model import Assets, Catalogue, Config, Deferred, File, Filling, Innovation, Kept, Page, PartialDate
from katalog.problems import Code, Place, Problem, Say

_CODE = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
_WORD = re.compile(r"[A-Za-z_]\w*")
# In quotes, but not as an address: the feed's template has the name of the feed.
_QUOTED = re.compile(r"""["']([^"']+)["'](?!\|alamat)""")
# The opening of a link as `prose` writes it.
_HREF = re.compile(r'<a((?: [a-z]+="[^"]*")*?) href="([^"]*)"')
_FIELDS = frozenset(field.name for record in (Catalogue, Innovation) for field in fields(record))
# Endings of templates that are not HTML.
_OTHER_ENDINGS = {".xml": ".xml", ".txt": ".txt"}


class Compiled(BytecodeCache):
    """Templates that this process compiled already.

    Filters of constants are applied when a template is compiled, so what they give is part of the key.
    """

    def __init__(self) -> None:
        """Nothing is compiled yet."""
        self._known: dict[tuple[object, ...], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Asked by Jinja for what it compiled before."""
        if code := self._known.get(_constants(bucket)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Told by Jinja what it has just compiled."""
        self._known[_constants(bucket)] = bucket.bytecode_to_string()


def _constants(bucket: Bucket) -> tuple[object, ...]:
    return bucket.key, bucket.checksum, bucket.environment.filters["konstan"]()


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
    # Where templates that were compiled are kept, for a process that renders more than once.
    compiled: Compiled | None = None


# A path, and what makes the key: for what was never published none need be made.
Recall = Callable[[str, Callable[[], bytes]], Kept | None]

# So much that it is worth other processes, how many portions each makes at least, and how much is in one at most.
MUCH, PORTIONS, SHARE = 300, 4, 25
# So many bodies are kept as HTML.
BODIES = 4096


def render(
    outputs: Iterable[Page | File | Deferred], shell: Shell, say: Say, recall: Recall, crew: Crew = ALONE
) -> Iterator[File | Kept]:
    """Every output as bytes, one by one, static files first; a broken template is said once.

    `recall` tells what was published before and made of the very same; that is not made again. What has to be made
    is shared among the processes of `crew` where it is much.
    """
    environment = _environment(shell)
    key_of = _make_keys(shell)
    photos = (File(path=f"gambar/{photo.name}", content=photo.content) for photo in shell.catalogue.photos.values())
    ready: dict[int, Sequence[File | Kept]] = {}
    waiting: list[Page | Deferred] = []
    for number, output in enumerate(chain(shell.assets.files, photos, outputs)):
        former = [kept for path in _paths(output) if (kept := recall(path, partial(key_of, output)))]
        if len(former) == len(_paths(output)):
            ready[number] = former
        elif isinstance(output, File):
            ready[number] = [replace(output, key=key_of(output))]
        else:
            waiting.append(output)

    def make(number: int) -> list[tuple[File, ...] | Problem]:
        return [_make(output, environment, key_of, shell) for output in waiting[number * share : (number + 1) * share]]

    # The files that hold every entry take as long as a page for each ten of them.
    crew = crew if len(waiting) + len(shell.catalogue.innovations) // 10 >= MUCH else ALONE
    share = max(1, min(SHARE, len(waiting) // (PORTIONS * crew.workers)))
    if crew.workers > 1 and len(waiting) >= MUCH:  # once, rather than once in each process
        _compile({_name(page) for page in waiting if isinstance(page, Page)}, environment, shell.templates)
    made = chain.from_iterable(each(-(-len(waiting) // share), make, crew))
    for number in range(len(ready) + len(waiting)):
        files = ready.pop(number, None) or next(made)
        if isinstance(files, Problem):
            say(files)
        else:
            yield from files


def render_page(page: Page, shell: Shell, say: Say) -> tuple[File, ...]:
    """One page as bytes, whatever was published before; nothing where its template is broken, which is said."""
    made = _make(page, _environment(shell), _make_keys(shell), shell)
    if not isinstance(made, Problem):
        return made
    say(made)
    return ()


def _paths(output: Page | File | Deferred) -> list[str]:
    return [file_of(path) for path in (output.path, *(output.also if isinstance(output, Page) else ()))]


def _make(
    output: Page | Deferred, environment: Environment, key_of: Callable[[object], bytes], shell: Shell
) -> tuple[File, ...] | Problem:
    try:
        content = _content(output, environment)
    except TemplateError as error:
        return _problem(error, shell.templates)
    key = key_of(output)
    return tuple(File(path=path, content=content, key=key) for path in _paths(output))


def _content(output: Page | Deferred, environment: Environment) -> bytes:
    match output:
        case Deferred():
            return output.make()
        case Page():
            filling = output.late() if output.late else Filling(data={}, json_ld=output.json_ld)
            page = replace(output, json_ld=filling.json_ld) if output.late else output
            return environment.get_template(_name(output)).render(page=page, **output.data, **filling.data).encode()


def _name(page: Page) -> str:
    """The file of a page's template."""
    return page.kind + _ending(page.path)


def _compile(names: Iterable[str], environment: Environment, templates: Path) -> None:
    """Make templates, and those that they are built upon, ready for use; faults are told when they are used."""
    sources = _sources(templates)
    for name in sorted(set().union(*(_built_upon(name, sources) for name in names))):
        with suppress(TemplateError):
            environment.get_template(name)


def _make_keys(shell: Shell) -> Callable[[object], bytes]:
    """Keys of outputs: a page's holds the site's words and names, and of the rest what its template looks at.

    A template can look at nothing that it does not name, so that a list is the same whatever stands in the bodies of
    its entries. What is filled late is made of innovations by our own code, which sees all of them.
    """
    plain = shell.key_of
    everywhere = plain((shell.config, shell.navigation, shell.assets.names, shell.policy, shell.live))
    wide = {"catalogue": shell.catalogue, "search": shell.search}

    sources = _sources(shell.templates)

    @cache
    def words(name: str) -> frozenset[str]:
        return frozenset(word for part in _built_upon(name, sources) for word in _WORD.findall(sources.get(part, "")))

    # One view for all that do not show bodies: for each other view every entry would be hashed once more.
    lists = [words(name) for name in sources if "body" not in words(name)]
    unlisted = _FIELDS.difference(*lists)

    @cache
    def looked_at(name: str, unseen: frozenset[str]) -> tuple[bytes, ...]:
        """What a template may see of what changes with every entry."""
        return tuple(plain(value, unseen) for word, value in wide.items() if word in words(name))

    def key_of(output: object) -> bytes:
        if isinstance(output, Deferred) and output.of is not None:
            return plain((output.path, output.of))
        if not isinstance(output, Page):
            return plain(output)
        name = _name(output)
        unseen = EVERYTHING if output.late or "body" in words(name) else unlisted
        return plain((everywhere, looked_at(name, unseen), output), unseen)

    return key_of


def _sources(templates: Path) -> dict[str, str]:
    """What stands in the braces of each template; the rest is HTML."""
    return {
        path.name: " ".join(_CODE.findall(path.read_text(encoding="utf-8", errors="replace")))
        for path in templates.iterdir()
    }


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
        bytecode_cache=shell.compiled,
        auto_reload=False,  # nobody changes templates while they are in use
    )
    base_url = shell.config.base_url
    base_path = urlsplit(base_url).path
    environment.filters.update(
        tanggal=date_in_words,
        angka=number_in_words,
        atom=date_for_atom,
        json_ld=as_json_ld,
        # Feeds show again what pages have shown.
        uraian=lru_cache(BODIES)(lambda text: Markup(shell.to_html(text))),  # noqa: S704 (cleaned by `prose`)
        # Pages share most of their links.
        alamat=cache(lambda path: quote(f"{base_path}/{path}")),
        alamat_penuh=cache(lambda path: f"{base_url}/{quote(path)}"),
        lengkap=lambda html, path: with_whole_addresses(html, f"{base_url}/{quote(path)}"),
        aset=lambda name: f"{base_path}/{shell.assets.names[name]}",
        gabung=lambda one, other: {**one, **other},
        kapital=lambda text: text[:1].upper() + text[1:],
        host=lambda url: urlsplit(url).hostname,
        konstan=lambda: (base_url, *sorted(shell.assets.names.items())),
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
        warna=brand(shell.config.hue),
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
