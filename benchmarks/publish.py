"""What publishing costs beside reading the same files once: nothing changed, one changed, everything new.

    python -m benchmarks.publish [--files 100000] [--rounds 3] [--folder FOLDER]

Made-up files as many entries have them, a kilobyte each, with the ledger and without any rendering. In each round all
is done one after another, so that whatever else the machine does meets all of it; ratios are of processor time.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from katalog.ledger import Ledger, ledger_file
from katalog.model import File, Kept
from katalog.write import publish

NAMES = (
    "index.html",
    "kartu.png",
    "kutipan.bib",
    "kutipan.ris",
    "oembed.json",
    "qr.svg",
    "a.json",
    "sematan/index.html",
)
SIZE = 1000


def paths(count: int) -> list[str]:
    """Addresses as entries have them: eight files in two folders."""
    return [f"inovasi/entri-{number // 8:06d}/{NAMES[number % 8]}" for number in range(count)]


def build(folder: Path, names: list[str], version: int) -> None:
    """Publish; the file in the middle alone is another one in every version."""
    ledger = Ledger(ledger_file(folder / "ingatan", folder / "situs"))
    edited = names[len(names) // 2]

    def files() -> Iterator[File | Kept]:
        for path in names:
            key = str(version).encode() if path is edited else b"-"
            made = ledger.recall(path, partial(bytes, key))
            yield ledger.note(made or File(path=path, content=(path.encode() + key).ljust(SIZE), key=key))

    publish(files(), folder / "situs", lambda: True, ledger.meet, ledger.save)


def _kept(path: str) -> Kept:
    return Kept(path=path)


def read(folder: Path, names: list[str]) -> None:
    """Every file once: the yardstick."""
    for path in names:
        with open(f"{folder}/situs/{path}", "rb") as file:  # noqa: PTH123 (one of many)
            file.read()


def measure(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the wall and of the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - wall, time.process_time() - processor


def run_round(folder: Path, names: list[str]) -> dict[str, tuple[float, float]]:
    """Everything once, in a folder of its own."""
    folder.mkdir()
    return {
        "first build": measure(lambda: build(folder, names, 1)),
        "one changed, no former site": measure(lambda: build(folder, names, 2)),
        "reading every file": measure(lambda: read(folder, names)),
        "nothing changed": measure(lambda: build(folder, names, 2)),
        "of that, `publish` alone": measure(lambda: publish(map(_kept, names), folder / "situs", lambda: True)),
        "one changed": measure(lambda: build(folder, names, 3)),
    }


def main() -> None:
    """Print medians, and ratios to reading."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="on the disk that is to be measured")
    options = parser.parse_args()
    names = paths(options.files)
    rounds = []
    with tempfile.TemporaryDirectory(prefix="katalog-", dir=options.folder) as name:
        for number in range(options.rounds):
            rounds.append(run_round(Path(name) / str(number), names))
            shutil.rmtree(Path(name) / str(number))
    print("| what | wall | processor | by reading |\n|---|---|---|---|")
    for what in rounds[0]:
        wall, processor = (median(times[what][kind] for times in rounds) for kind in (0, 1))
        ratio = median(times[what][1] / times["reading every file"][1] for times in rounds)
        print(f"| {what} | {wall:.2f} s | {processor:.2f} s | {ratio:.2f} |")


if __name__ == "__main__":
    main()
