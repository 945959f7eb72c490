"""A file of content that was read before and was sound -> what it held, without reading it again."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, repeat
from typing import Protocol, TypeVar

from msgspec import Struct

from katalog import text as nodes
from katalog.crew import ALONE, Crew, each
from katalog.model import Innovation, Known, Remember, Vocabulary
from katalog.packing import Terms, pack, terms_by_name, unpack
from katalog.problems import Place, Problem
from katalog.text import Text

# So many files tell whether the others are known; so many are worth other processes. How many portions each reads at
# least, and how many files are in one at most.
_FIRST, _MUCH, _PORTIONS, _SHARE = 3, 80, 8, 25
# So many are asked for at once.
_AT_ONCE = 128


class Named(Protocol):
    """A file of content: its path and its bytes."""

    @property
    def path(self) -> str:
        """Below the project's root."""

    @property
    def data(self) -> bytes:
        """As they were found."""


File = TypeVar("File", bound=Named)


# Is told bodies that will be shown.
Prepare = Callable[[Sequence[str]], None]


class Reading(Struct, frozen=True, kw_only=True):
    """What came of reading one entry's file; neither text nor innovation where it is beyond reading."""

    text: Text | None
    innovation: Innovation | None
    problems: tuple[Problem, ...] = ()
    was_known: bool = False


class Readings(Struct, frozen=True, kw_only=True):
    """Where readings are kept, under a recipe that names all that they depend on besides the file.

    `again` reads a file anew where somebody looks at its head: to hold the bytes of all for that would be costly.
    """

    remember: Remember
    known: Known
    recipe: str
    terms: Terms
    again: Callable[[str], Reading | None]


def make_readings(
    remember: Remember, known: Known, recipe: str, vocabulary: Vocabulary, again: Callable[[str], Reading | None]
) -> Readings:
    """A memory of entries that name these terms."""
    return Readings(remember=remember, known=known, recipe=recipe, terms=terms_by_name(vocabulary), again=again)


def recall(
    files: Sequence[File],
    read: Callable[[File], Reading],
    readings: Readings,
    crew: Crew = ALONE,
    prepare: Prepare | None = None,
) -> Iterator[Reading]:
    """What reading each file gives; it is read where it is new, or was not sound.

    What is sound stays sound while the days go by, so that the day is no part of the recipe. Where the first of many
    files are new, so are most of the others, and processes share the reading; `prepare` is told there what bodies some
    have.
    """
    ahead: Iterator[bytes] = repeat(b"")
    unknown = 0
    for number, (file, kept) in enumerate(_known(files, readings)):
        if crew.workers > 1 and number == unknown == _FIRST and len(files) - number >= _MUCH:
            ahead = _read_ahead(files[number:], read, crew, prepare)
        packed = next(ahead)
        found = unpack(kept, readings.terms) if kept else None
        unknown += found is None
        yield _as_reading(file, found, readings, was_known=True) if found else _read(file, read, readings, packed)


def _known(files: Sequence[File], readings: Readings) -> Iterator[tuple[File, bytes]]:
    """Each file with what is remembered of it, nothing (b"") where nothing is."""
    for start in range(0, len(files), _AT_ONCE):
        some = files[start : start + _AT_ONCE]
        yield from zip(some, readings.known(readings.recipe, [_things(file) for file in some]), strict=True)


def _read(file: File, read: Callable[[File], Reading], readings: Readings, packed: bytes) -> Reading:
    """A file that is not known; `packed` is what another process made of it, where it is sound."""
    made: list[Reading] = []

    def make() -> bytes:
        if packed:
            return packed
        made.append(read(file))
        return _pack(made[0])

    kept = readings.remember(readings.recipe, _things(file), make)
    found = None if made else unpack(kept, readings.terms)
    return _as_reading(file, found, readings) if found else made[0] if made else read(file)


def _as_reading(file: File, found: tuple[Innovation, int], readings: Readings, *, was_known: bool = False) -> Reading:
    innovation, body_line = found
    top = partial(_head, file.path, readings.again)
    text = Text(path=file.path, slug=innovation.slug, top=top, body=innovation.body, body_line=body_line)
    return Reading(text=text, innovation=innovation, was_known=was_known)


def _things(file: Named) -> bytes:
    return b"%b\0%b" % (file.path.encode(), file.data)


def _read_ahead(
    files: Sequence[File], read: Callable[[File], Reading], crew: Crew, prepare: Prepare | None
) -> Iterator[bytes]:
    """Each sound reading, packed; nothing for what is not sound, which is read again where it is told."""
    share = max(1, min(_SHARE, len(files) // (_PORTIONS * crew.workers)))

    def make(number: int) -> list[bytes]:
        some = [read(file) for file in files[number * share : (number + 1) * share]]
        if prepare:
            prepare([reading.innovation.body for reading in some if reading.innovation])
        return [_pack(reading) for reading in some]

    return chain.from_iterable(each(-(-len(files) // share), make, crew))


def _pack(reading: Reading) -> bytes:
    is_sound = reading.text and reading.innovation and not reading.problems
    return pack(reading.innovation, reading.text.body_line) if is_sound else b""  # type: ignore[arg-type, union-attr]


def _head(path: str, again: Callable[[str], Reading | None]) -> nodes.Mapping:
    """What stands above the body; nothing where the file has gone meanwhile."""
    reading = again(path)
    text = reading.text if reading else None
    return text.head if text else nodes.Mapping(items=(), place=Place(path=path))
