"""Draw the site's icons anew, in the hue that site_config.toml names: static/identity/.

From the root of the repository, after `make test`:

    .venv/bin/python -m tools.icons
"""

import tomllib
from pathlib import Path

from katalog.icons import draw_icons

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "static" / "identity"


def main() -> None:
    """Write every icon."""
    hue = tomllib.loads((ROOT / "site_config.toml").read_text(encoding="utf-8")).get("warna")
    for name, content in draw_icons(hue).items():
        (FOLDER / name).parent.mkdir(exist_ok=True)
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
