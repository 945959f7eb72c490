"""Images from strangers: checked by content, and encoded anew."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from katalog import images
from katalog.images import MAX_SCANS, MAX_SIDE, read_photos
from katalog.problems import Code
from tests.conftest import build_project

GPS = 0x8825


def _save(folder: Path, name: str, size: tuple[int, int] = (8, 6), kind: str = "JPEG", *, gps: bool = False) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    if gps:
        exif.get_ifd(GPS)[1] = "S"
        exif[0x9286] = "di rumah"
    Image.new("RGB", size, "red").save(folder / name, kind, exif=exif)


def test_positions_and_comments_are_gone(tmp_path: Path) -> None:
    """What a camera writes beside the picture is nobody's business."""
    _save(tmp_path / "i", "foto.jpg", gps=True)
    assert b"di rumah" in (tmp_path / "i" / "foto.jpg").read_bytes()

    photos, problems = read_photos(tmp_path / "i", tmp_path)

    assert problems == ()
    photo = photos["foto.jpg"]
    assert (photo.width, photo.height) == (8, 6)
    assert b"di rumah" not in photo.content
    assert not Image.open(io.BytesIO(photo.content)).getexif()


def test_photos_stand_upright(tmp_path: Path) -> None:
    """Phones write down how they were held instead of turning the picture."""
    (tmp_path / "i").mkdir()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (8, 6), "red").save(tmp_path / "i" / "foto.jpg", exif=exif)

    photos, _ = read_photos(tmp_path / "i", tmp_path)

    assert (photos["foto.jpg"].width, photos["foto.jpg"].height) == (6, 8)


def test_large_images_are_made_smaller(tmp_path: Path) -> None:
    """Cheap phones on slow networks load them."""
    _save(tmp_path / "i", "foto.png", (MAX_SIDE * 2, 100), "PNG")

    photos, _ = read_photos(tmp_path / "i", tmp_path)

    assert (photos["foto.png"].width, photos["foto.png"].height) == (MAX_SIDE, 50)


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    """A PNG called .jpg is refused, as is anything else."""
    _save(tmp_path / "i", "foto.jpg", kind="PNG")

    photos, problems = read_photos(tmp_path / "i", tmp_path)

    assert photos == {}
    assert len(problems) == 1


def test_too_many_pixels_are_refused_before_they_are_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file can hold a very large picture."""
    monkeypatch.setattr(images, "MAX_PIXELS", 40)
    _save(tmp_path / "i", "foto.jpg")

    photos, problems = read_photos(tmp_path / "i", tmp_path)

    assert photos == {}
    assert "8 x 6 piksel" in problems[0].message


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_is_published(tmp_path: Path, kind: str) -> None:
    """Comments, profiles and descriptions may name people and places."""
    (tmp_path / "i").mkdir()
    exif = Image.Exif()
    exif[0x010E] = "di rumah"
    notes = PngInfo()
    notes.add_text("Comment", "di rumah")
    options = {"exif": exif, "icc_profile": b"di rumah", "xmp": b"di rumah", "comment": b"di rumah", "pnginfo": notes}
    name = f"foto.{kind.lower()}"
    Image.new("RGB", (8, 6), "red").save(tmp_path / "i" / name, kind, **options)

    photos, problems = read_photos(tmp_path / "i", tmp_path)

    assert problems == ()
    assert b"di rumah" in (tmp_path / "i" / name).read_bytes()
    assert b"di rumah" not in photos[name].content
    info = Image.open(io.BytesIO(photos[name].content)).info
    assert not {"exif", "icc_profile", "xmp", "comment", "Comment"} & set(info)


def test_a_picture_of_thousands_of_scans_is_refused(tmp_path: Path) -> None:
    """Each costs a pass over every pixel."""
    _save(tmp_path / "i", "foto.jpg")
    path = tmp_path / "i" / "foto.jpg"
    path.write_bytes(path.read_bytes() + b"\xff\xda" * MAX_SCANS)

    photos, problems = read_photos(tmp_path / "i", tmp_path)

    assert photos == {}
    assert "lapis" in problems[0].message


def test_a_bomb_that_pillow_itself_knows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its own limit, far above ours."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    _save(tmp_path / "i", "foto.jpg")

    photos, problems = read_photos(tmp_path / "i", tmp_path)

    assert photos == {}
    assert problems[0].message == "Gambar terlalu besar."


@pytest.mark.parametrize(
    "name", ["Foto.jpg", "foto saya.jpg", "foto.JPG", "con.jpg", "lpt1.x.png", "a" * 90 + ".jpg", "foto.gif", "-a.jpg"]
)
def test_names_suit_every_system(tmp_path: Path, name: str) -> None:
    """They become addresses, and no entry could name these."""
    _save(tmp_path / "i", name, kind="JPEG")

    photos, problems = read_photos(tmp_path / "i", tmp_path)

    assert photos == {}
    assert [problem.code for problem in problems] == [Code.IMAGE]


@pytest.mark.parametrize("mode", ["P", "1", "L", "LA", "I;16"])
def test_every_mode_of_colours_is_read(tmp_path: Path, mode: str) -> None:
    """Screenshots and scans come in all of them."""
    (tmp_path / "i").mkdir()
    Image.new(mode, (MAX_SIDE * 2, 20)).save(tmp_path / "i" / "foto.png")

    photos, problems = read_photos(tmp_path / "i", tmp_path)

    assert problems == ()
    assert (photos["foto.png"].width, photos["foto.png"].height) == (MAX_SIDE, 10)


def test_links_are_not_followed(tmp_path: Path) -> None:
    """They could lead out of the folder."""
    _save(tmp_path, "luar.jpg")
    (tmp_path / "i").mkdir()
    (tmp_path / "i" / "foto.jpg").symlink_to(tmp_path / "luar.jpg")

    assert read_photos(tmp_path / "i", tmp_path)[0] == {}


def test_a_photo_appears_with_its_size_and_words(project: Path) -> None:
    """Size keeps the page from jumping, words are for those who do not see it."""
    _save(project / "content" / "images", "sumur.jpg")
    entry = project / "content" / "innovations" / "sumur-desa.md"
    photo = "foto: sumur.jpg\nfoto_alt: Warga berdiri di tepi sumur.\nfoto_kredit: Desa Contoh\nstatus:"
    entry.write_text(entry.read_text(encoding="utf-8").replace("status:", photo), encoding="utf-8")

    built = build_project(project)

    assert built.outcome.problems == ()
    html = built.text("inovasi/sumur-desa/index.html")
    assert '<img src="/contoh/gambar/sumur.jpg" width="8" height="6" alt="Warga berdiri di tepi sumur.">' in html
    assert "Foto: Desa Contoh" in html
    assert "gambar/sumur.jpg" in built.files
