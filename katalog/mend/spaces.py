"""Tabs and the special blanks of word processors, where YAML wants spaces."""

import re

from katalog.mend.draft import ALL_KEYS, Draft, head_span, read_head
from katalog.reading import folded_key

_SPECIAL = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = "\u200b\u2060\ufeff"
_LEAD = re.compile(rf"[\s{_UNSEEN}]*")
_BEGINNING = re.compile(rf"(?:-[\s{_UNSEEN}]+)*(?:([A-Za-z_][\w-]*)[\s{_UNSEEN}]*:[\s{_UNSEEN}]+)?")
# As wide as people take a tab to be; the width that reads best is taken.
_WIDTHS = (2, 4, 8)


def smooth_spaces(draft: Draft) -> Draft:
    """The draft with plain spaces before and after keys and dashes of its head."""
    candidates = [_smoothed(draft, width) for width in _WIDTHS]
    return min(candidates, key=lambda candidate: len(read_head(candidate).faults))


def _smoothed(draft: Draft, width: int) -> Draft:
    for index in head_span(draft.rows):
        row = draft.rows[index]
        text = _plain_beginning(row.text, width)
        if text != row.text:
            what = "tab" if "\t" in row.text else "spasi khusus dari pengolah kata"
            draft = draft.with_text(index, text).noting(row.number, f"{what} diganti spasi biasa")
    return draft


def _plain_beginning(text: str, width: int) -> str:
    """The row with plain spaces up to its value; a row that has only plain ones is handed back as it is."""
    lead = _LEAD.match(text)
    assert lead is not None
    beginning = _BEGINNING.match(text, lead.end())
    assert beginning is not None
    is_known = beginning[1] is None or folded_key(beginning[1]) in ALL_KEYS
    end = beginning.end() if is_known else lead.end()
    if not re.search(rf"[\t{_SPECIAL}{_UNSEEN}]", text[:end]):
        return text
    plain = _plain(lead[0]).expandtabs(width) + _plain(text[lead.end() : end]).replace("\t", " ") + text[end:]
    return plain if plain.strip() else ""


def _plain(blanks: str) -> str:
    return re.sub(f"[{_UNSEEN}]", "", re.sub(f"[{_SPECIAL}]", " ", blanks))
