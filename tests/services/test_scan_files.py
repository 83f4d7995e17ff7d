"""What comes from a scanner is made safe, or refused with the reason."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from clerk.contract.scan import SCAN_MOST_BYTES, MediaType
from clerk.errors import InputError
from services import scan_files
from services.scan_files import KEPT_DOTS, SafeScan, make_safe
from tests.support import scans
from tests.support.scans import WORD, encoded, picture, put


def safe(
    folder: Path, data: bytes, name: str = "scan.jpg", most: int = SCAN_MOST_BYTES
) -> SafeScan:
    return make_safe(put(folder, name, data), most)


def opened(made: SafeScan) -> Image.Image:
    image = Image.open(io.BytesIO(made.data))
    image.load()
    return image


def test_a_picture_is_drawn_anew_without_what_stood_beside_it(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = WORD.decode()
    exif[0x0112] = 6  # lying on its side
    data = encoded(picture(64, 48), exif=exif, comment=WORD) + WORD
    assert data.count(WORD) == 3
    made = safe(tmp_path, data)
    assert (made.media_type, made.pages) == (MediaType.JPEG, 1)
    assert WORD not in made.data
    assert opened(made).size == (48, 64)
    assert not opened(made).getexif()


def test_the_same_file_makes_the_same_scan(tmp_path: Path) -> None:
    data = encoded(picture(), "TIFF", save_all=True, append_images=[picture(seed=2)])
    assert safe(tmp_path, data).data == safe(tmp_path, data, "other.tif").data


DOTS = ["1", "L", "RGB", "RGBA", "LA", "P", "I;16"]


@pytest.mark.parametrize(
    ("kind", "mode"),
    [*(("PNG", one) for one in DOTS), *(("TIFF", one) for one in [*DOTS, "CMYK"])],
)
def test_every_kind_of_dots(tmp_path: Path, kind: str, mode: str) -> None:
    image = Image.new("I;16", (30, 20), 40_000) if mode == "I;16" else picture().convert(mode)
    made = safe(tmp_path, encoded(image, kind))
    assert made.media_type is (MediaType.PNG if mode == "1" else MediaType.JPEG)
    assert opened(made).mode in {"1", "L", "RGB"}
    if mode == "I;16":
        assert opened(made).getpixel((5, 5)) == pytest.approx(40_000 // 256, abs=2)


def test_what_is_clear_is_white(tmp_path: Path) -> None:
    made = safe(tmp_path, encoded(Image.new("RGBA", (16, 16), (0, 0, 0, 0)), "PNG"))
    assert opened(made).getpixel((8, 8)) == (255, 255, 255)


def test_several_pages_become_a_pdf(tmp_path: Path) -> None:
    from pypdf import PdfReader

    pages = [picture(seed=seed) for seed in range(3)]
    made = safe(tmp_path, encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert (made.media_type, made.pages) == (MediaType.PDF, 3)
    assert len(PdfReader(io.BytesIO(made.data)).pages) == 3


def test_a_large_picture_is_drawn_smaller(tmp_path: Path) -> None:
    made = safe(tmp_path, encoded(Image.new("L", (8000, 5000)), "PNG"))
    image = opened(made)
    assert 0.98 * KEPT_DOTS < image.width * image.height <= KEPT_DOTS
    assert image.width / image.height == pytest.approx(1.6, rel=0.01)


def test_a_pdf_stays_as_it_came(tmp_path: Path) -> None:
    data = scans.pdf(pages=2)
    made = safe(tmp_path, data, "scan.pdf")
    assert (made.data, made.media_type, made.pages) == (data, MediaType.PDF, 2)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "scan.empty"),
        (scans.archive(), "scan.type"),
        (b"GIF89a" + bytes(100), "scan.type"),
        (b"\xff\xd8\xff" + bytes(100), "scan.unreadable"),
        (encoded(picture())[:1000], "scan.unreadable"),
        (encoded(picture(), "PNG")[:-200], "scan.unreadable"),
        (b"%PDF-1.7\n" + bytes(100), "scan.unreadable"),
        (scans.pdf()[:-40], "scan.unreadable"),
        (scans.bomb(), "scan.picture_too_large"),
        (scans.pdf_that_runs(), "scan.pdf_active"),
        (scans.pdf_that_launches(), "scan.pdf_active"),
        (scans.pdf_that_carries(), "scan.pdf_active"),
        (scans.pdf_that_is_locked(), "scan.pdf_locked"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_will_not_do(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        safe(tmp_path, data)
    assert caught.value.code == code


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(picture(200, 200), "PNG")
    with pytest.raises(InputError, match=r"scan\.too_large"):
        safe(tmp_path, data, most=1000)
    monkeypatch.setattr(scan_files, "RAW_MOST_BYTES", 1000)
    with pytest.raises(InputError, match=r"scan\.too_large"):
        safe(tmp_path, data)


def test_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.jpg"):
        with pytest.raises(InputError, match=r"scan\.unreadable"):
            make_safe(path, SCAN_MOST_BYTES)
