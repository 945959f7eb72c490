"""What was found, and what was there before -> what a change brings, and what a maintainer must see in it."""

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Mapping as MappingOf

from msgspec.structs import replace

from katalog.model import Innovation
from katalog.problems import Code, Place, Problem, Severity
from katalog.schema import VERIFIED
from katalog.text import Text, key_places


def weigh(problems: Sequence[Problem], changed: Collection[str], before: Collection[Problem]) -> tuple[Problem, ...]:
    """The problems of a change: what was there before, in a file that stays as it was, becomes a note.

    One that is new elsewhere keeps its weight: a removed entry breaks the links of others.
    """
    known = {_identity(problem) for problem in before}
    return tuple(
        replace(problem, severity=Severity.NOTE, message=f"Sudah ada sebelum perubahan ini: {problem.message}")
        if problem.severity is not Severity.NOTE and problem.place.path not in changed and _identity(problem) in known
        else problem
        for problem in problems
    )


def name_verifications(
    entries: Sequence[Innovation], before: Sequence[Innovation], texts: Sequence[Text]
) -> tuple[Problem, ...]:
    """A warning for each entry whose verification a change sets, alters or takes away."""
    old = {entry.path: entry for entry in before}
    places = {text.path: key_places(text.head) for text in texts}
    return tuple(warning for entry in entries for warning in _warnings(entry, old.get(entry.path), places))


def _identity(problem: Problem) -> tuple[Place, Code, str]:
    return problem.place, problem.code, problem.message


def _warnings(
    entry: Innovation, old: Innovation | None, places: MappingOf[str, MappingOf[str, Place]]
) -> Iterator[Problem]:
    def warning(key: str, message: str) -> Problem:
        place = places.get(entry.path, {}).get(key, Place(path=entry.path))
        remedy = "Hanya pemelihara katalog yang mengubahnya: sebelum menggabungkan, pastikan pemeriksaannya ada."
        severity = Severity.WARNING
        return Problem(place=place, code=Code.VERIFICATION, message=message, remedy=remedy, severity=severity)

    was = old.verification if old else None
    if entry.verification != was:
        how = "dihapus" if entry.verification is None else "diubah" if was else "diisi"
        yield warning("verifikasi", f"Kolom `verifikasi` {how} dalam perubahan ini.")
    if entry.status.slug == VERIFIED and (old is None or old.status.slug != VERIFIED):
        yield warning("status", f"Status menjadi `{entry.status.name}` dalam perubahan ini.")
