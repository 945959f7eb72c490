"""A ZIP archive <-> its parts, as compressed as they are. Knows the few marks of the format that this takes.

`zipfile` writes no part that is compressed already, and to compress one again takes longer than to make it.
"""

import io
import struct
import zipfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# PKWARE, APPNOTE.TXT 4.3.16: what ends an archive that has no comment.
_END = struct.Struct("<4s4H2LH")
# 4.3.12: what a directory says of a part begins with this much, then come name, extra field and comment.
_ENTRY = struct.Struct("<4s6H3L5H2L")
_PLACE = _ENTRY.size - 4


class _Part(NamedTuple):
    name: str
    content: memoryview  # its own header first
    entry: memoryview  # what the directory says of it


def exchanged(archive: bytes, name: str, content: bytes) -> bytes:
    """The archive, where the part of this name holds `content`; every other part stays byte by byte.

    Neither archive nor parts may be larger than 4 GiB.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as other:
        other.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    (new,) = _parts(made.getvalue())
    return _joined([new if part.name == name else part for part in _parts(archive)])


def _parts(archive: bytes) -> Iterator[_Part]:
    view = memoryview(archive)
    entry = directory = _END.unpack(view[-_END.size :])[6]
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        infos = opened.infolist()
    ends = [*(info.header_offset for info in infos[1:]), directory]
    for info, end in zip(infos, ends, strict=True):
        after = entry + _ENTRY.size + sum(_ENTRY.unpack_from(view, entry)[10:13])
        yield _Part(info.filename, view[info.header_offset : end], view[entry:after])
        entry = after


def _joined(parts: Iterable[_Part]) -> bytes:
    contents: list[memoryview] = []
    entries: list[bytes | memoryview] = []
    place = 0
    for part in parts:
        contents.append(part.content)
        entries += [part.entry[:_PLACE], struct.pack("<L", place), part.entry[_ENTRY.size :]]
        place += len(part.content)
    count, size = len(contents), sum(map(len, entries))
    return b"".join((*contents, *entries, _END.pack(b"PK\5\6", 0, 0, count, count, size, place, 0)))
