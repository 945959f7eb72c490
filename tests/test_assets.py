"""Static files as they are published."""

import re

from katalog.assets import STYLE_SHEET, as_assets


def test_the_parts_of_the_style_sheet_become_one_in_order_of_name() -> None:
    """Tokens first."""
    assets = as_assets({"css/2-b.css": b"b { color: var(--x) }", "css/1-a.css": b":root { --x: red }  /* why */"})

    assert [file.path for file in assets.files] == [assets.names[STYLE_SHEET]]
    assert assets.files[0].content == b":root{--x:red}b{color:var(--x)}"


def test_what_a_sheet_draws_on_is_found_under_its_published_name() -> None:
    """Else the typeface would be a missing file; what is no static file stays as it is written."""
    sheet = b'@font-face { src: url(../huruf/a.woff2) format("woff2") } i { background: url(../motif/pita.svg) }'
    assets = as_assets({"css/a.css": sheet, "huruf/a.woff2": b"font"})
    published = {file.path: bytes(file.content) for file in assets.files}

    text = published[assets.names[STYLE_SHEET]].decode()
    assert f"url(../{assets.names['huruf/a.woff2']})" in text
    assert "url(../motif/pita.svg)" in text
    assert published[assets.names["huruf/a.woff2"]] == b"font"


def test_names_change_with_the_content_but_for_those_that_are_asked_for_by_name() -> None:
    """So that all others may be kept for ever."""
    one, other = (as_assets({"js/a.js": text, "favicon.ico": text, "ikon/a.png": text}).names for text in (b"1", b"2"))

    assert re.fullmatch(r"aset/a\.[0-9a-f]{8}\.js", one["js/a.js"])
    assert one["js/a.js"] != other["js/a.js"]
    assert {one[name] for name in ("favicon.ico", "ikon/a.png")} == {"favicon.ico", "ikon/a.png"}
