"""Watch, rebuild, reload: the desk of whoever writes. livereload's server with four changes.

Pages carry a plain script tag instead of livereload's inline script, which the strict policy of the
site would block in silence; files are watched by watchfiles instead of polling; while there is
a mistake the report takes the place of the pages, so that nobody looks at a stale one; and the page of an entry that
was saved is shown at once, while the site is still being made.
"""

import asyncio
import html
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from livereload import Server
from livereload.handlers import ForceReloadHandler, LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from msgspec import Struct, field
from tornado import web
from tornado.ioloop import IOLoop
from watchfiles import awatch

HOST = "127.0.0.1"

_REPORT = """<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Ada yang perlu diperbaiki</title><link rel="icon" href="/favicon.svg">
<script src="/livereload.js?port={port}" defer></script></head>
<body><main><h1>Ada yang perlu diperbaiki</h1>
<p>Situs terakhir yang baik tetap tersimpan. Halaman ini berganti sendiri begitu berkas diperbaiki dan disimpan.</p>
<pre>{report}</pre></main></body></html>
"""


class Desk(Struct, kw_only=True):
    """What the server shows now: `report` is empty while the site is sound, `early` what is newer than the folder."""

    folder: Path
    port: int
    rebuild: Callable[[], str]
    look: Callable[[Path], Mapping[str, bytes]]
    report: str = field(default="")
    early: Mapping[str, bytes] = field(default_factory=dict)

    def refresh(self) -> None:
        """Build again and keep what is to be shown."""
        self.report = self.rebuild()

    def glance(self, files: Collection[Path]) -> bool:
        """Whether what one saved file makes can be shown before all else is made; then it is."""
        self.early = {} if self.report or len(files) != 1 else self.look(*files)
        return bool(self.early)

    def settle(self) -> bool:
        """Show the site again; tell whether it was made as it was shown early, so that nobody need look again."""
        early, self.early = self.early, {}
        return (
            bool(early)
            and not self.report
            and all(
                (self.folder / path).is_file() and (self.folder / path).read_bytes() == content
                for path, content in early.items()
            )
        )


def serve(desk: Desk, watched: Sequence[Path], announce: Callable[[str], None]) -> None:
    """Show the site on the loopback address until interrupted; rebuild when a watched file changes.

    Raises OSError where the port is taken.
    """
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    server = _Server(watcher=_FileWatcher(watched, desk, announce))
    server.desk = desk
    announce(f"Buka http://{HOST}:{desk.port}/ di peramban. Ctrl+C untuk berhenti.")
    server.serve(port=desk.port, host=HOST, root=str(desk.folder), restart_delay=0)


class _FileWatcher(Watcher):  # type: ignore[misc]
    """Tells livereload of changes through the operating system instead of polling every 0.8 s."""

    def __init__(self, watched: Sequence[Path], desk: Desk, announce: Callable[[str], None]) -> None:
        super().__init__()
        self._watched = [path for path in watched if path.exists()]
        self._desk = desk
        self._announce = announce
        # livereload watches the working directory where no task is named.
        self.watch("", desk.refresh)

    def start(self, callback: Callable[[], None]) -> bool:
        def reload() -> None:
            # This name makes livereload reload at once; others it drops within three seconds.
            self._changes.append(("__livereload__", None))
            callback()

        async def make(saved: set[Path]) -> None:
            """Until nothing was saved while the site was made."""
            while saved:
                files = {*saved}
                saved.clear()
                # In another thread, so that pages are handed out meanwhile.
                await IOLoop.current().run_in_executor(None, self._desk.refresh)
                self._announce(f"Diperbarui: {', '.join(sorted(path.name for path in files))}")
                if not saved and not self._desk.settle():
                    reload()

        async def follow() -> None:
            saved: set[Path] = set()
            making: asyncio.Task[None] | None = None
            async for changes in awatch(*self._watched, debounce=50, step=10):
                files = {Path(path) for _, path in changes}
                saved |= files
                if self._desk.glance(files):
                    reload()
                if making is None or making.done():
                    making = asyncio.create_task(make(saved))

        IOLoop.current().add_callback(follow)
        return True


class _Server(Server):  # type: ignore[misc]
    """livereload's server without its inline script and its log lines."""

    desk: Desk

    def application(self, port: int, host: str, **_: object) -> None:
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = False
        files = type("Files", (_Files,), {"desk": self.desk})
        web.Application(
            [
                (r"/livereload", LiveReloadHandler),
                (r"/forcereload", ForceReloadHandler),
                (r"/livereload.js", LiveReloadJSHandler),
                (r"/(.*)", files, {"path": self.root, "default_filename": "index.html"}),
            ]
        ).listen(port, address=host)

    def _setup_logging(self) -> None:
        logging.getLogger("livereload").setLevel(logging.ERROR)


class _Files(web.StaticFileHandler):
    """The site's files, never cached; the report instead of any page while there is one."""

    desk: Desk

    async def get(self, path: str, include_body: bool = True) -> None:
        asks_page = path.endswith((".html", "/")) or "." not in path.rsplit("/", 1)[-1]
        if self.desk.report and asks_page:
            self.set_status(500)
            self.finish(_REPORT.format(port=self.desk.port, report=html.escape(self.desk.report)))
            return
        early = self.desk.early.get(f"{path}index.html" if path.endswith("/") or not path else path)
        if early is not None:
            self.set_header("Content-Type", "text/html; charset=UTF-8")
            self.finish(early)
            return
        await super().get(path, include_body)

    def compute_etag(self) -> None:
        """Nothing is cached, and what is shown early has no file that a mark could be made of."""

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-store")

    def write_error(self, status_code: int, **_: Any) -> None:
        missing = self.desk.folder / "404.html"
        if status_code == 404 and missing.is_file():
            self.finish(missing.read_bytes())
        else:
            super().write_error(status_code)
