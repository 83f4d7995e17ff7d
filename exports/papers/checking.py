"""Check a sealed PDF by itself: its signature, whether it covers the whole file, whose it is.

Written apart from what signs (pyHanko): it reads the file with pypdf and the signature with
asn1crypto and cryptography, so that one library's mistake does not pass in both.
"""

from __future__ import annotations

import hashlib
import hmac
import io
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from clerk.errors import InputError

MOST_BYTES = 20 * 1024 * 1024
_HASHES = {"sha256": "SHA256", "sha384": "SHA384", "sha512": "SHA512"}


class Fault(StrEnum):
    """What is wrong with a file that bears a signature."""

    ALTERED = "altered"
    """Bytes that the signature covers are others than those signed."""
    ADDED = "added"
    """Something was put to the file after the signature: it does not cover the whole."""
    SIGNATURE = "signature"
    """The signature was not made with the key of the certificate that it names."""
    UNREADABLE = "unreadable"
    """The signature cannot be read, or is of a kind that is not taken here."""
    SEVERAL = "several"
    """There is not one signature but several, of which one may not know of the others."""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What a sealed file says, and what is wrong with it; `certificate` is DER.

    `signed_at` is what the signer's clock said. Nothing here tells whose the certificate is.
    """

    sha256: str
    faults: tuple[Fault, ...] = ()
    certificate: bytes = b""
    office: str = ""
    reason: str = ""
    contact: str = ""
    signed_at: datetime | None = None


def check_pdf(data: bytes) -> Checked:
    """Look at a PDF. Raises InputError `seal.no_pdf` or `seal.none` for one without signature."""
    if len(data) > MOST_BYTES or not data.startswith(b"%PDF-"):
        raise InputError("seal.no_pdf")
    signatures = _find_signatures(data)
    if not signatures:
        raise InputError("seal.none")
    digest = hashlib.sha256(data).hexdigest()
    if len(signatures) > 1:
        return Checked(sha256=digest, faults=(Fault.SEVERAL,))
    (dictionary,) = signatures
    told: dict[str, Any] = {
        name: str(dictionary.get(f"/{key}", ""))
        for name, key in (("office", "Location"), ("reason", "Reason"), ("contact", "ContactInfo"))
    }
    told["signed_at"] = _read_moment(str(dictionary.get("/M", "")))
    try:
        ranges = [int(one) for one in dictionary["/ByteRange"]]
        cms = bytes.fromhex(_hole(data, ranges))
        return _check(data, ranges, cms, Checked(sha256=digest, **told))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return Checked(sha256=digest, faults=(Fault.UNREADABLE,), **told)


def _find_signatures(data: bytes) -> list[Any]:
    """The signatures that the file's form names, in the last revision of it."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        fields = PdfReader(io.BytesIO(data)).get_fields() or {}
        values = [one.get("/V") for one in fields.values() if one.get("/FT") == "/Sig"]
        return [one.get_object() for one in values if one is not None]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError("seal.no_pdf") from error


def _read_moment(text: str) -> datetime | None:
    """A moment as PDF has it (`D:20260601093000+08'00'`); it lies in what is signed."""
    plain = text.removeprefix("D:").replace("'", "").replace("Z", "+0000")
    try:
        return datetime.strptime(plain, "%Y%m%d%H%M%S%z")
    except ValueError:
        return None


def _hole(data: bytes, ranges: list[int]) -> str:
    """The hexadecimal text between the two ranges: nothing but the signature may stand there."""
    start, first, second, _ = ranges
    hole = data[first:second]
    if start != 0 or first <= 0 or hole[:1] != b"<" or hole[-1:] != b">":
        raise ValueError
    return hole[1:-1].decode("ascii")


def _check(data: bytes, ranges: list[int], cms: bytes, told: Checked) -> Checked:
    from asn1crypto.cms import ContentInfo

    info = ContentInfo.load(cms)
    if info["content_type"].native != "signed_data":
        raise ValueError
    signed = info["content"]
    (signer,) = signed["signer_infos"]
    certificate = _signers_own(signed, signer)
    hash_name = _HASHES[signer["digest_algorithm"]["algorithm"].native]
    attributes = {one["type"].native: one["values"][0] for one in signer["signed_attrs"]}
    covered = data[: ranges[1]] + data[ranges[2] : ranges[2] + ranges[3]]
    digest = hashlib.new(hash_name, covered).digest()
    faults = []
    if ranges[2] + ranges[3] != len(data):
        faults.append(Fault.ADDED)
    if not hmac.compare_digest(digest, attributes["message_digest"].native):
        faults.append(Fault.ALTERED)
    if not _is_signed_by(certificate, signer, hash_name):
        faults.append(Fault.SIGNATURE)
    return msgspec.structs.replace(
        told,
        faults=tuple(faults),
        certificate=certificate.dump(),
    )


def _signers_own(signed: Any, signer: Any) -> Any:  # noqa: ANN401 - asn1crypto has no types
    """The certificate that the signer names, among those that came with the signature."""
    named = signer["sid"].chosen
    return next(
        one.chosen
        for one in signed["certificates"]
        if one.chosen.serial_number == named["serial_number"].native
        and one.chosen.issuer == named["issuer"]
    )


def _is_signed_by(certificate: Any, signer: Any, hash_name: str) -> bool:  # noqa: ANN401
    """Whether the signed attributes were signed with the certificate's key (RSA or ECDSA)."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    key = x509.load_der_x509_certificate(certificate.dump()).public_key()
    algorithm = getattr(hashes, hash_name)()
    text, signature = signer["signed_attrs"].untag().dump(), signer["signature"].native
    kind = signer["signature_algorithm"].signature_algo
    try:
        if isinstance(key, rsa.RSAPublicKey) and kind == "rsassa_pkcs1v15":
            key.verify(signature, text, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey) and kind == "ecdsa":
            key.verify(signature, text, ec.ECDSA(algorithm))
        else:
            return False
    except InvalidSignature:
        return False
    return True
