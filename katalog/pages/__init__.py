"""Catalogue -> Pages: the wing that grows. One file per kind of output; `plan` is the map of the site."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from msgspec.structs import replace

from katalog.language import Edition, Language
from katalog.model import Catalogue, Config, Deferred, Draw, File, Innovation, Page, Prose
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
from katalog.pages.extras import with_translated_entries
from katalog.problems import Code, Place, Problem

Output = Page | File | Deferred


def plan(  # noqa: PLR0913 (all that a site is)
    catalogue: Catalogue,
    config: Config,
    draw: Draw,
    downloads: Sequence[Deferred],
    others: Sequence[Edition] = (),
    *,
    live: bool = False,
) -> tuple[Output, ...]:
    """Everything the site consists of besides its static files, home first; `live` adds what only writers see.

    `downloads` are the files of the whole catalogue (`data.downloads`), `others` what the pages in further languages
    are made of.
    """
    dressed = tuple(cards.plan(_plan(catalogue, config, downloads), catalogue, config, draw))
    translated = (page for edition in others for page in _translated(edition, dressed))
    planned = (*dressed, *translated, *(style.plan(catalogue) if live else ()))
    outputs, moves = former.with_former(planned, catalogue, config, [edition.language for edition in others])
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


def editions(
    catalogue: Catalogue, config: Config, languages: Iterable[Language], written: Mapping[str, tuple[Prose, ...]]
) -> tuple[tuple[Edition, ...], tuple[Problem, ...]]:
    """What the pages in further languages are made of; `written` are the pages of editors by code."""
    known = {page.slug for page in catalogue.prose}
    rooms = {"", "inovasi", "statistik", press.SLUG, *(facet.path.split("/")[0] for facet in catalogue.facets)}
    made: list[Edition] = []
    strays: list[Prose] = []
    for language in languages:
        words = dict(config.languages)[language.code]
        pages = tuple(page for page in written[language.code] if page.slug in known)
        strays += (page for page in written[language.code] if page.slug not in known)
        made.append(
            Edition(
                language=replace(
                    language,
                    rooms=tuple(sorted({*rooms, *(page.slug for page in pages)})),
                    entries=with_translated_entries(catalogue, config),
                ),
                config=replace(
                    config,
                    title=words.title or config.title,
                    motto=words.motto or config.motto,
                    description=words.description or config.description,
                    licence=words.licence or config.licence,
                ),
                catalogue=replace(catalogue, prose=pages),
            )
        )
    return tuple(made), tuple(map(_stray, strays))


def _stray(page: Prose) -> Problem:
    return Problem(
        place=Place(path=page.path),
        code=Code.TRANSLATION,
        message=f"Halaman ini tidak punya padanan content/pages/{page.slug}.md.",
        remedy="Samakan nama berkasnya dengan halaman berbahasa Indonesia yang diterjemahkan.",
    )


def _translated(edition: Edition, dressed: Iterable[Output]) -> Iterator[Page]:
    """The pages of a further language, below its own address; their cards are those of the Indonesian ones."""
    language = edition.language
    shown = {page.path: (page.card, page.card_alt) for page in dressed if isinstance(page, Page)}
    for page in _for_visitors(edition):
        if language.has(page.path):
            card, said = shown.get(page.path, ("", ""))
            path = language.address(page.path)
            yield replace(page, path=path, language=language.code, card=card, card_alt=said)


def _for_visitors(edition: Edition) -> Iterator[Page]:
    catalogue, config, language = edition.catalogue, edition.config, edition.language
    yield from home.plan(catalogue, config, language)
    yield from listing.plan(catalogue, language)
    yield from entries.plan(catalogue, config, language)
    yield from facets.plan(catalogue, config, language)
    yield from prose.plan(catalogue, language)
    yield statistics.page_of(catalogue, config, language)
    yield from press.plan(catalogue, config, language)


def _plan(catalogue: Catalogue, config: Config, downloads: Sequence[Deferred]) -> Iterator[Output]:
    yield from home.plan(catalogue, config)
    yield from listing.plan(catalogue)
    # Side by side: one takes long to make and the other to write, so that who makes and who writes are busy all along.
    pages, answers = entries.plan(catalogue, config), api.plan_entries(catalogue, config)
    yield from (output for pair in zip_longest(pages, answers) for output in pair if output)
    yield from sharing.plan(catalogue, config)
    yield from facets.plan(catalogue, config)
    yield from prose.plan(catalogue)
    yield from statistics.plan(catalogue, config)
    yield from press.plan(catalogue, config)
    yield from data.plan(catalogue, config)
    yield from downloads
    yield from api.plan(catalogue, config)
    yield from feeds.plan(catalogue, config)
    yield from changes.plan(catalogue, config)
    yield from form.plan(catalogue, config)
    yield from motifs.plan(catalogue, config)
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
