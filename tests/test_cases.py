"""Cases are folders that a layman can add: content, and exactly what it must give."""

import re
from pathlib import Path

import pytest

import build
from katalog.arguments import Options
from katalog.problems import Code, mistakes
from katalog.report import FORMATS
from tests.conftest import CASES, TODAY, build_project, commit_all, import_table, make_project

GOOD = sorted((CASES / "good").iterdir())
BAD = sorted((CASES / "bad").iterdir())
MENDABLE = [case for case in BAD if (case / "diperbaiki").is_dir()]


# Names of assets change with every word of a style sheet or script, which is not what a case is about.
_HASH = re.compile(r"(aset/[\w-]+)\.[0-9a-f]{8}\.")


def _compare(expected: Path, actual: str, config: pytest.Config) -> None:
    if config.getoption("--update-cases"):
        expected.write_text(actual, encoding="utf-8", newline="\n")
    assert expected.read_text(encoding="utf-8") == actual


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_good_case_builds_exactly_the_expected_site(case: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """`peta.txt` lists every address; each file below `situs/` must be the same to the letter, assets' names aside."""
    built = build_project(make_project(tmp_path, case))

    assert FORMATS["text"](built.outcome.problems) == "Tidak ada masalah.\n"
    plain = sorted(path for path in built.files if not path.startswith("aset/"))
    _compare(case / "peta.txt", "\n".join(plain) + "\n", pytestconfig)
    for expected in sorted(path for path in (case / "situs").rglob("*") if path.is_file()):
        text = built.text(expected.relative_to(case / "situs").as_posix())
        _compare(expected, _HASH.sub(r"\1.*.", text), pytestconfig)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_bad_case_reports_exactly_the_expected_problems(
    case: Path, tmp_path: Path, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`laporan.txt` is what a clerk reads; options for the build stand in `pilihan.txt`; `tabel.csv` is imported.

    `semula/` holds what was there before: then the report is that of the change since, in which the files
    of `hilang.txt` go.
    """
    release = (case / "pilihan.txt").exists() and "--rilis" in (case / "pilihan.txt").read_text()
    root = make_project(tmp_path, case / "semula")
    if (case / "semula").is_dir():
        commit_all(root)
    make_project(root, case)
    for path in (case / "hilang.txt").read_text(encoding="utf-8").split() if (case / "hilang.txt").exists() else ():
        (root / path).unlink()

    if (case / "tabel.csv").exists():
        monkeypatch.chdir(case)
        problems = import_table(root, "tabel.csv").problems
    else:
        outcome = build_project(root, release=release).outcome
        if (case / "semula").is_dir():
            outcome, _ = build.since(root, outcome, Options(command="check", base="main"), TODAY)
        problems = outcome.problems

    assert problems
    _compare(case / "laporan.txt", FORMATS["text"](problems), pytestconfig)


@pytest.mark.parametrize("case", MENDABLE, ids=lambda case: case.name)
def test_fix_mends_what_it_can_and_the_result_passes(case: Path, tmp_path: Path) -> None:
    """`diperbaiki/` holds the content as it must be afterwards, to the letter; mending it again does nothing."""
    root = make_project(tmp_path, case)
    entries = root / "content" / "innovations"

    deeds, unwritten = build.mend_entries(root, TODAY)

    mended = {path.name: path.read_bytes() for path in entries.iterdir() if path.suffix}
    wanted = {path.name: path.read_bytes() for path in (case / "diperbaiki" / "content" / "innovations").iterdir()}
    assert mended == wanted
    assert deeds
    assert unwritten == ()
    assert mistakes(build_project(root).outcome.problems) == ()
    assert build.mend_entries(root, TODAY) == ((), ())
    assert {path.name: path.read_bytes() for path in entries.iterdir() if path.suffix} == wanted


def test_every_code_has_a_bad_case() -> None:
    """A kind of problem that no case shows could change its words unseen."""
    reports = "\n".join((case / "laporan.txt").read_text(encoding="utf-8") for case in BAD)
    # Cannot be provoked by content: a file or folder that the system refuses, a network, a missing revision.
    unprovoked = {Code.UNREADABLE, Code.NOT_WRITTEN, Code.BUSY, Code.OUTER_LINK, Code.HISTORY}

    assert {code for code in Code if f"[{code}]" not in reports} == unprovoked


def test_there_are_enough_bad_cases() -> None:
    """The floor that the project set itself."""
    assert len(BAD) >= 60
    assert len(MENDABLE) >= 17
