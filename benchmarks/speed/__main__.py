"""Measure our builds beside Hugo's and Eleventy's: the same pages, like templates, in turns.

    python -m benchmarks.speed [--sizes 123,1000,10000,30000] [--runs 5] [--tools ours,hugo] [--scenarios cold,edit]

Prints a table for each number of entries as soon as it is measured. benchmarks/README.md says how to read it.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import to_builtins

from benchmarks.speed.measure import FailedError, Usage, run
from benchmarks.speed.projects import pages_of_corpus
from benchmarks.speed.serving import measure_saves
from benchmarks.speed.table import SCENARIOS, Sample, as_growth, as_table
from benchmarks.speed.tools import NAMES, Tool, can_be_switched_off, make_tools, where_sites_lie

SIZES = (123, 1000)
RUNS = 5
_CHOICES = tuple(name for name in SCENARIOS if name != "notice")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    options = read_arguments(arguments)
    if not can_be_switched_off():
        print("Cards, embeds and citations cannot be turned off here: ours is measured with all it makes.")
    samples: list[Sample] = []
    try:
        for entries, rounds in zip(options.sizes, options.runs, strict=True):
            samples.extend(measure(entries, rounds, options.tools, options.scenarios))
            print(f"\n{as_table(samples, entries)}", flush=True)
    except FailedError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        if options.json:
            options.json.write_text(json.dumps(to_builtins(samples), indent=1) + "\n")
    print(as_growth(samples))
    return 0


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for; one number of runs goes for every size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed")
    parser.add_argument("--sizes", type=_numbers, default=SIZES, help="numbers of entries, e.g. 123,1000,10000,30000")
    parser.add_argument("--runs", type=_numbers, default=(RUNS,), help="rounds, one number or one for each size")
    parser.add_argument("--tools", type=_names(NAMES), default=NAMES, help=",".join(NAMES))
    parser.add_argument("--scenarios", type=_names(_CHOICES), default=_CHOICES, help=",".join(_CHOICES))
    parser.add_argument("--json", type=Path, help="where every single measurement is kept")
    options = parser.parse_args(arguments)
    if len(options.runs) == 1:
        options.runs *= len(options.sizes)
    if len(options.runs) != len(options.sizes):
        parser.error("--runs takes one number, or one for each of --sizes")
    return options


def measure(entries: int, rounds: int, names: Sequence[str], scenarios: Sequence[str]) -> Iterator[Sample]:
    """Every scenario with every tool, in turns; the sites are compared once before."""
    folder = where_sites_lie() / str(entries)
    tools = make_tools(names, folder, entries, where_sites_lie() / "eleventy")
    environment = {"TMPDIR": str(folder)}  # our server's site lies there: one disk for all
    for tool in tools:
        print(f"{entries:,} entries: {tool.name} for the first time", file=sys.stderr)
        run(tool.build, tool.folder, environment)
    check_pages(entries, tools)
    for number in range(rounds):
        for scenario in scenarios:
            if scenario == "serve":
                continue
            for tool in _turned(tools, number):
                print(f"{entries:,} entries, round {number + 1}: {scenario}, {tool.name}", file=sys.stderr)
                prepare(tool, scenario, number)
                usage = run(tool.build, tool.folder, environment)
                yield Sample(entries=entries, scenario=scenario, tool=tool.name, round=number, usage=usage)
    if "serve" in scenarios:
        print(f"{entries:,} entries: servers", file=sys.stderr)
        for name, saves in measure_saves(tools, rounds, environment).items():
            for number, saved in enumerate(saves):
                yield Sample(entries=entries, scenario="serve", tool=name, round=number, usage=saved.usage)
                if saved.notice is not None:
                    usage = Usage(wall=saved.notice, cpu=0, memory=0)
                    yield Sample(entries=entries, scenario="notice", tool=name, round=number, usage=usage)


def prepare(tool: Tool, scenario: str, number: int) -> None:
    """Bring a project into the state that a scenario begins with, from a finished site."""
    match scenario:
        case "cold":
            tool.forget()
        case "edit" | "again":
            tool.edit(f"{number + 1} dibangun{' lagi' if scenario == 'again' else ''}")
        case "title":
            tool.rename(f"{'BDFHJLNPRT'[number % 10]}aru {number + 1}")


def check_pages(entries: int, tools: Sequence[Tool]) -> None:
    """Every tool made every page of the plan; what it has besides is its own."""
    planned = pages_of_corpus(entries)
    for tool in tools:
        missing = planned - tool.pages()
        if missing:
            raise FailedError(f"{tool.name} lacks {len(missing)} pages, {min(missing)} among them")


def _turned(tools: Sequence[Tool], number: int) -> list[Tool]:
    """Another one begins in each round."""
    start = number % max(1, len(tools))
    return [*tools[start:], *tools[:start]]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _names(known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    def read(text: str) -> tuple[str, ...]:
        parts = tuple(text.split(","))
        if unknown := set(parts) - set(known):
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(sorted(unknown))}")
        return tuple(name for name in known if name in parts)

    return read


if __name__ == "__main__":
    sys.exit(main())
