"""The whole flow on one screen: arguments -> build -> report or write -> exit code.

Content goes one way: config, texts, innovations, catalogue, pages, files. Every stage hands on what
it found wrong; one gate follows all that authors can get wrong, and only a sound catalogue is
rendered. See ARCHITECTURE.md.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from katalog.arguments import Options, read_arguments
from katalog.assemble import assemble, find_clashes
from katalog.assets import as_assets
from katalog.cells import cell_example
from katalog.config import check_release, override_base_url, read_config
from katalog.editor import front_matter
from katalog.history import read_change, read_history, with_dates
from katalog.images import read_photos
from katalog.links import LinkCheck
from katalog.links_out import check_addresses, find_addresses, visit
from katalog.load import read_optional_toml, read_sources, read_static, read_texts, read_toml
from katalog.mend import mend
from katalog.model import File, Innovation, PartialDate, Photo, Vocabulary
from katalog.pages import find_doubles, plan
from katalog.pages.headers import POLICY
from katalog.pages.menu import navigation
from katalog.preview import show_entries
from katalog.problems import Code, Deed, Place, Problem, in_order, mistakes
from katalog.progress import with_progress
from katalog.prose import ProseRecipe, make_converter
from katalog.reading import Desk, slugify
from katalog.render import Shell, render
from katalog.report import FORMATS, tell_deeds
from katalog.review import name_verifications, weigh
from katalog.search import build_index
from katalog.search.dictionary import read_dictionary
from katalog.sheets import as_table, read_tables
from katalog.skeleton import make_skeleton
from katalog.tabular import Change, as_rows, make_shelf, read_rows, settle, summary
from katalog.text import Text
from katalog.validate import read_facts, read_innovations, read_prose
from katalog.vocabulary import read_vocabulary
from katalog.write import NotWrittenError, RefusedFolderError, prepare, publish, replace_file, unpack, write_new

ROOT = Path(__file__).resolve().parent
SOUND, PROBLEMS, WRONG_USE, NOT_WRITTEN = 0, 1, 2, 3
# What a site is made of besides this program.
SOURCES = ("content", "templates", "static", "site_config.toml")

Value = TypeVar("Value")
Sink = Callable[[Iterator[File], Callable[[], bool]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build found, from which texts and innovations, and whether the site on disk changed."""

    problems: tuple[Problem, ...]
    texts: tuple[Text, ...] = ()
    innovations: tuple[Innovation, ...] = ()
    changed: bool = False


def make_site(root: Path, today: PartialDate, sink: Sink, options: Options, *, live: bool = False) -> Outcome:
    """Read, check and render everything below `root`; `sink` gets the files and asks whether they are sound."""
    found: list[Problem] = []

    def keep(result: tuple[Value, tuple[Problem, ...]]) -> Value:
        found.extend(result[1])
        return result[0]

    content = root / "content"
    config_text = keep(read_toml(root / "site_config.toml", root))
    config = keep(override_base_url(keep(read_config(config_text, today)), options.base_url))
    entries = keep(read_entries(root, today))
    if config is None or config_text is None or entries is None:
        return Outcome(problems=in_order(found))

    texts, innovations = entries.texts, entries.innovations
    vocabulary, photos = entries.vocabulary, entries.photos
    prose_texts = keep(read_texts(content / "pages", root))
    prose = keep(read_prose(prose_texts, today))
    facts = keep(read_facts(keep(read_optional_toml(content / "facts.toml", root)), today))
    dictionary = keep(read_dictionary(keep(read_optional_toml(content / "search.toml", root)), today))
    found += find_clashes(innovations, texts)
    found += check_release(config, config_text) if options.release else ()
    if mistakes(found):
        return Outcome(problems=in_order(found), texts=texts, innovations=innovations)

    history = read_history(root, today)
    catalogue = replace(assemble(with_dates(innovations, history), vocabulary, prose, facts, photos), history=history)
    index = build_index(catalogue, dictionary)
    pages = (*plan(catalogue, config, live=live), *index.files)
    found += find_doubles(pages)
    links = LinkCheck(base_url=config.base_url, served=frozenset({"livereload.js"} if live else ()))
    shell = Shell(
        config=config,
        catalogue=catalogue,
        navigation=navigation(catalogue, pages),
        assets=as_assets(read_static(root / "static")),
        templates=root / "templates",
        search=index.manifest,
        policy=POLICY,
        to_html=make_converter(ProseRecipe(base_url=config.base_url)),
        live=live,
    )
    files = with_progress(map(links.see, render(pages, shell, found.append)), len(pages), sys.stderr)

    def is_sound() -> bool:
        if not mistakes(found):  # a page that could not be rendered would be missed by every link to it
            found.extend(links.problems((*texts, *prose_texts)))
        return not mistakes(found)

    changed = sink(files, is_sound)
    return Outcome(problems=in_order(found), texts=texts, innovations=innovations, changed=changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """The entries of a project, with the words and photos that they may name."""

    vocabulary: Vocabulary
    photos: Mapping[str, Photo]
    texts: tuple[Text, ...]
    innovations: tuple[Innovation, ...]


def read_entries(root: Path, today: PartialDate) -> tuple[Entries | None, tuple[Problem, ...]]:
    """Read and check every entry below `root`; None without a vocabulary."""
    content = root / "content"
    vocabulary_text, unread = read_toml(content / "vocabulary.toml", root)
    vocabulary, misspelt = read_vocabulary(vocabulary_text, today)
    if vocabulary_text is None:
        return None, (*unread, *misspelt)
    photos, unfit = read_photos(content / "images", root)
    texts, broken = read_texts(content / "innovations", root)
    innovations, wrong = read_innovations(texts, vocabulary, photos, today)
    entries = Entries(vocabulary=vocabulary, photos=photos, texts=texts, innovations=innovations)
    return entries, (*unread, *misspelt, *unfit, *broken, *wrong)


def since(root: Path, outcome: Outcome, options: Options, today: PartialDate) -> tuple[Outcome, frozenset[str]]:
    """The outcome as that of a change since a revision, with the outer addresses that were there before.

    What was wrong before becomes a note, and only the texts and innovations of changed files remain.
    """
    change, problems = read_change(root, options.base)
    if change is None:
        return replace(outcome, problems=in_order((*outcome.problems, *problems))), frozenset()
    with tempfile.TemporaryDirectory(prefix="katalog-") as folder:
        unpack(change.archive, Path(folder), SOURCES)
        before = make_site(Path(folder), today, _discard, replace(options, release=False))
    weighed = weigh(outcome.problems, change.paths, before.problems)
    named = name_verifications(outcome.innovations, before.innovations, outcome.texts)
    narrowed = Outcome(
        problems=in_order((*weighed, *named)),
        texts=tuple(text for text in outcome.texts if text.path in change.paths),
        innovations=tuple(entry for entry in outcome.innovations if entry.path in change.paths),
    )
    return narrowed, frozenset(find_addresses(before.texts))


def mend_entries(root: Path, today: PartialDate, base: str = "") -> tuple[tuple[Deed, ...], tuple[Problem, ...]]:
    """Mend on disk what is mechanical in the entries below `root`; what was done, and what could not be written.

    With a base revision only the files of the change are mended: the others are not its author's.
    """
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
) -> tuple[tuple[Change, ...], tuple[Problem, ...]]:
    """What the rows of a table would change; `known` is what is wrong with the entries that there are."""
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
    match options.command:
        case "new":
            return run_new(options)
        case "serve":
            return run_serve(options, _today())
        case "editor":
            return run_editor(_today())
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
    try:
        prepare(output, ROOT)
        outcome = make_site(ROOT, today, lambda files, is_sound: publish(files, output, is_sound), options)
    except RefusedFolderError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except NotWrittenError as error:
        print(FORMATS[options.format]([error.problem]), end="")
        print("Situs yang sudah terbit tidak berubah.", file=sys.stderr)
        return NOT_WRITTEN
    code = _tell(outcome, options)
    if code == SOUND and options.format == "text":
        state = "Situs selesai" if outcome.changed else "Tidak ada yang berubah"
        print(f"{state}: {len(outcome.innovations)} inovasi di {options.output}/")
    return code


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
        addresses = {url: place for url, place in find_addresses(outcome.texts).items() if url not in known}
        return _tell(Outcome(problems=in_order(check_addresses(addresses, visit))), options, always=True)
    outcome = replace(outcome, problems=in_order((*outcome.problems, *unwritten)))
    code = _tell(outcome, options, always=True)
    if options.format == "ringkasan" and options.base:
        print(show_entries(outcome.innovations), end="")
    return code


def run_serve(options: Options, today: PartialDate) -> int:
    """Show the site on this computer and rebuild it whenever a file is saved."""
    # tornado takes long to import, and only this command needs it.
    from katalog.serve import HOST, Desk, serve

    local = replace(options, base_url=f"http://{HOST}:{options.port}")
    with tempfile.TemporaryDirectory(prefix="katalog-") as folder:
        site = Path(folder) / "situs"

        def rebuild() -> str:
            try:
                outcome = make_site(ROOT, today, lambda files, sound: publish(files, site, sound), local, live=True)
                problems = outcome.problems
            except NotWrittenError as error:
                problems = (error.problem,)
            report = FORMATS["text"](problems) if mistakes(problems) else ""
            print(report, end="", file=sys.stderr)
            return report

        site.mkdir()
        desk = Desk(folder=site, port=options.port, rebuild=rebuild)
        desk.refresh()
        watched = [ROOT / name for name in SOURCES]
        try:
            serve(desk, watched, lambda words: print(words, flush=True))
        except OSError:
            print(f"Porta {options.port} sedang dipakai. Coba: --port {options.port + 1}", file=sys.stderr)
            return WRONG_USE
    return SOUND


def run_new(options: Options) -> int:
    """Write a skeleton entry under the right slug."""
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
    text, unread = read_toml(ROOT / "content" / "vocabulary.toml", ROOT)
    vocabulary, problems = read_vocabulary(text, today)
    if mistakes((*unread, *problems)):
        return _tell(Outcome(problems=in_order((*unread, *problems))), Options(command="editor"))
    if unwritten := _replace(ROOT / "frontmatter.json", front_matter(vocabulary).encode(), "frontmatter.json"):
        return _tell(Outcome(problems=unwritten), Options(command="editor"))
    print("Tersimpan di frontmatter.json.")
    return SOUND


def run_import(options: Options, today: PartialDate) -> int:
    """Make entries of an office's table; write them only where that is asked for."""
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


def _discard(files: Iterator[File], is_sound: Callable[[], bool]) -> bool:
    for _ in files:
        pass
    is_sound()
    return False


def _today() -> PartialDate:
    now = date.today()  # noqa: DTZ011 (the day where the writer sits is meant)
    return PartialDate(year=now.year, month=now.month, day=now.day)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
