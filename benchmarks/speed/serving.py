"""From saving a file to the page that shows it: each tool's own server, asked over HTTP until the new text is there.

A browser learns of it by the server's web socket; that notice is timed beside. All servers run at once and are idle but
for the one whose file is saved, so that rounds can be interleaved without starting them anew.
"""

import asyncio
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from msgspec import Struct, field
from tornado.httpclient import AsyncHTTPClient, HTTPError
from tornado.websocket import WebSocketClientConnection, websocket_connect

from benchmarks.speed.measure import FailedError, Usage, Watch, cpu_of
from benchmarks.speed.tools import Tool

PAUSE = 0.01
SETTLE = 1.0
LONGEST = 1800.0
NOTICE = 15.0
_RELOAD = re.compile(r'reload"')


class Saved(Struct, frozen=True, kw_only=True):
    """What one save cost until the page was served, and the seconds to the notice; None where none came."""

    usage: Usage
    notice: float | None


class _Server(Struct, kw_only=True):
    """A server that runs, and when it told browsers to reload since `told` was last cleared."""

    tool: Tool
    process: "subprocess.Popen[bytes]"
    host: str
    heard: float = 0
    told: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, message: str | bytes | None) -> None:
        text = message.decode() if isinstance(message, bytes) else message or ""
        if _RELOAD.search(text) and not self.told.is_set():
            self.heard = time.perf_counter()
            self.told.set()


def measure_saves(tools: Sequence[Tool], rounds: int, environment: Mapping[str, str]) -> dict[str, list[Saved]]:
    """So many saves with each tool, in turns."""
    return asyncio.run(_measure(tools, rounds, environment))


async def _measure(tools: Sequence[Tool], rounds: int, environment: Mapping[str, str]) -> dict[str, list[Saved]]:
    saves: dict[str, list[Saved]] = {tool.name: [] for tool in tools}
    async with AsyncExitStack() as stack:
        servers = [await stack.enter_async_context(_serve(tool, environment)) for tool in tools]
        for number in range(rounds):
            for server in servers:
                await asyncio.sleep(SETTLE)
                saves[server.tool.name].append(await _save(server, f"{number + 1} disimpan"))
    return saves


@asynccontextmanager
async def _serve(tool: Tool, environment: Mapping[str, str]) -> AsyncIterator[_Server]:
    port = _free_port()
    with tool.folder.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(  # noqa: ASYNC220, S603 (nothing else waits yet)
            tool.serve(port),
            cwd=tool.folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    server = _Server(tool=tool, process=process, host=f"127.0.0.1:{port}")
    listener = None
    try:
        await _until_shown(server, "")
        listener = await _listen(server)
        yield server
    finally:
        if listener:
            listener.close()
        _end(process)


async def _save(server: _Server, words: str) -> Saved:
    pid = server.process.pid
    used = cpu_of(pid)
    server.told.clear()
    with Watch(pid) as watch:
        begun = time.perf_counter()
        server.tool.edit(words)
        await _until_shown(server, words)
        wall = time.perf_counter() - begun
        spent = cpu_of(pid) - used
        with suppress(TimeoutError):
            await asyncio.wait_for(server.told.wait(), NOTICE)
    notice = server.heard - begun if server.told.is_set() else None
    return Saved(usage=Usage(wall=wall, cpu=spent, memory=watch.peak), notice=notice)


async def _until_shown(server: _Server, words: str) -> None:
    """Ask for the entry's page until it holds these words."""
    client = AsyncHTTPClient()
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        with suppress(HTTPError, OSError):
            url = f"http://{server.host}{server.tool.page()}"
            answer = await client.fetch(url, request_timeout=LONGEST, connect_timeout=LONGEST)
            if words.encode() in answer.body:
                return
        await asyncio.sleep(PAUSE)
    raise FailedError(f"{server.tool.name} never showed `{words}`; see {server.tool.folder.with_suffix('.log')}")


async def _listen(server: _Server) -> WebSocketClientConnection:
    url = f"ws://{server.host}{server.tool.socket}"
    connection = await websocket_connect(url, on_message_callback=server.hear)
    for message in server.tool.hello:
        await connection.write_message(message)
    return connection


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a server that we started, with all that it started."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
            return
