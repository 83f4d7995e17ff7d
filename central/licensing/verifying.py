"""Answering anybody who verifies a licence: they need its check digits, or a file of it."""

from __future__ import annotations

from datetime import date

from central.db import licence_papers, licences, offices, seals
from central.db.engine import Connection
from central.db.licence_papers import SEALED
from central.db.licences import Known
from central.licensing import digits
from clerk.contract.identity import IdKind
from clerk.contract.verification import PaperState, SealState, Verified, VerifiedPaper
from clerk.errors import RefusedError


def verify(connection: Connection, number: str, code: str, today: date) -> Verified:
    """What a licence is worth today.

    Raises RefusedError `verification.unknown` alike for an unknown number and wrong digits.
    """
    for known in licences.list_by_number(connection, number.strip()):
        if digits.fits(connection, known.licence.type, known.licence.number, code):
            return _verified(known, today)
    raise RefusedError("verification.unknown")


def verify_paper(connection: Connection, sha256: str, seal_id: str, today: date) -> VerifiedPaper:
    """What central knows of a sealed file and of the certificate on it."""
    row = licence_papers.find_by_hash(connection, sha256)
    seal = seals.find(connection, seal_id)
    known = licences.find_known(connection, row.licence) if row else None
    department = offices.find_department(connection, seal.department) if seal else None
    paper = PaperState.UNKNOWN
    if row is not None:
        paper = PaperState.CURRENT if row.state == SEALED else PaperState.VOID
    return VerifiedPaper(
        paper=paper,
        seal=_state(seal),
        office=department.name if department else "",
        lost_at=seal.lost_at if seal else None,
        licence=_verified(known, today) if known else None,
    )


def _state(seal: seals.Seal | None) -> SealState:
    if seal is None:
        return SealState.UNKNOWN
    if seal.lost_at:
        return SealState.LOST
    return SealState.RETIRED if seal.retired_at else SealState.IN_USE


def _verified(known: Known, today: date) -> Verified:
    licence = known.licence
    whole = known.holder_kind is IdKind.USCC
    return Verified(
        number=licence.number,
        name=licence.type_name,
        holder=licence.holder_name if whole else mask_name(licence.holder_name),
        office=licence.issuer,
        status=licence.status_on(today),
        issued_on=licence.issued_on,
        valid_until=licence.valid_until,
        as_of=today,
        renewal=licence.renewal,
        renewal_on=licence.renewal_on,
    )


def mask_name(name: str) -> str:
    """The name of a person, of which only the last character stays."""
    return "*" * (len(name) - 1) + name[-1:]
