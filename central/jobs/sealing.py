"""Sealing what was granted: after the commit, so that a key that is away stops no decision.

What waits is kept in the transaction that grants. A crash anywhere in between leaves it
waiting, or sealed and told; bytes that were stored and not told of are stored again.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from central.db import blobs, licence_papers, meta, seals
from central.db.blobs import Blob
from central.db.engine import Connection
from central.db.licence_papers import SEALED, WAITING, PaperRow
from central.db.seals import Seal
from central.jobs import by_the_clock
from central.seals.keeping import ADDRESS
from central.seals.signing import open_signer
from central.service import Central
from clerk.contract.case import LicenceSealed
from clerk.contract.scan import MediaType
from clerk.contract.user import CLOCK_ACTOR
from clerk.decoding import decode
from clerk.errors import ClerkError, StoreError
from clerk.log import write_event, write_failure
from exports.papers.licences import LicencePaper
from exports.papers.render import render
from exports.papers.sealing import Sealing, seal_pdf

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

REST = timedelta(minutes=1)
"""How long a paper rests that could not be sealed."""

AT_ONCE = 50
FAILED = "seal.failed"
"""Why a paper is not sealed where the library itself gave up; the log has the rest."""

_log = logging.getLogger(__name__)


def sweep_sealing(central: Central) -> int:
    """Seal what waits, department by department; how many. Twice is once."""
    with central.database.read() as connection:
        departments = licence_papers.list_departments(connection)
    return sum(_seal_department(central, one) for one in departments)


def _seal_department(central: Central, department: str) -> int:
    now = central.clock.now()
    with central.database.read() as connection:
        seal = seals.find_in_use(connection, department)
        waiting = licence_papers.list_waiting(connection, department, now - REST, AT_ONCE)
        address = meta.find(connection, ADDRESS) or ""
    if seal is None or not waiting:
        return 0
    try:
        with open_signer(seal, now) as signer:
            work = _Work(central, seal, signer, address)
            return sum(work.seal(one) for one in waiting)
    except StoreError as error:
        _note(central, waiting, error)
        return 0


class _Work:
    """One seal in hand."""

    def __init__(self, central: Central, seal: Seal, signer: Signer, address: str) -> None:
        self._central = central
        self._seal = seal
        self._signer = signer
        self._address = address

    def seal(self, paper_id: str) -> int:
        """Set, sign and store one paper, then tell of it."""
        with self._central.database.read() as connection:
            row = licence_papers.find(connection, paper_id)
        if row is None or row.state != WAITING:
            return 0
        try:
            data = self._sign(decode(row.body, LicencePaper))
        except (ValueError, RuntimeError) as error:  # what typesetting and signing give up with
            write_failure(_log, "licence.not_sealed", error, paper=row.id)
            _note(self._central, (row.id,), StoreError(FAILED))
            return 0
        sha256 = hashlib.sha256(data).hexdigest()
        self._central.blobs.put_blob(sha256, data)
        sealed = msgspec.structs.replace(
            row,
            state=SEALED,
            sealed_at=self._central.clock.now(),
            seal=self._seal.id,
            sha256=sha256,
            size=len(data),
        )
        return self._central.database.commit(partial(_tell, central=self._central, row=sealed))

    def _sign(self, paper: LicencePaper) -> bytes:
        address = self._address and verification_address(self._address, paper.number, paper.code)
        told = Sealing(
            office=paper.office,
            reason=f"颁发 {paper.title} {paper.number}",
            contact=address or f"{paper.number} {paper.code}",
            at=self._central.clock.now(),
        )
        pdf = render(msgspec.structs.replace(paper, address=address))
        return seal_pdf(pdf, self._signer, told)


def verification_address(base: str, number: str, code: str) -> str:
    """Where a QR leads: number and check digits, and nothing of a person."""
    return f"{base}/verify?n={quote(number, safe='')}&c={code}"


def _tell(connection: Connection, central: Central, row: PaperRow) -> int:
    """Write down that a paper is sealed, unless somebody else did or it is void by now."""
    assert row.sealed_at is not None, "it was sealed just now"
    case, context = by_the_clock.load(connection, row.case_id, row.sealed_at)
    known = licence_papers.find(connection, row.id, lock=True)
    if known is None or known.state != WAITING:
        return 0
    licence_papers.note_sealed(connection, row)
    blob = Blob(row.sha256, row.size, MediaType.PDF.value)
    blobs.add(connection, blob, row.sealed_at)
    event = LicenceSealed(
        at=row.sealed_at,
        by=CLOCK_ACTOR,
        licence=case.licence,
        issue=row.issue,
        sha256=row.sha256,
        size=row.size,
    )
    detail = {"seal": row.seal, "sha256": row.sha256, "issue": str(row.issue)}
    by_the_clock.record(connection, case, context, (event,), ("licence.sealed", detail))
    central.metrics.count("clerk_licences_sealed_total")
    return 1


def _note(central: Central, waiting: tuple[str, ...], error: ClerkError) -> None:
    """Remember why nothing was sealed; it is tried again after a rest."""
    write_event(_log, "licences.not_sealed", code=error.code, count=len(waiting))
    central.metrics.count("clerk_licences_not_sealed_total", len(waiting), code=error.code)
    noting = partial(
        licence_papers.note_problem,
        paper_ids=waiting,
        problem=error.code,
        at=central.clock.now(),
    )
    central.database.commit(noting)
