"""What a file is, found out before a row is read: workbook or text, and in which encoding.

One pass over the whole file, so that a wrong byte in the last line is met before the first row
is used, and a file of any size is never held in memory.
"""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import msgspec

from clerk.errors import InputError
from clerk.files import readable

MOST_BYTES = 2 * 1024**3
"""Two gigabytes: some ten million people; more comes in several files."""
_CHUNK = 1024 * 1024
_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WITHOUT_BOM = ("utf-8", "gb18030")


class Nature(msgspec.Struct, frozen=True):
    """What a file is. `encoding` is empty for a workbook; `digest` is the SHA-256 of its bytes."""

    path: Path
    encoding: str
    digest: str
    size: int

    @property
    def is_workbook(self) -> bool:
        """Whether it is an Excel workbook."""
        return not self.encoding


def examine(path: Path) -> Nature:
    """Find out what a file is; raises InputError for what is neither a workbook nor a text."""
    with readable(path):
        size = path.stat().st_size
        start = _read_start(path)
    if size > MOST_BYTES:
        raise InputError("file.too_large", file=path.name, most_mb=MOST_BYTES // 1024**2)
    if not start.strip():
        raise InputError("file.empty", file=path.name)
    if start.startswith(_OLE):
        raise InputError("file.old_excel", file=path.name)
    encoding = "" if start.startswith(_ZIP) else _find_encoding(path, start)
    return Nature(path=path, encoding=encoding, digest=_digest(path), size=size)


def _read_start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _find_encoding(path: Path, start: bytes) -> str:
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            if _first_wrong_line(path, encoding):
                raise InputError("file.encoding", file=path.name, encoding=encoding)
            return encoding
    if b"\0" in start:
        raise InputError("file.binary", file=path.name)
    wrong_line = 0
    for encoding in _WITHOUT_BOM:
        wrong_line = _first_wrong_line(path, encoding)
        if not wrong_line:
            return encoding
    raise InputError("file.encoding_unknown", file=path.name, line=wrong_line)


def _first_wrong_line(path: Path, encoding: str) -> int:
    """The line where the encoding ends to make sense or a NUL stands; 0 where none does."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return line + chunk[: error.start].count(b"\n")
            if "\0" in text:
                before = text.partition("\0")[0]
                raise InputError("file.nul", file=path.name, line=line + before.count("\n"))
            line += text.count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return 0


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
