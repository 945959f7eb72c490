"""Measurements -> the table that is printed: medians, ratios of one round each, growth with the number of entries."""

import math
from collections.abc import Callable, Iterable, Sequence
from statistics import median

from msgspec import Struct

from benchmarks.speed.measure import Usage
from benchmarks.speed.tools import LABELS

SCENARIOS = {
    "cold": "first build",
    "unchanged": "nothing changed",
    "edit": "one entry edited",
    "again": "one entry edited again",
    "title": "one title changed",
    "serve": "saved to served",
    "notice": "saved to reload notice",
}
OURS = ("ours", "full")
# Growth is told from here on: below, starting the interpreter counts more than entries.
FEWEST_FOR_GROWTH = 1000

_MEASURES: tuple[Callable[[Usage], float], ...] = (
    lambda usage: usage.wall,
    lambda usage: usage.cpu,
    lambda usage: usage.memory,
)


class Sample(Struct, frozen=True, kw_only=True):
    """One measurement; those of one round stood side by side. A notice has only its wall clock."""

    entries: int
    scenario: str
    tool: str
    round: int
    usage: Usage


def as_table(samples: Sequence[Sample], entries: int) -> str:
    """All that was measured of one number of entries, as Markdown."""
    some = [sample for sample in samples if sample.entries == entries]
    rounds = 1 + max((sample.round for sample in some), default=0)
    lines = [
        f"{entries:,} entries, {rounds} {'round' if rounds == 1 else 'rounds'}",
        "",
        "| what | by | wall | CPU | peak memory | ours: wall | CPU | memory |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for scenario, label in SCENARIOS.items():
        for tool, name in LABELS.items():
            rows = _of(some, scenario, tool)
            if rows:
                lines.append(f"| {label} | {name} | {' | '.join((*_medians(rows), *_ratios(some, scenario, tool)))} |")
    return "\n".join((*lines, ""))


def ratio(ours: Iterable[Sample], others: Iterable[Sample], measure: Callable[[Usage], float]) -> float | None:
    """The median of ours by theirs, round by round: what else the machine did then, it did to both."""
    theirs = {sample.round: measure(sample.usage) for sample in others}
    found = [measure(sample.usage) / theirs[sample.round] for sample in ours if theirs.get(sample.round)]
    return median(found) if found else None


def growth(
    samples: Iterable[Sample], tool: str, scenario: str, measure: Callable[[Usage], float]
) -> tuple[int, int, float] | None:
    """Fewest and most entries from a thousand on, and the power of their number with which a measure grows."""
    found: dict[int, list[float]] = {}
    for sample in _of(samples, scenario, tool):
        if sample.entries >= FEWEST_FOR_GROWTH:
            found.setdefault(sample.entries, []).append(measure(sample.usage))
    if len(found) < 2:
        return None
    few, many = min(found), max(found)
    least, most = median(found[few]), median(found[many])
    # A notice is waited for; nothing tells what processor time it takes.
    return (few, many, math.log(most / least) / math.log(many / few)) if least and most else None


def as_growth(samples: Sequence[Sample]) -> str:
    """How our time grows, in words; "" where one size alone was measured."""
    lines = []
    for tool in OURS:
        told: dict[tuple[int, int], list[str]] = {}
        for scenario, label in SCENARIOS.items():
            wall, cpu = (growth(samples, tool, scenario, measure) for measure in _MEASURES[:2])
            if scenario != "notice" and wall and cpu:
                told.setdefault(wall[:2], []).append(f"{label} {wall[2]:.2f} (CPU {cpu[2]:.2f})")
        lines += [
            f"Growth exponent of {LABELS[tool]} from {few:,} to {many:,} entries: {', '.join(words)}."
            for (few, many), words in told.items()
        ]
    return "\n".join(lines)


def _of(samples: Iterable[Sample], scenario: str, tool: str) -> list[Sample]:
    return [sample for sample in samples if sample.scenario == scenario and sample.tool == tool]


def _medians(rows: Sequence[Sample]) -> tuple[str, str, str]:
    wall, cpu, memory = (median(measure(row.usage) for row in rows) for measure in _MEASURES)
    return (
        f"{wall:.2f} s",
        f"{cpu:.2f} s" if cpu else "",
        f"{memory / 2**20:.0f} MiB" if memory else "",
    )


def _ratios(some: Sequence[Sample], scenario: str, tool: str) -> list[str]:
    """Ours by this tool's; nothing beside ours."""
    if tool == "ours":
        return ["", "", ""]
    ours, others = _of(some, scenario, "ours"), _of(some, scenario, tool)
    found = [ratio(ours, others, measure) for measure in _MEASURES]
    return [f"{value:.2f}" if value else "" for value in found]
