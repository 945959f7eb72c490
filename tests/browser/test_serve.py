"""The writer's desk: save a file, see it; make a mistake, read the report; mend it, go on."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import wait_until
from tests.conftest import ROOT

# Seconds until it must answer: a busy machine takes more than ten.
START = 60


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/", timeout=1).close()
    except (OSError, urllib.error.HTTPError):
        return False
    return True


@pytest.fixture
def desk(project: Path) -> Iterator[tuple[Path, str]]:
    """A project under `serve`, and its address."""
    (project / "katalog").symlink_to(ROOT / "katalog")
    (project / "build.py").write_bytes((ROOT / "build.py").read_bytes())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "build.py", "serve", "--port", str(port)],
        cwd=project,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + START
    try:
        while not _answers(address):
            assert server.poll() is None, "serve has ended"
            assert time.monotonic() < end, "serve does not answer"
            time.sleep(0.1)
        yield project, address
    finally:
        server.terminate()
        server.wait(timeout=10)
        if server.stdout:
            server.stdout.close()


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_browser_follows_the_writer(browser: Browser, desk: tuple[Path, str]) -> None:
    """Under the strict policy: content, template, mistake, mended again, each without touching the browser."""
    project, address = desk
    entry = project / "content" / "innovations" / "sumur-desa.md"
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{address}/inovasi/sumur-desa/")
    wait_until(page, "window.LiveReload !== undefined")
    time.sleep(0.5)  # the handshake of livereload has no event of its own
    assert complaints == []

    _replace(entry, "Sumur digali bersama.", "Sumur digali bergantian.")
    expect(page.get_by_text("Sumur digali bergantian.")).to_be_visible(timeout=30_000)

    time.sleep(0.5)
    _replace(project / "templates" / "inovasi.html", "Entri terkait", "Entri sejenis")
    expect(page.get_by_role("heading", name="Entri sejenis")).to_be_visible(timeout=30_000)

    time.sleep(0.5)
    _replace(entry, "kelompok: desa", "kelompok: kota")
    expect(page.get_by_role("heading", name="Ada yang perlu diperbaiki")).to_be_visible(timeout=30_000)
    expect(page.locator("pre")).to_contain_text("content/innovations/sumur-desa.md:4:11: kesalahan [pilihan]")

    time.sleep(0.5)
    _replace(entry, "kelompok: kota", "kelompok: desa")
    expect(page.get_by_role("heading", name="Sumur Desa", level=1)).to_be_visible(timeout=30_000)
    assert not [text for text in complaints if "500" not in text]
    page.close()


def test_the_desk_serves_its_own_404_and_writes_no_site(desk: tuple[Path, str]) -> None:
    """What is shown carries the reload script, so it must never be mistaken for the site."""
    project, address = desk
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{address}/tidak-ada/", timeout=5)

    assert refused.value.code == 404
    assert "Halaman tidak ditemukan" in refused.value.read().decode()
    assert not (project / "_site").exists()


def test_a_taken_port_is_said_plainly(desk: tuple[Path, str]) -> None:
    """With the way out."""
    project, address = desk
    port = re.sub(r".*:", "", address)

    result = subprocess.run(
        [sys.executable, "build.py", "serve", "--port", port],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert result.returncode == 2
    assert f"Porta {port} sedang dipakai. Coba: --port {int(port) + 1}" in result.stderr
