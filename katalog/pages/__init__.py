"""Catalogue -> Pages: the wing that grows. One file per kind of output; `plan` is the map of the site."""

from collections.abc import Iterable, Iterator

from katalog.model import Catalogue, Config, Deferred, File, Page
from katalog.pages import (
    data,
    entries,
    facets,
    feeds,
    form,
    headers,
    home,
    listing,
    motifs,
    prose,
    sharing,
    style,
    wellknown,
)
from katalog.problems import Code, Place, Problem

Output = Page | File | Deferred


def plan(catalogue: Catalogue, config: Config, *, live: bool = False) -> tuple[Output, ...]:
    """Everything the site consists of besides its static files, home first; `live` adds what only writers see."""
    planned = (*_plan(catalogue, config), *(style.plan(catalogue) if live else ()))
    pages = [output for output in planned if isinstance(output, Page)]
    return (*planned, *wellknown.plan(pages, config))


def _plan(catalogue: Catalogue, config: Config) -> Iterator[Output]:
    yield from home.plan(catalogue, config)
    yield from listing.plan(catalogue)
    yield from entries.plan(catalogue, config)
    yield from sharing.plan(catalogue, config)
    yield from facets.plan(catalogue)
    yield from prose.plan(catalogue)
    yield from data.plan(catalogue, config)
    yield from feeds.plan(catalogue)
    yield from form.plan(catalogue, config)
    yield from motifs.plan(catalogue)
    yield from headers.plan(config)


def find_doubles(outputs: Iterable[Output]) -> tuple[Problem, ...]:
    """Two outputs with one address: one of them would be lost."""
    owners: dict[str, Output] = {}
    problems = []
    for output in outputs:
        first = owners.setdefault(output.path, output)
        if first is not output:
            origins = [entry.origin for entry in (output, first) if isinstance(entry, Page) and entry.origin]
            problems.append(
                Problem(
                    place=Place(path=origins[0] if origins else output.path),
                    code=Code.CLASH,
                    message=f"Alamat `/{output.path}` sudah dipakai halaman lain.",
                    remedy="Ganti nama berkas atau slug-nya.",
                )
            )
    return tuple(problems)
