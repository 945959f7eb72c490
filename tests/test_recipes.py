"""The recipes for newcomers still fit the program, and what they promise comes about."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CASES, ROOT, make_project
from tests.recipes import follow, is_followed, recipes

# What each leaves in the site of the small project.
PROMISED = {
    "A field": "data/skema.json",
    "A kind of page": "terbaru/index.html",
    "A vocabulary": "sasaran/warga-umum/index.html",
}


def test_every_recipe_is_tried() -> None:
    """A new one says here what it leaves."""
    assert list(recipes()) == list(PROMISED)


@pytest.mark.parametrize("title", PROMISED)
def test_a_recipe_does_what_it_says_when_it_is_followed_to_the_letter(title: str, tmp_path: Path) -> None:
    """In a copy: every step fits, and the site is built with what it promises."""
    if any(is_followed(recipe, ROOT) for recipe in recipes().values()):
        pytest.skip("One was followed in this very copy, a scratch clone: that cannot be done twice.")
    copy = make_project(tmp_path / "salinan", CASES / "good" / "kecil")
    shutil.copytree(ROOT / "katalog", copy / "katalog", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests", copy / "tests", ignore=shutil.ignore_patterns("__pycache__", "frozen", "good"))
    shutil.copytree(ROOT / "locale", copy / "locale", dirs_exist_ok=True)
    for name in ("build.py", "README.md"):
        shutil.copy(ROOT / name, copy)
    touched = follow(recipes()[title], copy)
    command = [sys.executable, "build.py"]
    built = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False, timeout=120)

    assert touched
    assert is_followed(recipes()[title], copy)
    assert (built.returncode, built.stderr) == (0, "")
    site = copy / "_site"
    if title == "A field":
        assert "penerima" in (site / "data" / "skema.json").read_text(encoding="utf-8")
    else:
        assert (site / PROMISED[title]).is_file()
