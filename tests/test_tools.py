"""Programs beside the catalogue say what they did not do."""

from pathlib import Path

import pytest
from PIL import Image

from tools import cards
from tools.audit_python import verdict

CLEAN = {"name": "aman", "version": "1.0", "vulns": []}
FLAWED = {"name": "rapuh", "version": "1.0", "vulns": [{"id": "CVE-0000-0001", "fix_versions": ["1.1"]}]}
UNKNOWN = {"name": "asing", "skip_reason": "not found"}


def test_a_clean_audit_says_how_much_was_asked() -> None:
    """And passes."""
    assert verdict({"dependencies": [CLEAN]}, "") == (0, "1 of 1 packages audited, 0 advisories.")


def test_an_advisory_fails_the_audit() -> None:
    """With the version to go to."""
    code, words = verdict({"dependencies": [CLEAN, FLAWED]}, "")

    assert code == 1
    assert "rapuh 1.0: CVE-0000-0001, mended in 1.1" in words


def test_what_could_not_be_asked_about_is_never_called_clean() -> None:
    """Whether the service knows nothing or cannot be reached."""
    code, words = verdict({"dependencies": [CLEAN, UNKNOWN]}, "")

    assert (code, words.splitlines()[0]) == (0, "1 of 2 packages audited, 0 advisories.")
    assert "NOT AUDITED, since the service does not know them: asing." in words
    assert verdict(None, "no network") == (
        0,
        "NOT AUDITED: pip-audit could not run or reach its service (no network).",
    )


@pytest.mark.parametrize(
    ("given", "words"), [((), "arguments are required: site, sheet"), (("{}", "{}/x.png"), "no cards in ")]
)
def test_the_sheet_of_cards_says_what_it_wants(
    given: tuple[str, ...], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Instead of a traceback."""
    with pytest.raises(SystemExit) as left:
        cards.main([one.format(tmp_path) for one in given])

    assert left.value.code == 2
    assert words in capsys.readouterr().err


def test_all_cards_come_on_one_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Five in a row."""
    for name in "abcdef":
        (tmp_path / name).mkdir()
        Image.new("RGB", (1200, 630), "red").save(tmp_path / name / "kartu.png")
    cards.main([str(tmp_path), str(tmp_path / "lembar.png")])

    with Image.open(tmp_path / "lembar.png") as sheet:
        assert sheet.size == (5 * 482, 2 * 174)
    assert capsys.readouterr().out.startswith("6 cards, ")
