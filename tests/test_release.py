"""`make release`: what stands against one, and what one leaves behind."""

from pathlib import Path

import pytest

from tests.conftest import commit_all, git
from tools.release import find_faults, main, release, with_version

PROJECT = '[project]\nname = "contoh"\nversion = "0.9.0"\n'
CHANGELOG = "# Changelog\n\n## Unreleased\n\n## 1.0.0 - 2026-01-31\n\n### Added\n\n- Semuanya.\n\n## 0.9.0\n\n- Awal.\n"


@pytest.mark.parametrize(
    ("version", "changelog", "dirty", "tags", "told"),
    [
        ("1.0.0", CHANGELOG, False, (), ""),
        ("1.0.0", CHANGELOG.replace("## 1.0.0 - 2026-01-31", "## [1.0.0]"), False, ("v0.9.0",), ""),
        ("1.0", CHANGELOG, False, (), "three numbers"),
        ("v1.0.0", CHANGELOG, False, (), "three numbers"),
        ("0.8.0", f"{CHANGELOG}\n## 0.8.0\n\n- Lama.\n", False, (), "older than 0.9.0"),
        ("1.0.0", CHANGELOG, False, ("v1.0.0",), "there already"),
        ("1.0.1", CHANGELOG, False, (), "no section"),
        ("1.0.0", CHANGELOG.replace("- Semuanya.\n", ""), False, (), "no section"),
        ("1.0.0", CHANGELOG, True, (), "not committed"),
    ],
)
def test_what_stands_against_a_release_is_told(
    version: str, changelog: str, dirty: bool, tags: tuple[str, ...], told: str
) -> None:
    """One thing at a time here; all at once in life."""
    faults = find_faults(version, project=PROJECT, changelog=changelog, dirty=dirty, tags=frozenset(tags))

    assert bool(faults) == bool(told)
    assert told in " ".join(faults)


def test_only_the_version_changes() -> None:
    """And only the first, which is the program's."""
    text = f'{PROJECT}[tool.lain]\nversion = "3"\n'

    assert with_version(text, "1.0.0") == text.replace("0.9.0", "1.0.0")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A program of which a release could be made; its tests are one line."""
    root = tmp_path / "program"
    root.mkdir()
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (root / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    (root / "Makefile").write_text("lint check:\n\ntest:\n\ttest ! -e gagal\n", encoding="utf-8")
    commit_all(root)
    git(root, "config", "user.name", "Penguji")
    git(root, "config", "user.email", "penguji@contoh.example")
    return root


def test_a_release_is_one_commit_and_one_tag(clone: Path) -> None:
    """And nothing leaves this computer: there is nowhere to push to."""
    assert release(clone, "1.0.0") == []
    assert git(clone, "log", "--format=%s").splitlines() == ["Release 1.0.0", "Semula"]
    assert git(clone, "describe").strip() == "v1.0.0"
    assert git(clone, "status", "--porcelain") == ""
    assert 'version = "1.0.0"' in (clone / "pyproject.toml").read_text(encoding="utf-8")
    assert release(clone, "1.0.0") == ["The tag v1.0.0 is there already."]


def test_failing_tests_leave_everything_as_it_was(clone: Path) -> None:
    """No commit, no tag, no version."""
    (clone / "gagal").touch()
    git(clone, "add", "gagal")
    git(clone, "commit", "--quiet", "--message=Gagal")

    assert release(clone, "1.0.0") == ["The checks or the tests failed; nothing was changed."]
    assert git(clone, "tag", "--list") == ""
    assert (clone / "pyproject.toml").read_text(encoding="utf-8") == PROJECT


def test_a_release_needs_a_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`make release` alone says how."""
    assert main([]) == main([""]) == 2
    assert "VERSION=" in capsys.readouterr().err
