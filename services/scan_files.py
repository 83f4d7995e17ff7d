"""Files from a scanner, made safe: pictures are drawn anew, PDFs that can do things are refused.

What a file is shows in its first bytes; its name proves nothing. A picture that is drawn anew
carries nothing but its dots: no place where it was taken, no second file behind its end.
"""

from __future__ import annotations

import io
import logging
import struct
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import gmtime
from typing import TYPE_CHECKING, Any

import msgspec

from clerk.contract.scan import MediaType
from clerk.errand import Errand, Phase
from clerk.errors import InputError
from clerk.rules.media import SNIFF_BYTES, is_picture, sniff

if TYPE_CHECKING:
    from PIL.Image import Image

RAW_MOST_BYTES = 128 * 1024 * 1024
"""A page of A4 in colour at 600 dots per inch, not packed, is 105 MB."""

MOST_DOTS = 80_000_000
"""More is not opened at all: A3 at 600 dots per inch has 70 million."""

KEPT_DOTS = 24_000_000
"""What is larger is drawn smaller: A4 at 400 dots per inch has 15 million."""

MOST_PAGES = 100
_QUALITY = 85
_MOST_OBJECTS = 200_000
_MIB = 1024 * 1024
_FORMATS = ("JPEG", "PNG", "TIFF")
_ACTIVE = frozenset(
    (
        *("/AA", "/JS", "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR"),
        *("/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA"),
        *("/Movie", "/Rendition", "/Screen", "/Sound"),
    )
)
"""What makes a PDF do something or carry something, as a key or as the kind of an object."""


class SafeScan(msgspec.Struct, frozen=True, kw_only=True):
    """A scan as it is kept."""

    data: bytes
    media_type: MediaType
    pages: int


def make_safe(path: Path, most_bytes: int, errand: Errand | None = None) -> SafeScan:
    """Read a file and make it safe.

    Raises InputError: `scan.unreadable`, `scan.empty`, `scan.type`, `scan.too_large`,
    `scan.picture_too_large`, `scan.pdf_active`, `scan.pdf_locked`; and CancelledError.
    """
    errand = errand or Errand()
    errand.tell(Phase.READING)
    data = _read(path)
    head = data[:SNIFF_BYTES]
    if is_picture(head):
        made = _draw_anew(data, errand)
    elif sniff(head) is MediaType.PDF:
        made = _examine(data, errand)
    else:
        raise InputError("scan.type")
    if len(made.data) > most_bytes:
        raise InputError("scan.too_large", most_mib=most_bytes // _MIB)
    return made


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise InputError("scan.unreadable")
        if path.stat().st_size > RAW_MOST_BYTES:
            raise InputError("scan.too_large", most_mib=RAW_MOST_BYTES // _MIB)
        data = path.read_bytes()
    except OSError as error:
        raise InputError("scan.unreadable") from error
    if not data:
        raise InputError("scan.empty")
    return data


def _draw_anew(data: bytes, errand: Errand) -> SafeScan:
    from PIL import Image

    # More dots than it likes are a warning to Pillow first; here they are an error at once.
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    too_large = (Image.DecompressionBombWarning, Image.DecompressionBombError)
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            return _encode(list(_pages(opened, errand)), errand)
    except too_large as error:
        raise InputError("scan.picture_too_large") from error
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, KeyError) as error:
        raise InputError("scan.unreadable") from error


def _pages(opened: Image, errand: Errand) -> Iterator[tuple[bytes, MediaType]]:
    """Each page as a picture of its own; only a TIFF has several."""
    count = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1
    if count > MOST_PAGES:
        raise InputError("scan.picture_too_large")
    for place in range(count):
        errand.tell(Phase.PAGES, place, count)
        opened.seek(place)
        if opened.width * opened.height > MOST_DOTS:
            raise InputError("scan.picture_too_large")
        yield _encode_page(_plain(opened))


def _plain(opened: Image) -> Image:
    """The right way up, on white, of a size to be kept, and nothing beside its dots."""
    from PIL import Image, ImageOps

    image = ImageOps.exif_transpose(opened)
    if image.mode.startswith("I;16"):
        image = image.point(lambda dot: dot / 256).convert("L")
    elif image.mode not in {"1", "L", "RGB"}:
        clear = image.convert("RGBA")
        image = Image.new("RGB", clear.size, "white")
        image.paste(clear, mask=clear.getchannel("A"))
    dots = image.width * image.height
    if dots > KEPT_DOTS and image.mode != "1":
        scale = (KEPT_DOTS / dots) ** 0.5
        image = image.resize((max(1, int(image.width * scale)), max(1, int(image.height * scale))))
    image.load()
    image.info = {}
    return image


def _encode_page(image: Image) -> tuple[bytes, MediaType]:
    """Black and white as PNG, which keeps letters sharp and small; all else as JPEG."""
    out = io.BytesIO()
    if image.mode == "1":
        image.save(out, "PNG", optimize=True)
        return out.getvalue(), MediaType.PNG
    image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue(), MediaType.JPEG


def _encode(pages: list[tuple[bytes, MediaType]], errand: Errand) -> SafeScan:
    """One page as it is; several as a PDF, made alike each time so that it hashes alike."""
    if len(pages) == 1:
        ((data, kind),) = pages
        return SafeScan(data=data, media_type=kind, pages=1)
    from PIL import Image

    out, dated = io.BytesIO(), gmtime(0)
    for place, (data, _kind) in enumerate(pages):
        errand.tell(Phase.PACKING, place, len(pages))
        with Image.open(io.BytesIO(data), formats=_FORMATS) as page:
            page.save(out, "PDF", append=place > 0, creationDate=dated, modDate=dated)
    return SafeScan(data=out.getvalue(), media_type=MediaType.PDF, pages=len(pages))


def _examine(data: bytes, errand: Errand) -> SafeScan:
    """A PDF as it came, if it only shows something."""
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # or it writes over the screen
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise InputError("scan.pdf_locked")
        if any(_is_active(one) for one in _objects(reader, errand)):
            raise InputError("scan.pdf_active")
        return SafeScan(data=data, media_type=MediaType.PDF, pages=max(1, len(reader.pages)))
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError("scan.unreadable") from error
    except (IndexError, RecursionError, AssertionError, NotImplementedError) as error:
        raise InputError("scan.unreadable") from error


def _objects(reader: Any, errand: Errand) -> Iterator[Any]:  # noqa: ANN401 - pypdf's own
    """Every object that the file names, whether a page uses it or not."""
    from pypdf.generic import IndirectObject

    places = [(number, gen) for gen, numbers in reader.xref.items() for number in numbers]
    places += [(number, 0) for number in reader.xref_objStm]
    if len(places) > _MOST_OBJECTS:
        raise ValueError(len(places))
    yield reader.trailer
    for number, generation in errand.follow(Phase.READING, places, len(places)):
        yield reader.get_object(IndirectObject(number, generation, reader))


def _is_active(found: Any) -> bool:  # noqa: ANN401 - pypdf's own
    """Whether an object, or anything that lies within it, does or carries something."""
    from pypdf.generic import ArrayObject, DictionaryObject

    if isinstance(found, DictionaryObject):
        kinds = {str(found.raw_get(key)) for key in ("/S", "/Type", "/Subtype") if key in found}
        if _ACTIVE & (kinds | found.keys()):
            return True
        return _any_active(found.raw_get(key) for key in found)
    return isinstance(found, ArrayObject) and _any_active(list(found))


def _any_active(parts: Iterable[Any]) -> bool:
    """What is told by reference is looked at in its own place."""
    from pypdf.generic import IndirectObject

    return any(_is_active(one) for one in parts if not isinstance(one, IndirectObject))
