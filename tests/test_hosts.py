"""Real servers with the configuration that we hand out: what they answer, not what we believe they do.

Where a server is not installed its tests are skipped; `.ci/run` installs them where it can.
"""

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from msgspec import Struct

from katalog.pages.headers import areas
from tests.conftest import CASES, build_project, make_project
from tools.hosts import examples

# Folders that servers live in and that are not on everybody's path.
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
_MODULES = Path("/usr/lib/apache2/modules")
_NEEDED = ("mpm_event", "authz_core", "dir", "mime", "alias", "headers", "rewrite", "deflate", "filter", "negotiation")
_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
BASES = ("", "/contoh")
SERVERS = ("nginx", "caddy", "apache2")


class Answer(Struct, frozen=True, kw_only=True):
    """What a server said."""

    status: int
    headers: Message
    body: bytes

    def __getitem__(self, name: str) -> str:
        """A header, "" where it is not there."""
        return self.headers.get(name, "")


class Server(Struct, frozen=True, kw_only=True):
    """A running one: its name, its port, and the path that the site lies below."""

    name: str
    port: int
    base: str
    site: Path

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a path of the site."""
        return self.raw(f"{self.base}/{path}", **headers)

    def raw(self, path: str, **headers: str) -> Answer:
        """Ask for a path of the host; nothing is followed or unpacked."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        answer = Answer(status=response.status, headers=response.msg, body=response.read())
        connection.close()
        return answer


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _nginx(folder: Path, site: Path, base: str, port: int) -> list[str]:
    block = examples(f"http://localhost{base}", str(site))["nginx.conf"].replace(
        "listen 80;", f"listen 127.0.0.1:{port};"
    )
    (folder / "situs.conf").write_text(block, encoding="utf-8")
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{'user root;' if _ROOT else ''}\ndaemon off;\npid {folder}/pid;\nerror_log {folder}/galat warn;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{places}include {folder}/situs.conf;\n}}\n",
        encoding="utf-8",
    )
    return ["-e", f"{folder}/galat", "-p", str(folder), "-c", f"{folder}/nginx.conf"]


def _caddy(folder: Path, site: Path, base: str, port: int) -> list[str]:
    text = examples(f"http://localhost{base}", str(site))["Caddyfile"]
    text = text.replace("\nlocalhost {", f"\nhttp://127.0.0.1:{port} {{")
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{text}", encoding="utf-8")
    return ["run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"]


def _apache2(folder: Path, site: Path, base: str, port: int) -> list[str]:
    text = examples(f"http://localhost{base}", str(site))["apache.conf"].replace("*:80>", f"*:{port}>")
    modules = "".join(f"LoadModule {name}_module {_MODULES}/mod_{name}.so\n" for name in _NEEDED)
    (folder / "kosong").mkdir()
    (folder / "apache.conf").write_text(
        f"ServerRoot {folder}\n{modules}PidFile {folder}/pid\nErrorLog {folder}/galat\nListen 127.0.0.1:{port}\n"
        f"ServerName localhost\n{'User nobody' if _ROOT else ''}\n{'Group nogroup' if _ROOT else ''}\n"
        "Mutex pthread\nInclude /etc/apache2/mods-available/mime.conf\n"
        "Include /etc/apache2/mods-available/deflate.conf\n"
        f"DocumentRoot {folder}/kosong\n<Directory />\nRequire all denied\n</Directory>\n"
        f"<Directory {folder}/kosong>\nRequire all granted\n</Directory>\n{text}",
        encoding="utf-8",
    )
    return ["-X", "-f", f"{folder}/apache.conf"]


_STARTS = {"nginx": _nginx, "caddy": _caddy, "apache2": _apache2}


@pytest.fixture(scope="module")
def sites() -> Iterator[dict[str, Path]]:
    """The small site, with compressed copies, as it is for each base path; where other users may read it."""
    with tempfile.TemporaryDirectory(prefix="katalog-") as name:
        Path(name).chmod(0o755)
        built = {}
        for base in BASES:
            folder = Path(name) / f"situs{base.replace('/', '-')}"
            project = make_project(Path(name) / f"proyek{base.replace('/', '-')}", CASES / "good" / "kecil")
            with (project / "site_config.toml").open("a", encoding="utf-8") as config:
                config.write('\n[keluaran]\nkartu = "tidak"\nsematan = "ya"\nkutipan = "ya"\nkompresi = "gz"\n')
            for path, content in build_project(project, base_url=f"http://localhost{base}").files.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content)
                if path.endswith((".html", ".css")):
                    # Not a real one: only that it is handed on, and as what, is tried here.
                    (folder / f"{path}.br").write_bytes(b"br:" + content[:9])
            (folder / ".katalog-inovasi").write_bytes(b"")
            (folder / "kosong").mkdir()
            built[base] = folder
        yield built


@pytest.fixture(scope="module", params=[(server, base) for server in SERVERS for base in BASES], ids="-".join)
def server(request: pytest.FixtureRequest, sites: dict[str, Path]) -> Iterator[Server]:
    """One server that serves one of the sites."""
    name, base = request.param
    program = shutil.which(name, path=_PATH)
    if not program or (name == "apache2" and not _MODULES.is_dir()):
        pytest.skip(f"{name} is not installed here; .ci/run installs it where it can")
    with tempfile.TemporaryDirectory(prefix="katalog-") as home:
        Path(home).chmod(0o755)
        port = _free_port()
        command = [program, *_STARTS[name](Path(home), sites[base], base, port)]
        places = {"HOME": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "PATH": _PATH}
        log = Path(home) / "keluaran"
        with log.open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=output, env=places, cwd=home)
            try:
                _wait_for(port, process, log)
                yield Server(name=name, port=port, base=base, site=sites[base])
            finally:
                process.terminate()
                process.wait(timeout=20)


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(100):
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace"))


def _some(server: Server, pattern: str) -> str:
    return next(path.relative_to(server.site).as_posix() for path in sorted(server.site.glob(pattern)))


def _meant(server: Server, path: str) -> dict[str, str]:
    fits = [headers for area, headers in areas(server.base).items() if f"{server.base}/{path}".startswith(area)]
    return fits[-1]


def test_every_part_of_the_site_has_its_headers(server: Server) -> None:
    """Policy, lifetimes, and who may read or frame it: each once, and none that is another part's."""
    named = {name for headers in areas(server.base).values() for name in headers}
    paths = [
        "",
        "inovasi/kopi-sehat/",
        "usulkan/",
        "data/inovasi.json",
        "api/v1/inovasi.json",
        _some(server, "aset/*.css"),
    ]
    for path in paths:
        answer = server.get(path)
        told = {name: ", ".join(answer.headers.get_all(name, [])) for name in named}

        assert answer.status == 200, path
        assert {name: value for name, value in told.items() if value} == _meant(server, path), path


def test_what_is_not_there_is_the_site_s_own_page(server: Server) -> None:
    """With the status that says so, the policy, and a lifetime that does not keep it, whatever part it is asked of."""
    own = (server.site / "404.html").read_bytes()
    for path in ("tidak-ada", "inovasi/tidak-ada/", "aset/tidak-ada.css", "data/tidak-ada.csv"):
        answer = server.get(path)

        assert (answer.status, answer.body) == (404, own), path
        assert answer["Cache-Control"] == "no-cache", path
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer["Content-Type"].startswith("text/html")


def test_former_addresses_lead_on(server: Server) -> None:
    """Every one that the site tells hosts of, with the status it names; not what only begins like it."""
    rows = [row.split() for row in (server.site / "_redirects").read_text(encoding="utf-8").splitlines()[1:]]

    assert len(rows) > 10
    for old, new, status in rows:
        answer = server.raw(old)
        assert (answer.status, re.sub(r"^http://[^/]+", "", answer["Location"])) == (int(status), new), old
        assert server.raw(new).status == 200, new
    assert server.get("inovasi/kopi-lama/lain/").status == 404


def test_a_folder_without_its_slash_leads_to_the_one_with_it(server: Server) -> None:
    """So does the site's own, where it lies in a folder."""
    paths = [f"{server.base}/inovasi", f"{server.base}/inovasi/kopi-sehat", *([server.base] if server.base else [])]
    for path in paths:
        answer = server.raw(path)
        assert answer.status in {301, 308}, path
        assert re.sub(r"^http://[^/]+", "", answer["Location"]) == f"{path}/"


def test_only_what_the_site_shows_is_shown(server: Server) -> None:
    """No hidden file, no list of a folder's files, nothing beside the site."""
    for path in (".katalog-inovasi", ".htaccess", ".git/config", "kosong/", "aset/"):
        answer = server.get(path)
        assert answer.status in {403, 404}, (path, answer.status)
        assert b"Index of" not in answer.body
    home = (server.site / "index.html").read_bytes()
    for path in ("../", "%2e%2e/", "inovasi/../../"):
        answer = server.get(path)
        assert answer.status in {400, 403, 404} or answer.body in {home, b""}, path
    if server.base:
        assert server.raw("/inovasi/").status != 200 or b"kopi" not in server.raw("/inovasi/").body.lower()


@pytest.mark.parametrize("pattern", ["index.html", "inovasi/kopi-sehat/index.html", "aset/*.css", "data/inovasi.json"])
def test_compressed_copies_are_handed_on(server: Server, pattern: str) -> None:
    """As what they are, in the coding that was asked for, to caches that must keep both apart; the file to others."""
    path = _some(server, pattern)
    (copy := server.site / f"{path}.gz").write_bytes(gzip.compress((server.site / path).read_bytes(), mtime=0))
    address = path.removesuffix("index.html")
    plain, packed = server.get(address), server.get(address, Accept_Encoding="gzip")

    assert (plain["Content-Encoding"], plain.body) == ("", (server.site / path).read_bytes())
    assert (packed["Content-Encoding"], packed.body) == ("gzip", copy.read_bytes())
    assert plain["Content-Type"] == packed["Content-Type"] != "application/x-gzip"
    assert "accept-encoding" in packed["Vary"].lower()
    assert "accept-encoding" in plain["Vary"].lower()
    assert packed["Content-Language"] == ""
    assert packed["Cache-Control"] == _meant(server, path)["Cache-Control"]


def test_the_smaller_copy_is_taken_where_the_server_can(server: Server) -> None:
    """Debian's nginx knows no brotli without a further package."""
    (server.site / "index.html.gz").write_bytes(gzip.compress((server.site / "index.html").read_bytes(), mtime=0))
    answer = server.get("", Accept_Encoding="gzip, deflate, br")

    assert answer["Content-Encoding"] == ("gzip" if server.name == "nginx" else "br")
    assert answer["Content-Type"].startswith("text/html")
    assert answer["Content-Language"] == ""


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("aset/*.css", "text/css"),
        ("aset/*.js", "javascript"),
        ("aset/*.woff2", "font/woff2"),
        ("favicon.svg", "image/svg+xml"),
        ("situs.webmanifest", "application/manifest+json"),
        ("data/inovasi.csv", "text/csv"),
        ("data/*.jsonl", "application/x-ndjson"),
        ("inovasi/kopi-sehat/kutipan.bib", "text/x-bibtex"),
        ("inovasi/kopi-sehat/kutipan.ris", "application/x-research-info-systems"),
        ("umpan.xml", "xml"),
    ],
)
def test_files_are_sent_as_what_they_are(server: Server, pattern: str, kind: str) -> None:
    """Browsers are told not to guess."""
    answer = server.get(_some(server, pattern))

    assert answer.status == 200
    assert kind in answer["Content-Type"]


def test_a_page_that_did_not_change_is_not_sent_again(server: Server) -> None:
    """Browsers ask each time, and mostly hear that nothing changed."""
    first = server.get("inovasi/kopi-sehat/")
    asked = {"If_None_Match": first["ETag"]} if first["ETag"] else {"If_Modified_Since": first["Last-Modified"]}

    assert server.get("inovasi/kopi-sehat/", **asked).status == 304
