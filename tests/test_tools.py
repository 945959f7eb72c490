"""Programs beside the catalogue say what they did not do."""

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
