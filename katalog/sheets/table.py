"""Rows of cells -> a table, within limits; what a cell cannot hold is told at its place."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from katalog.characters import find_forbidden
from katalog.problems import Code, Place, Problem, Say
from katalog.text import Scalar, Table

MAX_ROWS = 50_000
MAX_COLUMNS = 200


class Fault(Struct, frozen=True, kw_only=True):
    """What a cell holds instead of text."""

    code: Code
    message: str
    remedy: str


UNCOMPUTED = Fault(
    code=Code.FORMULA,
    message="Sel ini berisi rumus; rumus tidak dihitung di sini.",
    remedy="Salin sel itu lalu tempel sebagai nilai (Paste Special, Values).",
)
_TOO_WIDE = Fault(
    code=Code.FILE_SIZE,
    message=f"Kolom sesudah kolom ke-{MAX_COLUMNS} tidak dibaca.",
    remedy="Hapus kolom yang tidak perlu.",
)
_TOO_TALL = Fault(
    code=Code.FILE_SIZE,
    message=f"Baris sesudah baris ke-{MAX_ROWS} tidak dibaca.",
    remedy="Bagi isinya ke beberapa berkas.",
)


def make_table(name: str, sheet: str, rows: Iterable[Sequence[str | Fault]], say: Say) -> Table:
    """A sheet without its blank cells."""
    table = Table(path=name, sheet=sheet, rows=())
    kept: list[dict[int, Scalar | None]] = []

    def read(content: str | Fault, row: int, column: int) -> Scalar | None:
        place = table.place(row, column)
        fault = content if isinstance(content, Fault) else _invisible(content)
        if fault:
            say(Problem(place=place, code=fault.code, message=fault.message, remedy=fault.remedy))
        return None if isinstance(content, Fault) or fault else Scalar(value=content, place=place)

    for number, row in enumerate(rows):
        filled = [column for column, content in enumerate(row) if isinstance(content, Fault) or content.strip()]
        if filled and number >= MAX_ROWS:
            read(_TOO_TALL, number, filled[0])
            break
        if filled and filled[-1] >= MAX_COLUMNS:
            read(_TOO_WIDE, number, filled[-1])
        kept.append({column: read(row[column], number, column) for column in filled if column < MAX_COLUMNS})
    return replace(table, rows=tuple(kept))


def _invisible(content: str) -> Fault | None:
    control = find_forbidden(content)
    if control is None:
        return None
    message = f"Ada karakter kendali yang tidak tampak (U+{ord(control[0]):04X})."
    return Fault(code=Code.CONTROL_CHARACTER, message=message, remedy="Hapus karakter itu, atau ketik ulang isi sel.")


def too_big(name: str, how: str) -> Problem:
    """The problem of a file beyond a limit."""
    message = f"Berkas terlalu besar: {how}."
    remedy = "Hapus lembar dan gambar yang tidak perlu, atau bagi isinya ke beberapa berkas."
    return Problem(place=Place(path=name), code=Code.FILE_SIZE, message=message, remedy=remedy)
