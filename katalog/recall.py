"""A file of content that was read before and was sound -> what it held, without reading it again."""

from collections.abc import Callable
from dataclasses import dataclass

from katalog.model import Innovation, Remember, Vocabulary
from katalog.packing import Terms, pack, terms_by_name, unpack
from katalog.problems import Problem
from katalog.text import Mapping, Text, Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of reading one entry's file; neither text nor innovation where it is beyond reading."""

    text: Text | None
    innovation: Innovation | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Where readings are kept, under a recipe that names all that they depend on besides the file."""

    remember: Remember
    recipe: str
    terms: Terms


def make_readings(remember: Remember, recipe: str, vocabulary: Vocabulary) -> Readings:
    """A memory of entries that name these terms."""
    return Readings(remember=remember, recipe=recipe, terms=terms_by_name(vocabulary))


def recall(path: str, data: bytes, read: Callable[[], Reading], readings: Readings) -> Reading:
    """What reading the file gives; it is read where it is new, or was not sound.

    What is sound stays sound while the days go by, so that the day is no part of the recipe.
    """
    made: list[Reading] = []

    def make() -> bytes:
        made.append(read())
        reading = made[0]
        is_sound = reading.text and reading.innovation and not reading.problems
        return pack(reading.innovation, reading.text.body_line) if is_sound else b""  # type: ignore[arg-type, union-attr]

    kept = readings.remember(readings.recipe, b"%b\0%b" % (path.encode(), data), make)
    found = None if made else unpack(kept, readings.terms)
    if found is None:
        return made[0] if made else read()
    innovation, body_line = found
    head = Unread(lambda: _head(read()))
    text = Text(path=path, slug=innovation.slug, head=head, body=innovation.body, body_line=body_line)
    return Reading(text=text, innovation=innovation)


def _head(reading: Reading) -> Mapping:
    assert reading.text  # it was sound
    return reading.text.head
