"""Drafts and what they read as -> what would change on disk, and the words for it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from katalog.entry_text import entry_text, plain_entry
from katalog.model import Innovation
from katalog.problems import Code, Place, Problem, Severity, mistakes
from katalog.schema import INNOVATION, INTRODUCTION
from katalog.tabular.rows import Draft


class State(StrEnum):
    """What an import makes of a row."""

    NEW = "baru"
    CHANGED = "diubah"
    SAME = "sama"
    PRESENT = "dibiarkan"
    FAULTY = "keliru"


# Doubts about how a cell was read; none where it says what the entry holds.
_DOUBTS = frozenset({Code.DOUBTFUL, Code.OTHER_SPELLING})


class Change(Struct, frozen=True, kw_only=True):
    """One row's entry: where it stands, which values differ, and what its file would hold."""

    path: str
    state: State
    keys: tuple[str, ...] = ()
    content: str = ""


def settle(
    drafts: Sequence[Draft],
    read: Iterable[Innovation],
    present: Iterable[Innovation],
    problems: Sequence[Problem],
    *,
    update: bool,
) -> tuple[tuple[Change, ...], tuple[Problem, ...]]:
    """What becomes of each draft, and what is to be told of all: a row that changes nothing raises no doubts."""
    new, old = ({innovation.path: innovation for innovation in each} for each in (read, present))
    faulty = {spot for problem in mistakes(problems) for spot in (problem.place.path, _spot(problem.place))}
    changes = [
        Change(path=draft.text.path, state=State.FAULTY)
        if {draft.text.path, _spot(draft.row)} & faulty or draft.text.path not in new
        else _change(new[draft.text.path], old.get(draft.text.path), update=update)
        for draft in drafts
    ]
    pairs = list(zip(drafts, changes, strict=True))
    quiet = {_spot(draft.row) for draft, change in pairs if change.state is State.SAME}
    told = [problem for problem in problems if problem.code not in _DOUBTS or _spot(problem.place) not in quiet]
    told += [_present(draft, change) for draft, change in pairs if change.state is State.PRESENT]
    return tuple(changes), tuple(told)


def summary(changes: Iterable[Change], *, written: bool) -> str:
    """A line for each file that changes, and the counts."""
    changes = tuple(changes)
    rows = [
        f"{change.state:<7} {change.path}" + (f": {', '.join(change.keys)}" if change.keys else "")
        for change in changes
        if change.content
    ]
    tally = Counter(change.state for change in changes)
    counts = [f"{tally[state]} {state}" for state in State if tally[state] and state is not State.FAULTY]
    ends = [f"{', '.join(counts) or 'Tidak ada entri'}."]
    ends += ["Baris yang punya kesalahan tidak ditulis."] if tally[State.FAULTY] else []
    ends += ["Belum ada yang ditulis; jalankan lagi dengan --write untuk menulisnya."] if rows and not written else []
    return "\n".join([*rows, " ".join(ends)]) + "\n"


def _change(new: Innovation, old: Innovation | None, *, update: bool) -> Change:
    if new == old:
        return Change(path=new.path, state=State.SAME)
    keys = _differences(new, old) if old else ()
    if old and not update:
        return Change(path=new.path, state=State.PRESENT, keys=keys)
    state = State.CHANGED if old else State.NEW
    return Change(path=new.path, state=state, keys=keys, content=entry_text(plain_entry(new), new.body))


def _differences(new: Innovation, old: Innovation) -> tuple[str, ...]:
    keys = [field.key for field in INNOVATION if getattr(new, field.name) != getattr(old, field.name)]
    return (*keys, *([INTRODUCTION.key] if new.body != old.body else []))


def _present(draft: Draft, change: Change) -> Problem:
    return Problem(
        place=draft.row,
        code=Code.PRESENT,
        message=f"{change.path} sudah ada dan isinya lain: {', '.join(f'`{key}`' for key in change.keys)}.",
        remedy="Berkas itu dibiarkan. Untuk menggantinya, jalankan lagi dengan --update.",
        severity=Severity.NOTE,
    )


def _spot(place: Place) -> tuple[str, str, int]:
    return place.path, place.sheet, place.line
