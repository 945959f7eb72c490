"""Addresses outside the site -> a note for each that does not answer. The only room that reaches for the network.

Entries come from strangers, so their addresses may not lead into the network of whoever checks: a
name is looked up once, refused where it is not public, and that very number is what is connected to.
"""

import http.client
import ipaddress
import queue
import re
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as MappingOf
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from katalog.problems import Code, Place, Problem, Severity
from katalog.text import Text, body_place, scalars

MOST = 1000
WORKERS = 8
HOPS = 5
# Seconds: for one answer, and for any answer at all before the rest is given up.
TIMEOUT = 10.0
PATIENCE = 90.0

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\)\]}]+")
_SAFE = "%/:?#[]@!$&'()*+,;=~"
_HEADERS = {"User-Agent": "katalog-inovasi (pemeriksa tautan)", "Accept": "*/*", "Connection": "close"}
_MOVED = frozenset({301, 302, 303, 307, 308})
# What sites answer to programs that they take for robots.
_SHY = frozenset({401, 403, 405, 406, 429, 503})

Visit = Callable[[str], str]


def find_addresses(texts: Iterable[Text]) -> dict[str, Place]:
    """Every outer address in the heads and bodies of texts, with the first place that holds it."""
    found: dict[str, Place] = {}
    for text in texts:
        for scalar in scalars(text.head):
            if re.match("https?://", scalar.value):
                found.setdefault(scalar.value.strip(), scalar.place)
        for number, line in enumerate(text.body.split("\n")):
            for match in _ADDRESS.finditer(line):
                address = match[0].rstrip(".,;:!?*_")
                found.setdefault(address, body_place(text, number, match.start() + 1, len(address)))
    return found


def check_addresses(addresses: MappingOf[str, Place], visit: Visit) -> tuple[Problem, ...]:
    """A note for each address that does not answer; the addresses of one host are asked one after another."""
    wanted = list(addresses)[:MOST]
    answers: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
    hosts: dict[str, list[str]] = {}
    for address in wanted:
        hosts.setdefault(urlsplit(address).netloc, []).append(address)
    waiting = deque(hosts.values())

    def work() -> None:
        while waiting:
            try:
                group = waiting.popleft()
            except IndexError:
                return
            for address in group:
                answers.put((address, visit(address)))

    for _ in range(min(WORKERS, len(hosts))):
        # Daemons: a host that never ends its answer must not keep the program from ending.
        threading.Thread(target=work, daemon=True).start()
    faults = dict.fromkeys(addresses, "belum sempat diperiksa")
    faults.update(_collected(answers, len(wanted)))
    return tuple(_note(address, fault, addresses[address]) for address, fault in faults.items() if fault)


def visit(address: str, is_allowed: Callable[[str], bool] | None = None) -> str:
    """What is wrong with an address, in words that follow it; "" where it answers."""
    for _ in range(HOPS):
        try:
            status, location = _ask(urlsplit(address), is_allowed or is_public)
            if status not in _MOVED or not location:
                return _judged(status)
            address = urljoin(address, location)
        except socket.gaierror:
            return "tidak ditemukan: nama situsnya tidak dikenal"
        except TimeoutError:
            return "tidak menjawab"
        except ssl.SSLError:
            return "punya sertifikat yang tidak sah"
        except (OSError, http.client.HTTPException):
            return "tidak bisa dihubungi"
        except ValueError:
            return "bukan alamat yang boleh dibuka"
    return "dialihkan terus-menerus"


def is_public(number: str) -> bool:
    """Whether an IP address belongs to the public internet."""
    address = ipaddress.ip_address(number)
    return address.is_global and not address.is_multicast


class _Pinned(http.client.HTTPConnection):
    """A connection to a number that was looked up and allowed before, whatever its name says now."""

    def __init__(self, number: str, parts: SplitResult) -> None:
        secure = parts.scheme == "https"
        super().__init__(parts.hostname or "", parts.port or (443 if secure else 80), timeout=TIMEOUT)
        self.number = number
        self.context = ssl.create_default_context() if secure else None

    def connect(self) -> None:
        self.sock = socket.create_connection((self.number, self.port), TIMEOUT)
        if self.context:
            self.sock = self.context.wrap_socket(self.sock, server_hostname=self.host)


def _ask(parts: SplitResult, is_allowed: Callable[[str], bool]) -> tuple[int, str]:
    """The status and the new address of one answer; its body is not read."""
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError
    # IPv4 alone: it has no second spelling of a private address within a public one.
    found = socket.getaddrinfo(parts.hostname, parts.port, socket.AF_INET, socket.SOCK_STREAM)
    numbers = [str(row[4][0]) for row in found]
    if not all(map(is_allowed, numbers)):
        raise ValueError
    connection = _Pinned(numbers[0], parts)
    try:
        target = quote(parts._replace(scheme="", netloc="", fragment="").geturl() or "/", safe=_SAFE)
        host = parts.netloc.rpartition("@")[2]
        connection.request("GET", target, headers={"Host": host, **_HEADERS})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    finally:
        connection.close()


def _judged(status: int) -> str:
    if status < 400:
        return ""
    return f"menjawab {status}, mungkin menolak program" if status in _SHY else f"menjawab {status}"


def _collected(answers: "queue.SimpleQueue[tuple[str, str]]", count: int) -> Iterator[tuple[str, str]]:
    for _ in range(count):
        try:
            yield answers.get(timeout=PATIENCE)
        except queue.Empty:
            return


def _note(address: str, fault: str, place: Place) -> Problem:
    return Problem(
        place=place,
        code=Code.OUTER_LINK,
        message=f"Alamat {address} {fault}.",
        remedy="Buka di peramban; bila memang hilang, perbaiki alamatnya atau isi `arsip`.",
        severity=Severity.NOTE,
    )
