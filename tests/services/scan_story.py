"""What the tests of scans do again and again at a desk."""

from __future__ import annotations

from pathlib import Path

from clerk.contract.scan import BLOB_CHUNK_BYTES
from clerk.errors import UnreachableError
from services.bootstrap import Desk
from services.scans import ScanState
from tests.support.cases import FOOD
from tests.support.desk import type_walk_in
from tests.support.scans import WORD, noise, pdf, put

LARGE = 3 * BLOB_CHUNK_BYTES + 1000


def large_pdf(size: int = LARGE, seed: int = 1) -> bytes:
    """A PDF that opens, of about this size, with a word in the clear."""
    data = pdf()
    body, tail = data.rsplit(b"startxref", 1)
    filling = b"%" + WORD + noise(size, seed).replace(b"\n", b" ").replace(b"\r", b" ") + b"\n"
    return body + filling + b"startxref" + tail


def received(desk: Desk, *, sent: bool = True) -> str:
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    if sent:
        desk.sync.run_once()
    return case.case_id


def state_of(desk: Desk, case_id: str) -> list[ScanState]:
    return [one.state for one in desk.scans.of_case(case_id)]


def send_through(desk: Desk) -> int:
    """Send until all is there; how often the line broke meanwhile."""
    for broke in range(200):
        try:
            desk.scans.send_all()
        except UnreachableError:
            continue
        return broke
    raise AssertionError


def attached_and_sent(desk: Desk, folder: Path, data: bytes, name: str = "a.pdf") -> str:
    case_id = received(desk)
    desk.counter.accept(case_id)
    desk.scanner.add_to_case(case_id, "m1", put(folder, name, data))
    desk.sync.run_once()
    desk.scans.send_all()
    return case_id
