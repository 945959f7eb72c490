"""Rows of tables -> drafts of entries: what each row says, over what its entry already holds."""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from katalog.cells import to_node
from katalog.fields import Field
from katalog.model import Innovation
from katalog.personal import tell_identity_number
from katalog.problems import Code, Place, Problem, Severity
from katalog.reading import Desk, slugify
from katalog.schema import FILE_NAME, INNOVATION, INTRODUCTION, SECTIONS, SUBMITTED
from katalog.tabular.body import body_cells, merge_body
from katalog.tabular.columns import Header, find_header, is_caption_row, no_header
from katalog.text import Mapping as MappingNode
from katalog.text import Node, Scalar, Table, Text, node_at

FOLDER = "content/innovations"

# What people put into a cell that has nothing to say.
_NOTHING = re.compile(r"[-–—.…\s]*")
_BODY_KEYS = (INTRODUCTION.key, *(section.key for section in SECTIONS))


class Draft(Struct, frozen=True, kw_only=True):
    """What an entry would be: its text, each value at its place; and the row it comes from."""

    text: Text
    row: Place


class Shelf(Struct, frozen=True, kw_only=True):
    """The entries that there are, and how a row finds its own: by file name, former name, or name."""

    texts: Mapping[str, Text]
    aliases: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]


def make_shelf(texts: Iterable[Text], innovations: Iterable[Innovation]) -> Shelf:
    """The entries that rows may belong to."""
    names: dict[str, tuple[str, ...]] = {}
    aliases: dict[str, str] = {}
    for innovation in innovations:
        names[_folded(innovation.name)] = (*names.get(_folded(innovation.name), ()), innovation.slug)
        aliases.update(dict.fromkeys(innovation.aliases, innovation.slug))
    return Shelf(texts={text.slug: text for text in texts}, aliases=aliases, names=names)


def read_rows(tables: Iterable[Table], shelf: Shelf, desk: Desk) -> tuple[Draft, ...]:
    """A draft for each row that names its innovation; what a row cannot say is told at its cell."""
    headers = [(table, find_header(table, desk.say)) for table in tables]
    for table, header in headers:
        if header is None:
            desk.say(no_header(table, alone=not any(other for _, other in headers)))
    drafts: dict[str, Draft] = {}
    for row in (row for table, header in headers if header for row in _filled_rows(table, header)):
        slug = _find_slug(row, shelf, desk)
        if slug in drafts:
            desk.say(_double(row, slug, drafts[slug].row))
        elif slug is not None:
            drafts[slug] = _draft(row, slug, shelf.texts.get(slug), desk)
    return tuple(drafts.values())


class _Row(Struct, frozen=True, kw_only=True):
    """One row below the captions: its filled cells by key; None is a cell that was told."""

    number: int
    table: Table
    header: Header
    cells: Mapping[str, Scalar | None]

    def place(self, key: str) -> Place:
        """The place of a key's cell, filled or not; of the first cell where no column holds the key."""
        return self.table.place(self.number, self.header.columns.get(key, 0))


def _filled_rows(table: Table, header: Header) -> Iterator[_Row]:
    for number, filled in enumerate(table.rows[header.row + 1 :], header.row + 1):
        cells = {key: filled[column] for key, column in header.columns.items() if column in filled}
        said = {key: cell for key, cell in cells.items() if not (cell and _NOTHING.fullmatch(cell.value))}
        if said and not is_caption_row(filled, header):
            yield _Row(number=number, table=table, header=header, cells=said)


def _find_slug(row: _Row, shelf: Shelf, desk: Desk) -> str | None:
    """The file name that a row means; None where that cannot be known, which is told."""
    named, name = row.cells.get(FILE_NAME.key), row.cells.get("nama")
    if named:
        return _current(named.value.strip().removesuffix(".md"), shelf)
    if name:
        slugs, slug = shelf.names.get(_folded(name.value), ()), slugify(name.value)
        if len(slugs) <= 1:
            return slugs[0] if slugs else _current(slug, shelf)
        if slug in slugs:
            return slug
        message = f"Ada {len(slugs)} entri bernama `{' '.join(name.value.split())}`: {', '.join(slugs)}."
        remedy = f"Tulis salah satunya di kolom `{FILE_NAME.label}`."
        desk.say(Problem(place=name.place, code=Code.DOUBTFUL, message=message, remedy=remedy))
    elif "nama" not in row.cells:
        message = "Baris ini tidak punya nama inovasi."
        remedy = "Isi namanya; hapus baris ini bila bukan inovasi, misalnya jumlah atau tanda tangan."
        desk.say(Problem(place=row.place("nama"), code=Code.MISSING, message=message, remedy=remedy))
    return None


def _current(slug: str, shelf: Shelf) -> str:
    """The name that a file has now; an older table may still hold its former one."""
    return slug if slug in shelf.texts else shelf.aliases.get(slug, slug)


def _double(row: _Row, slug: str, first: Place) -> Problem:
    sheet = f" di lembar {first.sheet}" if first.sheet != row.table.sheet else ""
    message = f"`{slug}.md` sudah dipakai baris {first.line}{sheet}."
    remedy = f"Hapus baris yang ganda; bila inovasinya lain, bedakan di kolom `{FILE_NAME.label}`."
    return Problem(place=row.place("nama"), code=Code.CLASH, message=message, remedy=remedy)


def _draft(row: _Row, slug: str, old: Text | None, desk: Desk) -> Draft:
    for filled in filter(None, row.cells.values()):
        tell_identity_number(filled.value, filled.place, desk.say)
    nodes: dict[str, tuple[Scalar, Node]] = {name.value: (name, node) for name, node in old.head.items} if old else {}
    unread = {key for key, cell in row.cells.items() if cell is None}
    for field in INNOVATION:
        cell = row.cells.get(field.key)
        if cell:
            node = to_node(cell, field.kind, desk)
            unread |= set() if node else {field.key}
            nodes |= {field.key: (Scalar(value=field.key, place=cell.place), node)} if node else {}
        elif field.required and field.key not in nodes and field.key not in unread:
            if node := _stand_in(row, field, desk):
                nodes[field.key] = (Scalar(value=field.key, place=node.place), node)
            else:
                unread.add(field.key)
    _tell_kept(row, slug, old, desk)
    cells = {key: cell for key in _BODY_KEYS if (cell := row.cells.get(key))}
    lines = merge_body(old, cells, desk.say)
    ranks = {field.key: number for number, field in enumerate(INNOVATION)}
    ordered = sorted(nodes.values(), key=lambda item: ranks.get(item[0].value, len(ranks)))
    text = Text(
        path=f"{FOLDER}/{slug}.md",
        slug=slug,
        top=MappingNode(items=tuple(ordered), place=row.place("nama")),
        body="\n".join(line for line, _ in lines),
        unread=frozenset(unread),
        body_places=tuple(place for _, place in lines),
    )
    return Draft(text=text, row=row.place("nama"))


def _stand_in(row: _Row, field: Field, desk: Desk) -> Scalar | None:
    """What a required field has where no cell says it: the status of what offices send, or an empty cell to be told."""
    if field.key == "status":
        terms = [term.name for term in desk.vocabulary.lists.get("status", ()) if term.slug == SUBMITTED]
        return Scalar(value=terms[0], place=row.place("nama")) if terms else None
    if field.key in row.header.columns:
        return Scalar(value="", place=row.place(field.key))
    place = row.table.place(row.header.row, row.header.columns["nama"])
    message = f"Tabel ini tidak punya kolom `{field.label}`, padahal wajib untuk entri baru."
    remedy = f"Tambahkan kolom berjudul `{field.label}`. {field.hint} Contoh: `{desk.example(field)}`."
    desk.say(Problem(place=place, code=Code.MISSING, message=message, remedy=remedy))
    return None


def _tell_kept(row: _Row, slug: str, old: Text | None, desk: Desk) -> None:
    """Say which values stay although their cells are empty: an office's gap is no wish to delete."""
    if old is None:
        return
    sections = body_cells(old.body)
    held = [field.key for field in INNOVATION if node_at(old.head, field.key)]
    held += [key for key in _BODY_KEYS if key in sections]
    kept = [key for key in held if key in row.header.columns and key not in row.cells]
    if kept:
        message = f"Sel kosong tidak menghapus isi yang ada: {', '.join(f'`{key}`' for key in kept)}."
        remedy = f"Bila memang harus hilang, hapus di {FOLDER}/{slug}.md."
        place = row.place("nama")
        desk.say(Problem(place=place, code=Code.EMPTY, message=message, remedy=remedy, severity=Severity.NOTE))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
