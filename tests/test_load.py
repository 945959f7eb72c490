"""What comes in from disk, in whatever state."""

import os
from pathlib import Path

import pytest

from katalog.load import MAX_FILE, mark_of, read_files, read_static, read_texts, read_toml
from katalog.problems import Code
from katalog.text import Mapping, Scalar, Sequence, node_at

HEAD = "---\nnama: Layanan\n---\n"


def _write(folder: Path, name: str, content: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        HEAD + "\nIsi.\n",
        "\ufeff" + HEAD + "\nIsi.\n",
        (HEAD + "\nIsi.\n").replace("\n", "\r\n"),
        (HEAD + "\nIsi.\n").replace("\n", "\r"),
        "---   \nnama: Layanan\n---  \n\n\n\nIsi.",
    ],
    ids=["plain", "byte order mark", "windows", "old mac", "spaces and blank lines"],
)
def test_all_ways_to_save_a_text_are_read_alike(tmp_path: Path, content: str) -> None:
    """Offices use whatever editor they have."""
    _write(tmp_path / "isi", "layanan.md", content)

    texts, problems = read_texts(tmp_path / "isi", tmp_path)

    assert problems == ()
    assert [(text.slug, text.body) for text in texts] == [("layanan", "Isi.")]
    assert node_at(texts[0].head, "nama") is not None


def test_lines_are_counted_in_the_file_not_in_its_parts(tmp_path: Path) -> None:
    """python-frontmatter strips blank lines; places must not shift by them."""
    _write(tmp_path / "isi", "layanan.md", "---\n\n\nnama: Layanan\n\n---\n\n\nIsi.\n")

    (text,), _ = read_texts(tmp_path / "isi", tmp_path)
    name = node_at(text.head, "nama")

    assert name is not None
    assert (name.place.line, name.place.column, name.place.width) == (4, 7, 7)
    assert text.body_line == 9


@pytest.mark.parametrize("value", ["no", "1.10", "12:30", "2021-04-30", "0x10", "1e3", "~x", "true"])
def test_yaml_guesses_nothing(tmp_path: Path, value: str) -> None:
    """A value is the characters that stand in the file."""
    _write(tmp_path / "isi", "layanan.md", f"---\nnama: {value}\n---\n")

    (text,), _ = read_texts(tmp_path / "isi", tmp_path)
    node = node_at(text.head, "nama")

    assert isinstance(node, Scalar)
    assert node.value == value


def test_a_surrogate_never_reaches_the_writer(tmp_path: Path) -> None:
    """No file can hold a lone one."""
    _write(tmp_path / "isi", "layanan.md", '---\nnama: "a\\ud800b"\n---\n')

    (text,), problems = read_texts(tmp_path / "isi", tmp_path)

    assert [problem.code for problem in problems] == [Code.SYNTAX]
    assert node_at(text.head, "nama") is None
    assert text.unread == {"nama"}


def test_one_bad_file_hides_no_other(tmp_path: Path) -> None:
    """A file that cannot be read is a problem in the stream."""
    _write(tmp_path / "isi", "a.md", b"\xff\xfe\x00")
    _write(tmp_path / "isi", "b.md", HEAD)
    _write(tmp_path / "isi", "c.md", "nothing")

    texts, problems = read_texts(tmp_path / "isi", tmp_path)

    assert [text.slug for text in texts] == ["b"]
    assert [problem.code for problem in problems] == [Code.ENCODING, Code.NO_HEAD]


def test_links_pipes_and_folders_are_told_not_followed(tmp_path: Path) -> None:
    """A pipe would hang the reader, a link could lead out of the folder."""
    _write(tmp_path, "secret.md", HEAD)
    (tmp_path / "isi").mkdir()
    (tmp_path / "isi" / "link.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "isi" / "folder.md").mkdir()
    os.mkfifo(tmp_path / "isi" / "pipe.md")

    texts, problems = read_texts(tmp_path / "isi", tmp_path)

    assert texts == ()
    assert [problem.code for problem in problems] == [Code.FILE_KIND] * 3


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "desktop.ini", "~$layanan.docx", ".gitkeep"])
def test_what_systems_leave_behind_is_passed_over(tmp_path: Path, name: str) -> None:
    """Nobody means to publish it, and nobody should be scolded for it."""
    _write(tmp_path / "isi", name, b"x")

    assert read_texts(tmp_path / "isi", tmp_path) == ((), ())


def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    """The system's refusal is a problem, too."""
    _, problems = read_toml(tmp_path / "missing.toml", tmp_path)

    assert [problem.code for problem in problems] == [Code.UNREADABLE]


def test_toml_nodes_know_their_lines(tmp_path: Path) -> None:
    """The parser tells no places; they are found all the same."""
    _write(tmp_path, "a.toml", 'satu = 1\n\n[[urusan]]\nnama = "A"\n\n[[urusan]]\nnama = "B"\ndaftar = ["x", "y"]\n')

    text, problems = read_toml(tmp_path / "a.toml", tmp_path)

    assert problems == ()
    assert text is not None
    terms = node_at(text.head, "urusan")
    assert isinstance(terms, Sequence)
    second = terms.items[1]
    assert isinstance(second, Mapping)
    assert [(name.value, name.place.line) for name, _ in second.items] == [("nama", 7), ("daftar", 8)]


def test_hidden_static_files_stay_out(tmp_path: Path) -> None:
    """They are the editor's or the system's."""
    _write(tmp_path / "static" / "css", "a.css", "a{}")
    _write(tmp_path / "static" / ".cache", "b.css", "b{}")
    _write(tmp_path / "static", ".hidden", "c")

    assert read_static(tmp_path / "static") == {"css/a.css": b"a{}"}


def test_the_number_of_an_identity_card_is_told_in_any_file(tmp_path: Path) -> None:
    """Vocabulary and settings are public, too; also in a comment, also where the rest cannot be read."""
    _write(tmp_path / "isi", "a.md", "tanpa kepala 1603010101900001")
    _write(tmp_path, "a.toml", '# 1603010101900001\nnama = "1603-0101-0190-0001"\n')

    _, entries = read_texts(tmp_path / "isi", tmp_path)
    _, settings = read_toml(tmp_path / "a.toml", tmp_path)

    assert Code.IDENTITY in {problem.code for problem in entries}
    assert [problem.place.line for problem in settings if problem.code is Code.IDENTITY] == [1, 2]


def test_a_wrong_encoding_hides_no_other_fault(tmp_path: Path) -> None:
    """The file is read on as well as it can be."""
    _write(tmp_path / "isi", "a.md", HEAD.encode() + "1603010101900001 – café\n".encode("cp1252"))

    (text,), problems = read_texts(tmp_path / "isi", tmp_path)

    assert text.body == "1603010101900001 – café"
    assert [problem.code for problem in problems] == [Code.ENCODING, Code.IDENTITY]


def test_what_was_seen_is_not_read_again(tmp_path: Path) -> None:
    """It is taken as it was then; a file that is too large is told all the same, and one that nobody saw is read."""
    folder = tmp_path / "isi"
    seen: dict[str, bytes] = {}
    _write(folder, "a.md", "satu")
    _write(folder, "besar.md", "x" * (MAX_FILE + 1))
    assert mark_of(tmp_path, ["isi"], seen)
    _write(folder, "a.md", "dua")
    _write(folder, "baru.md", "tiga")

    files, problems = read_files(folder, tmp_path, seen=seen)

    assert [(file.slug, file.data) for file in files] == [("a", b"satu"), ("baru", b"tiga")]
    assert [(problem.place.path, problem.code) for problem in problems] == [("isi/besar.md", Code.FILE_SIZE)]
    assert seen == {}
    assert [file.data for file in read_files(folder, tmp_path)[0]] == [b"dua", b"tiga"]
