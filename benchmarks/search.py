"""How long a citizen on a cheap phone waits for search results.

    python -m benchmarks.search [--entries 30000] [--runs 5] [--site FOLDER]

Without --entries the catalogue of this repository is measured, else a made-up one of that size. With --site it is
built there and stays; what stands there already is measured as it is. Slow 4G and a
processor slowed down four times, by Chromium's own DevTools protocol. Prints medians.
"""

import argparse
import functools
import gzip
import http.server
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import build
from benchmarks.corpus import ROOT, make_corpus
from katalog.arguments import Options
from katalog.crew import Crew, hands
from katalog.model import PartialDate
from katalog.write import publish
from tests.browser.conftest import FLAGS, find_browser

# Chromium's preset "Slow 4G".
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 1.44e6 / 8, "uploadThroughput": 675e3 / 8}
CPU_RATE = 4
PIECE = 4096
TODAY = PartialDate(year=2026, month=12, day=31)
QUERIES = ("stunting", "sampah plastik")
SHOWN = "document.querySelector('#baris li')"
WHOLE = "/hasil untuk/.test(document.querySelector('#jumlah')?.textContent)"


@functools.cache
def _zipped(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 9)


class _Zipped(http.server.SimpleHTTPRequestHandler):
    """Files, compressed beforehand."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = _zipped(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        # In pieces, as a network delivers them: from one piece, throttling would hand on a page's head only
        # together with its foot.
        for start in range(0, len(data), PIECE):
            self.wfile.write(data[start : start + PIECE])
            time.sleep(0.001)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Zipped, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _measure(browser: Browser, address: str, query: str) -> dict[str, float]:
    """One cold visit to the list with a query in its address, then a further query typed into the box."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_RATE})
    moved: list[float] = []
    before: list[int] = []
    session.on("Network.loadingFinished", lambda event: moved.append(event["encodedDataLength"]))
    page.add_init_script(
        "new MutationObserver((_, watch) => {"
        f"if (!globalThis.waktuPertama && {SHOWN}) globalThis.waktuPertama = performance.now();"
        f"if (!globalThis.waktuLengkap && {WHOLE}) globalThis.waktuLengkap = performance.now();"
        "if (globalThis.waktuPertama && globalThis.waktuLengkap) watch.disconnect();"
        "}).observe(document, {childList: true, subtree: true});"
    )
    page.goto(f"{address}/inovasi/?q={query}", wait_until="commit")
    page.locator("#baris li").first.wait_for(timeout=60_000)
    before.append(len(moved))
    first = page.evaluate("globalThis.waktuPertama")
    page.locator("#jumlah", has_text="hasil untuk").wait_for(timeout=60_000)
    page.wait_for_load_state("networkidle")
    page_whole = page.evaluate("globalThis.waktuLengkap")
    typed = page.evaluate(
        """async () => {
          const rows = document.getElementById("baris"), box = document.getElementById("cari");
          const done = new Promise((resolve) => new MutationObserver((_, watch) => {
            if (rows.childElementCount) { watch.disconnect(); resolve(performance.now()); }
          }).observe(rows, {childList: true}));
          box.value = "pupuk";
          const start = performance.now();
          box.form.requestSubmit();
          return (await done) - start;
        }"""
    )
    context.close()
    return {
        "first result, ms": first,
        "ranked answer, ms": page_whole,
        "requests before it": before[0],
        "kB before it": sum(moved[: before[0]]) / 1000,
        "kB in all": sum(moved) / 1000,
        "next query, ms": typed,
    }


def _build(root: Path, site: Path) -> bool:
    options = Options(command="build", base_url="http://127.0.0.1")
    began = time.monotonic()
    outcome = build.make_site(
        root,
        TODAY,
        lambda files, is_sound: publish(files, site, is_sound),
        options,
        build.Memory(crew=Crew(workers=hands(), last=lambda: None)),
    )
    took, peak = time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(outcome.innovations)} entries, built in {took:.0f} s, at most {peak:.0f} MiB")
    if not outcome.changed:
        print(outcome.problems[:5], file=sys.stderr)
    return outcome.changed


def main() -> int:
    """Build, serve, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=0)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--site", type=Path)
    options = parser.parse_args()
    chromium = find_browser()
    with tempfile.TemporaryDirectory() as folder:
        root = make_corpus(Path(folder) / "korpus", options.entries) if options.entries else ROOT
        site = options.site or Path(folder) / "situs"
        is_there = site.is_dir()
        if not is_there and not _build(root, site):
            return 1
        with _served(site) as address:
            print(f"median of {options.runs} visits")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
                for query in QUERIES:
                    runs = [_measure(browser, address, query) for _ in range(options.runs)]
                    row = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
                    print(f"  {query}: " + ", ".join(f"{key} {value:.0f}" for key, value in row.items()))
                browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
