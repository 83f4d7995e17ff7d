"""Files as a scanner leaves them, and some that somebody meant harm with."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from pathlib import Path

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

WORD = b"clerk-scan-plaintext-marker"
"""Stands in what must never lie on a disk in the clear."""


def noise(size: int, seed: int = 1) -> bytes:
    """Bytes that nothing compresses."""
    return random.Random(seed).randbytes(size)


def picture(width: int = 64, height: int = 48, seed: int = 1) -> Image.Image:
    """A picture like no other of another seed."""
    return Image.frombytes("RGB", (width, height), noise(width * height * 3, seed))


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """A picture as a file's bytes."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def blob(size: int, seed: int = 1) -> bytes:
    """A PDF by its beginning, of exactly this size: what central looks at."""
    return b"%PDF-1.7\n" + noise(size - 9, seed)


def pdf(pages: int = 1) -> bytes:
    """A PDF of blank pages."""
    return _written(_writer(pages))


def pdf_that_runs() -> bytes:
    """A PDF with a script that runs when it is opened."""
    return _acting("/JavaScript", "/JS", "app.alert('1');")


def pdf_that_launches() -> bytes:
    """A PDF that starts a program when it is opened."""
    return _acting("/Launch", "/F", "cmd.exe")


def pdf_that_carries() -> bytes:
    """A PDF with another file inside."""
    writer = _writer(1)
    writer.add_attachment("tool.exe", b"MZ")
    return _written(writer)


def pdf_that_is_locked() -> bytes:
    """A PDF that opens with a password only."""
    writer = _writer(1)
    writer.encrypt("secret", algorithm="RC4-128")
    return _written(writer)


def archive() -> bytes:
    """A zip, whatever its name says."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("tool.exe", b"MZ")
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few hundred kilobytes that would open to three gigabytes."""
    side = 32_000
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(bytes(1 << 20)) for _ in range(64)) + packed.flush()
    chunks = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in chunks)


def put(folder: Path, name: str, data: bytes) -> Path:
    """A file in the scanner's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def _acting(act: str, key: str, value: str) -> bytes:
    """A PDF that does something when it is opened."""
    writer = _writer(1)
    action = DictionaryObject()
    action[NameObject("/S")] = NameObject(act)
    action[NameObject(key)] = TextStringObject(value)
    writer._root_object[NameObject("/OpenAction")] = writer._add_object(action)
    return _written(writer)


def _writer(pages: int) -> PdfWriter:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    return writer


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
