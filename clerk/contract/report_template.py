"""An office's own workbook that a report is filled into, as central keeps it for all desks."""

from __future__ import annotations

from datetime import datetime

import msgspec

LARGEST_BYTES = 8_000_000
"""What a desk fetches in a few seconds; larger ones are filled from a file."""


class ReportTemplate(msgspec.Struct, frozen=True):
    """One workbook by its report and its name, without what is in it; `size` in bytes."""

    report: str
    name: str
    saved_at: datetime
    sha256: str
    size: int


class TemplateFile(msgspec.Struct, frozen=True):
    """The same with its bytes."""

    template: ReportTemplate
    data: bytes
