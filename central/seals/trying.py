"""Trying a seal before it is relied on: it signs a blank sheet, and another eye checks that."""

from __future__ import annotations

import io
from datetime import datetime

from central.db.seals import Seal
from central.seals.signing import open_signer
from clerk.errors import InputError
from exports.papers.checking import check_pdf
from exports.papers.sealing import Sealing, seal_pdf

_A4 = (595, 842)


def demand_signs(seal: Seal, now: datetime) -> None:
    """Refuse a key that is not the certificate's. Raises InputError `seal.certificate_other`."""
    from pypdf import PdfWriter

    sheet = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(*_A4)
    writer.write(sheet)
    told = Sealing(office="试签", reason="", contact="", at=now)
    with open_signer(seal, now) as signer:
        checked = check_pdf(seal_pdf(sheet.getvalue(), signer, told))
    if checked.faults or checked.certificate != seal.certificate:
        raise InputError("seal.certificate_other")
