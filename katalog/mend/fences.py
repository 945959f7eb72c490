"""The two lines of dashes around the head: put right or put in, where only one place is possible."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from katalog.mend.draft import FENCE, TOP_KEYS, Draft, Row, head_span
from katalog.reading import folded_key

_PLAIN_FENCE = "---"
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_KEY = re.compile(r"([A-Za-z_][\w -]*?)\s*:")


def close_head(draft: Draft) -> Draft:
    """The draft with both fences; unchanged where they are not certain."""
    mended = _closed(_opened(draft))
    return mended if head_span(mended.rows) else draft


def _opened(draft: Draft) -> Draft:
    first = next((index for index, row in enumerate(draft.rows) if row.text.strip()), len(draft.rows))
    rows = draft.rows[first:]
    if not rows:
        return draft
    number = rows[0].number
    if first and (FENCE.fullmatch(rows[0].text) or _is_almost(rows[0].text) or _is_key(rows[0].text)):
        draft = replace(draft, rows=rows).noting(1, "baris kosong di atas kepala entri dihapus")
    if _is_almost(rows[0].text):
        return draft.with_text(0, _PLAIN_FENCE).noting(number, "garis pembuka kepala ditulis `---`")
    if _is_key(rows[0].text):
        fence = Row(number=number, text=_PLAIN_FENCE)
        return replace(draft, rows=(fence, *rows)).noting(number, "baris `---` ditambahkan di atas kolom pertama")
    return draft


def _closed(draft: Draft) -> Draft:
    """The draft with a closing fence before the first row that cannot belong to the head."""
    rows = draft.rows
    if not rows or not FENCE.fullmatch(rows[0].text):
        return draft
    end = next((index for index in range(1, len(rows)) if not _is_head(rows, index)), len(rows))
    later = rows[end:]
    if not any(_is_key(row.text) for row in rows[:end]):
        return draft
    if (later and FENCE.fullmatch(later[0].text)) or any(_is_key(row.text) for row in later):
        return draft
    if later and _is_almost(later[0].text):
        return draft.with_text(end, _PLAIN_FENCE).noting(later[0].number, "garis penutup kepala ditulis `---`")
    if any(FENCE.fullmatch(row.text) for row in later):
        return draft
    # A key that the table does not know, or an item behind a blank row: could be either side's.
    if later and (_KEY.match(later[0].text) or _is_listed(rows, end)):
        return draft
    last = max(index for index in range(end) if rows[index].text.strip())
    fence = Row(number=rows[last].number, text=_PLAIN_FENCE)
    words = "baris `---` ditambahkan sesudah kolom terakhir"
    return replace(draft, rows=(*rows[: last + 1], fence, *rows[last + 1 :])).noting(fence.number, words)


def _is_head(rows: Sequence[Row], index: int) -> bool:
    """Whether a row may stand in a head: a known key, what is below one, a comment between two."""
    text = rows[index].text
    if FENCE.fullmatch(text) or _is_almost(text):
        return False
    if not text.strip() or text[0].isspace() or _is_key(text):
        return True
    if text.startswith("#"):
        following = (row.text for row in rows[index + 1 :] if row.text.strip() and not row.text.startswith("#"))
        return _is_key(next(following, ""))
    return _is_listed(rows, index) and bool(rows[index - 1].text.strip())


def _is_listed(rows: Sequence[Row], index: int) -> bool:
    """Whether a row is an item at the very left that may belong to a key above it without a value of its own."""
    if not re.match(r"-\s", rows[index].text):
        return False
    above = (row.text for row in reversed(rows[:index]) if not re.match(r"-\s|\s", row.text) and row.text.strip())
    return next(above, "").rstrip().endswith(":")


def _is_key(text: str) -> bool:
    match = _KEY.match(text)
    return match is not None and folded_key(match[1]) in TOP_KEYS


def _is_almost(text: str) -> bool:
    """Whether a row is what word processors and hurried hands make of three hyphens: —, --, – – –."""
    signs = "".join(text.split())
    return not FENCE.fullmatch(text) and set(signs) <= _DASHES and signs not in {"", "-"}
