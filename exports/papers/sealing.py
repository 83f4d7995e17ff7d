"""Seal a PDF: a digital signature (PAdES) whose appearance is the department's round seal.

The signature is the seal: it covers every byte of the file, so a page that is added, taken out
or exchanged breaks it. What the seal looks like is only a picture.
"""

from __future__ import annotations

import io
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from exports.papers.licences import SealMark
from exports.papers.render import render

if TYPE_CHECKING:
    from pyhanko.pdf_utils.writer import BasePdfFileWriter
    from pyhanko.sign.signers import Signer
    from pyhanko.sign.signers.pdf_signer import PdfSigningSession

FIELD = "Seal"
DIGEST = "sha256"
_MM = 72 / 25.4
_ACROSS_MM = 42
_CENTRE_MM = (144.0, 50.0)
"""From the page's lower left corner to the middle of the place that templates leave for it."""


class Sealing(msgspec.Struct, frozen=True, kw_only=True):
    """What a signature says of itself. `contact` is where the paper can be verified."""

    office: str
    reason: str
    contact: str
    at: datetime


def seal_pdf(pdf: bytes, signer: Signer, sealing: Sealing) -> bytes:
    """The PDF with the seal on its last page; it grows by the signature alone."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.stamp import StaticStampStyle

    class DatedSigner(PdfSigner):
        """Signs at the moment that it is told: the office's clock, as everywhere."""

        def init_signing_session(
            self,
            pdf_out: BasePdfFileWriter,
            existing_fields_only: bool = False,  # noqa: FBT001, FBT002 - the library's own
        ) -> PdfSigningSession:
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = sealing.at
            return session

    with tempfile.TemporaryDirectory() as folder:
        mark = Path(folder) / "mark.pdf"
        mark.write_bytes(render(SealMark(centre="", office=sealing.office)))
        style = StaticStampStyle.from_pdf_file(str(mark), border_width=0, background_opacity=1)
        metadata = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm=DIGEST,
            location=sealing.office,
            reason=sealing.reason,
            contact_info=sealing.contact,
            subfilter=SigSeedSubFilter.PADES,
        )
        place = SigFieldSpec(FIELD, on_page=-1, box=_box())
        pen = DatedSigner(metadata, signer, stamp_style=style, new_field_spec=place)
        return bytes(pen.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf))).getvalue())


def _box() -> tuple[int, int, int, int]:
    """The square of the seal in points."""
    across, high = _CENTRE_MM
    half = _ACROSS_MM / 2
    corners = (across - half, high - half, across + half, high + half)
    left, bottom, right, top = (round(one * _MM) for one in corners)
    return left, bottom, right, top
