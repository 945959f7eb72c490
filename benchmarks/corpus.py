"""A large catalogue that is made up, always the same: entries in our format, for measuring only.

Words are drawn from the frozen catalogue's own, by Zipf's law, so that the index grows as a real one would.
"""

import random
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEED = 20211229
INVENTED_STEMS = 20_000


def make_corpus(folder: Path, count: int) -> Path:
    """A project with `count` entries in `folder`; vocabulary and dictionary are those of the frozen catalogue."""
    shutil.copytree(ROOT / "tests" / "frozen" / "content", folder / "content")
    for name in ("templates", "static", "locale"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "site_config.toml", folder)
    entries = folder / "content" / "innovations"
    real = {path.stem: path.read_text(encoding="utf-8") for path in sorted(entries.iterdir())}
    shutil.rmtree(entries)
    entries.mkdir()
    chance = random.Random(SEED)  # noqa: S311 (made-up text needs no secrecy)
    words = _words(real, chance)
    weights = [1 / (rank + 3) for rank in range(len(words))]
    heads = list(real.values())
    for number in range(count):
        text = " ".join(chance.choices(words, weights, k=110))
        name = " ".join(chance.choices(words[200:], k=3)).title()
        (entries / f"entri-{number:06d}.md").write_text(
            _entry(heads[number % len(heads)], f"{name} {number}", text, chance), encoding="utf-8"
        )
    return folder


def _words(real: dict[str, str], chance: random.Random) -> list[str]:
    """The real words by frequency, then invented ones, so that 30,000 entries do not share 2,000 words."""
    counts: dict[str, int] = {}
    for text in real.values():
        for word in re.findall(r"[a-z]{3,}", text.lower()):
            counts[word] = counts.get(word, 0) + 1
    syllables = [
        "ba",
        "ca",
        "da",
        "ga",
        "ja",
        "ka",
        "la",
        "ma",
        "na",
        "pa",
        "ra",
        "sa",
        "ta",
        "wa",
        "bi",
        "ri",
        "tu",
        "lo",
    ]
    invented = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(INVENTED_STEMS)]
    return list(dict.fromkeys([*sorted(counts, key=lambda word: (-counts[word], word)), *invented]))


def _entry(head: str, name: str, text: str, chance: random.Random) -> str:
    """A real entry's head with another name and text."""
    kept = [
        line
        for line in head.split("---")[1].strip().split("\n")
        if not line.startswith(("nama:", "kepanjangan:", "ringkasan:", "bagian_dari:", "alias:"))
    ]
    words = text.split()
    summary = " ".join(words[:12])[:230].ljust(60, "a")
    body = "\n\n".join(" ".join(words[start : start + 25]) + "." for start in range(12, len(words), 25))
    top = [f"nama: {name}", f"ringkasan: {summary} {chance.randint(1, 10**9)}"]
    return "\n".join(["---", *top, *kept, "---", "", body, ""])
