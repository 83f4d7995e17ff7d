"""Putting a department's seal in use, and out of use; each is on record."""

from __future__ import annotations

from datetime import datetime

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from central.db import audit, meta, offices, seals
from central.db.engine import Connection
from central.db.seals import Seal
from central.seals.making import (
    KeyPair,
    demand_in_force,
    fingerprint,
    make_request,
    open_pair,
    with_certificate,
)
from central.seals.passphrase import demand_strong
from central.seals.signing import PKCS11, PKCS12
from central.seals.token import TokenPlace
from clerk.errors import InputError

ADDRESS = "verification_address"
"""The fact under which the address of verification is kept."""


class Doing(msgspec.Struct, frozen=True):
    """Who does it, for which department, when."""

    department: str
    at: datetime
    actor: str


def install_pair(connection: Connection, pair: KeyPair, passphrase: bytes, doing: Doing) -> Seal:
    """Put a key in use under central's passphrase; the one before is retired."""
    demand_strong(passphrase)
    seal = _seal(pair.certificate, pair.chain, doing, PKCS12, pair.encrypted(passphrase))
    return _put_in_use(connection, seal, pair.certificate, doing)


def install_token(connection: Connection, place: TokenPlace, pem: bytes, doing: Doing) -> Seal:
    """Put a token's key in use; `pem` is its certificate, then those above it."""
    try:
        first, *chain = x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise InputError("seal.certificate_unreadable") from error
    seal = _seal(first, tuple(chain), doing, PKCS11, msgspec.json.encode(place))
    return _put_in_use(connection, seal, first, doing)


def request_certificate(connection: Connection, department: str, passphrase: bytes) -> bytes:
    """A request for an authority, of the key in use."""
    return make_request(open_pair(_get_in_file(connection, department).secret, passphrase))


def install_certificate(
    connection: Connection, pem: bytes, passphrase: bytes, doing: Doing
) -> Seal:
    """Put what an authority issued in the place of the key's own certificate."""
    pair = open_pair(_get_in_file(connection, doing.department).secret, passphrase)
    return install_pair(connection, with_certificate(pair, pem), passphrase, doing)


def retire(connection: Connection, doing: Doing, lost_since: datetime | None = None) -> None:
    """Take a seal out of use; what it sealed stays good, unless the key was lost before."""
    seal = get_in_use(connection, doing.department)
    seals.retire(connection, doing.department, doing.at)
    detail = {"seal": seal.id}
    if lost_since is not None:
        seals.note_lost(connection, seal.id, lost_since)
        detail["lost_since"] = lost_since.isoformat()
    _note(connection, doing, "seal.retired", detail)


def get_in_use(connection: Connection, department: str) -> Seal:
    """The seal of a department. Raises InputError `department.unknown`, `seal.not_installed`."""
    offices.get_department(connection, department)
    seal = seals.find_in_use(connection, department)
    if seal is None:
        raise InputError("seal.not_installed", department=department)
    return seal


def set_address(connection: Connection, url: str, doing: Doing) -> None:
    """Let QR codes lead there from now on; papers that are out keep the old address."""
    if not url.startswith(("https://", "http://")) or url.count("/") < len("//") or " " in url:
        raise InputError("seal.address", address=url)
    meta.put(connection, ADDRESS, url.rstrip("/"))
    _note(connection, doing, "seal.address", {"address": url})


def _get_in_file(connection: Connection, department: str) -> Seal:
    seal = get_in_use(connection, department)
    if seal.keeping != PKCS12:
        raise InputError("seal.in_token")
    return seal


def _seal(
    certificate: x509.Certificate,
    chain: tuple[x509.Certificate, ...],
    doing: Doing,
    keeping: str,
    secret: bytes,
) -> Seal:
    return Seal(
        id=fingerprint(certificate),
        department=doing.department,
        keeping=keeping,
        certificate=certificate.public_bytes(Encoding.DER),
        chain=b"".join(one.public_bytes(Encoding.PEM) for one in chain),
        secret=secret,
        installed_at=doing.at,
    )


def _put_in_use(
    connection: Connection, seal: Seal, certificate: x509.Certificate, doing: Doing
) -> Seal:
    offices.get_department(connection, doing.department)
    demand_in_force(certificate, doing.at)
    if seals.find(connection, seal.id) is not None:
        raise InputError("seal.installed_already")
    seals.retire(connection, doing.department, doing.at)
    seals.add(connection, seal)
    until = f"{certificate.not_valid_after_utc:%F}"
    detail = {"seal": seal.id, "keeping": seal.keeping, "until": until}
    _note(connection, doing, "seal.installed", detail)
    return seal


def _note(connection: Connection, doing: Doing, action: str, detail: dict[str, str]) -> None:
    subject = doing.department or "office"
    entry = audit.Entry(
        at=doing.at, actor=doing.actor, action=action, subject=subject, detail=detail
    )
    audit.append(connection, entry)
