"""Pages -> Files. The only room that knows Jinja."""

import html
import posixpath
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from functools import cache, lru_cache, partial
from hashlib import blake2b
from itertools import chain
from operator import call
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import InternationalizationExtension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape
from msgspec import Struct, field
from msgspec.structs import replace

from katalog.colours import brand
from katalog.crew import ALONE, Crew, each
from katalog.json_text import compact
from katalog.keys import EVERYTHING, KeyOf, make_keys
from katalog.language import INDONESIAN, N_, SOURCE, Edition, Language
from katalog.model import (
    Assets,
    Catalogue,
    Config,
    Content,
    Deferred,
    Facet,
    File,
    Filling,
    Innovation,
    Kept,
    Page,
    PartialDate,
    Term,
    Vocabulary,
)
from katalog.problems import Code, Place, Problem, Say

_CODE = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
_WORD = re.compile(r"[A-Za-z_]\w*")
# In quotes, but not as an address: the feed's template has the name of the feed.
_QUOTED = re.compile(r"""["']([^"']+)["'](?!\|alamat)""")
# A message that holds no value, as a template asks for it: `_("...")`.
_MESSAGE = ("name:_", "lparen", "string", "rparen")
# Where a message holds a value.
_VALUE = re.compile(r"%\((\w+)\)s")
# Functions that Jinja hands the page to.
_SEEING = frozenset({"_", "gettext", "ngettext"})
# What stands on no page as it is; few values hold any of it.
_ESCAPED = re.compile("[&<>\"']").search
# The opening of a link as `prose` writes it.
_HREF = re.compile(r'<a((?: [a-z]+="[^"]*")*?) href="([^"]*)"')
_FIELDS = frozenset((*Catalogue.__struct_fields__, *Innovation.__struct_fields__))
# Endings of templates that are not HTML.
_OTHER_ENDINGS = {".xml": ".xml", ".txt": ".txt"}


def _shown(value: Any) -> str:
    """A value as it stands on a page, escaped unless it is HTML already."""
    kind = type(value)
    return value if kind is Markup or (kind is str and not _ESCAPED(value)) else escape(value)


class _Compiled(FileSystemBytecodeCache):
    """Templates in the interpreter's own words, kept where it keeps those of modules: a file for each of them.

    What `recipe` tells has a part in what comes of a template, as filters of constants are applied when it is compiled.
    """

    def __init__(self, folder: Path, edition: str, recipe: bytes) -> None:
        super().__init__(str(folder), f"templat-{edition}-%s.{sys.implementation.cache_tag}.pyc")
        self._recipe = recipe

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The same file for a template whatever becomes of it, so that there are never more of them."""
        return name

    def get_source_checksum(self, source: str) -> str:
        """All that it is compiled of."""
        return blake2b(source.encode(), digest_size=16, key=self._recipe).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Asked by Jinja for what was compiled before; a damaged file is none."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001 (whatever reading a damaged file may raise)
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Told by Jinja what it has just compiled; not kept where the interpreter may not keep anything either."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


class _Coder(CodeGenerator):
    """Writes templates out as Python, the short way for what stands on every page many times."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Asked by Jinja what to write before a value: it is shown, not made HTML that is then made a string."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Asked by Jinja to write a call: of ours, only those for messages need be asked whether they see the page."""
        if isinstance(node.node, nodes.Name) and node.node.name in _SEEING:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("environment.called(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class _Environment(Environment):
    """Templates that all see the same globals."""

    code_generator_class = _Coder

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Asked by Jinja for each template; a map upon a map would be asked for every name on every page."""
        return super().make_globals(d) if d else self.globals


class _Translated(InternationalizationExtension):
    """`{% trans %}` and `_("...")`, put into words when a template is compiled: then no page has to pay for it."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Given by Jinja what a template is made of: a message without values becomes what it says."""
        tokens = [*stream]
        place = 0
        while place < len(tokens):
            call = tokens[place : place + len(_MESSAGE)]
            if len(call) == len(_MESSAGE) and all(map(Token.test, call, _MESSAGE)):
                yield from self._told(call[2])
                place += len(call)
            else:
                yield tokens[place]
                place += 1

    def _told(self, message: Token) -> Iterator[Token]:
        """`("..."|safe)`: a message is HTML, and a string by itself would be escaped."""
        words = self.environment.language.message(message.value).replace("%%", "%")  # type: ignore[attr-defined]
        for kind, value in (("lparen", "("), ("string", words), ("pipe", "|"), ("name", "safe"), ("rparen", ")")):
            yield Token(message.lineno, kind, value)

    def _make_node(self, singular: str, plural: str | None, *rest: Any) -> nodes.Output:
        context, variables = rest[:2]
        if plural is not None or context is not None:
            return super()._make_node(singular, plural, *rest)
        language: Language = self.environment.language  # type: ignore[attr-defined]
        parts = _VALUE.split(language.message(singular))
        return nodes.Output(
            [
                variables[part] if number % 2 else nodes.TemplateData(part.replace("%%", "%"))
                for number, part in enumerate(parts)
            ]
        )


def as_made(file: File) -> File:
    """Nothing is done with a file that was made."""
    return file


Menu = Mapping[str, tuple[tuple[str, str], ...]]


class Shell(Struct, frozen=True, kw_only=True):
    """What every page is rendered with besides its own data; `navigation` by the code of the language."""

    config: Config
    catalogue: Catalogue
    others: tuple[Edition, ...] = ()
    navigation: Mapping[str, Menu] = field(default_factory=dict)
    assets: Assets
    templates: Path
    search: Mapping[str, object] = field(default_factory=dict)
    policy: str
    to_html: Callable[[str], str]
    # Is told which texts will be asked for next.
    expect: Callable[[Sequence[str]], None]
    # The program, its libraries and the templates are part of its keys.
    key_of: KeyOf
    live: bool = False
    # Whether each entry wears a pattern of its own.
    own_cloths: bool = True
    # The folder where compiled templates are kept, and a hash of the program that compiles them.
    compiled: Path
    program: bytes
    # What is done with each file once it is made, by whoever made it.
    finish: Callable[[File], File] = as_made


# The environment of a language, by its code.
Environments = Callable[[str], Environment]
# A path, and what makes the key: for what was never published none need be made.
Recall = Callable[[str, Callable[[], bytes]], Kept | None]

# So many pages are worth other processes, how many portions each makes at least, and how many pages are in one at most.
MUCH, PORTIONS, SHARE = 300, 4, 25
# So many bodies are kept as HTML.
BODIES = 512


def render(
    outputs: Iterable[Page | File | Deferred], shell: Shell, say: Say, recall: Recall, crew: Crew = ALONE
) -> Iterator[File | Kept]:
    """Every output as bytes, one by one, large ones when they are ready; a broken template is said once.

    `recall` tells what was published before and made of the very same; that is not made again. What has to be made
    is shared among the processes of `crew` where it is much; large files are asked for here, since another process may
    be at work on them.
    """
    environments = _environments(shell)
    key_of = _make_keys(shell)
    photos = (File(path=f"gambar/{photo.name}", content=photo.content) for photo in shell.catalogue.photos.values())
    ready: dict[int, Sequence[File | Kept]] = {}
    waiting: list[Page | Deferred] = []
    large: list[Deferred] = []
    for output in chain(shell.assets.files, photos, outputs):
        paths, own_key = _paths(output), partial(key_of, output)
        former = [kept for path in paths if (kept := recall(path, own_key))]
        place = len(ready) + len(waiting)
        if len(former) == len(paths):
            ready[place] = former
        elif isinstance(output, File):
            ready[place] = [replace(output, key=key_of(output))]
        elif isinstance(output, Deferred) and output.large:
            large.append(output)
        else:
            waiting.append(output)

    make_all = partial(_make_all, environments=environments, key_of=key_of, shell=shell)

    def in_turn() -> Iterator[Sequence[File | Kept] | Problem]:
        pages = [output for output in waiting if isinstance(output, Page)]
        workers = crew if len(pages) >= MUCH else ALONE
        if workers.workers > 1:
            _make_ready(pages, environments, key_of, shell)
        made = _made_by_many(waiting, make_all, workers)
        for place in range(len(ready) + len(waiting)):
            if place in ready:
                yield ready.pop(place)
                continue
            yield next(made)
            while large and large[0].is_ready():  # so that nobody has to hold it; by now others are at work
                yield from make_all([large.pop(0)])
        for output in large:
            yield from make_all([output])

    for files in in_turn():
        if isinstance(files, Problem):
            say(files)
        else:
            yield from files


def _make_ready(
    pages: Sequence[Page], environments: Environments, key_of: Callable[[object], bytes], shell: Shell
) -> None:
    """Do once what each of several processes would do: compile templates, hash the catalogue for what shows of it."""
    for language in {page.language for page in pages}:
        names = {_name(page) for page in pages if page.language == language}
        _compile(names, environments(language), shell.templates)
    for page in {(page.language, page.kind): page for page in pages}.values():
        key_of(page)


def _made_by_many(
    waiting: Sequence[Page | Deferred],
    make_all: Callable[[Sequence[Page | Deferred]], list[tuple[File, ...] | Problem]],
    crew: Crew,
) -> Iterator[tuple[File, ...] | Problem]:
    """What waits to be made, in its order, shared among processes."""
    share = max(1, min(SHARE, len(waiting) // (PORTIONS * crew.workers)))
    portions = [*_portions(waiting, share)]
    return chain.from_iterable(each(len(portions), lambda number: make_all(portions[number]), crew))


def _portions(waiting: Iterable[Page | Deferred], share: int) -> Iterator[Sequence[Page | Deferred]]:
    """In their order, so many pages at a time, and no more than as many other files with them."""
    portion: list[Page | Deferred] = []
    pages = 0
    for output in waiting:
        if pages == share or len(portion) == 2 * share:
            yield portion
            portion, pages = [], 0
        portion.append(output)
        pages += isinstance(output, Page)
    if portion:
        yield portion


def render_page(page: Page, shell: Shell, say: Say) -> tuple[File, ...]:
    """One page as bytes, whatever was published before; nothing where its template is broken, which is said."""
    (made,) = _make_all([page], _environments(shell), _make_keys(shell), shell)
    if not isinstance(made, Problem):
        return made
    say(made)
    return ()


def _bodies(outputs: Iterable[Page | Deferred]) -> list[str]:
    """The bodies that pages of entries will show."""
    subjects = (output.data.get("innovation") for output in outputs if isinstance(output, Page))
    return [subject.body for subject in subjects if isinstance(subject, Innovation)]


def _paths(output: Page | File | Deferred) -> list[str]:
    return [file_of(path) for path in (output.path, *(output.also if isinstance(output, Page) else ()))]


def _make_all(
    outputs: Sequence[Page | Deferred], environments: Environments, key_of: Callable[[object], bytes], shell: Shell
) -> list[tuple[File, ...] | Problem]:
    """Step by step for all, and like after like: what it has just done takes a processor two thirds of the time."""
    shell.expect(_bodies(outputs))
    contents: dict[int, Content | Problem] = {}
    for place, output in sorted(enumerate(outputs), key=lambda row: isinstance(row[1], Page)):
        contents[place] = _attempt(output, environments, shell.templates)
    keys = [key_of(output) for output in outputs]

    def files(output: Page | Deferred, content: Content | Problem, key: bytes) -> tuple[File, ...] | Problem:
        if isinstance(content, Problem):
            return content
        return tuple(shell.finish(File(path=path, content=content, key=key)) for path in _paths(output))

    return [files(output, contents[place], keys[place]) for place, output in enumerate(outputs)]


def _attempt(output: Page | Deferred, environments: Environments, templates: Path) -> Content | Problem:
    try:
        return _content(output, environments)
    except TemplateError as error:
        return _problem(error, templates)


def _content(output: Page | Deferred, environments: Environments) -> Content:
    match output:
        case Deferred():
            return output.make()
        case Page():
            filling = output.late() if output.late else Filling(data={}, json_ld=output.json_ld)
            page = replace(output, json_ld=filling.json_ld) if output.late else output
            template = environments(output.language).get_template(_name(output))
            return template.render(page=page, **output.data, **filling.data).encode()


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
    frame = (shell.assets.names, shell.policy, shell.live, shell.own_cloths)
    # What each page says of the others, without their messages.
    beside = [(one.code, one.name, one.rooms, one.entries) for one in (edition.language for edition in shell.others)]
    everywhere = {
        edition.language.code: plain(
            (edition.language, edition.config, shell.navigation[edition.language.code], beside, frame)
        )
        for edition in _editions(shell)
    }
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
        own = (output.path, output.kind, output.card, output.card_alt, *output.late.args) if output.late else output
        return plain((everywhere[output.language], looked_at(name, unseen), own), unseen)

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
    return _OTHER_ENDINGS.get(posixpath.splitext(path)[1], ".html")


def _editions(shell: Shell) -> tuple[Edition, ...]:
    return Edition(language=INDONESIAN, config=shell.config, catalogue=shell.catalogue), *shell.others


def _environments(shell: Shell) -> Environments:
    """Each is made when its first page is."""
    editions = {edition.language.code: edition for edition in _editions(shell)}
    return cache(lambda code: _environment(shell, editions[code]))


def _environment(shell: Shell, edition: Edition) -> Environment:
    language, config = edition.language, edition.config
    environment = _Environment(
        loader=FileSystemLoader(shell.templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # nobody changes templates while they are in use
        extensions=[_Translated],
    )
    environment.extend(language=language, shown=_shown, called=call)
    environment.install_gettext_callables(language.message, language.plural, newstyle=True)  # type: ignore[attr-defined]
    base_url = shell.config.base_url
    base_path = urlsplit(base_url).path
    constants = make_keys(shell.program)((base_url, replace(language, name=""), shell.assets.names))
    edition_name = f"{language.code}-langsung" if shell.live else language.code
    environment.bytecode_cache = _Compiled(shell.compiled, edition_name, constants)
    environment.filters.update(
        tanggal=language.date,
        angka=language.number,
        **_in_language(language),
        atom=date_for_atom,
        json_ld=as_json_ld,
        # Feeds show again what pages have shown.
        uraian=lru_cache(BODIES)(lambda text: Markup(shell.to_html(text))),  # noqa: S704 (cleaned by `prose`)
        # Pages share most of their links.
        alamat=cache(lambda path: quote(f"{base_path}/{language.address(path)}")),
        alamat_penuh=cache(lambda path: f"{base_url}/{quote(language.address(path))}"),
        setempat=lambda text, path: _from_page(text, f"{base_path}/{quote(path)}"),
        lengkap=lambda text, path: with_whole_addresses(text, f"{base_url}/{quote(path)}"),
        # Addresses as they are, whatever the language of the page.
        alamat_situs=cache(lambda path: quote(f"{base_path}/{path}")),
        alamat_utuh=cache(lambda path: f"{base_url}/{quote(path)}"),
        aset=lambda name: f"{base_path}/{shell.assets.names[name]}",
        pemakai=partial(_wearer, own_cloths=shell.own_cloths),
        gabung=lambda one, other: {**one, **other},
        kapital=lambda text: text[:1].upper() + text[1:],
        host=lambda url: urlsplit(url).hostname,
    )

    @cache
    def unchanging(name: str) -> Markup:
        """A part that is the same on every page; it sees no page."""
        return Markup(environment.get_template(name).render())  # noqa: S704 (escaped by its own template)

    shared: dict[tuple[object, ...], object] = {}

    def once(macro: Callable[..., object], *given: object) -> object:
        """What a macro of no page in particular makes of these, made at the first time that it is asked for."""
        key = (macro.name, *map(_known_by, given))  # type: ignore[attr-defined]
        made = shared.get(key)
        if made is None:
            made = shared[key] = macro(*given)
        return made

    # What pages ask for often are filters: to call a function through a template takes longer than most of them need.
    environment.filters.update(
        sekali=once,
        versi=partial(_versions, [edition.language for edition in _editions(shell)]),
        ringkasan_sini=lambda summary: (language.code == "en" and summary) or "",
    )
    environment.globals.update(
        config=config,
        catalogue=edition.catalogue,
        navigation=shell.navigation.get(language.code),
        warna=brand(config.hue),
        bahasa=language,
        asli=_foreign(language),
        padanan=partial(_dictionary, language),
        live=shell.live,
        kain_sendiri=shell.own_cloths,
        search=shell.search,
        tetap=unchanging,
        policy=Markup(shell.policy),  # noqa: S704 (a constant of ours; its quotes stay readable)
    )
    return environment


def _foreign(language: Language) -> Markup:
    """The attribute of what is in Indonesian on a page that is not."""
    return Markup("" if language.code == SOURCE else f' lang="{SOURCE}"')  # noqa: S704 (a constant of ours)


def _wearer(slug: str, affairs: Sequence[Term], *, own_cloths: bool) -> str:
    """Whose pattern an entry wears, below `motif/`; a template names what this is made of."""
    affair = affairs[0].slug if affairs else "belum-diketahui"
    return f"inovasi/{slug}" if own_cloths else f"urusan/{affair}"


def _known_by(value: Any) -> object:
    """What tells it from all others of its kind."""
    kind = type(value)
    if kind is Term:
        return value.vocabulary, value.slug
    return value.slug if kind is Innovation else value


def _in_language(language: Language) -> dict[str, Callable[..., object]]:
    """Filters for what is content, and for the way to pages that there are in Indonesian only."""
    here = language.code == SOURCE
    mark = Markup(" <small>({})</small>").format(language.message(N_("bahasa Indonesia")))

    def original(text: str) -> str:
        return text if here else Markup("<span{}>{}</span>").format(_foreign(language), text)

    def name(term: Term, *, capital: bool = False) -> str:
        words = language.name_of(term)
        shown = words[:1].upper() + words[1:] if capital else words
        return shown if language.has_name(term) else original(shown)

    def note(term: Term) -> str:
        return language.note_of(term) or original(term.note)

    @lru_cache(BODIES, typed=True)  # what is HTML already is another than what reads alike
    def reason(message: str, shown: str) -> Markup:
        return Markup(language.message(message)) % {"name": shown}  # noqa: S704 (a message of ours)

    def is_here(path: str) -> bool:
        return language.has(path) or path.startswith(language.prefix)

    return {
        "alasan": lambda near: reason(near.reason, name(near.term) if near.term else original(near.words)),
        "asli": original,
        "istilah": name,
        "catatan": note,
        "hreflang": lambda path: "" if is_here(path) else Markup(f' hreflang="{SOURCE}"'),  # noqa: S704
        "tanda_asli": lambda path: "" if is_here(path) else mark,
    }


def _versions(languages: Sequence[Language], page: Page) -> list[tuple[str, str, str, bool]]:
    """For each language its code, its name, where the same page is in it, and whether it is; else its first page."""
    prefix = next(language.prefix for language in languages if language.code == page.language)
    # From a former address one is led on in any case.
    path = str(page.data.get("target", page.path)).removeprefix(prefix)
    return [
        (one.code, one.name, one.prefix + (path if there else ""), there)
        for one in languages
        for there in [one.code == page.language or one.has(path)]
    ]


def _dictionary(language: Language, vocabulary: Vocabulary, facets: Iterable[Facet]) -> dict[str, str]:
    """What the search index calls things -> what they are called in this language.

    The template hands on what this is made of: a page's key holds what its template names.
    """
    terms = [term for terms in vocabulary.lists.values() for term in terms]
    words = {term.name: language.name_of(term) for term in terms}
    words |= {facet.label: language.message(facet.label) for facet in facets}
    return {name: other for name, other in words.items() if name != other}


def date_for_atom(date: PartialDate) -> str:
    """An instant of RFC 3339, which Atom asks for: the last known part's end would be a guess, so its start.

    In western Indonesia a day begins seven hours before that of Greenwich; to name the latter's would be to tell
    readers of something that is still to come.
    """
    return f"{date.year:04d}-{date.month or 1:02d}-{date.day or 1:02d}T00:00:00+07:00"


def with_whole_addresses(text: str, base: str) -> Markup:
    """HTML of `prose` for those who read it elsewhere: its links lead on from the page at `base`."""

    def whole(match: re.Match[str]) -> str:
        href = html.unescape(match[2])
        # Nearly all lead to a source of the entry, and to put these together takes time.
        led = base + href if href[:1] == "#" and href != "#" else urljoin(base, href)
        return f'<a{match[1]} href="{html.escape(led)}"'

    return Markup(_HREF.sub(whole, text))  # noqa: S704 (what was cleaned, with addresses escaped again)


def _from_page(text: str, base: str) -> Markup:
    """HTML of `prose` on another page than the one at `base`: links that begin from there lead where they led."""

    def led(match: re.Match[str]) -> str:
        href = html.unescape(match[2])
        begins_here = not href.startswith(("#", "/")) and not urlsplit(href).scheme
        return f'<a{match[1]} href="{html.escape(urljoin(base, href))}"' if begins_here else match[0]

    return Markup(_HREF.sub(led, text))  # noqa: S704 (what was cleaned, with addresses escaped again)


def as_json_ld(data: Mapping[str, Any]) -> Markup:
    """JSON that cannot end the script element it stands in, nor break a script that reads it."""
    text = compact(data).decode()
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
