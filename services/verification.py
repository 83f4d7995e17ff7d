"""Verifying a licence at the desk: by its QR or number, or by its file, which is looked into."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qs

import msgspec

from clerk.contract.licence import LicenceStatus
from clerk.contract.verification import (
    AskVerified,
    PaperState,
    SealState,
    Verified,
    VerifiedPaper,
)
from clerk.errors import InputError, UnreachableError
from services.client import Call, encode
from services.line import Line
from services.typed_path import is_file, path_of


class FileFound(msgspec.Struct, frozen=True, kw_only=True):
    """What a file itself says. `faults` are values of `exports.papers.checking.Fault`."""

    faults: tuple[str, ...]
    office: str
    signed_at: datetime | None
    known: VerifiedPaper | None = None


class Verdict(StrEnum):
    """What it comes to."""

    GENUINE = "genuine"
    """Genuine, and valid today."""
    NOT_VALID = "not_valid"
    """Genuine, but worth nothing today."""
    FORGED = "forged"
    """The file is not what was sealed, or not sealed by one of this city's departments."""
    UNDECIDED = "undecided"
    """The file holds together; central was not asked, or has no record of it."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What was found, by file or by number."""

    licence: Verified | None = None
    file: FileFound | None = None

    @property
    def verdict(self) -> Verdict:
        """What all of it comes to."""
        if self.file is not None and not _holds(self.file):
            return Verdict.FORGED
        if self.file is not None and not _is_on_record(self.file):
            return Verdict.UNDECIDED
        void = self.file is not None and _is_void(self.file)
        if void or self.licence is None or self.licence.status is not LicenceStatus.VALID:
            return Verdict.NOT_VALID
        return Verdict.GENUINE


class Verification:
    """Asks central, and looks into files by itself."""

    def __init__(self, line: Line) -> None:
        """Ask over this line; nobody has to be signed in."""
        self._line = line

    def verify(self, text: str) -> Finding:
        """What a QR, a number with its check digits, or the path of a PDF leads to.

        Raises InputError `verification.unreadable`, `seal.no_pdf`, `seal.none`, and what the
        line raises where there is no file to look into.
        """
        path = path_of(text)
        if is_file(path):
            return self._verify_file(path)
        asked = _read(text.strip().strip("'\""))
        return Finding(licence=self._line.ask(Call(path="/verify", body=encode(asked)), Verified))

    def _verify_file(self, path: Path) -> Finding:
        import hashlib

        from exports.papers.checking import MOST_BYTES, check_pdf

        try:
            if path.stat().st_size > MOST_BYTES:
                raise InputError("seal.no_pdf")
            checked = check_pdf(path.read_bytes())
        except OSError as error:
            raise InputError("seal.no_pdf") from error
        found = FileFound(
            faults=tuple(one.value for one in checked.faults),
            office=checked.office,
            signed_at=checked.signed_at,
        )
        if not checked.certificate:
            return Finding(file=found)
        seal = hashlib.sha256(checked.certificate).hexdigest()
        call = Call(path=f"/verify/papers/{checked.sha256}", method="GET", query={"seal": seal})
        try:
            known = self._line.ask(call, VerifiedPaper)
        except UnreachableError:
            return Finding(file=found)
        return Finding(file=msgspec.structs.replace(found, known=known), licence=known.licence)


def _holds(file: FileFound) -> bool:
    """Whether nothing speaks against a file: not its bytes, not its certificate, not its time."""
    known = file.known
    if file.faults or known is None or known.paper is not PaperState.UNKNOWN:
        return not file.faults  # what central itself sealed is known to it byte for byte
    lost = known.lost_at is not None and (file.signed_at is None or file.signed_at >= known.lost_at)
    return known.seal is not SealState.UNKNOWN and not lost


def _is_on_record(file: FileFound) -> bool:
    return file.known is not None and file.known.paper is not PaperState.UNKNOWN


def _is_void(file: FileFound) -> bool:
    return file.known is not None and file.known.paper is PaperState.VOID


def _read(text: str) -> AskVerified:
    """Number and check digits: from an address, or typed with a space between."""
    if text.startswith(("https://", "http://")):
        query = parse_qs(text.partition("?")[2].partition("#")[0])
        number, code = query.get("n", [""])[0], query.get("c", [""])[0]
    else:
        number, _space, code = text.rpartition(" ")
    if not number.strip() or not code.strip():
        raise InputError("verification.unreadable")
    return AskVerified(number=number.strip(), code=code.strip())
