"""site_config.toml's text -> Config."""

from urllib.parse import urlsplit

from msgspec.structs import replace

from katalog.model import NO_WORDS, Config, PartialDate
from katalog.problems import Code, Place, Problem
from katalog.reading import Desk, construct, read_fields, toml_example
from katalog.schema import CONFIG
from katalog.text import Mapping, Scalar, Text, key_places

# Top-level domains that can never be a real site (RFC 2606).
_PLACEHOLDERS = (".example", ".invalid", ".test", ".localhost")


def read_config(text: Text | None, today: PartialDate) -> tuple[Config | None, tuple[Problem, ...]]:
    """The configuration, or None where it has a fault."""
    if text is None:
        return None, ()
    problems: list[Problem] = []
    desk = Desk(vocabulary=NO_WORDS, today=today, say=problems.append, example=toml_example)
    values = read_fields(text.head, CONFIG, desk, frozenset())
    if problems:
        return None, tuple(problems)
    config = construct(Config, values)
    return replace(config, base_url=config.base_url.rstrip("/")), ()


def override_base_url(config: Config | None, base_url: str) -> tuple[Config | None, tuple[Problem, ...]]:
    """The configuration with another address, where one is given."""
    if config is None or not base_url:
        return config, ()
    problems: list[Problem] = []
    place = Place(path="--base-url")
    node = Mapping(items=((Scalar(value="base_url", place=place), Scalar(value=base_url, place=place)),), place=place)
    desk = Desk(vocabulary=NO_WORDS, today=config.start, say=problems.append, example=toml_example)
    fields = tuple(field for field in CONFIG if field.key == "base_url")
    values = read_fields(node, fields, desk, frozenset())
    address = str(values.get("base_url", config.base_url)).rstrip("/")
    return replace(config, base_url=address), tuple(problems)


def check_release(config: Config, text: Text) -> tuple[Problem, ...]:
    """What must still be filled in before the catalogue goes live."""
    host = urlsplit(config.base_url).hostname or ""
    undecided = {
        "base_url": host.endswith(_PLACEHOLDERS),
        "repositori": not config.repository,
        "kontak": config.contact is None,
        "penerbit": not config.publisher,
    }
    hints = {field.key: field for field in CONFIG}
    places = key_places(text.head)
    return tuple(
        Problem(
            place=places.get(key, Place(path=text.path)),
            code=Code.RELEASE,
            message=f"`{key}` belum ditetapkan.",
            remedy=f"{hints[key].hint} Contoh: `{toml_example(hints[key])}`.",
        )
        for key, open_ in undecided.items()
        if open_
    )
