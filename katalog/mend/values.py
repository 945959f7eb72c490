"""Values and keys that say the right thing in another spelling: quotes, dates, terms, names of fields."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

from katalog.dates import possible_dates
from katalog.entry_text import scalar_text
from katalog.fields import ChoiceKind, DateKind, Field, FlagKind, GroupKind, Kind, ListKind, OptionKind
from katalog.mend.draft import Draft, read_head
from katalog.mend.quotes import quoted
from katalog.model import Term, Vocabulary
from katalog.problems import Place
from katalog.reading import folded_key, without_smart_quotes
from katalog.schema import INNOVATION
from katalog.text import Mapping, Node, Scalar
from katalog.text import Sequence as Items

# A name in bent quotes is first freed of them, then found in its list; more than three layers nobody writes.
_ROUNDS = 4
_BEFORE_VALUE = re.compile(r"\s*(?:-\s+)*(?:[A-Za-z_]\w*\s*:\s+)?")


class _Edit(Struct, frozen=True, kw_only=True):
    """What to write at a place instead of the scalar there."""

    place: Place
    old: str
    new: str
    words: str
    is_quote: bool = False


def mend_values(draft: Draft, vocabulary: Vocabulary) -> Draft:
    """The draft with every value and key in the spelling of the table."""
    for _ in range(_ROUNDS):
        head = read_head(draft).head
        edits = list(_edits(head, INNOVATION, vocabulary)) if head else []
        # From the end, so that an edit does not move the places of those before it.
        for edit in sorted(edits, key=lambda edit: (edit.place.line, edit.place.column), reverse=True):
            draft = _applied(draft, edit)
    return draft


def _edits(node: Mapping, fields: Sequence[Field], vocabulary: Vocabulary) -> Iterator[_Edit]:
    known = {field.key: field for field in fields}
    present = {name.value for name, _ in node.items}
    for name, child in node.items:
        key = folded_key(name.value)
        if name.value in known:
            yield from _value_edits(known[name.value].kind, child, vocabulary)
        elif key in known and key not in present:
            words = f"nama kolom `{name.value}` ditulis `{key}`"
            yield _Edit(place=name.place, old=name.value, new=key, words=words)


def _value_edits(kind: Kind, node: Node, vocabulary: Vocabulary) -> Iterator[_Edit]:
    if isinstance(kind, ListKind) and isinstance(node, Items):
        for item in node.items:
            yield from _value_edits(kind.item, item, vocabulary)
    elif isinstance(kind, GroupKind) and isinstance(node, Mapping):
        yield from _edits(node, kind.fields, vocabulary)
    elif isinstance(node, Scalar):
        value = node.value.strip()
        if is_bare(node) and (inner := without_smart_quotes(value)):
            words = "tanda kutip melengkung diganti tanda kutip lurus"
            yield _Edit(place=node.place, old=node.value, new=inner, words=words, is_quote=True)
        elif (new := _respelled(kind, value, vocabulary)) and new != value:
            yield _Edit(place=node.place, old=node.value, new=new, words=f"`{value}` ditulis `{new}`")


def is_bare(node: Scalar) -> bool:
    """Whether a scalar stands in its row as its own characters, without quotes."""
    return _written_at(node.place) == node.value


def _written_at(place: Place) -> str:
    return place.source[place.column - 1 : place.column - 1 + place.width]


def _respelled(kind: Kind, value: str, vocabulary: Vocabulary) -> str | None:
    """The value in the table's spelling, where there is exactly one; None else."""
    match kind:
        case DateKind():
            dates = possible_dates(value)
            return str(dates[0]) if len(dates) == 1 else None
        case ChoiceKind():
            term = _find_term(kind.vocabulary, value, vocabulary)
            return term.name if term else None
        case OptionKind():
            return folded_key(value) if folded_key(value) in kind.options else None
        case FlagKind():
            return value.casefold() if value.casefold() in {"ya", "tidak"} else None
    return None


def _find_term(name: str, value: str, vocabulary: Vocabulary) -> Term | None:
    """The one term of a list that has this spelling, whatever its case, punctuation and blanks."""
    known = vocabulary.index.get((name, value.casefold()))
    if known:
        return known
    wanted = _loosely(value)
    terms = [
        term
        for term in vocabulary.lists.get(name, ())
        if wanted in {_loosely(word) for word in (term.name, term.slug, *term.short_names, *term.aliases)}
    ]
    return terms[0] if wanted and len(terms) == 1 else None


def _loosely(words: str) -> str:
    folded = unicodedata.normalize("NFKC", words).casefold().replace("&", " dan ")
    return " ".join(re.findall(r"[^\W_]+", folded))


def _applied(draft: Draft, edit: _Edit) -> Draft:
    """The draft with one scalar written anew; unchanged where the scalar spans rows or hides behind escapes."""
    place = edit.place
    row = draft.rows[place.line - 1]
    start, end = place.column - 1, place.column - 1 + place.width
    before, old, after = row.text[:start], row.text[start:end], row.text[end:]
    if old == edit.old:
        in_brackets = _BEFORE_VALUE.fullmatch(before) is None
        new = quoted(edit.new) if edit.is_quote else scalar_text(edit.new, in_brackets=in_brackets)
    elif old in {quoted(edit.old), f'"{edit.old}"'}:
        new = quoted(edit.new)
    else:
        return draft
    return draft.with_text(place.line - 1, before + new + after).noting(row.number, edit.words)
