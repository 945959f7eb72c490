"""Chromium for the browser tests, found or installed; never skipped."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from katalog.pages.headers import areas
from katalog.problems import mistakes
from tests.conftest import Built, build_project

# Every kind of page, and those that look different when they are empty. A test says when one is missing.
KINDS = [
    "",
    "inovasi/",
    "inovasi/a-z/",
    "inovasi/kopi-sehat/",
    "inovasi/kopi-sehat/sematan/",
    "inovasi/entri-ditarik/",
    "urusan/",
    "urusan/kesehatan/",
    "urusan/pariwisata/",
    "urusan/belum-diketahui/",
    "pengelola/",
    "pengelola/dinas-kesehatan-contoh/",
    "pengelola/jenis/",
    "bentuk/",
    "bentuk/belum-diketahui/",
    "data/",
    "statistik/",
    "pers/",
    "api/v1/",
    "perubahan/",
    "usulkan/",
    "tentang/",
    "404.html",
]
# The list with results, with none, with a typing mistake.
RESULTS = ["inovasi/?q=kopi", "inovasi/?q=kopi&urusan=kesehatan", "inovasi/?q=zxqvk", "inovasi/?q=kopu"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def _install() -> str:
    """Try to install a browser, and the library that a bare Debian lacks for Playwright's driver.

    Returns the command, to be run by hand where that fails.
    """
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        command = "apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium libatomic1"
    else:
        command = f"{sys.executable} -m playwright install --with-deps chromium"
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, shell=True, check=False, capture_output=True, env=environment, timeout=600)
    return command


def find_browser() -> str | None:
    """$CHROMIUM, else chromium on the path, else Playwright's own; None also where the driver cannot start."""
    driver = [sys.executable, "-m", "playwright", "--version"]
    if subprocess.run(driver, check=False, capture_output=True).returncode:
        return None
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    candidates = (os.environ.get("CHROMIUM"), shutil.which("chromium"), own)
    return next((path for path in candidates if path and Path(path).is_file()), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A started Chromium; installed now where there is none, and a failure where that does not help."""
    path = find_browser()
    if path is None:
        command = _install()
        path = find_browser()
        if path is None:
            pytest.fail(f"No Chromium for the browser tests. Run: {command}")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


def wait_until(page: Page, expression: str) -> None:
    """Ask until an expression is true, from outside; the policy forbids what Playwright would do within."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {expression}")


def listen(page: Page) -> list[str]:
    """Everything the browser complains about from now on; a request given up for the next page is no complaint."""
    complaints: list[str] = []

    def hear(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"{request.failure}: {request.url}")

    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", hear)
    page.on("response", lambda response: complaints.append(response.url) if response.status >= 400 else None)
    return complaints


class Window:
    """A window that stays open from test to test: to open one takes Chromium longer than to load some pages.

    Tests that change what cannot be put back (scripts switched off, scripts of their own) open one for themselves.
    """

    def __init__(self, browser: Browser) -> None:
        """Open it."""
        self.context = browser.new_context()
        self.page = self.context.new_page()
        self.complaints = listen(self.page)
        self.requests: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self._session = self.context.new_cdp_session(self.page)

    def clean(self) -> None:
        """As if it were new: nothing stored, routed, granted, emulated or heard."""
        for other in self.context.pages:
            if other is not self.page:
                other.close()
        self.page.unroute_all()
        self.context.unroute_all()
        self.context.clear_permissions()
        self.page.goto("about:blank")
        self._session.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
        self.page.emulate_media(media="null", color_scheme="light", forced_colors="none")
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.complaints.clear()
        self.requests.clear()


@pytest.fixture(scope="session")
def _open_window(browser: Browser) -> Window:
    return Window(browser)


@pytest.fixture
def window(_open_window: Window) -> Window:
    """The window that stays open, cleaned."""
    _open_window.clean()
    return _open_window


class _Served(http.server.SimpleHTTPRequestHandler):
    """The site as a server sends it that follows docs/hosts/: a header can stop what the page itself allows."""

    # One connection for many files, as hosts have it; without delay between head and body.
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def end_headers(self) -> None:
        fitting = [path for path in areas("/contoh") if self.path.startswith(path)]
        for name, value in areas("/contoh")[fitting[-1]].items() if fitting else ():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing; pytest shows what failed."""


@contextmanager
def serve(files: Mapping[str, bytes], folder: Path, path: str = "/contoh") -> Iterator[str]:
    """A built site on a server of its own below a path; its address without a last stroke.

    Whole addresses become those of this server, whose port is not known when a site is built that workers share.
    """
    handler = functools.partial(_Served, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}{path}"
        for name, content in files.items():
            file = folder / path.strip("/") / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.replace(f"https://katalog.example{path}".encode(), address.encode()))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


@contextmanager
def serve_project(root: Path, folder: Path, *, style: bool = False) -> Iterator[str]:
    """A project, built and served below a sub-path, or with the style page, for which `serve` knows no sub-path."""
    built = build_project(root, live=True, base_url="https://katalog.example") if style else build_project(root)
    assert not mistakes(built.outcome.problems)
    with serve(built.files, folder, "" if style else "/contoh") as address:
        yield address


@pytest.fixture(scope="session")
def site(small: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small good case on a server; its address."""
    with serve(small.files, tmp_path_factory.mktemp("server")) as address:
        yield address
