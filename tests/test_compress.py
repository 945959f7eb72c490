"""Compressed copies: the same bytes for those who unpack them, made once, and no addresses of their own."""

import gzip
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest

import build
from katalog import compress
from katalog.arguments import Options
from katalog.ledger import Ledger, ledger_file
from katalog.model import File, Kept
from katalog.problems import Severity, mistakes
from katalog.write import publish
from tests.conftest import TODAY

UNPACK: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.decompress, ".br": brotli.decompress}


def _choose(root: Path, choice: str) -> None:
    text = (root / "site_config.toml").read_text(encoding="utf-8").partition("\n[keluaran]")[0]
    lines = 'kartu = "tidak"\nsematan = "tidak"\nkutipan = "tidak"\n'
    kept = f'{text}\n[keluaran]\n{lines}kompresi = "{choice}"\n'
    (root / "site_config.toml").write_text(kept, encoding="utf-8")


def _make(root: Path) -> list[str]:
    """Build once; the files that had to be made."""
    made: list[str] = []
    site = root / "situs"

    def watch(files: Iterator[File | Kept]) -> Iterator[File | Kept]:
        for file in files:
            made.extend([file.path] if isinstance(file, File) else [])
            yield file

    ledger = Ledger(ledger_file(root / ".cache", site))
    outcome = build.make_site(
        root,
        TODAY,
        lambda files, sound: publish(watch(files), site, sound, ledger.meet, ledger.save),
        Options(command="build"),
        build.Memory(ledger=ledger),
    )
    assert not mistakes(outcome.problems)
    return made


def _content(root: Path) -> dict[str, bytes]:
    site = root / "situs"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def _copies(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if path.endswith(tuple(UNPACK))}


def test_copies_hold_what_lies_beside_them(project: Path) -> None:
    """For every text that is worth it; pictures, the typeface and workbooks are packed already."""
    _choose(project, "gz+br")
    _make(project)
    files = _content(project)

    copies = _copies(files)
    for path, content in copies.items():
        assert UNPACK[path[-3:]](content) == files[path[:-3]]
        assert len(content) < len(files[path[:-3]])
    assert {"index.html.gz", "index.html.br", "data/inovasi.csv.gz", "sitemap.xml.br"} <= set(copies)
    assert any(path.startswith("aset/") and path.endswith(".css.gz") for path in copies)
    assert not [path for path in copies if path.endswith((".png.gz", ".woff2.gz", ".xlsx.gz"))]
    small = {path for path, content in files.items() if len(content) < compress.SMALLEST}
    assert not small & {path[:-3] for path in copies}
    assert not any(".gz" in files[path].decode() for path in files if path.endswith((".html", "sitemap.xml")))


def test_the_same_catalogue_gives_the_same_copies(project: Path) -> None:
    """Gzip would write the time and a name."""
    _choose(project, "gz+br")
    _make(project)
    first = _content(project)
    shutil.rmtree(project / "situs")
    shutil.rmtree(project / ".cache")

    _make(project)

    assert _content(project) == first


def test_nothing_is_compressed_twice(project: Path) -> None:
    """A second build keeps all; a changed entry makes the copies of what names it."""
    _choose(project, "gz+br")
    _make(project)

    assert _make(project) == []

    entry = project / "content" / "innovations" / "sumur-desa.md"
    entry.write_text(f"{entry.read_text(encoding='utf-8').rstrip()} Dan lagi.\n", encoding="utf-8")
    made = set(_make(project))
    assert {"inovasi/sumur-desa/index.html", "inovasi/sumur-desa/index.html.gz"} <= made
    assert not {"tentang/index.html.gz", "tentang/index.html.br"} & made
    files = _content(project)
    assert all(UNPACK[path[-3:]](content) == files[path[:-3]] for path, content in _copies(files).items())


def test_a_choice_that_changes_is_followed(project: Path) -> None:
    """Also for files that were kept: copies come, and go."""
    _choose(project, "tidak")
    _make(project)
    assert _copies(_content(project)) == {}

    _choose(project, "gz")
    _make(project)
    some = _copies(_content(project))
    assert "data/inovasi.csv.gz" in some
    assert not [path for path in some if path.endswith(".br")]

    _choose(project, "tidak")
    _make(project)
    assert _copies(_content(project)) == {}


def test_a_copy_that_somebody_touched_is_made_again(project: Path) -> None:
    """And what it is a copy of with it, which costs little."""
    _choose(project, "gz")
    _make(project)
    (project / "situs" / "index.html.gz").write_bytes(b"rusak")

    _make(project)

    files = _content(project)
    assert gzip.decompress(files["index.html.gz"]) == files["index.html"]


def test_no_address_is_added(project: Path) -> None:
    """Copies are not compared, and a check makes none."""
    _choose(project, "gz")
    seen: list[str] = []

    def sink(files: Iterator[File | Kept], sound: Callable[[], bool]) -> bool:
        seen.extend(file.path for file in files)
        return sound()

    outcome = build.make_site(project, TODAY, sink, Options(command="check"))

    assert outcome.answers
    assert not [path for path in (*outcome.answers.addresses, *seen) if path.endswith(".gz")]


def test_brotli_that_is_not_there_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At its line, with the way out."""
    _choose(project, "gz+br")
    monkeypatch.setattr(compress, "_is_there", lambda name: name == "gz")

    outcome = build.make_site(project, TODAY, lambda *_: False, Options(command="check"))

    (problem,) = outcome.problems
    assert (problem.severity, problem.place.path) == (Severity.MISTAKE, "site_config.toml")
    assert "kompresi" in problem.place.source
    assert 'kompresi = "gz"' in problem.remedy
