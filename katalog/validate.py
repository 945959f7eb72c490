"""Texts -> Innovations, prose, facts, corrections, or problems. One at a time; `assemble` sees them together."""

import itertools
import re
from collections.abc import Callable, Collection, Iterable
from collections.abc import Mapping as MappingOf

from msgspec.structs import replace

from katalog.markdown_text import check_body
from katalog.model import NO_WORDS, Correction, Fact, Innovation, PartialDate, Prose, Vocabulary, corrected_page
from katalog.personal import has_mobile_number
from katalog.problems import Code, Place, Problem, Say, Severity
from katalog.reading import Desk, Example, construct, is_device, read_fields, slugify, toml_example, yaml_example
from katalog.schema import CORRECTIONS, FACT, INNOVATION, PROSE, PUBLIC_SOURCE, RESERVED_SLUGS, VERIFIED
from katalog.text import Mapping, Scalar, Sequence, Text, key_places, node_at, whole_place
from katalog.words import told

_SLUG = re.compile(r"(?=.{3,80}$)[a-z0-9]+(?:-[a-z0-9]+)*")

_DATE_ORDER = (("uji_coba", "trial"), ("penerapan", "launch"), ("pengembangan", "development"))


def read_innovations(
    texts: Iterable[Text],
    vocabulary: Vocabulary,
    photos: Collection[str],
    today: PartialDate,
    example: Example = yaml_example,
) -> tuple[tuple[Innovation, ...], tuple[Problem, ...]]:
    """Every sound innovation, and everything that is wrong with the others."""
    problems: list[Problem] = []
    desk = Desk(vocabulary=vocabulary, today=today, say=problems.append, example=example)
    read = (_read_innovation(text, desk, photos) for text in texts)
    return tuple(innovation for innovation in read if innovation), tuple(problems)


def read_prose(texts: Collection[Text], today: PartialDate) -> tuple[tuple[Prose, ...], tuple[Problem, ...]]:
    """The pages that editors own, in their order."""
    problems: list[Problem] = []
    desk = Desk(vocabulary=NO_WORDS, today=today, say=problems.append)
    pages = []
    for text in texts:
        _check_slug(text, desk.say)
        check_body(text, 0, desk.say)
        values = read_fields(text.head, PROSE, desk, text.unread)
        if {field.name for field in PROSE if field.required} <= values.keys():
            pages.append(construct(Prose, {**values, "slug": text.slug, "path": text.path, "body": text.body}))
    _check_former_pages(pages, {text.path: text for text in texts}, desk.say)
    return tuple(sorted(pages, key=lambda page: (page.order, page.slug))), tuple(problems)


def _check_former_pages(pages: Iterable[Prose], texts: MappingOf[str, Text], say: Say) -> None:
    owners = {text.slug: text.slug for text in texts.values()}
    for page in pages:
        for alias in page.aliases:
            owner = owners.setdefault(alias, page.slug)
            if owner != page.slug or alias == page.slug:
                message = f"Alamat lama `{alias}` sudah dipakai halaman `{owner}`."
                remedy = "Satu alamat hanya boleh menuju satu halaman; hapus dari `alias`."
                say(Problem(place=_place(texts[page.path], "alias"), code=Code.CLASH, message=message, remedy=remedy))


def read_facts(text: Text | None, today: PartialDate) -> tuple[tuple[Fact, ...], tuple[Problem, ...]]:
    """The region's key figures in the order of the file."""
    problems: list[Problem] = []
    desk = Desk(vocabulary=NO_WORDS, today=today, say=problems.append, example=toml_example)
    node = node_at(text.head, "fakta") if text else None
    items = node.items if isinstance(node, Sequence) else ()
    read = (read_fields(item, FACT, desk, frozenset()) for item in items if isinstance(item, Mapping))
    return tuple(construct(Fact, values) for values in read if {"text", "sources"} <= values.keys()), tuple(problems)


def read_corrections(text: Text | None, today: PartialDate) -> tuple[tuple[Correction, ...], tuple[Problem, ...]]:
    """What was put right, newest first; the order of one day is that of the file."""
    if text is None:
        return (), ()
    problems: list[Problem] = []
    desk = Desk(vocabulary=NO_WORDS, today=today, say=problems.append, example=toml_example)
    found = read_fields(text.head, CORRECTIONS, desk, text.unread).get("corrections", ())
    for node in _correction_nodes(text):
        keys = key_places(node).keys() & {"entri", "halaman"}
        if len(keys) != 1:
            named = "menyebut `entri` dan `halaman` sekaligus" if keys else "belum menyebut apa yang diperbaiki"
            message = f"Koreksi ini {named}."
            remedy = "Tulis salah satu: `entri` untuk sebuah entri, `halaman` untuk halaman lain."
            problems.append(Problem(place=node.place, code=Code.NEEDS, message=message, remedy=remedy))
    corrections = found if isinstance(found, tuple) else ()
    return tuple(sorted(corrections, key=lambda correction: correction.date, reverse=True)), tuple(problems)


def find_lost_corrections(text: Text | None, paths: Collection[str]) -> tuple[Problem, ...]:
    """Corrections of entries and pages that are not there; `paths` are the addresses of the site."""
    problems = []
    for node in _correction_nodes(text) if text else ():
        entry, page = node_at(node, "entri"), node_at(node, "halaman")
        if isinstance(entry, Scalar) and corrected_page(entry.value.strip(), None) not in paths:
            message = f"Koreksi menyebut entri `{entry.value.strip()}`, yang tidak ada."
            remedy = "Tulis nama berkas entri itu tanpa `.md`; nama lama yang tercatat di `alias` juga boleh."
            problems.append(Problem(place=entry.place, code=Code.LINK, message=message, remedy=remedy))
        if isinstance(page, Scalar) and corrected_page(None, page.value.strip()) not in paths:
            message = f"Koreksi menyebut halaman `{page.value.strip()}`, yang tidak ada."
            remedy = "Tulis alamatnya tanpa garis miring di awal dan akhir, misalnya `tentang` atau `urusan/kesehatan`."
            problems.append(Problem(place=page.place, code=Code.LINK, message=message, remedy=remedy))
    return tuple(problems)


def _correction_nodes(text: Text) -> tuple[Mapping, ...]:
    node = node_at(text.head, "koreksi")
    return tuple(item for item in node.items if isinstance(item, Mapping)) if isinstance(node, Sequence) else ()


def _read_innovation(text: Text, desk: Desk, photos: Collection[str]) -> Innovation | None:
    problems: list[Problem] = []
    local = replace(desk, say=problems.append)
    _check_slug(text, local.say)
    values = read_fields(text.head, INNOVATION, local, text.unread)
    check_body(text, _count_sources(text), local.say)
    _check_contact(text, local.say)
    required = {field.name for field in INNOVATION if field.required}
    innovation = None
    if required <= values.keys():
        innovation = construct(Innovation, {**values, "slug": text.slug, "path": text.path, "body": text.body})
        for check in _CHECKS:
            check(innovation, text, local.say)
        _check_photo(innovation, text, photos, local.say)
    for problem in problems:
        desk.say(problem)
    return innovation


def _count_sources(text: Text) -> int:
    node = node_at(text.head, "sumber")
    return len(node.items) if isinstance(node, Sequence) else 0


def _check_slug(text: Text, say: Say) -> None:
    slug = text.slug
    if _SLUG.fullmatch(slug) and not is_device(slug) and slug not in RESERVED_SLUGS:
        return
    guess = slugify(slug)
    hint = f" Maksud Anda `{guess}.md`?" if _SLUG.fullmatch(guess) and guess != slug else ""
    say(
        Problem(
            place=whole_place(text),
            code=Code.FILE_NAME,
            message=f"Nama berkas `{slug}.md` tidak bisa menjadi alamat halaman.{hint}",
            remedy="Pakai 3 sampai 80 huruf kecil, angka, dan tanda hubung, misalnya `layanan-contoh.md`.",
        )
    )


def _place(text: Text, key: str) -> Place:
    return key_places(text.head).get(key, text.head.place)


def _check_status(innovation: Innovation, text: Text, say: Say) -> None:
    status = innovation.status
    place = _place(text, "status")
    if status.slug == PUBLIC_SOURCE and "sumber" not in key_places(text.head) and "sumber" not in text.unread:
        message = f"Status `{status.name}` perlu kolom `sumber`."
        remedy = "Tambahkan paling sedikit satu sumber dengan `judul`, `penerbit`, dan `url`; atau ganti statusnya."
        say(Problem(place=place, code=Code.NEEDS, message=message, remedy=remedy))
    if status.slug == VERIFIED and not innovation.verification and "verifikasi" not in key_places(text.head):
        message = f"Status `{status.name}` perlu kolom `verifikasi`."
        remedy = "Status ini diberikan pemelihara katalog. Bila Anda pengelola, tulis `status: diajukan pengelola`."
        say(Problem(place=place, code=Code.NEEDS, message=message, remedy=remedy))
    if innovation.verification and status.slug != VERIFIED:
        message = f"Kolom `verifikasi` ada, tetapi statusnya `{status.name}`."
        remedy = "Hapus kolom `verifikasi`, atau ubah statusnya menjadi `terverifikasi`."
        say(Problem(place=_place(text, "verifikasi"), code=Code.NEEDS, message=message, remedy=remedy))


def _check_inferred(innovation: Innovation, text: Text, say: Say) -> None:
    present = key_places(text.head)
    for key in innovation.inferred:
        if key not in present and key not in text.unread:
            message = f"`{key}` disebut disimpulkan, tetapi kolomnya tidak ada."
            remedy = f"Isi kolom `{key}`, atau hapus dari `disimpulkan`."
            say(Problem(place=_place(text, "disimpulkan"), code=Code.INFERRED, message=message, remedy=remedy))


def _check_date_order(innovation: Innovation, text: Text, say: Say) -> None:
    dates = {"trial": innovation.trial, "launch": innovation.launch, "development": innovation.development}
    known = [(key, date) for key, name in _DATE_ORDER if (date := dates[name])]
    for (earlier_key, earlier), (later_key, later) in itertools.pairwise(known):
        if _certainly_before(later, earlier):
            message, remedy = told(
                "date_order", later_key=later_key, later=later, earlier_key=earlier_key, earlier=earlier
            )
            say(Problem(place=_place(text, later_key), code=Code.DATE_ORDER, message=message, remedy=remedy))


def _certainly_before(one: PartialDate, other: PartialDate) -> bool:
    """Whether `one` lies before `other` in the precision that both have."""
    left = (one.year, one.month, one.day)
    right = (other.year, other.month, other.day)
    shared = [pair for pair in zip(left, right, strict=True) if all(pair)]
    return [a for a, _ in shared] < [b for _, b in shared]


def _check_documented(innovation: Innovation, text: Text, say: Say) -> None:
    years = [source.date.year for source in innovation.sources if source.date]
    place = _place(text, "terdokumentasi")
    oldest = min(years, default=None)
    if innovation.documented is None:
        if oldest and "terdokumentasi" not in key_places(text.head) and "terdokumentasi" not in text.unread:
            message = "Kolom `terdokumentasi` belum ada, padahal ada sumber bertanggal."
            remedy = f"Tambahkan `terdokumentasi: {oldest}`."
            say(Problem(place=place, code=Code.DOCUMENTED, message=message, remedy=remedy))
    elif oldest and innovation.documented > oldest:
        message = f"`terdokumentasi` {innovation.documented}, padahal sumber tertua bertahun {oldest}."
        say(Problem(place=place, code=Code.DOCUMENTED, message=message, remedy=f"Tulis `terdokumentasi: {oldest}`."))
    elif innovation.documented != oldest and innovation.sources and "terdokumentasi" not in innovation.inferred:
        message = f"Tidak ada sumber bertahun {innovation.documented} untuk `terdokumentasi`."
        remedy = "Perbaiki tahunnya, beri tanggal pada sumber, atau tambahkan `terdokumentasi` ke `disimpulkan`."
        say(Problem(place=place, code=Code.DOCUMENTED, message=message, remedy=remedy))


def _check_sources(innovation: Innovation, text: Text, say: Say) -> None:
    seen: set[str] = set()
    node = node_at(text.head, "sumber")
    places = [item.place for item in node.items] if isinstance(node, Sequence) else []
    for number, source in enumerate(innovation.sources):
        if source.url in seen:
            place = places[number] if number < len(places) else _place(text, "sumber")
            message = f"Sumber dengan alamat {source.url} tercatat dua kali."
            say(Problem(place=place, code=Code.REPEATED, message=message, remedy="Hapus salah satunya."))
        seen.add(source.url)


def _check_aliases(innovation: Innovation, text: Text, say: Say) -> None:
    for slug in innovation.aliases:
        if slug == innovation.slug or slug in RESERVED_SLUGS:
            message = f"Nama lama `{slug}` tidak boleh dipakai."
            remedy = "Hapus dari `alias`; nama berkas yang sekarang tidak perlu dicatat."
            say(Problem(place=_place(text, "alias"), code=Code.CLASH, message=message, remedy=remedy))


def _check_photo(innovation: Innovation, text: Text, photos: Collection[str], say: Say) -> None:
    if innovation.photo and innovation.photo not in photos:
        message = f"Gambar `{innovation.photo}` tidak ada di content/images/."
        remedy = "Unggah gambarnya ke folder itu dengan nama yang sama."
        say(Problem(place=_place(text, "foto"), code=Code.IMAGE, message=message, remedy=remedy))
    if innovation.photo and not innovation.photo_alt and "foto_alt" not in key_places(text.head):
        message = "Kolom `foto` perlu `foto_alt`."
        remedy = "Tambahkan `foto_alt:` dengan satu kalimat tentang apa yang tampak, untuk orang yang tidak melihatnya."
        say(Problem(place=_place(text, "foto"), code=Code.NEEDS, message=message, remedy=remedy))


def _check_contact(text: Text, say: Say) -> None:
    """A mobile number may be an office's, but a person must say so: the word `kantor` beside it."""
    contact = node_at(text.head, "kontak")
    phone = node_at(contact, "telepon") if isinstance(contact, Mapping) else None
    if isinstance(phone, Scalar) and has_mobile_number(phone.value) and "kantor" not in phone.value.casefold():
        message, remedy = told("mobile")
        place = key_places(contact)["telepon"] if isinstance(contact, Mapping) else phone.place
        warning = Severity.WARNING
        say(Problem(place=place, code=Code.MOBILE, message=message, remedy=remedy, severity=warning))


_CHECKS: tuple[Callable[[Innovation, Text, Say], None], ...] = (
    _check_status,
    _check_inferred,
    _check_date_order,
    _check_documented,
    _check_sources,
    _check_aliases,
)
