"""Outer addresses: found in an entry, asked politely, never within the network of whoever checks."""

import http.server
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from katalog import links_out
from katalog.links_out import check_addresses, find_addresses, is_public, visit
from katalog.load import read_texts
from katalog.problems import Code, Place, Severity

ANSWERS = {"/baik": 200, "/hilang": 404, "/malu": 403, "/rusak": 500}
MOVES = {"/pindah": "/baik", "/pindah-hilang": "/hilang", "/berputar": "/berputar", "/ke-berkas": "file:///etc/passwd"}


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path in MOVES:
            self.send_response(302)
            self.send_header("Location", MOVES[self.path])
        elif self.path == "/ke-dalam":
            self.send_response(302)
            self.send_header("Location", f"http://localhost:{self.headers['Host'].rpartition(':')[2]}/baik")
        else:
            self.send_response(ANSWERS.get(self.path, 200))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name is given)
        """Say nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """A site on this computer."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def _anywhere(number: str) -> bool:
    return bool(number)


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/baik", ""),
        ("/baik?a=1&b=%20", ""),
        ("/hilang", "menjawab 404"),
        ("/malu", "menjawab 403, mungkin menolak program"),
        ("/rusak", "menjawab 500"),
        ("/pindah", ""),
        ("/pindah-hilang", "menjawab 404"),
        ("/berputar", "dialihkan terus-menerus"),
        ("/ke-berkas", "bukan alamat yang boleh dibuka"),
        ("/tidak ada é", ""),
    ],
)
def test_answers_are_told_in_words(host: str, path: str, fault: str) -> None:
    """Whatever the site says."""
    assert visit(host + path, _anywhere) == fault


def test_the_network_of_whoever_checks_is_closed(host: str) -> None:
    """Directly, by name, and behind a public address that leads there."""
    asked = []

    def only_first(number: str) -> bool:
        asked.append(number)
        return len(asked) == 1

    assert visit(f"{host}/baik") == "bukan alamat yang boleh dibuka"
    assert visit(host.replace("127.0.0.1", "localhost") + "/baik") == "bukan alamat yang boleh dibuka"
    assert visit(f"{host}/ke-dalam", only_first) == "bukan alamat yang boleh dibuka"


def test_a_name_is_looked_up_once(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was allowed is what is connected to, even if the name says something else a moment later."""
    real = socket.getaddrinfo
    lookups = []

    def lookup(name: str, *rest: object, **named: object) -> object:
        lookups.append(name)
        return real("127.0.0.1" if name == "situs.example" else name, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)

    assert visit(host.replace("127.0.0.1", "situs.example") + "/baik", _anywhere) == ""
    assert lookups.count("situs.example") == 1


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
    ],
)
def test_private_numbers_are_not_public(number: str) -> None:
    """Nor those of clouds, of groups, of nobody."""
    assert not is_public(number)
    assert is_public("8.8.8.8")


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("https://tidak-ada.invalid/", "tidak ditemukan: nama situsnya tidak dikenal"),
        ("http://127.0.0.1:1/", "tidak bisa dihubungi"),
        ("http://127.0.0.1:99999/", "bukan alamat yang boleh dibuka"),
        ("ftp://127.0.0.1/", "bukan alamat yang boleh dibuka"),
        ("http://[::1/", "bukan alamat yang boleh dibuka"),
        ("http:///a", "bukan alamat yang boleh dibuka"),
    ],
)
def test_what_cannot_be_asked_is_told(address: str, fault: str) -> None:
    """Never raised."""
    assert visit(address, _anywhere) == fault


def test_addresses_are_found_with_their_places(tmp_path: Path) -> None:
    """In values and in text, each once, without the signs around them."""
    text = (
        "---\nsitus: https://a.example/x\nsumber:\n  - url: http://b.example\n  - url: https://a.example/x\n---\n\n"
        "Lihat [c](https://c.example/y), <https://d.example/>, atau https://e.example/z.\n"
    )
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    texts, _ = read_texts(tmp_path, tmp_path)

    found = {address: (place.line, place.column) for address, place in find_addresses(texts).items()}

    assert found == {
        "https://a.example/x": (2, 8),
        "http://b.example": (4, 10),
        "https://c.example/y": (8, 11),
        "https://d.example/": (8, 34),
        "https://e.example/z": (8, 60),
    }


def test_a_dead_address_is_a_note_and_the_number_of_visits_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """It never fails a check; what was not asked is said, too."""
    monkeypatch.setattr(links_out, "MOST", 3)
    addresses = {f"https://{number}.example/": Place(path="a.md", line=number + 1) for number in range(4)}

    notes = check_addresses(addresses, lambda address: "menjawab 404" if "1" in address else "")

    assert [(note.place.line, note.severity, note.code) for note in notes] == [
        (2, Severity.NOTE, Code.OUTER_LINK),
        (4, Severity.NOTE, Code.OUTER_LINK),
    ]
    assert "menjawab 404" in notes[0].message
    assert "belum sempat diperiksa" in notes[1].message


def test_a_host_that_never_answers_does_not_hold_up_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are told; it is given up."""
    monkeypatch.setattr(links_out, "PATIENCE", 0.2)
    end = threading.Event()

    def slow(address: str) -> str:
        if "lambat" in address:
            end.wait(20)
        return "menjawab 404"

    notes = check_addresses(
        {"https://lambat.example/": Place(path="a.md"), "https://cepat.example/": Place(path="b.md")}, slow
    )
    end.set()

    assert {note.place.path: "belum sempat" in note.message for note in notes} == {"a.md": True, "b.md": False}
