"""The head of an entry, as characters -> nodes with places. Ground.

Built from YAML's events, so that nothing is expanded, constructed or guessed. A block that is not
YAML is told, left out, and the rest is read on: a clerk sees all mistakes at once.
"""

import re
from collections.abc import Iterator
from itertools import count

import yaml
from msgspec import Struct, field

from katalog.characters import drop_invisible, find_forbidden
from katalog.problems import Code, Place, Problem, Say
from katalog.text import Lines, Mapping, Node, Scalar, Sequence

_PLAIN_TAGS = (None, "", "!")
MAX_DEPTH = 20
MAX_NODES = 4000
MAX_RECOVERIES = 20

# YAML that C code reads 7.6 times faster than Python code; PyYAML without libyaml has only the latter.
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Fault(Struct, frozen=True, kw_only=True):
    """libyaml's words, what a clerk has done, and how to mend it.

    `at_start`: libyaml notices it where something should have ended; look where it began.
    """

    words: str
    message: str
    remedy: str
    at_start: bool = False


_FAULTS = (
    _Fault(
        words="mapping values are not allowed",
        message="Ada titik dua (:) di dalam isian.",
        remedy="Apit seluruh isian dengan tanda kutip. Contoh: `nama: 'LAPOR: layanan warga'`.",
    ),
    _Fault(
        words="cannot start any token",
        message="Baris ini memakai tab, atau isian diawali tanda @, `, atau %.",
        remedy="Ganti tab dengan spasi; bila isian diawali tanda khusus, apit dengan tanda kutip.",
    ),
    _Fault(
        words="scanning a quoted scalar",
        message="Tanda kutip dibuka tetapi tidak ditutup.",
        remedy="Tutup tanda kutip di akhir isian, atau hapus tanda kutip pembukanya.",
        at_start=True,
    ),
    _Fault(
        words="could not find expected ':'",
        message="Baris ini bukan `kolom: isi`.",
        remedy="Tulis nama kolom, titik dua, spasi, lalu isinya. Contoh: `nama: LAYANAN CONTOH`.",
        at_start=True,
    ),
    _Fault(
        words="block sequence entries are not allowed",
        message="Butir daftar (tanda hubung) berdiri di tempat yang salah.",
        remedy="Tulis nama kolom dan titik dua di baris sendiri, lalu tiap butir di bawahnya diawali `  - `.",
    ),
    _Fault(
        words="parsing a flow",
        message="Kurung daftar dibuka tetapi tidak ditutup dengan benar.",
        remedy="Tutup kurungnya dan pisahkan isi dengan koma; atau tulis tiap butir di baris sendiri diawali `  - `.",
        at_start=True,
    ),
    _Fault(
        words="scanning an a",  # alias or anchor
        message="Isian diawali tanda & atau *.",
        remedy="Bila tanda itu bagian dari teks, apit seluruh isian dengan tanda kutip.",
        at_start=True,
    ),
    _Fault(
        words="parsing a quoted scalar",
        message="Ada garis miring terbalik (\\) di dalam tanda kutip ganda.",
        remedy="Pakai tanda kutip tunggal: `'...'`.",
    ),
)
_SMART_QUOTES = _Fault(
    words="",
    message="Isian ini memakai tanda kutip melengkung dari pengolah kata, yang bukan tanda kutip YAML.",
    remedy="Ganti dengan tanda kutip lurus. Contoh: `nama: 'LAPOR: layanan warga'`.",
)
_GLUED = _Fault(
    words="",
    message="Sesudah titik dua tidak ada spasi biasa.",
    remedy="Tulis nama kolom, titik dua, spasi, lalu isinya. Contoh: `nama: LAYANAN CONTOH`.",
)
_OTHER_FAULT = _Fault(
    words="",
    message="Tata tulis baris ini keliru.",
    remedy="Periksa spasi di awal baris, tanda kutip, dan titik dua. Bentuknya `kolom: isi`; butir diawali `  - `.",
)


def parse_head(head: str, first_line: int, lines: Lines, say: Say) -> tuple[Mapping, frozenset[str]] | None:
    """The head as nodes; a block that is not YAML is told, blanked and left out, then the rest is read."""
    rows = head.split("\n")
    unread: set[str] = set()
    is_plain = "\\" not in head and drop_invisible(head) == head and not find_forbidden(head)
    for _ in range(MAX_RECOVERIES):
        builder = _Builder(first_line=first_line, lines=lines, say=say, is_plain=is_plain)
        try:
            node = builder.document("\n".join(rows))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = min(mark.line if mark else 0, len(rows) - 1)
            if (glued := _glued_above(rows, line)) is not None:
                colon = rows[glued].index(":")
                place = lines.place(first_line + glued, colon)
                say(Problem(place=place, code=Code.SYNTAX, message=_GLUED.message, remedy=_GLUED.remedy))
                unread |= _blank_block(rows, glued, glued)
                continue
            say(_yaml_problem(error, lines, first_line, line, mark.column if mark else 0))
            unread |= _blank_block(rows, error.context_mark.line if error.context_mark else line, line)
            continue
        except _RefusedError as refused:
            say(refused.problem)
            return None
        if node is None or (isinstance(node, Mapping) and not node.items):
            node = Mapping(items=(), place=lines.place(max(first_line - 1, 0), width=3))
        if not isinstance(node, Mapping):
            message = "Kepala entri bukan deretan `kolom: isi`."
            remedy = "Tulis tiap kolom di baris sendiri. Contoh: `nama: LAYANAN CONTOH`."
            say(Problem(place=node.place, code=Code.HEAD_SHAPE, message=message, remedy=remedy))
            return None
        return Mapping(items=node.items, place=lines.place(max(first_line - 1, 0), width=3)), frozenset(unread)
    return None


def _glued_above(rows: list[str], line: int) -> int | None:
    """The row whose key has no space behind its colon, so that YAML joins it with the row where it stumbles."""
    above = next((row for row in range(line - 1, -1, -1) if rows[row].strip()), None)
    # Not `https://`, and not a blank of a word processor, which YAML takes for a letter.
    if above is not None and re.match(r" *(?:- +)*[A-Za-z_]\w*:[^ \t/]", rows[above]):
        return above
    return None


def _blank_block(rows: list[str], start: int, end: int) -> set[str]:
    """Empty the rows of the key block that holds rows start..end; the names of the keys lost."""
    first = min(start, end)
    while first > 0 and not re.match(r"\S", rows[first]):
        first -= 1
    if first > 0 and re.match(r"-(\s|$)", rows[first]):
        first = next((row for row in range(first, -1, -1) if re.match(r"[^\s-]", rows[row])), 0)
    last = max(start, end, first)
    while last + 1 < len(rows) and not re.match(r"[A-Za-z_]\w*\s*:", rows[last + 1]):
        last += 1
    names = {match[1] for row in rows[first : last + 1] if (match := re.match(r"([A-Za-z_]\w*)\s*:", row))}
    for row in range(first, last + 1):
        rows[row] = ""
    return names


def _yaml_problem(error: yaml.MarkedYAMLError, lines: Lines, first_line: int, line: int, column: int) -> Problem:
    words = f"{error.context or ''} {error.problem or ''}"
    fault = next((fault for fault in _FAULTS if fault.words in words), _OTHER_FAULT)
    if fault.at_start and error.context_mark:
        line, column = error.context_mark.line, error.context_mark.column
    place = lines.place(first_line + line, column)
    if re.search(r"[:-]\s+[“”„‘]", place.source):
        fault = _SMART_QUOTES
    return Problem(place=place, code=Code.SYNTAX, message=fault.message, remedy=fault.remedy)


class _RefusedError(Exception):
    """The head uses a feature of YAML that entries may not use; carries the problem."""

    def __init__(self, place: Place, code: Code, message: str, remedy: str) -> None:
        super().__init__(message)
        self.problem = Problem(place=place, code=code, message=message, remedy=remedy)


class _Builder(Struct, frozen=True, kw_only=True):
    """Builds nodes from YAML's events, so that nothing is expanded, constructed or guessed."""

    first_line: int
    lines: Lines
    say: Say
    # Whether no value can hold what the file itself could not: nothing is named by its number.
    is_plain: bool
    numbers: Iterator[int] = field(default_factory=count)

    def document(self, head: str) -> Node | None:
        # What `yaml.parse` does, with nobody in between; there is nothing to let go of.
        events = iter(_LOADER(head).get_event, None)
        node: Node | None = None
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                if node:
                    message = "Kepala entri memuat baris `---` di tengahnya."
                    raise _RefusedError(self._place(event), Code.HEAD_SHAPE, message, "Hapus baris itu.")
                node = self._node(event, events, 0)
        return node

    def _node(self, event: yaml.NodeEvent, events: Iterator[yaml.Event], depth: int) -> Node:
        place = self._place(event)
        kind = type(event)
        is_too_many = next(self.numbers) >= MAX_NODES
        # An alias has the anchor that it names, and no tag.
        if is_too_many or depth > MAX_DEPTH or event.anchor or getattr(event, "tag", None) not in _PLAIN_TAGS:
            raise _refusal(place, depth, is_too_many=is_too_many)
        if kind is yaml.ScalarEvent:
            value: str = event.value  # type: ignore[attr-defined]
            return Scalar(value=value if self.is_plain else self._proved(value, place), place=place)
        if kind is yaml.SequenceStartEvent:
            items: list[Node] = []
            while isinstance(inner := next(events), yaml.NodeEvent):
                items.append(self._node(inner, events, depth + 1))
            return Sequence(items=tuple(items), place=place)
        return self._mapping(events, place, depth)

    def _mapping(self, events: Iterator[yaml.Event], place: Place, depth: int) -> Mapping:
        items: dict[str, tuple[Scalar, Node]] = {}
        while isinstance(inner := next(events), yaml.NodeEvent):
            key = self._node(inner, events, depth + 1)
            value_event = next(events)
            assert isinstance(value_event, yaml.NodeEvent)
            value = self._node(value_event, events, depth + 1)
            if not isinstance(key, Scalar):
                remedy = "Tulis nama kolom berupa satu kata. Contoh: `nama: LAYANAN CONTOH`."
                message = "Nama kolom harus satu kata."
                self.say(Problem(place=key.place, code=Code.HEAD_SHAPE, message=message, remedy=remedy))
            elif key.value in items:
                first = items[key.value][0].place.line
                message = f"Kolom `{key.value}` ditulis dua kali (pertama di baris {first})."
                remedy = "Gabungkan isinya ke satu kolom dan hapus yang lain."
                self.say(Problem(place=key.place, code=Code.DUPLICATE_KEY, message=message, remedy=remedy))
            else:
                items[key.value] = (key, value)
        return Mapping(items=tuple(items.values()), place=place)

    def _place(self, event: yaml.NodeEvent) -> Place:
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        width = end.column - start.column if end.line == start.line else 1
        return self.lines.place(self.first_line + start.line, start.column, width)

    def _proved(self, value: str, place: Place) -> str:
        """Quoted text can name by its number what the file itself could not hold."""
        if forbidden := find_forbidden(value):
            message = f"Isian memuat karakter kendali yang tidak tampak (U+{ord(forbidden[0]):04X})."
            raise _RefusedError(place, Code.CONTROL_CHARACTER, message, "Hapus karakter itu.")
        return drop_invisible(value)


def _refusal(place: Place, depth: int, *, is_too_many: bool) -> _RefusedError:
    if is_too_many:
        message = f"Kepala entri memuat lebih dari {MAX_NODES} isian."
        return _RefusedError(place, Code.TOO_MANY, message, "Sisakan yang terpenting.")
    if depth > MAX_DEPTH:
        message = f"Isian bersusun lebih dari {MAX_DEPTH} tingkat."
        return _RefusedError(place, Code.DEPTH, message, "Sederhanakan isian ini.")
    message = "Isian diawali tanda &, *, atau !."
    remedy = "Bila tanda itu bagian dari teks, apit seluruh isian dengan tanda kutip."
    return _RefusedError(place, Code.YAML_FEATURE, message, remedy)
