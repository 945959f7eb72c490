"""Catalogue -> Pages: the wing that grows. One file per kind of output; `plan` is the map of the site."""

from collections.abc import Iterable, Iterator

from katalog.model import AsWorkbook, Catalogue, Config, Deferred, Draw, File, Innovation, Page
from katalog.pages import (
    apache,
    api,
    cards,
    changes,
    data,
    entries,
    facets,
    feeds,
    form,
    former,
    headers,
    home,
    listing,
    motifs,
    press,
    prose,
    redirects,
    sharing,
    statistics,
    style,
    wellknown,
)
from katalog.problems import Code, Place, Problem

Output = Page | File | Deferred


def plan(
    catalogue: Catalogue, config: Config, draw: Draw, as_workbook: AsWorkbook, *, live: bool = False
) -> tuple[Output, ...]:
    """Everything the site consists of besides its static files, home first; `live` adds what only writers see."""
    dressed = cards.plan(_plan(catalogue, config, as_workbook), catalogue, config, draw)
    planned = (*dressed, *(style.plan(catalogue) if live else ()))
    outputs, moves = former.with_former(planned, catalogue, config)
    pages = [output for output in outputs if isinstance(output, Page)]
    return (*outputs, *redirects.plan(moves, config), *apache.plan(moves, config), *wellknown.plan(pages, config))


def plan_entry(innovation: Innovation, catalogue: Catalogue, config: Config, draw: Draw) -> Page:
    """The page of an entry as it reads now, in a catalogue that holds an older reading of it."""
    page = entries.page_of(innovation, catalogue, config)
    return next(output for output in cards.plan([page], catalogue, config, draw) if isinstance(output, Page))


def addresses_of(outputs: Iterable[Output]) -> Iterator[str]:
    """Every address at which outputs answer."""
    for output in outputs:
        yield output.path
        yield from output.also if isinstance(output, Page) else ()


def _plan(catalogue: Catalogue, config: Config, as_workbook: AsWorkbook) -> Iterator[Output]:
    yield from home.plan(catalogue, config)
    yield from listing.plan(catalogue)
    yield from entries.plan(catalogue, config)
    yield from sharing.plan(catalogue, config)
    yield from facets.plan(catalogue, config)
    yield from prose.plan(catalogue)
    yield from statistics.plan(catalogue, config)
    yield from press.plan(catalogue, config)
    yield from data.plan(catalogue, config, as_workbook)
    yield from api.plan(catalogue, config)
    yield from feeds.plan(catalogue, config)
    yield from changes.plan(catalogue, config)
    yield from form.plan(catalogue, config)
    yield from motifs.plan(catalogue, config.hue)
    yield from headers.plan(config)


def find_doubles(outputs: Iterable[Output]) -> tuple[Problem, ...]:
    """Two outputs with one address: one of them would be lost."""
    owners: dict[str, Output] = {}
    told: tuple[str, ...] = ()
    problems = []
    for output in outputs:
        for path in addresses_of([output]):
            first = owners.setdefault(path, output)
            # Cards and other files of a page that was told would only say it again.
            if first is output or path.startswith(told):
                continue
            told += (path,) if path.endswith("/") else ()
            origins = [entry.origin for entry in (output, first) if isinstance(entry, Page) and entry.origin]
            problems.append(
                Problem(
                    place=Place(path=origins[0] if origins else path),
                    code=Code.CLASH,
                    message=f"Alamat `/{path}` sudah dipakai halaman lain.",
                    remedy="Ganti nama berkas atau slug-nya.",
                )
            )
    return tuple(problems)
