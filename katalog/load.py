"""Files of content -> texts with places. Knows files and their encodings, knows no field.

A bad file is a problem, never an exception. Limits stand before parsing, since entries come from
strangers.
"""

import stat
from collections.abc import Iterator
from pathlib import Path

from frontmatter.default_handlers import YAMLHandler

from katalog.characters import is_utf16, recover
from katalog.personal import tell_identity_numbers
from katalog.problems import Code, Place, Problem, Say
from katalog.text import CONTROL, Lines, Text
from katalog.toml_text import parse_toml
from katalog.yaml_text import parse_head

MAX_FILE = 300_000
MAX_HEAD = 64_000
MAX_BODY = 200_000

# Endings that say Markdown, in whatever case; only `.md` is read.
MARKDOWN = frozenset({".md", ".markdown"})

# Files that systems leave behind; nobody means to publish them.
IGNORED = frozenset({"thumbs.db", "desktop.ini"})


def read_texts(folder: Path, root: Path) -> tuple[tuple[Text, ...], tuple[Problem, ...]]:
    """All Markdown files of a folder, by name; what is no such file is a problem."""
    problems: list[Problem] = []
    texts = [
        text
        for path in _entries(folder, root, problems.append)
        if (text := _read_text(path, path.relative_to(root).as_posix(), problems.append))
    ]
    return tuple(texts), tuple(problems)


def read_sources(folder: Path, root: Path) -> dict[str, bytes]:
    """The bytes of every Markdown file of a folder by its path, in whatever state; what is too large is left out."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(folder.iterdir() if folder.is_dir() else ())
        if not _is_passed_over(path)
        and path.suffix.lower() in MARKDOWN
        and stat.S_ISREG(path.lstat().st_mode)
        and path.stat().st_size <= MAX_FILE
    }


def read_toml(file: Path, root: Path) -> tuple[Text | None, tuple[Problem, ...]]:
    """One TOML file as a text without a body."""
    problems: list[Problem] = []
    path = file.relative_to(root).as_posix()
    source = _read_source(file, path, problems.append)
    if source is None:
        return None, tuple(problems)
    head = parse_toml(Lines(path=path, lines=tuple(source.split("\n"))), problems.append)
    return (Text(path=path, slug=file.stem, head=head) if head else None), tuple(problems)


def read_optional_toml(file: Path, root: Path) -> tuple[Text | None, tuple[Problem, ...]]:
    """One TOML file that a catalogue may do without."""
    return read_toml(file, root) if file.exists() else (None, ())


def read_static(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its relative path, in order; hidden files are left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def _entries(folder: Path, root: Path, say: Say) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if _is_passed_over(path):
            continue
        place = Place(path=path.relative_to(root).as_posix())
        if path.is_symlink() or not stat.S_ISREG(path.lstat().st_mode):
            message = f"`{path.name}` bukan berkas biasa."
            say(Problem(place=place, code=Code.FILE_KIND, message=message, remedy="Hapus folder atau tautan ini."))
        elif path.suffix != ".md":
            message = f"`{path.name}` bukan berkas Markdown (.md)."
            remedy = "Salin isinya ke berkas teks berakhiran .md (lihat CONTRIBUTING.md), lalu hapus berkas ini."
            if path.suffix.lower() in MARKDOWN:
                remedy = f"Ganti nama berkas menjadi `{path.stem}.md`."
            say(Problem(place=place, code=Code.FILE_KIND, message=message, remedy=remedy))
        else:
            yield path


def _is_passed_over(path: Path) -> bool:
    return path.name.startswith((".", "~$")) or path.name.lower() in IGNORED


def _read_source(file: Path, path: str, say: Say) -> str | None:
    """A file's characters with plain line ends; a byte order mark is dropped."""
    place = Place(path=path)
    try:
        if file.stat().st_size > MAX_FILE:
            message = f"Berkas terlalu besar: lebih dari {MAX_FILE // 1000} kB."
            say(Problem(place=place, code=Code.FILE_SIZE, message=message, remedy="Ringkas isinya."))
            return None
        data = file.read_bytes()
    except OSError as error:
        message = f"Berkas tidak bisa dibaca ({error.strerror})."
        say(Problem(place=place, code=Code.UNREADABLE, message=message, remedy="Periksa berkas dan izinnya."))
        return None
    source = _decode(data, path, say)
    if source is not None:
        tell_identity_numbers(Lines(path=path, lines=tuple(source.split("\n"))), say)
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
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    if control := CONTROL.search(source):
        lines = Lines(path=path, lines=tuple(CONTROL.sub("\ufffd", source).split("\n")))
        before = source[: control.start()]
        place = lines.place(before.count("\n"), len(before) - before.rfind("\n") - 1)
        message = f"Ada karakter kendali yang tidak tampak (U+{ord(control[0]):04X})."
        say(Problem(place=place, code=Code.CONTROL_CHARACTER, message=message, remedy="Hapus karakter itu."))
        return None
    return source


def _read_text(file: Path, path: str, say: Say) -> Text | None:
    source = _read_source(file, path, say)
    if source is None:
        return None
    lines = Lines(path=path, lines=tuple(source.split("\n")))
    fences = _fences(source, lines, say)
    if fences is None:
        return None
    (head_start, head_end), body_start = fences
    if head_end - head_start > MAX_HEAD or len(source) - body_start > MAX_BODY:
        message = f"Kepala entri paling besar {MAX_HEAD // 1000} kB dan isinya {MAX_BODY // 1000} kB."
        say(Problem(place=Place(path=path), code=Code.FILE_SIZE, message=message, remedy="Ringkas isinya."))
        return None
    first_line = source.count("\n", 0, head_start)
    parsed = parse_head(source[head_start:head_end], first_line, lines, say)
    if parsed is None:
        return None
    head, unread = parsed
    return Text(
        path=path,
        slug=file.stem,
        head=head,
        body=source[body_start:].rstrip(),
        body_line=source.count("\n", 0, body_start) + 1,
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
