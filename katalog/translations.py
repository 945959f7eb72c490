"""locale/<code>/LC_MESSAGES/katalog.po -> Languages. The only room that knows Babel.

Messages stand in templates as they are, so a translation may hold no other markup and no other values than its message.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from katalog.intake import leads_outside, place_of, read_file
from katalog.keys import hash_all, libraries
from katalog.language import Language
from katalog.model import Config, Remember
from katalog.problems import Code, Place, Problem, Say, Severity
from katalog.text import Mapping, Text, key_places

# A catalogue that is read costs every build of a site in several languages.
if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

FOLDER, FILE = "locale", "LC_MESSAGES/katalog.po"
MAX_FILE = 1_000_000
# What means something to a page or to the code that fills a message in.
_TAG, _VALUE, _BARE = re.compile(r"<[^<>]*>"), re.compile(r"%\((\w+)\)s|\{(\w)\}|%(.?)"), re.compile(r'[<>"]')


def read_languages(
    config: Config, text: Text, root: Path, remember: Remember, *, release: bool = False
) -> tuple[tuple[Language, ...], tuple[Problem, ...]]:
    """The languages of the configuration besides Indonesian; before a release also what is not translated."""
    problems: list[Problem] = []
    languages = []
    for code, words in config.languages:
        data = _read(root / FOLDER / code / FILE, root, code, text, problems.append)
        if data is not None:
            path = place_of(root / FOLDER / code / FILE, root).path
            compiled = _messages(code, path, data, remember, problems.append)
            languages.append(Language(code=code, name=words.name, messages=compiled))
            if release and compiled and (catalog := _parse(data, path, code, problems.append)):
                problems += _untranslated(catalog, path)
    return tuple(languages), tuple(problems)


def _read(file: Path, root: Path, code: str, text: Text, say: Say) -> bytes | None:
    path = place_of(file, root).path
    if not file.is_file():
        say(
            Problem(
                place=_asked_for(code, text),
                code=Code.TRANSLATION,
                message=f"Terjemahan bahasa `{code}` tidak ada: {path}.",
                remedy=f"Buat dengan `make terjemahan BAHASA={code}`, atau hapus bagian [bahasa.{code}].",
            )
        )
        return None
    return None if leads_outside(file.parent, root, say) else read_file(file, root, MAX_FILE, say)


def _asked_for(code: str, text: Text) -> Place:
    """Where the configuration names a language."""
    tables = [node for key, node in text.head.items if key.value == "bahasa" and isinstance(node, Mapping)]
    return next((key_places(table)[code] for table in tables if code in key_places(table)), Place(path=text.path))


def _messages(code: str, path: str, data: bytes, remember: Remember, say: Say) -> bytes:
    """The compiled catalogue; nothing where a fault was told, so that it is told again."""

    def compile_() -> bytes:
        catalog = _parse(data, path, code, say)
        if catalog is None:
            return b""
        faults = list(_faults(catalog, path))
        for fault in faults:
            say(fault)
        return b"" if faults else _compiled(catalog)

    return remember(f"terjemahan {code} {hash_all({'pustaka': libraries()}).hex()}", data, compile_)


def _parse(data: bytes, path: str, code: str, say: Say) -> "Catalog | None":
    from babel.messages.pofile import PoFileError, read_po

    line, wrong = 0, ""
    try:
        catalog = read_po(BytesIO(data), locale=code, charset="utf-8", abort_invalid=True)
        GNUTranslations(BytesIO(_compiled(catalog)))
    except PoFileError as error:
        line, wrong = (error.lineno or 0) + 1, "Baris ini tidak berbentuk berkas PO."
    except UnicodeDecodeError as error:
        line, wrong = data.count(b"\n", 0, error.start) + 1, "Ada huruf yang tidak tersimpan sebagai UTF-8."
    except Exception:  # noqa: BLE001 (of a header: whatever Babel's readers of numbers, dates and locales raise)
        wrong = "Kepala berkas PO ini tidak terbaca, atau kode bahasanya tidak dikenal."
    else:
        return catalog
    remedy = "Buka berkas ini dengan Poedit atau penyunting teks, lalu perbaiki baris itu."
    say(Problem(place=Place(path=path, line=line), code=Code.TRANSLATION, message=wrong, remedy=remedy))
    return None


def _compiled(catalog: "Catalog") -> bytes:
    from babel.messages.mofile import write_mo

    # Times of the header are no part of what is said, and where it has none Babel takes today's.
    catalog.creation_date = catalog.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def _faults(catalog: "Catalog", path: str) -> Iterator[Problem]:
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        ids = _texts(message.id)
        for text in filter(None, _texts(message.string)):
            if _marks(text) in map(_marks, ids):
                continue
            yield Problem(
                place=Place(path=path, line=message.lineno or 0),
                code=Code.TRANSLATION,
                message=f"Terjemahan `{text}` memuat tanda atau `%(...)s` yang tidak sama dengan aslinya.",
                remedy=f"Pakai tanda yang sama dengan `{ids[0]}`; urutannya boleh lain.",
            )


def _marks(text: str) -> Counter[str]:
    """What a translation must have in common with its message."""
    values = [
        name or (f"{{{of_script}}}" if of_script else f"%{other}") for name, of_script, other in _VALUE.findall(text)
    ]
    return Counter([*values, *_TAG.findall(text), *_BARE.findall(_TAG.sub("", text))])


def _untranslated(catalog: "Catalog", path: str) -> Iterator[Problem]:
    for message in catalog:
        if message.id and (message.fuzzy or not all(_texts(message.string))):
            state = "masih ditandai fuzzy" if message.fuzzy else "belum diterjemahkan"
            yield Problem(
                place=Place(path=path, line=message.lineno or 0),
                code=Code.TRANSLATION,
                message=f"`{_texts(message.id)[0]}` {state}.",
                remedy="Isi `msgstr`-nya. Selama kosong, kata Indonesianya yang tampil.",
                severity=Severity.NOTE,
            )


def _texts(value: str | Sequence[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())
