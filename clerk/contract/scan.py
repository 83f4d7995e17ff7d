"""Scans: pictures and PDFs of an applicant's papers, known by the hash of their bytes."""

from __future__ import annotations

from enum import StrEnum

import msgspec

SCAN_MOST_BYTES = 20 * 1024 * 1024
"""How large one scan may be unless central is set otherwise."""

CASE_MOST_SCANS = 200
"""How many scans one case may have."""

BLOB_CHUNK_MOST_BYTES = 4 * 1024 * 1024
"""How much of a scan goes over the line in one request at most."""

BLOB_CHUNK_BYTES = 256 * 1024
"""How much a desk sends in one request: what a cut line can cost at most."""


class MediaType(StrEnum):
    """What a scan can be once it was made safe."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """A scan of one material. `name` is what people see; `media_type` is a `MediaType`.

    The type is a text here, so that a reader of today can show a case of tomorrow.
    """

    sha256: str
    material: str
    media_type: str
    size: int
    name: str = ""
    pages: int = 1
