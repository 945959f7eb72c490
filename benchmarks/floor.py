"""What the libraries alone need for the entries of a made-up catalogue: below that no build by them can be.

    python -m benchmarks.floor [--entries 1000] [--rounds 5]

Processor milliseconds of one process for each entry: reading its YAML, making clean HTML of its body, filling the
template of its page with all at hand, writing the page. What is ours of a build (checks, places of problems, order,
search, data, links, keys) is not in it.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

import yaml
from msgspec.structs import replace

import build
from benchmarks.speed.corpus import write_project
from benchmarks.speed.tools import SWITCHED_OFF
from katalog.arguments import Options
from katalog.model import File, PartialDate
from katalog.pages import Output, entries
from katalog.prose import ProseRecipe, make_converter
from katalog.render import Shell, as_made, render

TODAY = PartialDate(year=2026, month=12, day=31)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="katalog-") as name:
        root = Path(name) / "situs"
        write_project(root, options.entries, SWITCHED_OFF)
        parts = make_parts(root, Path(name) / "tulis")
        rounds = [{words: processor_time(work) for words, work in parts.items()} for _ in range(options.rounds)]
    each = {words: 1000 * median(found[words] for found in rounds) / options.entries for words in parts}
    for words, milliseconds in [*each.items(), ("in all", sum(each.values()))]:
        print(f"{words:32} {milliseconds:6.2f} ms")


def make_parts(root: Path, target: Path) -> dict[str, Callable[[], object]]:
    """The work of each library on the entries of a project, by what it is called."""
    texts = [path.read_text(encoding="utf-8").split("---\n", 2) for path in sorted(root.glob("content/innovations/*"))]
    heads, bodies = [text[1] for text in texts], [text[2] for text in texts]
    shell = build.make_site(root, TODAY, _discard, Options(command="build")).shell
    assert shell  # the corpus is sound
    to_html = make_converter(ProseRecipe(base_url=shell.config.base_url))
    html = {entry.body: shell.to_html(entry.body) for entry in shell.catalogue.innovations}
    bare = replace(
        shell,
        to_html=html.__getitem__,
        key_of=lambda *_: b"",
        finish=as_made,
        assets=replace(shell.assets, files=()),
    )
    pages = [*entries.plan(shell.catalogue, shell.config)]
    files = [file for file in fill(pages, bare) if isinstance(file, File)]
    return {
        "YAML, by its C library": lambda: [all(yaml.parse(head, Loader=yaml.CSafeLoader)) for head in heads],
        "Markdown, and cleaning by nh3": lambda: [*map(to_html, bodies)],
        "pages by Jinja": lambda: [*fill(pages, bare)],
        "writing pages": lambda: write(files, target / str(time.monotonic_ns())),
    }


def fill(pages: Iterable[Output], shell: Shell) -> build.Files:
    """The pages as bytes."""
    return render(pages, shell, print, lambda *_: None)


def write(files: Iterable[File], folder: Path) -> None:
    """Each page in a folder of its own, as on a site."""
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True)
        path.write_bytes(bytes(file.content))


def processor_time(work: Callable[[], object]) -> float:
    """Seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _discard(files: build.Files, is_sound: Callable[[], bool]) -> bool:
    for _ in files:
        pass
    return is_sound()


if __name__ == "__main__":
    main()
