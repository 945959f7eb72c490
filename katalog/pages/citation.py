"""An entry -> how others cite it: a sentence, BibTeX, RIS. Pure, and safe for whatever names hold."""

import re

from katalog.language import INDONESIAN, N_, Language
from katalog.model import Config, Innovation

# Braces count in BibTeX even behind a backslash, so they are spelt out.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "$&%#_"},
    }
)
# What ends a line for any reader, and what nobody sees.
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# "tanpa tahun", as reference lists have it.
UNDATED = N_("t.t")


def sentence(innovation: Innovation, config: Config, language: Language = INDONESIAN) -> str:
    """Author, year, name, catalogue, address, as Indonesian reference lists have them."""
    author, catalogue = author_of(config), catalogue_of(config)
    # Where the catalogue is its own author, saying it twice helps nobody.
    container = () if author == catalogue else (f"{catalogue}.",)
    parts = (
        f"{author.rstrip('.')}.",
        f"{year_of(innovation) or language.gettext(UNDATED)}.",
        f"“{innovation.name}”.",
        *container,
    )
    return _line(" ".join((*parts, address_of(innovation, config))))


def bibtex(innovation: Innovation, config: Config) -> bytes:
    """One record that BibTeX and BibLaTeX read; double braces keep names and capitals as they are."""
    fields = {
        "author": f"{{{_tex(author_of(config))}}}",
        "title": f"{{{_tex(title_of(innovation))}}}",
        "year": year_of(innovation),
        "howpublished": _tex(catalogue_of(config)),
        "publisher": _tex(config.publisher),
        "url": address_of(innovation, config),
        "language": "indonesian",
    }
    lines = (f"  {key} = {{{value}}},\n" for key, value in fields.items() if value)
    return "".join((f"@misc{{{innovation.slug},\n", *lines, "}\n")).encode()


def ris(innovation: Innovation, config: Config) -> bytes:
    """One record for reference managers; a value is one line, whatever it held."""
    changed = innovation.changed
    fields = (
        ("TY", "ELEC"),
        ("AU", author_of(config)),
        ("PY", year_of(innovation)),
        ("DA", f"{changed.year:04d}/{changed.month:02d}/{changed.day:02d}/" if changed and changed.day else ""),
        ("TI", title_of(innovation)),
        ("T2", catalogue_of(config)),
        ("PB", config.publisher),
        ("UR", address_of(innovation, config)),
        ("LA", "id"),
    )
    lines = [f"{tag}  - {_line(value)}\r\n" for tag, value in fields if value]
    return "".join((*lines, "ER  - \r\n")).encode()


def author_of(config: Config) -> str:
    """Who answers for the catalogue; itself while nobody is named."""
    return config.publisher or catalogue_of(config)


def catalogue_of(config: Config) -> str:
    """The catalogue's full name."""
    return f"{config.title} {config.region}"


def address_of(innovation: Innovation, config: Config) -> str:
    """The full address of an entry's page."""
    return f"{config.base_url}/inovasi/{innovation.slug}/"


def title_of(innovation: Innovation) -> str:
    """Name and what it stands for."""
    return f"{innovation.name}: {innovation.expansion}" if innovation.expansion else innovation.name


def year_of(innovation: Innovation) -> str:
    """Of the last change, else of the oldest source; "" where neither is known."""
    return str(innovation.changed.year if innovation.changed else innovation.documented or "")


def _line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()


def _tex(text: str) -> str:
    return _line(text).translate(_TEX)
