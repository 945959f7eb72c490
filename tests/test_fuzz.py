"""Arbitrary input, always the same: nothing raises, and nothing that a stranger must not write comes out."""

import io
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from katalog import markdown_text
from katalog.characters import printable
from katalog.images import read_photos
from katalog.load import read_texts, read_toml
from katalog.markdown_text import find_excess
from katalog.model import Vocabulary
from katalog.problems import Problem, mistakes
from katalog.prose import ProseRecipe, make_converter
from katalog.schema import INNOVATION
from katalog.validate import read_innovations, read_prose
from katalog.vocabulary import read_vocabulary
from tests.conftest import BASE, FROZEN, TODAY, build_project, make_project
from tests.hostile.entries import in_yaml
from tests.hostile.guard import content_faults
from tests.hostile.payloads import BOMBS, MARKDOWN, MARKUP, TARGETS

BASE_URL = "https://katalog.example/contoh"
SEEDS = range(5)

to_html = make_converter(ProseRecipe(base_url=BASE_URL))


def _fuzz(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The same examples on every machine, and no clock."""
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


def _joined(*pieces: str, most: int) -> st.SearchStrategy[str]:
    """Texts made of pieces that mean something to a parser, with arbitrary characters between them."""
    piece = st.one_of(st.sampled_from(pieces), st.text(max_size=6))
    return st.lists(piece, max_size=most).map("".join)


_YAML = _joined(
    *("\n", "\n", ": ", "- ", "  ", "&a ", "*a", "!", "!!str ", "'", '"', "|\n", ">", "{", "}", "[", "]", ", ", "#"),
    *("? ", "---", "...", "<<: ", "\\", "\\u0000", "\t", "%YAML 1.1\n", "nama: ", "sumber:\n  - ", "2021-01-01"),
    *(f"\n{field.key}: " for field in INNOVATION),
    most=60,
)
_TOML = _joined(
    *("\n", "\n", " = ", "[", "]", "[[", "]]", "{", "}", ", ", '"', "'", '"""', "#", ".", "\\", "\\u0000", "0x", "1e9"),
    *("true", "nan", "2021-01-01", "\n[[urusan]]\n", "\n[[pengelola]]\n", "nama", "slug", "uraian", "alias = ["),
    most=60,
)
_MARKDOWN = _joined(
    *("\n", "\n\n", "    ", "\t", "- ", "1. ", "> ", "## ", "# ", "***", "===", "---", "|", "|-|", "`", "```"),
    *("*", "_", "[", "]", "](", ")", "![", "[^1]", "[x]: ", "[x]", "<", ">", "</", "/>", "<!--", "-->", "&", "&#"),
    *(";", "\\", '"', "'", "=", "://", ":", "javascript", "data", " on", "x", "<a href=", "<img src=", " style="),
    *(" id=", " class=", *MARKUP, *TARGETS, *MARKDOWN),
    most=40,
)
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=60), st.sampled_from(MARKUP)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(("judul", "penerbit", "url", "nama", "unit", "tanggal")), inner, max_size=4),
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    """The vocabulary of the base region."""
    text, _ = read_toml(BASE / "content" / "vocabulary.toml", BASE)
    return read_vocabulary(text, TODAY)[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with room for one file, written anew for every example."""
    folder = tmp_path_factory.mktemp("acak")
    (folder / "isi").mkdir()
    return folder


def _outcome(folder: Path, content: bytes, words: Vocabulary) -> tuple[int, tuple[Problem, ...]]:
    """What becomes of a file that is read as an entry and as a page: how many, and what is wrong with them."""
    (folder / "isi" / "berkas.md").write_bytes(content)
    texts, problems = read_texts(folder / "isi", folder)
    entries, wrong = read_innovations(texts, words, {}, TODAY)
    pages, odd = read_prose(texts, TODAY)
    return len(entries) + len(pages), (*problems, *wrong, *odd)


@_fuzz(500)
@given(content=st.one_of(st.binary(max_size=400), st.binary(max_size=200).map(lambda data: b"---\n" + data)))
def test_any_bytes_are_an_entry_or_a_problem(content: bytes, folder: Path, words: Vocabulary) -> None:
    """Whatever somebody saves under the name of an entry."""
    count, problems = _outcome(folder, content, words)

    assert count or problems


@_fuzz(800)
@given(head=_YAML)
def test_any_head_is_an_entry_or_a_problem(head: str, folder: Path, words: Vocabulary) -> None:
    """Whatever somebody writes between the two lines of dashes."""
    count, problems = _outcome(folder, f"---\n{head}\n---\n\nIsi.\n".encode("utf-8", "surrogatepass"), words)

    assert count or problems


@_fuzz(400)
@given(values=st.dictionaries(st.sampled_from([field.key for field in INNOVATION]), _VALUES, min_size=5))
def test_any_values_of_fields_are_an_entry_or_a_problem(
    values: dict[str, object], folder: Path, words: Vocabulary
) -> None:
    """Well-formed, and of any shape: lists for texts, records for lists."""
    head = "".join(f"{key}: {in_yaml(value)}\n" for key, value in values.items())
    count, problems = _outcome(folder, f"---\n{head}---\n\nIsi.\n".encode("utf-8", "surrogatepass"), words)

    assert count or problems


@_fuzz(800)
@given(text=_TOML)
def test_any_table_is_a_vocabulary_or_a_problem(text: str, folder: Path) -> None:
    """Editors write these by hand."""
    (folder / "daftar.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    read, problems = read_toml(folder / "daftar.toml", folder)
    _, wrong = read_vocabulary(read, TODAY)

    assert problems or wrong


@_fuzz(2000)
@given(text=st.one_of(_MARKDOWN, st.text(max_size=300)))
def test_any_markdown_becomes_harmless_html(text: str) -> None:
    """Parsed back as a browser would: only what the allow-list names."""
    text = printable(text)
    if find_excess([line.expandtabs(4) for line in text.split("\n")]) is None:
        assert content_faults(to_html(text), BASE_URL) == []


@_fuzz(3000)
@given(
    text=st.one_of(
        _MARKDOWN, _joined("[", "[", "[^1]", "[^", "]", "](", "a", "\n", "\n\n", "> ", "- ", "|" * 9, most=60)
    )
)
def test_a_small_text_is_judged_like_any_other(text: str) -> None:
    """Whether it is looked at as a whole or block by block, line by line, for all that it may have too much of."""
    lines = text.expandtabs(4).split("\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown_text, "_fits_one_block", lambda _: False)
        found = find_excess(lines)

    assert find_excess(lines) == found


@pytest.mark.parametrize(
    "text", [*MARKUP, *MARKDOWN, *(f"[x]({target}) <a href='{target}'>y</a>" for target in TARGETS)]
)
def test_every_known_attack_becomes_harmless_html(text: str) -> None:
    """Also those that would be refused before."""
    assert content_faults(to_html(text), BASE_URL) == []


@pytest.mark.parametrize("name", BOMBS)
def test_every_known_bomb_is_refused(name: str) -> None:
    """`benchmarks/hostile.py` measures the worst that is not."""
    assert find_excess([line.expandtabs(4) for line in BOMBS[name].split("\n")])


def _picture(kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "keterangan"
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((20, 16)).convert("RGB").save(buffer, kind, exif=exif)
    return buffer.getvalue()


_PICTURES = {"foto.jpg": _picture("JPEG"), "foto.png": _picture("PNG"), "foto.webp": _picture("WEBP")}


@_fuzz(600)
@given(
    name=st.sampled_from(sorted(_PICTURES)),
    changes=st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=4)), min_size=1, max_size=8),
)
def test_any_broken_picture_is_a_photo_or_a_problem(name: str, changes: list[tuple[int, bytes]], folder: Path) -> None:
    """Cut, changed, or with more than it should hold."""
    data = bytearray(_PICTURES[name])
    for place, piece in changes:
        start = place % len(data)
        data[start : start + len(piece)] = piece
    with tempfile.TemporaryDirectory(dir=folder) as images:
        (Path(images) / name).write_bytes(data)
        photos, problems = read_photos(Path(images), folder)

    assert len(photos) + len(problems) == 1


def _mutate(text: str, chance: random.Random) -> str:
    """One or a few of the accidents and tricks that can befall a file."""
    for _ in range(chance.randint(1, 4)):
        lines = text.split("\n")
        row = chance.randrange(len(lines))
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.randint(0, 40))
        match chance.randrange(8):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:end] + text[start:]
            case 2:
                text = text[:start] + chance.choice((*MARKUP, *MARKDOWN, *TARGETS)) + text[start:]
            case 3:
                lines[row] = lines[row].partition(":")[0] + ": " + in_yaml(chance.choice(MARKUP))
                text = "\n".join(lines)
            case 4:
                lines.insert(chance.randrange(len(lines)), lines.pop(row))
                text = "\n".join(lines)
            case 5:
                lines[row] = chance.choice((" ", "\t", "  - ", "> ", "#", "- ")) + lines[row]
                text = "\n".join(lines)
            case 6:
                text = (
                    text[:start] + chr(chance.choice((0, 0x85, 0x200B, 0x202E, 0x2028, 0xFEFF, 0x1F600))) + text[start:]
                )
            case _:
                text = text[:start] + chance.choice("'\"[]{}:#&*!|>%@`\\<") + text[end:]
    return text


@pytest.mark.parametrize("seed", SEEDS)
def test_mutated_entries_give_a_site_or_problems(seed: int, tmp_path: Path) -> None:
    """Every entry of the frozen catalogue is tampered with; without those that end in a problem it builds."""
    chance = random.Random(seed)
    root = make_project(tmp_path, FROZEN)
    entries = sorted((root / "content" / "innovations").iterdir())
    for path in entries:
        path.write_text(_mutate(path.read_text(encoding="utf-8"), chance), encoding="utf-8", newline="\n")

    while wrong := {problem.place.path for problem in mistakes(build_project(root).outcome.problems)}:
        for name in wrong:
            (root / name).unlink()  # a problem elsewhere than in an entry would end the test here

    assert len(entries) * len(SEEDS) >= 500
    assert any(path.exists() for path in entries)
