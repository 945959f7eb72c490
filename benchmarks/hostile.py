"""How long the worst file that is still allowed takes: bodies, heads, tables, pictures.

    python -m benchmarks.hostile [--search 60] [--seed 1]

Bodies are repetitions of small pieces of Markdown, as long as the limits allow; --search tries random pieces for so
many seconds besides the known ones. Prints processor seconds, the slowest first.
"""

import argparse
import io
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PIL import Image

from katalog.images import MAX_PIXELS, read_photos
from katalog.load import MAX_BODY, MAX_FILE, MAX_HEAD, read_toml
from katalog.markdown_text import MAX_BLOCK, find_excess
from katalog.model import PartialDate
from katalog.prose import ProseRecipe, make_converter
from katalog.text import Lines
from katalog.vocabulary import read_vocabulary
from katalog.yaml_text import parse_head

SHOWN = 8
TODAY = PartialDate(year=2026, month=12, day=31)
UNITS = (
    *("***\n", "*a ", "**a** ", "*_a", "_a ", "` ", "`` a ", "\\", "\\*", "[a](b) ", "[a](", "![a](b) ", "[^1]"),
    *("[a] ", "]", "[]", "[a]: b\n", "[a]: <b> 'c'\n", "[a](') ", "[a](b 'c) ", "<a", "<a b ", "<b>", "<!-- -->"),
    *("<a@b", "<http://a> ", "&amp;", "&a ", "> a\n", "> > > > a\n", "- a\n", "- - - - - - a\n", "1. a\n"),
    *("    - a\n", "        a\n", "a\n---\n", "## a\n", "|a|b|\n", "|-|-|\n", "|" * 20 + "\n", "a|b\n-|-\n"),
    *("a\n===\n", "  \n", "\t", "'", '"', "(", "a'b\"(c)", "<!--", "</", "<?", "<![CDATA[", "{: a }\n", "a  \n"),
    *("+ a\n\n", "1. a\n\n    b\n\n", "\n\n", ":", "://", "@", "~", "="),
)
HEADS = (
    *("a: b\n", "a: [", "a: {b: ", "- a\n", "'", '"', "| \n", "#\n", "\n", "? a\n: b\n", 'a: "\\x41"\n', "a: @\n"),
    *("x: y\nx: y\n", "a: b: c\n", "\t\n", "<<: {a: b}\n", "a", "a: >-\n\n", "[a: 1, ", "...\n"),
)
TABLES = (
    *("a%d = 1\n", "[a%d]\n", "[[a]]\n", "[[urusan]]\nnama = 'a'\n", "a%d.b.c.d = 1\n", "[a.b%d]\n", "#\n", "\n"),
    *("a%d = [[[[1]]]]\n", "[[urusan]]\n[[urusan.b]]\n", '"""\n', "a%d = {b = {c = 1}}\n", "a%d = '''\n'''\n"),
)

Measure = tuple[float, str]
Given = TypeVar("Given")


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--search", type=float, default=0, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 (tries, not secrets)
    bodies = [*_bodies((unit, other) for unit in UNITS for other in ("", "a ", unit[::-1]))]
    _show("bodies", [*bodies, *_bodies(_random_units(chance, options.search))])
    _show("heads", _measure(_read_head, ((repr(unit), unit * (MAX_HEAD // len(unit))) for unit in HEADS)))
    _show("tables", _measure(_read_table, ((repr(unit), _numbered(unit)) for unit in TABLES)))
    _show("pictures", _measure(_read_picture, _pictures()))


def _show(title: str, measures: "Iterator[Measure] | list[Measure]") -> None:
    found = sorted(measures, reverse=True)
    print(f"{title}: {len(found)} measured")
    for seconds, name in found[:SHOWN]:
        print(f"  {seconds:.2f} s  {name}")


def _measure(act: Callable[[Given], object], given: Iterator[tuple[str, Given]]) -> Iterator[Measure]:
    for name, thing in given:
        start = time.process_time()
        act(thing)
        yield time.process_time() - start, name


def _bodies(pairs: Iterator[tuple[str, str]]) -> Iterator[Measure]:
    to_html = make_converter(ProseRecipe(base_url="https://katalog.example"))
    texts = ((repr(pair), text) for pair in pairs if (text := _largest(*pair)))
    return _measure(lambda text: (_is_allowed(text), to_html(text)), texts)


def _largest(unit: str, filling: str) -> str:
    """The longest allowed text of a unit, filled up with something else where the unit alone is limited."""
    count = MAX_BLOCK // len(unit)
    while count and not _is_allowed(unit * count):
        count = count * 4 // 5
    block = unit * count
    if filling:
        longer = block + filling * ((MAX_BLOCK - len(block)) // len(filling))
        block = longer if _is_allowed(longer) else block
    text = block
    while block and _is_allowed(f"{text}\n\n{block}"):
        text = f"{text}\n\n{block}"
    return text


def _is_allowed(text: str) -> bool:
    return len(text) <= MAX_BODY and find_excess([line.expandtabs(4) for line in text.split("\n")]) is None


def _random_units(chance: random.Random, seconds: float) -> Iterator[tuple[str, str]]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield "".join(chance.choices(UNITS, k=chance.randint(1, 5))), chance.choice(("", *UNITS))


def _read_head(head: str) -> None:
    parse_head(head, 1, Lines(path="", lines=tuple(head.split("\n"))), lambda _: None)


def _numbered(unit: str) -> str:
    repeats = MAX_FILE // (len(unit) + 4)
    return "".join(unit.replace("%d", str(number)) for number in range(repeats))


def _read_table(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.toml"
        path.write_text(text, encoding="utf-8")
        read_vocabulary(read_toml(path, Path(folder))[0], TODAY)


def _pictures() -> Iterator[tuple[str, tuple[str, bytes]]]:
    side = int(MAX_PIXELS**0.5)
    noise = Image.effect_noise((side, side), 50).convert("RGB")
    plain = Image.new("RGBA", (side, side), "red")
    for name, picture, options in (
        ("a.jpg", noise, {"quality": 5, "progressive": True}),
        ("b.jpg", noise, {"quality": 5}),
        ("a.webp", noise, {"quality": 1}),
        ("a.png", plain, {}),
        ("b.png", plain.convert("P"), {}),
    ):
        buffer = io.BytesIO()
        picture.save(buffer, {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[name[2:]], **options)
        yield f"{name} {options}", (name, buffer.getvalue())


def _read_picture(given: tuple[str, bytes]) -> None:
    name, data = given
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        read_photos(Path(folder), Path(folder))


if __name__ == "__main__":
    main()
