"""content/images/ -> Photos: opened, checked by their content, and encoded anew.

Encoding anew drops whatever else a camera wrote into the file, GPS positions included.
"""

import io
import warnings
from pathlib import Path

from katalog.model import Photo
from katalog.problems import Code, Place, Problem, Say

MAX_BYTES = 8_000_000
MAX_PIXELS = 40_000_000
MAX_SIDE = 1600

_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
_REMEDY = "Simpan ulang sebagai JPEG, PNG, atau WebP dengan program gambar, lalu unggah lagi."


def read_photos(folder: Path, root: Path) -> tuple[dict[str, Photo], tuple[Problem, ...]]:
    """Every sound image of the folder by its name."""
    problems: list[Problem] = []
    photos: dict[str, Photo] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not path.name.startswith("."):
            photo = _read_photo(path, Place(path=path.relative_to(root).as_posix()), problems.append)
            if photo:
                photos[photo.name] = photo
    return photos, tuple(problems)


def _read_photo(path: Path, place: Place, say: Say) -> Photo | None:
    wrong = _outer_fault(path)
    if wrong:
        say(Problem(place=place, code=Code.IMAGE, message=wrong, remedy=_outer_remedy(path)))
        return None
    # Pillow is slow to import and only catalogues with photos need it.
    from PIL import Image, ImageOps

    kind = _FORMATS[path.suffix]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=(kind,)) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    message = f"Gambar terlalu besar: {opened.width} x {opened.height} piksel."
                    say(Problem(place=place, code=Code.IMAGE, message=message, remedy="Perkecil gambarnya."))
                    return None
                picture = ImageOps.exif_transpose(opened).convert("RGBA" if kind == "PNG" else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        message = f"Isi berkas ini bukan gambar {kind} yang sah."
        say(Problem(place=place, code=Code.IMAGE, message=message, remedy=_REMEDY))
        return None
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return Photo(name=path.name, width=picture.width, height=picture.height, content=buffer.getvalue())


def _outer_remedy(path: Path) -> str:
    if path.suffix not in _FORMATS and path.suffix.lower() in _FORMATS:
        name = path.stem + path.suffix.lower()
        return f"Ganti nama berkas menjadi `{name}`, dengan akhiran huruf kecil; begitu juga di kolom `foto`."
    return _REMEDY


def _outer_fault(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        return f"`{path.name}` bukan berkas biasa."
    if path.suffix not in _FORMATS:
        return f"`{path.name}` bukan gambar yang diterima."
    if path.stat().st_size > MAX_BYTES:
        return f"`{path.name}` lebih besar dari {MAX_BYTES // 1_000_000} MB."
    return ""
