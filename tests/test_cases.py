"""Cases are folders that a layman can add: content, and exactly what it must give."""

from pathlib import Path

import pytest

from katalog.problems import Code
from katalog.report import as_text
from tests.conftest import CASES, build_project, make_project

GOOD = sorted((CASES / "good").iterdir())
BAD = sorted((CASES / "bad").iterdir())


def _compare(expected: Path, actual: str, config: pytest.Config) -> None:
    if config.getoption("--update-cases"):
        expected.write_text(actual, encoding="utf-8", newline="\n")
    assert expected.read_text(encoding="utf-8") == actual


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_good_case_builds_exactly_the_expected_site(case: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """`peta.txt` lists every address; each file below `situs/` must be the same to the letter."""
    built = build_project(make_project(tmp_path, case))

    assert as_text(built.outcome.problems) == "Tidak ada masalah.\n"
    plain = sorted(path for path in built.files if not path.startswith("aset/"))
    _compare(case / "peta.txt", "\n".join(plain) + "\n", pytestconfig)
    for expected in sorted(path for path in (case / "situs").rglob("*") if path.is_file()):
        _compare(expected, built.text(expected.relative_to(case / "situs").as_posix()), pytestconfig)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_bad_case_reports_exactly_the_expected_problems(
    case: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """`laporan.txt` is what a clerk reads; options for the build stand in `pilihan.txt`."""
    release = (case / "pilihan.txt").exists() and "--rilis" in (case / "pilihan.txt").read_text()
    root = make_project(tmp_path, case)
    (root / "content" / "innovations" / ".gitkeep").unlink(missing_ok=True)

    built = build_project(root, release=release)

    assert built.outcome.problems
    _compare(case / "laporan.txt", as_text(built.outcome.problems), pytestconfig)


def test_every_code_has_a_bad_case() -> None:
    """A kind of problem that no case shows could change its words unseen."""
    reports = "\n".join((case / "laporan.txt").read_text(encoding="utf-8") for case in BAD)
    # Cannot be provoked by content: need a file that the system refuses to read, and a folder that it does not let us
    # write (tests/test_write.py).
    unprovoked = {Code.UNREADABLE, Code.NOT_WRITTEN, Code.BUSY}

    assert {code for code in Code if f"[{code}]" not in reports} == unprovoked


def test_there_are_enough_bad_cases() -> None:
    """The floor that the project set itself."""
    assert len(BAD) >= 25
