"""Which files entries have besides their pages, as the configuration and the size of the catalogue have it."""

from katalog.model import Catalogue, Config

# Many hosts take 20,000 files at most, and each entry would bring nine more.
MOST_ENTRIES = 2000


def with_cards(catalogue: Catalogue, config: Config) -> bool:
    """Whether entries, terms and pages have a card for sharing."""
    return _decide(config.extras.cards if config.extras else "", catalogue)


def with_embeds(catalogue: Catalogue, config: Config) -> bool:
    """Whether entries have a small page for frames of other sites."""
    return _decide(config.extras.embeds if config.extras else "", catalogue)


def with_citations(catalogue: Catalogue, config: Config) -> bool:
    """Whether entries have files for reference managers."""
    return _decide(config.extras.citations if config.extras else "", catalogue)


def with_own_cloths(catalogue: Catalogue, config: Config) -> bool:
    """Whether entries wear a pattern of their own; else they wear that of their field."""
    return _decide((config.extras.cloths if config.extras else None) or "", catalogue)


def with_translated_entries(catalogue: Catalogue, config: Config) -> bool:
    """Whether entries have a page in the other languages of the site."""
    return _decide((config.extras.translations if config.extras else None) or "", catalogue)


def _decide(choice: str, catalogue: Catalogue) -> bool:
    return choice == "ya" or (choice != "tidak" and len(catalogue.innovations) <= MOST_ENTRIES)
