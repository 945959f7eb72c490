"""The whole flow on one screen: arguments -> build -> report or write -> exit code.

Content goes one way: config, texts, innovations, catalogue, pages, files. Every stage hands on what
it found wrong; one gate follows all that authors can get wrong, and only a sound catalogue is
rendered. See ARCHITECTURE.md.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from katalog.arguments import Options, read_arguments
from katalog.assemble import assemble, find_clashes
from katalog.assets import slim
from katalog.config import check_release, override_base_url, read_config
from katalog.images import read_photos
from katalog.links import LinkCheck
from katalog.load import read_optional_toml, read_static, read_texts, read_toml
from katalog.model import File, PartialDate
from katalog.pages import find_doubles, plan
from katalog.pages.headers import POLICY
from katalog.pages.menu import navigation
from katalog.problems import Problem, in_order, mistakes
from katalog.progress import with_progress
from katalog.prose import ProseRecipe, make_converter
from katalog.reading import slugify
from katalog.render import Shell, render
from katalog.report import FORMATS
from katalog.search import build_index
from katalog.search.dictionary import read_dictionary
from katalog.skeleton import make_skeleton
from katalog.validate import read_facts, read_innovations, read_prose
from katalog.vocabulary import read_vocabulary
from katalog.write import NotWrittenError, RefusedFolderError, prepare, publish, write_new

ROOT = Path(__file__).resolve().parent
SOUND, PROBLEMS, WRONG_USE, NOT_WRITTEN = 0, 1, 2, 3

Value = TypeVar("Value")
Sink = Callable[[Iterator[File], Callable[[], bool]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build found, and how many innovations the catalogue holds."""

    problems: tuple[Problem, ...]
    count: int = 0
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
    vocabulary_text = keep(read_toml(content / "vocabulary.toml", root))
    vocabulary = keep(read_vocabulary(vocabulary_text, today))
    if config is None or config_text is None or vocabulary_text is None:
        return Outcome(problems=in_order(found))

    photos = keep(read_photos(content / "images", root))
    texts = keep(read_texts(content / "innovations", root))
    prose_texts = keep(read_texts(content / "pages", root))
    innovations = keep(read_innovations(texts, vocabulary, photos, today))
    prose = keep(read_prose(prose_texts, today))
    facts = keep(read_facts(keep(read_optional_toml(content / "facts.toml", root)), today))
    dictionary = keep(read_dictionary(keep(read_optional_toml(content / "search.toml", root)), today))
    found += find_clashes(innovations, texts)
    found += check_release(config, config_text) if options.release else ()
    if mistakes(found):
        return Outcome(problems=in_order(found), count=len(texts))

    catalogue = assemble(innovations, vocabulary, prose, facts, photos)
    index = build_index(catalogue, dictionary)
    pages = (*plan(catalogue, config), *index.files)
    found += find_doubles(pages)
    links = LinkCheck(base_url=config.base_url, served=frozenset({"livereload.js"} if live else ()))
    shell = Shell(
        config=config,
        catalogue=catalogue,
        navigation=navigation(catalogue, pages),
        static=slim(read_static(root / "static")),
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
    return Outcome(problems=in_order(found), count=len(innovations), changed=changed)


def main(arguments: list[str]) -> int:
    """Run one command; the exit code is 0 sound, 1 problems in content, 2 wrong use, 3 not written."""
    options = read_arguments(arguments)
    match options.command:
        case "new":
            return run_new(options)
        case "serve":
            return run_serve(options, _today())
        case "check":
            return run_check(options, _today())
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
        print(f"{state}: {outcome.count} inovasi di {options.output}/")
    return code


def run_check(options: Options, today: PartialDate) -> int:
    """Report every problem; write nothing."""
    outcome = make_site(ROOT, today, _discard, options)
    return _tell(outcome, options, always=True)


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
        watched = [ROOT / name for name in ("content", "templates", "static", "site_config.toml")]
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


def _tell(outcome: Outcome, options: Options, *, always: bool = False) -> int:
    if outcome.problems or always:
        print(FORMATS[options.format](outcome.problems), end="")
    return PROBLEMS if mistakes(outcome.problems) else SOUND


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
