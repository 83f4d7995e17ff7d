"""What a file is, by its first bytes: names and what others say of it prove nothing."""

from __future__ import annotations

from clerk.contract.scan import MediaType

SNIFF_BYTES = 16
_BEGINNINGS = (
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"%PDF-", MediaType.PDF),
)
_SUFFIXES = {MediaType.JPEG: ".jpg", MediaType.PNG: ".png", MediaType.PDF: ".pdf"}
_TIFFS = (b"II*\x00", b"MM\x00*")


def sniff(head: bytes) -> MediaType | None:
    """The type of what begins so, if it is one that a scan may have."""
    return next((kind for begin, kind in _BEGINNINGS if head.startswith(begin)), None)


def is_picture(head: bytes) -> bool:
    """Whether it is a picture that can be made a scan: JPEG, PNG, or a scanner's TIFF."""
    return sniff(head) in {MediaType.JPEG, MediaType.PNG} or head.startswith(_TIFFS)


def suffix_of(kind: MediaType) -> str:
    """What a viewer wants a file of this type to be called."""
    return _SUFFIXES[kind]
