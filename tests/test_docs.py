"""The papers of this repository lead to each other."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_leads_somewhere(paper: Path) -> None:
    """Relative ones, without their anchors."""
    text = re.sub(r"(?ms)^```.*?^```", "", paper.read_text(encoding="utf-8"))
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]

    assert [link for link in links if link and not (paper.parent / link).exists()] == []
