"""Whose catalogue this is stands in three places, so that another region's fork replaces them and nothing else."""

import re
import subprocess
import tomllib
from collections.abc import Iterator, Mapping

from tests.conftest import ROOT

# Who the site is for, what it says, what it looks like.
OWN = ("site_config.toml", "content/", "static/identity/")
# A copy of the first catalogue's content, and questions asked of it, for the gate of relevance: never part of a site.
COPIES = ("tests/frozen/",)


def names_of(config: Mapping[str, object]) -> list[re.Pattern[bytes]]:
    """What gives a region away: its name, its motto and the motto's end, however their words are joined."""
    short, whole, motto = (str(config[key]) for key in ("wilayah_pendek", "wilayah", "semboyan"))
    # Of one word a name may be any word (Batang, Pati): with the kind of region it is not.
    words = [(short if " " in short else whole).split(), motto.split(), motto.split()[-2:]]
    joined = (rb"[\s_-]*".join(re.escape(word.encode()) for word in each) for each in words if each)
    return [re.compile(pattern, re.IGNORECASE) for pattern in joined]


def _files() -> Iterator[str]:
    """What git tracks, and what it would."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        yield from filter(None, listed.stdout.split("\0"))
        return
    for path in ROOT.rglob("*"):  # a copy without git
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not any(part.startswith((".", "_")) for part in parts):
            yield path.relative_to(ROOT).as_posix()


def test_nothing_else_names_the_region() -> None:
    """Neither in a file nor in the name of one."""
    names = names_of(tomllib.loads((ROOT / "site_config.toml").read_text(encoding="utf-8")))
    files = [file for file in _files() if not file.startswith((*OWN, *COPIES)) and (ROOT / file).is_file()]
    found = [
        (file, match[0].decode())
        for file in files
        for name in names
        if (match := name.search((ROOT / file).read_bytes()) or name.search(file.encode()))
    ]

    assert len(files) > 100
    assert found == []


def test_names_are_known_however_they_are_written() -> None:
    """With capitals, hyphens or nothing between; a word that only holds one is none."""
    two = names_of({"wilayah": "Kota Contoh Raya", "wilayah_pendek": "Contoh Raya", "semboyan": "Tanah Elok Permai"})
    one = names_of({"wilayah": "Kabupaten Pati", "wilayah_pendek": "Pati", "semboyan": ""})

    for text in (b"contoh-raya", b"CONTOH  RAYA", b"contoh_raya", b"ContohRaya", b"elok permai"):
        assert any(name.search(text) for name in two), text
    assert [bool(name.search(b"simpati")) for name in one] == [False]
    assert [bool(name.search(b"kabupaten-pati")) for name in one] == [True]
