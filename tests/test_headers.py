"""One policy, said often: in every page, in `_headers` and `.htaccess`, and in the examples for nginx and Caddy."""

import re
from pathlib import Path

import pytest

from katalog.pages.headers import POLICY, areas
from tests.conftest import Built, build_project
from tools.hosts import EXAMPLE, FOLDER, examples

Headers = dict[str, dict[str, str]]
META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def _of_host(text: str) -> Headers:
    """The rules of a `_headers` file."""
    blocks = re.findall(r"^(/\S*)\*\n((?:  .+\n)+)", text, re.MULTILINE)
    return {path: dict(re.findall(r"^  ([^:]+): (.+)$", lines, re.MULTILINE)) for path, lines in blocks}


def _of_nginx(text: str) -> Headers:
    blocks = re.findall(r"location (\S+) \{\n(.*?)\n    \}", text, re.DOTALL)
    return {path: dict(re.findall(r'add_header (\S+) "([^"]*)" always;', lines)) for path, lines in blocks}


def _of_caddy(text: str) -> Headers:
    blocks = re.findall(r"handle(?: |_errors)(\S*) ?\{\n(.*?)\n\t\}", text, re.DOTALL)
    return {path.rstrip("*"): dict(re.findall(r'header (\S+) "([^"]*)"', lines)) for path, lines in blocks}


def test_every_page_carries_the_policy_before_anything_it_governs(small: Built) -> None:
    """Exactly the one that servers send; what stands before a policy in a page escapes it."""
    pages = {path: small.text(path) for path in small.files if path.endswith(".html")}

    assert {path: META.findall(html) for path, html in pages.items()} == {path: [POLICY] for path in pages}
    for path, html in pages.items():
        before = html[: html.index("Content-Security-Policy")]
        assert not re.search(r"<(script|link|style|img|body)\b", before), path


def test_whatever_a_page_needs_is_asked_for_before_the_parser_waits(small: Built) -> None:
    """With a policy in a meta tag Chromium does not look beyond a script that blocks: what stands below comes later."""
    for path, data in small.files.items():
        if path.endswith(".html") and b"/aset/tema." in data:
            below = data.split(b"<body")[0].split(b"/aset/tema.")[1]
            assert not re.search(rb"<script src|stylesheet", below), path
    assert b"/aset/daftar." in small.files["inovasi/index.html"].split(b"/aset/tema.")[0]


def test_hosts_are_told_the_same_below_the_base_path(small: Built) -> None:
    """Whether a host joins the rules that fit or takes the last; lifetimes of pages are left to it."""
    told = _of_host(small.text("_headers"))
    meant = areas("/contoh")
    root = told["/contoh/"]

    assert (
        list(told) == list(meant) == ["/contoh/", "/contoh/aset/", "/contoh/usulkan/", "/contoh/api/", "/contoh/data/"]
    )
    assert "Cache-Control" not in root
    for path, headers in meant.items():
        taken = root | told[path]
        assert taken == (headers if "aset" in path else {k: v for k, v in headers.items() if k != "Cache-Control"})
        # Joined policies hold together, so each must hold alone; nothing else may be said twice.
        assert path == "/contoh/" or set(told[path]) & set(root) <= {"Content-Security-Policy"}


def test_without_a_sub_folder_the_paths_begin_at_the_root(project: Path) -> None:
    """As on a host of its own."""
    told = _of_host(build_project(project, base_url="https://katalog.example").text("_headers"))

    assert list(told) == ["/", "/aset/", "/usulkan/", "/api/", "/data/"]


@pytest.mark.parametrize("base", ["", "/contoh"])
def test_nginx_and_caddy_are_told_the_same(base: str) -> None:
    """Complete in each block, since nginx inherits nothing; Caddy's page for what is missing as well."""
    files = examples(f"https://katalog.example{base}")
    nginx, caddy = _of_nginx(files["nginx.conf"]), _of_caddy(files["Caddyfile"])

    assert nginx == areas(base)
    assert caddy.pop("") == areas(base)[f"{base}/"] | {"Content-Type": "text/html; charset=utf-8"}
    assert caddy == areas(base)


def test_the_examples_in_the_docs_are_those() -> None:
    """Otherwise: python -m tools.hosts."""
    files = [path for path in FOLDER.iterdir() if path.suffix != ".md"]
    assert {path.name: path.read_text(encoding="utf-8") for path in files} == examples(EXAMPLE)


@pytest.mark.parametrize("base", ["", "/contoh"])
def test_apache_is_told_the_same(project: Path, base: str) -> None:
    """The whole site's first; what a part says otherwise comes after it and counts."""
    text = build_project(project, base_url=f"https://katalog.example{base}").text(".htaccess")
    told: Headers = {path: {} for path in areas(base)}
    for name, value, where in re.findall(
        r'^Header always set (\S+) "([^"]*)"(?: "expr=.*m#\^(.*)#")?$', text, re.MULTILINE
    ):
        for path in [where] if where else told:
            told[path][name] = value

    assert told == areas(base)


def test_every_page_about_a_host_is_in_the_index() -> None:
    """And each is short."""
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    pages = [path for path in FOLDER.glob("*.md") if path.name != "README.md"]

    assert sorted(re.findall(r"\]\(([a-z-]+\.md)\)", index)) == sorted(path.name for path in pages)
    assert [path.name for path in pages if len(path.read_text(encoding="utf-8").split()) > 450] == []


def test_only_pages_that_send_something_refuse_to_be_framed() -> None:
    """Others may show our pages in theirs; a page cannot say it of itself, so it is not in the pages' policy."""
    framed = {path for path, headers in areas("").items() if "frame-ancestors" in headers["Content-Security-Policy"]}

    assert framed == {"/usulkan/"}
    assert "frame-ancestors" not in POLICY


def test_only_data_may_be_read_by_scripts_of_other_sites() -> None:
    """Whoever they are: nothing there is for some readers alone."""
    opened = {path: headers.get("Access-Control-Allow-Origin") for path, headers in areas("").items()}

    assert {path: origin for path, origin in opened.items() if origin} == {"/api/": "*", "/data/": "*"}


def test_the_policy_allows_no_inline_and_no_strings_as_script() -> None:
    """Nor anything from elsewhere."""
    assert "'unsafe" not in POLICY
    assert "default-src 'none'" in POLICY
    assert "require-trusted-types-for 'script'" in POLICY
    assert not re.search(r"https?:|\*|data:|blob:", POLICY)
