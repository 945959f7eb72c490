"""Card -> PNG for sharing: a band of the page's own cloth over its name. The only room besides `images` with Pillow.

One picture of 1200 x 630 serves every messenger and network. Some show the square in its middle alone, so the
catalogue stands in a margin at the left, and a name that need not be long stays within that square.
"""

from hashlib import blake2b
from pathlib import Path

from katalog import families, motif
from katalog.keys import libraries
from katalog.model import Card, Draw, Remember


def make_draw(remember: Remember) -> Draw:
    """What draws cards. Nothing is opened before a card is asked for that nobody remembers."""
    painters: list[Draw] = []
    recipe = _recipe()

    def draw(card: Card) -> bytes:
        if not painters:
            # Pillow is slow to import, and so are letters to open.
            from katalog.cards.picture import make_painter

            painters.append(make_painter())
        return painters[0](card)

    return lambda card: remember(recipe, repr(card).encode(), lambda: draw(card))


def _recipe() -> str:
    """Everything besides the card that its bytes depend on."""
    here = Path(__file__).resolve().parent
    files = (*sorted(here.glob("[!.]*.*")), Path(motif.__file__), Path(families.__file__))
    mark = blake2b(libraries())
    for file in files:
        mark.update(file.read_bytes())
    return f"card {mark.hexdigest()}"
