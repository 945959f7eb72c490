"""content/images/ -> Photos: opened, checked by their content, and encoded anew.

Encoding anew from pixels alone drops whatever else a camera wrote into the file, GPS positions included.
"""

import io
import struct
import warnings
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from katalog.intake import list_files, place_of, read_file
from katalog.model import Photo
from katalog.problems import Code, Problem, Say
from katalog.reading import IMAGE_NAME, is_device

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 8_000_000
MAX_PIXELS = 30_000_000
MAX_SIDE = 1600
# Scans of a progressive JPEG; encoders write about ten, and each costs a pass over every pixel.
MAX_SCANS = 100

_SHRINK = "Perkecil gambarnya, lalu simpan ulang."
_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
_SAVE = "Simpan ulang sebagai JPEG, PNG, atau WebP dengan program gambar, lalu unggah lagi."
# What Pillow raises over broken files.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    struct.error,
    zlib.error,
)


class _UnusableError(Exception):
    """A picture that is not taken, and how to make it one that is."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def read_photos(folder: Path, root: Path) -> tuple[dict[str, Photo], tuple[Problem, ...]]:
    """Every sound image of the folder by its name."""
    problems: list[Problem] = []
    photos: dict[str, Photo] = {}
    for path in list_files(folder, root, problems.append):
        photo = _read_photo(path, root, problems.append)
        if photo:
            photos[photo.name] = photo
    return photos, tuple(problems)


def _read_photo(path: Path, root: Path, say: Say) -> Photo | None:
    data = read_file(path, root, MAX_BYTES, say)
    if data is None:
        return None
    try:
        return _encode(path.name, data)
    except _UnusableError as error:
        say(Problem(place=place_of(path, root), code=Code.IMAGE, message=str(error), remedy=error.remedy))
        return None


def _encode(name: str, data: bytes) -> Photo:
    if not IMAGE_NAME.fullmatch(name) or is_device(name):
        remedy = f"Nama berkas memakai huruf kecil, angka, dan tanda hubung. {_SAVE}"
        if IMAGE_NAME.fullmatch(lower := Path(name).stem + Path(name).suffix.lower()):
            remedy = f"Ganti nama berkas menjadi `{lower}`, dengan akhiran huruf kecil; begitu juga di kolom `foto`."
        raise _UnusableError(f"`{name}` bukan gambar yang diterima.", remedy)
    kind = _FORMATS[Path(name).suffix]
    try:
        picture = _open(data, kind)
    except _BROKEN as error:
        raise _UnusableError(f"Isi berkas ini bukan gambar {kind} yang sah.", _SAVE) from error
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return Photo(name=name, width=picture.width, height=picture.height, content=buffer.getvalue())


def _open(data: bytes, kind: str) -> "Image":
    """The picture, upright and no larger than needed, without anything that came along with it."""
    # Pillow is slow to import and only catalogues with photos need it.
    from PIL import Image, ImageOps

    if kind == "JPEG" and data.count(b"\xff\xda") > MAX_SCANS:
        raise _UnusableError(f"Gambar tersusun dari lebih dari {MAX_SCANS} lapis.", _SAVE)
    with warnings.catch_warnings():
        # What Pillow warns of is refused here, or mended by encoding anew.
        warnings.simplefilter("ignore")
        try:
            opened = Image.open(io.BytesIO(data), formats=(kind,))
        except Image.DecompressionBombError as error:
            raise _UnusableError("Gambar terlalu besar.", _SHRINK) from error
        if opened.width * opened.height > MAX_PIXELS:
            raise _UnusableError(f"Gambar terlalu besar: {opened.width} x {opened.height} piksel.", _SHRINK)
        # A JPEG can be read at a fraction of its size.
        opened.draft("RGB", (2 * MAX_SIDE, 2 * MAX_SIDE))
        picture = ImageOps.exif_transpose(opened).convert("RGBA" if kind == "PNG" else "RGB")
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    # Comments, colour profiles and positions would be written out again.
    picture.info.clear()
    return picture
