"""One page per innovation; a tombstone where one was withdrawn."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import quote, urlencode

from msgspec import Struct

from katalog.language import INDONESIAN, N_, Language
from katalog.model import (
    Catalogue,
    Config,
    Contact,
    Filling,
    History,
    Innovation,
    Neighbour,
    Page,
    PartialDate,
    Photo,
    Source,
    Term,
)
from katalog.pages import citation, motifs, sharing

# What a reader wants to know of every innovation, with the words for it where it is not known.
WANTED = (
    ("form", N_("bentuk")),
    ("kind", N_("jenis")),
    ("affairs", N_("urusan")),
    ("stage", N_("tahapan")),
    ("launch", N_("waktu mulai")),
    ("continuity", N_("masih berjalan atau tidak")),
    ("districts", N_("kecamatan")),
)

Way = tuple[tuple[str, str], ...]

_UNDATED = N_("tanpa tanggal perubahan")
# A file whose name could stand in an address; git remembers others too.
_ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.md")
_EDIT = {
    "github": "{repository}/edit/{branch}/{path}",
    "gitlab": "{repository}/-/edit/{branch}/{path}",
    "gitea": "{repository}/_edit/{branch}/{path}",
    "forgejo": "{repository}/_edit/{branch}/{path}",
}
_LOG = {
    "github": "{repository}/commits/{branch}/{path}",
    "gitlab": "{repository}/-/commits/{branch}/{path}",
    "gitea": "{repository}/commits/branch/{branch}/{path}",
    "forgejo": "{repository}/commits/branch/{branch}/{path}",
}
_ISSUE = {
    "github": ("{repository}/issues/new", "title", "body"),
    "gitlab": ("{repository}/-/issues/new", "issue[title]", "issue[description]"),
    "gitea": ("{repository}/issues/new", "title", "body"),
    "forgejo": ("{repository}/issues/new", "title", "body"),
}


class Kin(Struct, frozen=True, kw_only=True):
    """The programme that an entry is a part of, and its own parts, A-Z."""

    whole: Innovation | None
    parts: tuple[Innovation, ...]


class Surroundings(Struct, frozen=True, kw_only=True):
    """What the page of an entry shows besides the entry itself; with that, all that it is made of."""

    kin: Kin
    neighbours: tuple[Neighbour, ...]
    photo: Photo | None
    history_is_complete: bool
    former: tuple[tuple[PartialDate, str], ...]
    beside: sharing.Beside


def plan(catalogue: Catalogue, config: Config, language: Language = INDONESIAN) -> Iterator[Page]:
    """`/inovasi/<slug>/` for every entry, withdrawn ones included."""
    kin, beside = _kin(catalogue), sharing.beside(catalogue, config)
    ways: dict[str, Way] = {}
    for innovation in catalogue.innovations:
        surroundings = _surroundings(innovation, kin[innovation.slug], catalogue, beside)
        main = innovation.affairs[:1]
        field = main[0].slug if main else ""
        way = ways.get(field) or ways.setdefault(field, _way(language, *main))
        yield _entry(innovation, surroundings, way, config, language)
    for innovation in catalogue.withdrawn:
        yield Page(
            path=path_of(innovation),
            kind="ditarik",
            title=innovation.name,
            description=language.gettext("Entri %(name)s sudah ditarik dari katalog.", name=innovation.name),
            crumbs=((language.gettext("Beranda"), ""), (language.gettext("Semua inovasi"), "inovasi/")),
            data={
                "innovation": innovation,
                "contact": whom_to_ask(innovation, config),
                "report_url": report_url(innovation, config, language),
            },
            listed=False,
            origin=innovation.path,
        )


def page_of(innovation: Innovation, catalogue: Catalogue, config: Config) -> Page:
    """The page of an entry as it reads now, in a catalogue that holds an older reading of it."""
    whole = [entry for entry in catalogue.innovations if entry.slug == innovation.part_of]
    parts = [entry for entry in catalogue.innovations if entry.part_of == innovation.slug]
    kin = Kin(whole=whole[0] if whole else None, parts=tuple(parts))
    surroundings = _surroundings(innovation, kin, catalogue, sharing.beside(catalogue, config))
    return _entry(innovation, surroundings, _way(INDONESIAN, *innovation.affairs[:1]), config, INDONESIAN)


def path_of(innovation: Innovation) -> str:
    """The address of an entry below the site's root."""
    return f"inovasi/{innovation.slug}/"


def whom_to_ask(innovation: Innovation, config: Config) -> Contact | None:
    """The entry's own contact, else its manager's, else the catalogue's."""
    return innovation.contact or innovation.manager.contact or config.contact


def _kin(catalogue: Catalogue) -> dict[str, Kin]:
    by_slug = {entry.slug: entry for entry in catalogue.innovations}
    parts: dict[str, list[Innovation]] = defaultdict(list)
    for entry in catalogue.innovations:
        if entry.part_of:
            parts[entry.part_of].append(entry)
    return {
        entry.slug: Kin(whole=by_slug.get(entry.part_of or ""), parts=tuple(parts[entry.slug]))
        for entry in catalogue.innovations
    }


def _surroundings(innovation: Innovation, kin: Kin, catalogue: Catalogue, beside: sharing.Beside) -> Surroundings:
    return Surroundings(
        kin=kin,
        neighbours=catalogue.neighbours[innovation.slug],
        photo=catalogue.photos.get(innovation.photo or ""),
        history_is_complete=catalogue.history.complete,
        former=former_names(innovation, catalogue.history),
        beside=beside,
    )


def _way(language: Language, *main: Term) -> Way:
    """From home to an entry, by its main field where that is known."""
    _ = language.gettext
    affairs = ((_("Urusan"), "urusan/"), *((language.name_of(term), f"urusan/{term.slug}/") for term in main))
    return (_("Beranda"), ""), *(affairs if main else ((_("Semua inovasi"), "inovasi/"),))


def _entry(innovation: Innovation, surroundings: Surroundings, way: Way, config: Config, language: Language) -> Page:
    return Page(
        path=path_of(innovation),
        kind="inovasi",
        title=innovation.name,
        description=summary_of(innovation, language),
        crumbs=way,
        data={"innovation": innovation},
        late=partial(_fill, innovation, surroundings, config, language),
        changed=innovation.changed,
        origin=innovation.path,
    )


def summary_of(innovation: Innovation, language: Language) -> str:
    """What an entry says of itself in short, in English where a reader of English finds that."""
    return (language.code == "en" and innovation.summary_en) or innovation.summary


def _fill(innovation: Innovation, surroundings: Surroundings, config: Config, language: Language) -> Filling:
    contact = whom_to_ask(innovation, config)
    kin, photo = surroundings.kin, surroundings.photo
    return Filling(
        data={
            "photo": photo,
            "unknown": [language.gettext(word) for word in _unknown(innovation, contact)],
            "contact": contact,
            "history_is_complete": surroundings.history_is_complete,
            "edit_url": edit_url(innovation, config),
            "report_url": report_url(innovation, config, language),
            "log_url": log_url(innovation.path, config),
            "former": surroundings.former,
            "neighbours": surroundings.neighbours,
            "cloth": motifs.BAND,
            "whole": kin.whole,
            "parts": kin.parts,
            **sharing.of_entry(innovation, surroundings.beside, config, language),
        },
        json_ld=_json_ld(innovation, kin, photo, config, language),
    )


def _unknown(innovation: Innovation, contact: Contact | None) -> list[str]:
    words = [word for name, word in WANTED if not getattr(innovation, name)]
    return words if contact else [*words, N_("kontak")]


def edit_url(innovation: Innovation, config: Config) -> str:
    """Where the entry's file can be edited in a browser, "" without a repository."""
    return _in_repository(_EDIT, innovation.path, config)


def log_url(path: str, config: Config) -> str:
    """Where the repository shows what happened to a file or folder, "" without one."""
    return _in_repository(_LOG, path, config)


def former_names(innovation: Innovation, history: History) -> tuple[tuple[PartialDate, str], ...]:
    """The last parts of the addresses that an entry had before, with the day it left each, latest first."""
    known = history.files.get(innovation.path)
    if known is None or not known.former:
        return ()
    names = [(day, PurePosixPath(path)) for day, path in known.former]
    return tuple(
        (day, path.stem) for day, path in names if _ADDRESS.fullmatch(path.name) and path.stem != innovation.slug
    )


def _in_repository(forms: Mapping[str, str], path: str, config: Config) -> str:
    if not config.repository:
        return ""
    form = forms[config.repository_kind]
    return form.format(repository=config.repository, branch=quote(config.branch), path=quote(path))


def report_url(innovation: Innovation, config: Config, language: Language = INDONESIAN) -> str:
    """Where a mistake can be reported, with the entry's address and date filled in; "" where nobody is named."""
    _ = language.gettext
    title = _("Kekeliruan di entri %(name)s", name=innovation.name)
    state = _("diperbarui %(date)s", date=innovation.changed) if innovation.changed else _(_UNDATED)
    address = f"{config.base_url}/{path_of(innovation)}"
    lines = (_("Entri: %(address)s (%(state)s)", address=address, state=state), _("Yang keliru:"))
    return letter(title, "\n\n".join((*lines, _("Yang benar, dan sumbernya:"))) + "\n", config)


def letter(title: str, body: str, config: Config) -> str:
    """Where something can be written to those who keep the catalogue; "" where nobody is named."""
    if config.repository:
        form, title_key, body_key = _ISSUE[config.repository_kind]
        query = urlencode({title_key: title, body_key: body}, quote_via=quote)
        return f"{form.format(repository=config.repository)}?{query}"
    if config.contact and config.contact.email:
        query = urlencode({"subject": title, "body": body}, quote_via=quote)
        return f"mailto:{quote(config.contact.email, safe='@')}?{query}"
    return ""


def _json_ld(
    innovation: Innovation, kin: Kin, photo: Photo | None, config: Config, language: Language
) -> dict[str, object]:
    address = citation.address_of(innovation, config)
    site = {"@type": "WebSite", "name": citation.catalogue_of(config), "url": f"{config.base_url}/{language.prefix}"}
    manager = innovation.manager
    known = {
        "alternateName": innovation.expansion,
        "keywords": ", ".join(innovation.keywords),
        "about": [language.name_of(term) for term in innovation.affairs],
        "spatialCoverage": [f"Kecamatan {term.name}, {config.region}" for term in innovation.districts],
        "dateModified": str(innovation.changed) if innovation.changed else None,
        "award": [award.name for award in innovation.awards],
        "citation": [_citation(source) for source in innovation.sources],
        "publisher": {"@type": "Organization", "name": config.publisher} if config.publisher else None,
        "hasPart": [_work(part, config) for part in kin.parts],
        "image": _image(innovation, photo, config) if photo else None,
    }
    return {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": address,
        "identifier": address,
        "name": innovation.name,
        "description": summary_of(innovation, language),
        "url": f"{config.base_url}/{language.address(path_of(innovation))}",
        # What is described is the entry, not the words around it.
        "inLanguage": "id",
        "license": config.licence.url,
        "isPartOf": [site, *([_work(kin.whole, config)] if kin.whole else [])],
        "provider": {
            "@type": "Organization",
            "name": manager.name,
            "url": f"{config.base_url}/pengelola/{manager.slug}/",
        },
        **{key: value for key, value in known.items() if value},
    }


def _work(innovation: Innovation, config: Config) -> dict[str, str]:
    address = citation.address_of(innovation, config)
    return {"@type": "CreativeWork", "@id": address, "name": innovation.name, "url": address}


def _image(innovation: Innovation, photo: Photo, config: Config) -> dict[str, object]:
    image = {
        "@type": "ImageObject",
        "url": f"{config.base_url}/gambar/{quote(photo.name)}",
        "width": photo.width,
        "height": photo.height,
        "caption": innovation.photo_alt,
        "creditText": innovation.photo_credit,
    }
    return {key: value for key, value in image.items() if value}


def _citation(source: Source) -> dict[str, str]:
    citation = {
        "@type": "CreativeWork",
        "name": source.title,
        "publisher": source.publisher,
        "url": source.url,
    }
    return {**citation, "datePublished": str(source.date)} if source.date else citation
