"""Files of content -> texts with places. Knows files and their encodings, knows no field.

A bad file is a problem, never an exception. Limits stand before parsing, since entries come from
strangers.
"""

import os
import stat
from collections.abc import Collection, Iterable
from hashlib import blake2b
from pathlib import Path

from frontmatter.default_handlers import YAMLHandler
from msgspec import Struct

from katalog.characters import drop_invisible, find_forbidden, is_utf16, printable, recover
from katalog.intake import is_hidden, leads_outside, list_files, place_of, read_bytes, read_file
from katalog.keys import libraries
from katalog.personal import tell_identity_numbers
from katalog.problems import Code, Place, Problem, Say
from katalog.text import Lines, Text
from katalog.toml_text import parse_toml
from katalog.yaml_text import parse_head

# Bytes, then characters.
MAX_FILE = 300_000
MAX_HEAD = 64_000
MAX_BODY = 50_000

# Endings that say Markdown, in whatever case; only `.md` is read.
MARKDOWN = frozenset({".md", ".markdown"})


# The bytes of files that were read a moment ago, by path: who takes them takes them away, since there are thousands.
Seen = dict[str, bytes]


class Source(Struct, frozen=True, kw_only=True):
    """A Markdown file as it lies on the disk."""

    path: str
    slug: str
    data: bytes


def read_files(
    folder: Path, root: Path, folders: Collection[str] = (), seen: Seen | None = None
) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """The bytes of all Markdown files of a folder, by name; what is no such file, nor in `folders`, is a problem.

    What was `seen` is taken from there.
    """
    problems: list[Problem] = []
    say = problems.append
    where = place_of(folder, root).path
    files = [
        Source(path=f"{where}/{path.name}", slug=path.stem, data=data)
        for path in list_files(folder, root, say, folders)
        if _is_markdown(path, root, say) and (data := _read_once(path, root, seen or {}, say)) is not None
    ]
    return tuple(files), tuple(problems)


def _read_once(file: Path, root: Path, seen: Seen, say: Say) -> bytes | None:
    data = seen.pop(str(file), b"")
    return data if data and len(data) <= MAX_FILE else read_file(file, root, MAX_FILE, say)


def read_again(path: str, root: Path) -> Source | None:
    """A file of a folder that was read before, as it is now; None where it is none any more."""
    data = read_file(root / path, root, MAX_FILE, lambda _: None)
    return None if data is None else Source(path=path, slug=Path(path).stem, data=data)


def read_texts(folder: Path, root: Path, folders: Collection[str] = ()) -> tuple[tuple[Text, ...], tuple[Problem, ...]]:
    """All Markdown files of a folder as texts; `folders` may lie beside them."""
    files, unread = read_files(folder, root, folders)
    problems = list(unread)
    texts = [text for file in files if (text := as_text(file, problems.append))]
    return tuple(texts), tuple(problems)


def read_sources(folder: Path, root: Path) -> dict[str, bytes]:
    """The bytes of every Markdown file of a folder by its path, in whatever state; what is too large is left out."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(folder.iterdir() if folder.is_dir() else ())
        if not is_hidden(path.name)
        and path.suffix.lower() in MARKDOWN
        and stat.S_ISREG(path.lstat().st_mode)
        and path.stat().st_size <= MAX_FILE
    }


def read_toml(file: Path, root: Path) -> tuple[Text | None, tuple[Problem, ...]]:
    """One TOML file as a text without a body."""
    problems: list[Problem] = []
    path = place_of(file, root).path
    outside = leads_outside(file.parent, root, problems.append)
    data = None if outside else read_file(file, root, MAX_FILE, problems.append)
    source = None if data is None else _as_characters(data, path, problems.append)
    if source is None:
        return None, tuple(problems)
    head = parse_toml(Lines(path=path, lines=tuple(source.split("\n"))), problems.append)
    return (Text(path=path, slug=file.stem, top=head) if head else None), tuple(problems)


def read_optional_toml(file: Path, root: Path) -> tuple[Text | None, tuple[Problem, ...]]:
    """One TOML file that a catalogue may do without."""
    return read_toml(file, root) if file.exists() or file.is_symlink() else (None, ())


def read_static(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its relative path, in order; hidden files are left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def mark_of(root: Path, names: Iterable[str], seen: Seen) -> bytes:
    """A hash of every file that these name, in folders too; b"" where something lies there that is no plain file.

    The Markdown files among them are `seen`.
    """
    digest = blake2b(digest_size=16)
    waiting = [str(root / name) for name in names]
    try:
        while waiting:
            path = waiting.pop()
            if os.path.isdir(path):  # noqa: PTH112 (of thousands of files)
                for entry in sorted(os.scandir(path), key=lambda entry: entry.name):
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.is_file(follow_symlinks=False):
                        _add(digest, entry.path, seen)
                    else:
                        return b""
            elif os.path.lexists(path):
                _add(digest, path, seen)
    except OSError:
        return b""
    return digest.digest()


def _add(digest: blake2b, path: str, seen: Seen) -> None:
    data = read_bytes(path)
    if path.endswith(".md"):
        seen[path] = data
    digest.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)


def read_program(*folders: Path) -> dict[str, bytes]:
    """What a site is made with: the files of these folders, and the versions of the libraries."""
    paths = (path for folder in folders for path in folder.rglob("*.*") if "__pycache__" not in path.parts)
    files = {path.as_posix(): path.read_bytes() for path in paths}
    return files | {"libraries": libraries()}


def _is_markdown(file: Path, root: Path, say: Say) -> bool:
    if file.name.endswith(".md"):
        return True
    message = f"`{file.name}` bukan berkas Markdown (.md)."
    remedy = "Salin isinya ke berkas teks berakhiran .md (lihat CONTRIBUTING.md), lalu hapus berkas ini."
    if file.suffix.lower() in MARKDOWN:
        remedy = f"Ganti nama berkas menjadi `{file.stem}.md`."
    say(Problem(place=place_of(file, root), code=Code.FILE_KIND, message=message, remedy=remedy))
    return False


def _as_characters(data: bytes, path: str, say: Say) -> str | None:
    """A file's characters with plain line ends; a byte order mark and what shows nothing are dropped."""
    source = _decode(data, path, say)
    if source is not None:
        tell_identity_numbers(path, source, say)
    return source


def _decode(data: bytes, path: str, say: Say) -> str | None:
    """Characters; a wrong encoding is told, and the file read on as well as it can be."""
    remedy = "Simpan ulang berkas sebagai teks dengan pengodean UTF-8 (di Notepad: Save As, Encoding, UTF-8)."
    source: str | None
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        utf16 = is_utf16(data)
        line = 0 if utf16 else data.count(b"\n", 0, error.start) + 1
        message = (
            "Berkas tersimpan dengan pengodean UTF-16." if utf16 else "Ada huruf yang tidak tersimpan sebagai UTF-8."
        )
        say(Problem(place=Place(path=path, line=line), code=Code.ENCODING, message=message, remedy=remedy))
        source = recover(data)
    if source is None:
        return None
    source = drop_invisible(source.replace("\r\n", "\n").replace("\r", "\n"))
    if forbidden := find_forbidden(source):
        lines = Lines(path=path, lines=tuple(printable(source).split("\n")))
        before = source[: forbidden.start()]
        place = lines.place(before.count("\n"), len(before) - before.rfind("\n") - 1)
        message = f"Ada karakter kendali yang tidak tampak (U+{ord(forbidden[0]):04X})."
        say(Problem(place=place, code=Code.CONTROL_CHARACTER, message=message, remedy="Hapus karakter itu."))
        return None
    return source


def as_text(file: Source, say: Say) -> Text | None:
    """A file's head and body, or None where they cannot be told apart."""
    source = _as_characters(file.data, file.path, say)
    if source is None:
        return None
    lines = Lines(path=file.path, lines=tuple(source.split("\n")))
    fences = _fences(source, lines, say)
    if fences is None:
        return None
    (head_start, head_end), body_start = fences
    first_line, body_line = source.count("\n", 0, head_start), source.count("\n", 0, body_start)
    parts = (
        ("Kepala entri", first_line, head_end - head_start, MAX_HEAD),
        ("Isi entri", body_line, len(source) - body_start, MAX_BODY),
    )
    for name, line, length, most in parts:
        if length > most:
            message = f"{name} terlalu panjang: {length} huruf, paling banyak {most}."
            say(Problem(place=lines.place(line), code=Code.FILE_SIZE, message=message, remedy="Ringkas isinya."))
            return None
    parsed = parse_head(source[head_start:head_end], first_line, lines, say)
    if parsed is None:
        return None
    head, unread = parsed
    return Text(
        path=lines.path,
        slug=file.slug,
        top=head,
        body=source[body_start:].rstrip(),
        body_line=body_line + 1,
        unread=unread,
    )


def _fences(source: str, lines: Lines, say: Say) -> tuple[tuple[int, int], int] | None:
    """Where the head starts and ends and the body starts, by python-frontmatter's own boundary.

    Its pattern swallows blank lines after a fence, so positions are cut back to the fence's line.
    """
    handler = YAMLHandler()
    boundary = handler.FM_BOUNDARY
    if boundary is None or not handler.detect(source):
        remedy = "Baris pertama berkas harus `---`, lalu kolom-kolom, lalu `---` lagi. Lihat CONTRIBUTING.md."
        message = "Berkas tidak diawali kepala entri."
        say(Problem(place=lines.place(0), code=Code.NO_HEAD, message=message, remedy=remedy))
        return None
    found = [match.start() for _, match in zip(range(2), boundary.finditer(source), strict=False)]
    if len(found) < 2:
        message = "Kepala entri tidak ditutup."
        remedy = "Tambahkan baris `---` sesudah kolom terakhir, sebelum isi."
        say(Problem(place=lines.place(0, width=3), code=Code.OPEN_HEAD, message=message, remedy=remedy))
        return None
    head_start = _after_line(source, found[0])
    body_start = _after_line(source, found[1])
    while source.startswith("\n", body_start):
        body_start += 1
    return (head_start, found[1]), body_start


def _after_line(source: str, position: int) -> int:
    end = source.find("\n", position)
    return len(source) if end < 0 else end + 1
