"""Judge the finished site by tools of others: the Nu HTML checker and Lighthouse's mobile scores.

Builds into a temporary folder and serves it compressed on the loopback address. Both tools need Node with npm, the
checker Java, Lighthouse Chromium; what is missing is said and left out. `make audit` runs it. The exit code is 1 where
the checker finds an error.
"""

import functools
import gzip
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STORE = ROOT / ".cache" / "audit"
TOOLS = ("vnu-jar@26.9.27", "lighthouse@13.5.0")
# One page of each main kind: the first of the site map.
KINDS = (r"/$", r"/inovasi/$", r"/inovasi/[^/]+/$", r"/urusan/[^/]+/$", r"/pengelola/[^/]+/$", r"/tentang/$")
SCORES = ("performance", "accessibility", "best-practices", "seo")
# The checker takes data blocks of JSON for scripts, and a file's address for a foreign one; the policy says neither.
_NOT_ERRORS = re.compile(r"Content Security Policy|Content-Security-Policy")
_FLAGS = "--headless=new --no-sandbox --disable-gpu"


def main() -> int:
    """Run what can be run."""
    if not shutil.which("npm"):
        print("No npm: the HTML checker and Lighthouse are left out.")
        return 0
    with tempfile.TemporaryDirectory(prefix="katalog-audit-") as folder:
        site = Path(folder) / "situs"
        with serve(site) as address:
            subprocess.run([sys.executable, "build.py", "--output", site, "--base-url", address], cwd=ROOT, check=True)
            install()
            faults = check_html(site)
            judge(site, address)
    return 1 if faults else 0


def install() -> None:
    """Both tools in exactly these versions, kept between runs."""
    command = ["npm", "install", "--silent", "--no-save", "--no-package-lock", "--no-audit", "--no-fund"]
    subprocess.run([*command, "--prefix", STORE, *TOOLS], check=True)


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Like a usual host: texts go out compressed, assets may be kept."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        content = file.read_bytes()
        packed = file.suffix not in {".png", ".woff2", ".ico", ".jpg"}
        body = gzip.compress(content) if packed else content
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=31536000" if "/aset/" in self.path else "max-age=600")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The folder on a free port of the loopback address."""
    handler = functools.partial(_Compressing, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def check_html(site: Path) -> int:
    """Every page through the Nu checker; the number of errors."""
    if not shutil.which("java"):
        print("No Java: the HTML checker is left out.")
        return 0
    pages = sorted(site.rglob("*.html"))
    jar = next(STORE.glob("node_modules/vnu-jar/build/dist/vnu.jar"))
    command: list[str | Path] = [
        "java",
        "-Xss4m",
        "-jar",
        jar,
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        *pages,
    ]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    messages = json.loads(answer.stdout)["messages"]
    errors = [entry for entry in messages if entry["type"] != "info" and not _NOT_ERRORS.search(entry["message"])]
    for entry in errors:
        print(f"{entry.get('url', '?')}:{entry.get('lastLine', '?')}: {entry['message']}")
    print(f"Nu HTML checker: {len(errors)} errors on {len(pages)} pages.")
    return len(errors)


def judge(site: Path, address: str) -> None:
    """The four mobile scores of one page of each main kind."""
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        print("No Chromium: Lighthouse is left out.")
        return
    listed = re.findall(r"<loc>([^<]+)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    for kind in KINDS:
        page = next(url for url in listed if re.fullmatch(re.escape(address) + kind, url))
        with tempfile.NamedTemporaryFile(suffix=".json") as report:
            command = [STORE / "node_modules" / ".bin" / "lighthouse", page, "--quiet", "--output=json"]
            command += [f"--output-path={report.name}", f"--chrome-flags={_FLAGS}"]
            subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": browser})
            found = json.loads(Path(report.name).read_text(encoding="utf-8"))
        scores = ", ".join(f"{name} {round(100 * found['categories'][name]['score'])}" for name in SCORES)
        weak = [
            audit["title"]
            for audit in found["audits"].values()
            if audit.get("score") not in {None, 1} and audit["scoreDisplayMode"] == "binary"
        ]
        print(f"Lighthouse {page.removeprefix(address)}: {scores}{'; ' + '; '.join(weak) if weak else ''}")


if __name__ == "__main__":
    sys.exit(main())
