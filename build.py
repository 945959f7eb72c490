"""The whole flow on one screen: arguments -> build -> report or write -> exit code.

Content goes one way: config, texts, innovations, catalogue, pages, files. Every stage hands on what
it found wrong; one gate follows all that authors can get wrong, and only a sound catalogue is
rendered. See ARCHITECTURE.md.
"""

import gc

if __name__ == "__main__":
    # Nearly all that a build makes lives to its end: to look for cycles in it finds nothing, and costs a twelfth. That
    # begins with what is imported.
    gc.set_threshold(1_000_000)

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from functools import cache, partial
from importlib.util import cache_from_source
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from katalog.addresses import Answers
from katalog.ahead import begun
from katalog.arguments import Options, read_arguments
from katalog.assemble import assemble, find_clashes, those_shown
from katalog.assets import as_assets
from katalog.cards import make_draw
from katalog.cells import cell_example
from katalog.compress import find_missing, methods_of, recalling, with_copies
from katalog.config import check_release, override_base_url, read_config
from katalog.crew import ALONE, Crew, apart, hands
from katalog.history import mark_of_history, read_change, read_history, with_dates
from katalog.images import read_photos
from katalog.keys import KeyOf, hash_all, make_keys
from katalog.language import INDONESIAN, Edition
from katalog.ledger import NO_LEDGER, Ledger, ledger_file
from katalog.links import LinkCheck, scanned
from katalog.load import (
    Seen,
    Source,
    as_text,
    mark_of,
    read_again,
    read_files,
    read_optional_toml,
    read_program,
    read_sources,
    read_static,
    read_texts,
    read_toml,
)
from katalog.model import (
    Config,
    File,
    Innovation,
    Kept,
    Known,
    PartialDate,
    Photo,
    Remember,
    Sheet,
    Stamp,
    Vocabulary,
)
from katalog.pages import Output, addresses_of, editions, find_doubles, plan, plan_entry
from katalog.pages.data import downloads
from katalog.pages.extras import with_own_cloths
from katalog.pages.headers import POLICY
from katalog.pages.menu import navigation
from katalog.problems import Code, Deed, Place, Problem, in_order, mistakes
from katalog.progress import with_progress
from katalog.prose import ProseRecipe, make_converter, remembering
from katalog.reading import Desk, slugify
from katalog.recall import Reading, make_readings, recall
from katalog.render import Shell, render, render_page
from katalog.report import FORMATS, tell_deeds
from katalog.seal import put_seal, seal_file, unbroken
from katalog.search import Ranked, build_index, rank
from katalog.search.dictionary import Dictionary, read_dictionary
from katalog.store import forget, open_store, plain
from katalog.text import Text
from katalog.translations import read_languages
from katalog.validate import find_lost_corrections, read_corrections, read_facts, read_innovations, read_prose
from katalog.vocabulary import read_vocabulary
from katalog.write import (
    Early,
    NotWrittenError,
    RefusedFolderError,
    look,
    prepare,
    publish,
    replace_file,
    stock_of,
    unpack,
    write_new,
)

# What one command alone needs is imported there: every other command would wait for it.
if TYPE_CHECKING:
    from katalog.found import Founding, Question
    from katalog.tabular import Change

ROOT = Path(__file__).resolve().parent
PROGRAM = ROOT / "katalog"
# What a new catalogue begins with.
STARTER = PROGRAM / "starter"
# Where the interpreter keeps what it compiled of the program, and the templates are kept likewise.
COMPILED = Path(cache_from_source(str(PROGRAM / "render.py"))).parent
# What was made before, safe to delete.
CACHE, STORE = ROOT / ".cache", "dibuat.sqlite"
# So many records come before the collector of garbage looks for cycles among them, where not all that comes stays.
MANY_RECORDS = 50_000
SOUND, PROBLEMS, WRONG_USE, NOT_WRITTEN = 0, 1, 2, 3
# What a site is made of besides this program.
SOURCES = ("content", "templates", "static", "locale", "site_config.toml")

Value = TypeVar("Value")
Files = Iterator[File | Kept]
ToHtml = Callable[[str], str]
Expect = Callable[[Sequence[str]], None]
Sink = Callable[[Files, Callable[[], bool]], bool]


class Outcome(Struct, frozen=True, kw_only=True):
    """What a build found, from which texts and innovations, and whether the site on disk changed.

    `answers` is None where so much was wrong that nothing could be planned, `shell` where nothing was rendered.
    """

    problems: tuple[Problem, ...]
    texts: tuple[Text, ...] = ()
    innovations: tuple[Innovation, ...] = ()
    changed: bool = False
    answers: Answers | None = None
    entries: "Entries | None" = None
    shell: Shell | None = None


class Memory(Struct, frozen=True, kw_only=True):
    """What builds before this one have left: what they made of what, and what they published.

    And what this one has `seen` already.
    """

    remember: Remember = plain
    known: Known = forget
    ledger: Ledger = NO_LEDGER
    crew: Crew = ALONE
    seen: Seen = field(default_factory=dict)


NO_MEMORY = Memory()


def make_site(root: Path, today: PartialDate, sink: Sink, options: Options, memory: Memory = NO_MEMORY) -> Outcome:
    """Read, check and render everything below `root`; `sink` gets the files and asks whether they are sound.

    What is known, and was made of the very same, is not made again.
    """
    found: list[Problem] = []

    def keep(result: tuple[Value, tuple[Problem, ...]]) -> Value:
        found.extend(result[1])
        return result[0]

    content = root / "content"
    config_text = keep(read_toml(root / "site_config.toml", root))
    config = keep(override_base_url(keep(read_config(config_text, today)), options.base_url))
    to_html, expect = make_to_html(config, memory) if config else (None, None)
    # Whoever reads many entries anew renders them at once, for all pages that will show them; a check shows none.
    prepare = None if options.command == "check" else expect
    entries = keep(read_entries(root, today, memory, prepare))
    if config is None or config_text is None or entries is None or to_html is None or expect is None:
        return Outcome(problems=in_order(found))

    texts, innovations = entries.texts, entries.innovations
    vocabulary, photos = entries.vocabulary, entries.photos
    codes = [code for code, _ in config.languages]
    prose_texts = keep(read_texts(content / "pages", root, codes))
    prose = keep(read_prose(prose_texts, today))
    languages = keep(read_languages(config, config_text, root, memory.remember, release=options.release))
    translated_texts = {code: keep(read_texts(content / "pages" / code, root)) for code in codes}
    translated = {code: keep(read_prose(texts, today)) for code, texts in translated_texts.items()}
    facts = keep(read_facts(keep(read_optional_toml(content / "facts.toml", root)), today))
    corrections_text = keep(read_optional_toml(content / "corrections.toml", root))
    corrections = keep(read_corrections(corrections_text, today))
    dictionary = keep(read_dictionary(keep(read_optional_toml(content / "search.toml", root)), today))
    history = read_history(root, today)
    dated = with_dates(innovations, history)
    crew = ALONE if mistakes(found) else memory.crew
    shown, key_of = those_shown(dated), make_page_keys(root)

    clashing, ranking = (
        partial(find_clashes, innovations, texts),
        partial(rank, shown, dictionary, memory.remember, key_of),
    )
    # To weigh the terms of entries that are all new takes as long as the files: then that is done here meanwhile.
    first = clashing if entries.are_new else ranking
    with begun(downloads(shown, config, _as_workbook), crew, [first]) as (whole, (early,)):
        found += check_release(config, config_text) if options.release else ()
        found += find_missing(config, config_text)
        recall_words = partial(memory.remember, f"kata bersama {key_of(None).hex()}")
        assembled = assemble(dated, vocabulary, prose, facts, photos, recall=recall_words)
        catalogue = replace(assembled, corrections=corrections, history=history)
        # A check asks of a card only whether it is there.
        draw = (lambda _: b"") if options.command == "check" else make_draw(memory.remember)
        others = keep(editions(catalogue, config, languages, translated))
        edition = Edition(language=INDONESIAN, config=config, catalogue=catalogue)
        shell = make_shell(root, edition, others, Makers(to_html=to_html, expect=expect, key_of=key_of), options)
        planned = plan(catalogue, config, draw, whole, others, live=options.command == "serve")
        found += early() if entries.are_new else clashing()
        # Without assets and parts of the search index, whose names change with their content.
        addresses = frozenset((*addresses_of(planned), *(f"gambar/{name}" for name in photos)))
        answers = Answers(catalogue=catalogue, addresses=addresses, whole=not mistakes(found))
        if mistakes(found):
            return Outcome(problems=in_order(found), texts=texts, innovations=innovations, answers=answers)

        sound = Sound(
            shell=shell,
            dictionary=dictionary,
            planned=planned,
            ranked=partial(ranking, crew) if entries.are_new else early,
            corrections=corrections_text,
            bodies=(*texts, *prose_texts, *chain(*translated_texts.values())),
        )
        used, changed = make_files(sound, found, sink, options, memory)
    return Outcome(
        problems=in_order(found),
        texts=texts,
        innovations=innovations,
        changed=changed,
        answers=answers,
        entries=entries,
        shell=used,
    )


class Sound(Struct, frozen=True, kw_only=True):
    """A project that has passed the gate: what its site will be made of, and the texts that its links stand in."""

    shell: Shell
    dictionary: Dictionary
    planned: tuple[Output, ...]
    ranked: Callable[[], Ranked]
    corrections: Text | None
    bodies: tuple[Text, ...]


def make_to_html(config: Config, memory: Memory) -> tuple[ToHtml, Expect]:
    """From Markdown to HTML, once for each text; and what is told which texts are next."""
    recipe = ProseRecipe(base_url=config.base_url)
    return remembering(make_converter(recipe), memory.remember, memory.known, make_keys(program())(recipe))


class Makers(Struct, frozen=True, kw_only=True):
    """What makes HTML of texts, and is told which are next; and what makes keys of pages."""

    to_html: ToHtml
    expect: Expect
    key_of: KeyOf


def make_page_keys(root: Path) -> KeyOf:
    """A function that makes keys of what depends on program and templates."""
    return make_keys(hash_all({"program": program(), "templates": hash_all(read_program(root / "templates"))}))


def make_shell(root: Path, edition: Edition, others: tuple[Edition, ...], makers: Makers, options: Options) -> Shell:
    """What pages are rendered with, but for what is known only once all are planned: menus and search index."""
    config, catalogue = edition.config, edition.catalogue
    return Shell(
        config=config,
        catalogue=catalogue,
        others=others,
        assets=as_assets(read_static(root / "static"), config.hue),
        templates=root / "templates",
        policy=POLICY,
        to_html=makers.to_html,
        expect=makers.expect,
        live=options.command == "serve",
        own_cloths=with_own_cloths(catalogue, config),
        key_of=makers.key_of,
        compiled=COMPILED,
        program=program(),
        finish=scanned,
    )


def make_files(sound: Sound, found: list[Problem], sink: Sink, options: Options, memory: Memory) -> tuple[Shell, bool]:
    """Render a sound project into `sink`; what its pages were rendered with, and whether the site on disk changed."""
    config, catalogue, others = sound.shell.config, sound.shell.catalogue, sound.shell.others
    index = build_index(catalogue, sound.dictionary, memory.remember, sound.shell.key_of, sound.ranked)
    pages = (*sound.planned, *index.files)
    found += (*find_doubles(pages), *find_lost_corrections(sound.corrections, {page.path for page in pages}))
    links = LinkCheck(base_url=config.base_url, served=frozenset({"livereload.js"} if sound.shell.live else ()))
    menus = {
        edition.language.code: navigation(edition.catalogue, pages, edition.language)
        for edition in (Edition(language=INDONESIAN, config=config, catalogue=catalogue), *others)
    }
    shell = replace(sound.shell, navigation=menus, search=index.manifest)
    copies = methods_of(config) if options.command == "build" else {}
    made = render(pages, shell, found.append, recalling(memory.ledger.recall, copies), memory.crew)
    seen = with_progress(map(links.see, made), len(pages), sys.stderr)
    files = map(memory.ledger.note, with_copies(seen, memory.ledger.recall, copies))

    def is_sound() -> bool:
        if not mistakes(found):  # a page that could not be rendered would be missed by every link to it
            found.extend(links.problems(sound.bodies))
        return not mistakes(found)

    return shell, sink(files, is_sound)


def glance(file: Path, root: Path, today: PartialDate, last: Outcome) -> tuple[File, ...]:
    """How the page of an entry looks with its file as it is now, and all else as it was when it was last built.

    Nothing where that cannot be said so soon: another file, a mistake in it, an entry that comes or goes.
    """
    entries, shell = last.entries, last.shell
    if entries is None or shell is None or file.parent != root / "content" / "innovations" or file.suffix != ".md":
        return ()
    problems: list[Problem] = []
    path = file.relative_to(root).as_posix()
    try:
        text = as_text(Source(path=path, slug=file.stem, data=file.read_bytes()), problems.append)
    except OSError:
        return ()
    read, unsound = read_innovations([text] if text else [], entries.vocabulary, entries.photos, today)
    shown = {entry.path for entry in shell.catalogue.innovations}
    if not read or read[0].withdrawn or path not in shown or mistakes([*problems, *unsound]):
        return ()
    innovation = with_dates(read, shell.catalogue.history)[0]
    page = plan_entry(innovation, shell.catalogue, shell.config, lambda _: b"")
    return render_page(page, shell, problems.append)


class Entries(Struct, frozen=True, kw_only=True):
    """The entries of a project, with the words and photos that they may name."""

    vocabulary: Vocabulary
    photos: Mapping[str, Photo]
    texts: tuple[Text, ...]
    innovations: tuple[Innovation, ...]
    # Whether most were read, and not remembered.
    are_new: bool


def read_entries(
    root: Path, today: PartialDate, memory: Memory = NO_MEMORY, prepare: Expect | None = None
) -> tuple[Entries | None, tuple[Problem, ...]]:
    """Read and check every entry below `root`; None without a vocabulary.

    A sound entry stays sound while the days go by, so one that was is not read again. `prepare` is told the bodies of
    many that are.
    """
    content = root / "content"
    vocabulary_text, unread = read_toml(content / "vocabulary.toml", root)
    vocabulary, misspelt = read_vocabulary(vocabulary_text, today)
    if vocabulary_text is None:
        return None, (*unread, *misspelt)
    photos, unfit = read_photos(content / "images", root)
    files, broken = read_files(content / "innovations", root, seen=memory.seen)
    problems = [*unread, *misspelt, *unfit, *broken]
    recipe = make_keys(program())((vocabulary, sorted(photos))).hex()

    def read(file: Source) -> Reading:
        wrong: list[Problem] = []
        text = as_text(file, wrong.append)
        found, unsound = read_innovations([text] if text else [], vocabulary, photos, today)
        return Reading(text=text, innovation=found[0] if found else None, problems=(*wrong, *unsound))

    def again(path: str) -> Reading | None:
        file = read_again(path, root)
        return read(file) if file else None

    kept = make_readings(memory.remember, memory.known, recipe, vocabulary, again)
    readings = tuple(recall(files, read, kept, memory.crew, prepare))
    texts = tuple(reading.text for reading in readings if reading.text)
    innovations = tuple(reading.innovation for reading in readings if reading.innovation)
    problems.extend(problem for reading in readings for problem in reading.problems)
    are_new = 2 * sum(reading.was_known for reading in readings) < len(readings)
    entries = Entries(vocabulary=vocabulary, photos=photos, texts=texts, innovations=innovations, are_new=are_new)
    return entries, tuple(problems)


def since(root: Path, outcome: Outcome, options: Options, today: PartialDate) -> tuple[Outcome, frozenset[str]]:
    """The outcome as that of a change since a revision, with the outer addresses that were there before.

    What was wrong before becomes a note, and only the texts and innovations of changed files remain.
    """
    from tempfile import TemporaryDirectory

    from katalog.links_out import find_addresses
    from katalog.review import name_verifications, weigh

    change, problems = read_change(root, options.base)
    if change is None:
        return replace(outcome, problems=in_order((*outcome.problems, *problems))), frozenset()
    with TemporaryDirectory(prefix="katalog-") as folder:
        unpack(change.archive, Path(folder), SOURCES)
        before = make_site(Path(folder), today, _discard, replace(options, release=False))
    weighed = weigh(outcome.problems, change.paths, before.problems)
    named = name_verifications(outcome.innovations, before.innovations, outcome.texts)
    lost = lost_addresses(root, outcome, before) if change.archive else ()
    narrowed = Outcome(
        problems=in_order((*weighed, *named, *lost)),
        texts=tuple(text for text in outcome.texts if text.path in change.paths),
        innovations=tuple(entry for entry in outcome.innovations if entry.path in change.paths),
    )
    return narrowed, frozenset(find_addresses(before.texts))


def lost_addresses(root: Path, outcome: Outcome, before: Outcome) -> tuple[Problem, ...]:
    """What a change takes away of the addresses that there were; a note where those before are not known."""
    from katalog.lost import find_lost, not_compared

    if before.answers is None:
        return (not_compared(),)
    if outcome.answers is None or not outcome.answers.whole:  # what is at fault has no address yet
        return ()
    vocabulary, _ = read_toml(root / "content" / "vocabulary.toml", root)
    prose, _ = read_texts(root / "content" / "pages", root)
    texts = (*outcome.texts, *prose, *([vocabulary] if vocabulary else []))
    return find_lost(before.answers, outcome.answers, texts)


def mend_entries(root: Path, today: PartialDate, base: str = "") -> tuple[tuple[Deed, ...], tuple[Problem, ...]]:
    """Mend on disk what is mechanical in the entries below `root`; what was done, and what could not be written.

    With a base revision only the files of the change are mended: the others are not its author's.
    """
    from katalog.mend import mend

    change = read_change(root, base)[0] if base else None
    vocabulary, _ = read_vocabulary(read_toml(root / "content" / "vocabulary.toml", root)[0], today)
    sources = read_sources(root / "content" / "innovations", root)
    deeds: list[Deed] = []
    problems: list[Problem] = []
    for path, data in sources.items():
        if change and path not in change.paths:
            continue
        others = [] if path.endswith(".md") else [Path(other).name.casefold() for other in sources if other != path]
        mended = mend(path, data, vocabulary, others)
        if mended.deeds:
            unwritten = _replace(root / path, mended.data, path, name=Path(mended.path).name)
            problems += unwritten
            deeds += () if unwritten else mended.deeds
    return tuple(deeds), tuple(problems)


def read_table(
    entries: Entries, known: tuple[Problem, ...], options: Options, today: PartialDate
) -> "tuple[tuple[Change, ...], tuple[Problem, ...]]":
    """What the rows of a table would change; `known` is what is wrong with the entries that there are."""
    from katalog.sheets import read_tables
    from katalog.tabular import make_shelf, read_rows, settle

    tables, found = read_tables(Path(options.file), options.file)
    problems = list(found)
    desk = Desk(vocabulary=entries.vocabulary, today=today, say=problems.append, example=cell_example)
    drafts = read_rows(tables, make_shelf(entries.texts, entries.innovations), desk)
    texts = tuple(
        ({text.path: text for text in entries.texts} | {draft.text.path: draft.text for draft in drafts}).values()
    )
    drafted = [draft.text for draft in drafts]
    read, wrong = read_innovations(drafted, entries.vocabulary, entries.photos, today, cell_example)
    named = {text.path for text in drafted}
    # In this order a new entry is told of what is too much alike, not the one that was there before.
    innovations = {entry.path: entry for entry in (*entries.innovations, *read)}
    clashes = set(find_clashes(tuple(innovations.values()), texts)) - set(find_clashes(entries.innovations, texts))
    # Faults of other entries concern nobody here; those of the vocabulary and of photos do.
    own = [
        problem
        for problem in mistakes(known)
        if problem.place.path in named or not problem.place.path.startswith("content/innovations/")
    ]
    return settle(drafts, read, entries.innovations, (*problems, *wrong, *clashes, *own), update=options.update)


def main(arguments: list[str]) -> int:
    """Run one command; the exit code is 0 sound, 1 problems in content, 2 wrong use, 3 not written."""
    options = read_arguments(arguments)
    if options.command != "build":
        gc.set_threshold(MANY_RECORDS)
    match options.command:
        case "new":
            return run_new(options)
        case "serve":
            return run_serve(options, _today())
        case "editor":
            return run_editor(_today())
        case "init":
            return run_init(options, _today())
        case "check":
            return run_check(options, _today())
        case "import":
            return run_import(options, _today())
        case "export":
            return run_export(options, _today())
        case _:
            return run_build(options, _today())


def run_build(options: Options, today: PartialDate) -> int:
    """Build the site into the output folder."""
    output = Path(os.path.normpath(Path(options.output).absolute()))
    seen: Seen = {}
    sealed, ledger = seal_file(CACHE, output), Ledger(ledger_file(CACHE, output))
    stamps: list[Mapping[str, Stamp]] = []
    try:
        prepare(output, ROOT)
        with seen_early(output) as early:
            key = seal_key(ROOT, options, today, seen)
            if (known := unbroken(sealed, key, lambda: early.sight().present)) is not None:
                return _tell_built(known, options, changed=False)

            def sink(files: Files, is_sound: Callable[[], bool]) -> bool:
                gc.freeze()
                gc.set_threshold(MANY_RECORDS)
                try:
                    return _publish(output, ledger, stamps.append, files, is_sound, early=early)
                finally:
                    gc.unfreeze()

            with closing(open_store(CACHE / STORE)) as store:
                crew = Crew(workers=hands(), last=store.flush, room=output.parent)
                memory = Memory(remember=store.remember, known=store.known, ledger=ledger, crew=crew, seen=seen)
                outcome = make_site(ROOT, today, sink, options, memory)
    except RefusedFolderError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except NotWrittenError as error:
        print(FORMATS[options.format]([error.problem]), end="")
        print("Situs yang sudah terbit tidak berubah.", file=sys.stderr)
        return NOT_WRITTEN
    # What has something to tell is read again each time.
    put_seal(sealed, b"" if outcome.problems else key, stamps[-1] if stamps else {}, len(outcome.innovations))
    code = _tell(outcome, options)
    return _tell_built(len(outcome.innovations), options, changed=outcome.changed) if code == SOUND else code


@contextmanager
def seen_early(output: Path) -> Iterator[Early]:
    """What lies in the output folder and beside it, looked for at once by a process that has nothing else to do."""
    parts: tuple[Callable[[], Any], ...] = (partial(look, output), partial(stock_of, output))
    with apart(len(parts), lambda number: parts[number](), Crew(workers=hands(), last=lambda: None)) as looked:

        def first_come(part: Callable[[], Any]) -> Any:
            return next(looked.results, None) or part()

        sight, stock = (cache(partial(first_come, part)) for part in parts)
        yield Early(sight=sight, stock=stock)


def seal_key(root: Path, options: Options, today: PartialDate, seen: Seen) -> bytes:
    """A key of all that a site is made of, on this day; b"" where it has none. The entries are `seen` then."""
    sources, history = mark_of(root, (*SOURCES, "build.py"), seen), mark_of_history(root)
    return make_keys(program())((sources, history, today, options)) if sources else b""


@cache
def program() -> bytes:
    """A hash of this program and its libraries, as it runs."""
    return hash_all(read_program(PROGRAM))


def _tell_built(entries: int, options: Options, *, changed: bool) -> int:
    if options.format == "text":
        state = "Situs selesai" if changed else "Tidak ada yang berubah"
        print(f"{state}: {entries} inovasi di {options.output}/")
    return SOUND


def run_check(options: Options, today: PartialDate) -> int:
    """Report every problem; write nothing but what `--fix` mends."""
    unwritten: tuple[Problem, ...] = ()
    if options.fix:
        deeds, unwritten = mend_entries(ROOT, today, options.base)
        print(tell_deeds(deeds), end="", file=sys.stdout if options.format == "text" else sys.stderr)
    outcome = make_site(ROOT, today, _discard, options)
    known: frozenset[str] = frozenset()
    if options.base:
        outcome, known = since(ROOT, outcome, options, today)
    if options.links:
        from katalog.links_out import check_addresses, find_addresses, visit

        addresses = {url: place for url, place in find_addresses(outcome.texts).items() if url not in known}
        return _tell(Outcome(problems=in_order(check_addresses(addresses, visit))), options, always=True)
    outcome = replace(outcome, problems=in_order((*outcome.problems, *unwritten)))
    code = _tell(outcome, options, always=True)
    if options.format == "ringkasan" and options.base:
        from katalog.preview import show_entries

        print(show_entries(outcome.innovations), end="")
    return code


def run_serve(options: Options, today: PartialDate) -> int:
    """Show the site on this computer and rebuild it whenever a file is saved."""
    # tornado takes long to import, and only this command needs it.
    from tempfile import TemporaryDirectory

    from katalog.serve import HOST, Desk, serve

    local = replace(options, base_url=f"http://{HOST}:{options.port}")
    last = Outcome(problems=())
    with TemporaryDirectory(prefix="katalog-") as folder:
        site = Path(folder) / "situs"

        def rebuild() -> str:
            nonlocal last
            try:
                ledger = Ledger(ledger_file(Path(folder), site))
                sink = partial(_publish, site, ledger, lambda _: None)
                with closing(open_store(CACHE / STORE)) as store:
                    memory = Memory(remember=store.remember, known=store.known, ledger=ledger)
                    last = make_site(ROOT, today, sink, local, memory)
                problems = last.problems
            except NotWrittenError as error:
                problems = (error.problem,)
            report = FORMATS["text"](problems) if mistakes(problems) else ""
            print(report, end="", file=sys.stderr)
            return report

        def look(file: Path) -> dict[str, bytes]:
            return {made.path: bytes(made.content) for made in glance(file, ROOT, today, last)}

        site.mkdir()
        desk = Desk(folder=site, port=options.port, rebuild=rebuild, look=look)
        desk.refresh()
        watched = [ROOT / name for name in SOURCES if (ROOT / name).exists()]
        try:
            serve(desk, watched, lambda words: print(words, flush=True))
        except OSError:
            print(f"Porta {options.port} sedang dipakai. Coba: --port {options.port + 1}", file=sys.stderr)
            return WRONG_USE
    return SOUND


def run_new(options: Options) -> int:
    """Write a skeleton entry under the right slug."""
    from katalog.skeleton import make_skeleton

    slug = slugify(options.name)
    path = ROOT / "content" / "innovations" / f"{slug}.md"
    if len(slug) < 3:
        print(f"Nama `{options.name}` terlalu pendek untuk menjadi nama berkas.", file=sys.stderr)
        return WRONG_USE
    try:
        written = write_new(path, make_skeleton(options.name))
    except NotWrittenError as error:
        print(FORMATS["text"]([error.problem]), end="")
        return NOT_WRITTEN
    if not written:
        print(f"{path.relative_to(ROOT)} sudah ada; tidak ada yang ditulis.", file=sys.stderr)
        return PROBLEMS
    print(f"Tersimpan di {path.relative_to(ROOT)}. Isi kolomnya, lalu jalankan: python build.py check")
    return SOUND


def run_editor(today: PartialDate) -> int:
    """Write the form of entries for VS Code, drawn from the table of fields and the vocabulary."""
    from katalog.editor import front_matter

    text, unread = read_toml(ROOT / "content" / "vocabulary.toml", ROOT)
    vocabulary, problems = read_vocabulary(text, today)
    if mistakes((*unread, *problems)):
        return _tell(Outcome(problems=in_order((*unread, *problems))), Options(command="editor"))
    path = "content/frontmatter.json"
    if unwritten := _replace(ROOT / path, front_matter(vocabulary).encode(), path):
        return _tell(Outcome(problems=unwritten), Options(command="editor"))
    print(f"Tersimpan di {path}.")
    return SOUND


def run_init(options: Options, today: PartialDate) -> int:
    """Make of this copy the empty catalogue of another region, once that is clear and wanted."""
    from katalog.found import NEXT, UNSAVED, find_traces, found, interview, tell_plan
    from katalog.history import find_uncommitted
    from katalog.icons import draw_icons

    def ask(question: "Question", default: str | None) -> str:
        print(f"\n{question.words}\n  Contoh: {question.field.example}")
        return input(f"{question.field.label}{f' [{default}]' if default else ''}: ")

    if unsaved := find_uncommitted(ROOT):
        print(UNSAVED.format(path=unsaved[0]), file=sys.stderr)
        return WRONG_USE
    try:
        answers = interview(
            dict(options.answers), None if options.yes else ask, lambda words: print(words, file=sys.stderr), today
        )
        if answers is None:
            return WRONG_USE
        project = {path: (ROOT / path).read_bytes() for path in _project_files()}
        starter = {f"content/{name}": content for name, content in read_static(STARTER).items()}
        icons = {f"static/identity/{name}": content for name, content in draw_icons(int(answers["warna"])).items()}
        founding = found(answers, project, starter | icons, today)
        print(tell_plan(founding, answers))
        if not options.yes and input("Lanjutkan? Ketik ya: ").strip().casefold() not in {"ya", "y"}:
            print("Tidak ada yang diubah.")
            return SOUND
    except EOFError:
        print("\nBelum semua dijawab; tidak ada yang diubah. Bantuan: python build.py init --help", file=sys.stderr)
        return WRONG_USE
    former = read_config(read_toml(ROOT / "site_config.toml", ROOT)[0], today)[0]
    if unwritten := _lay_foundation(founding, today):
        print(FORMATS["text"](unwritten), end="")
        return NOT_WRITTEN
    names = (former.region_short, former.motto) if former and former.region != answers["wilayah"] else ()
    for path in find_traces(names, founding, project):
        print(f"  masih menyebut daerah sebelumnya, periksa: {path}")
    print(NEXT)
    return SOUND


def _lay_foundation(founding: "Founding", today: PartialDate) -> tuple[Problem, ...]:
    """Remove and write; the form for VS Code follows the vocabulary, and the configuration comes last."""
    from katalog.editor import front_matter
    from katalog.found import FORM_PATH, VOCABULARY_PATH

    for path in founding.remove:
        (ROOT / path).unlink(missing_ok=True)
    for path, content in founding.write.items():
        if unwritten := _replace(ROOT / path, content, path):
            return unwritten
        if path == VOCABULARY_PATH:
            form = front_matter(read_vocabulary(read_toml(ROOT / path, ROOT)[0], today)[0])
            if unwritten := _replace(ROOT / FORM_PATH, form.encode(), FORM_PATH):
                return unwritten
    return ()


def _project_files() -> Iterator[str]:
    """Whatever of this project says whose it is."""
    yield "site_config.toml"
    for part in ("content", "static/identity"):
        yield from (f"{part}/{name}" for name in read_static(ROOT / part))


def run_import(options: Options, today: PartialDate) -> int:
    """Make entries of an office's table; write them only where that is asked for."""
    from katalog.tabular import summary

    entries, known = read_entries(ROOT, today)
    if entries is None:
        return _tell(Outcome(problems=in_order(known)), options)
    changes, problems = read_table(entries, known, options, today)
    unwritten = [
        problem
        for change in changes
        if options.write and change.content
        for problem in _replace(ROOT / change.path, change.content.encode(), change.path)
    ]
    code = _tell(Outcome(problems=in_order((*problems, *unwritten))), options)
    if options.format == "text":
        failed = {problem.place.path for problem in unwritten}
        print(summary([change for change in changes if change.path not in failed], written=options.write), end="")
    return code


def run_export(options: Options, today: PartialDate) -> int:
    """Write every entry into one table."""
    from katalog.sheets import as_table
    from katalog.tabular import as_rows

    entries, known = read_entries(ROOT, today)
    file = Path(options.file)
    if entries is None or mistakes(known):
        return _tell(Outcome(problems=in_order(known)), options)
    content, unfit = as_table(as_rows(entries.innovations), file, options.file)
    if unfit:
        return _tell(Outcome(problems=unfit), options)
    if file.exists() and not options.update:
        print(f"{options.file} sudah ada; tidak ada yang ditulis. Untuk menggantinya: --update", file=sys.stderr)
        return PROBLEMS
    if unwritten := _replace(file, content, options.file):
        return _tell(Outcome(problems=unwritten), options)
    print(f"{len(entries.innovations)} inovasi tersimpan di {options.file}")
    return SOUND


def _tell(outcome: Outcome, options: Options, *, always: bool = False) -> int:
    if outcome.problems or always:
        print(FORMATS[options.format](outcome.problems), end="")
    return PROBLEMS if mistakes(outcome.problems) else SOUND


def _replace(path: Path, content: bytes, shown: str, *, name: str = "") -> tuple[Problem, ...]:
    """Write a file over an older one; the problem where that fails, at the path as its user knows it."""
    try:
        replace_file(path, content, name)
    except OSError as error:
        message = f"Berkas tidak bisa ditulis ({error.strerror})."
        remedy = "Periksa izin berkas dan foldernya."
        return (Problem(place=Place(path=shown), code=Code.UNREADABLE, message=message, remedy=remedy),)
    return ()


def _as_workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    from katalog.sheets import as_workbook

    return as_workbook(title, sheets)


def _publish(  # noqa: PLR0913 (as `publish`)
    output: Path,
    ledger: Ledger,
    tell: Callable[[Mapping[str, Stamp]], None],
    files: Files,
    is_sound: Callable[[], bool],
    *,
    early: Early | None = None,
) -> bool:
    def remember(stamps: Mapping[str, Stamp]) -> None:
        ledger.save(stamps)
        tell(stamps)

    return publish(files, output, is_sound, ledger.meet, remember, early=early)


def _discard(files: Files, is_sound: Callable[[], bool]) -> bool:
    for _ in files:
        pass
    is_sound()
    return False


def _today() -> PartialDate:
    now = date.today()  # noqa: DTZ011 (the day where the writer sits is meant)
    return PartialDate(year=now.year, month=now.month, day=now.day)


def end(code: int) -> NoReturn:
    """End this process at once: to let go of a large catalogue, record by record, takes as long as reading it."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    end(main(sys.argv[1:]))
