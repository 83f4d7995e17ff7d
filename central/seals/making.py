"""Making a key with its certificate, taking one from a file, asking an authority for one."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from clerk.errors import InputError, StoreError

KEY_BITS = 3072
YEARS = 3
_DAYS_A_YEAR = 365
_PUBLIC_EXPONENT = 65537
_LEAST_RSA_BITS = 2048
USAGE = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
"""What a seal's key is for."""

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class KeyPair(msgspec.Struct, frozen=True):
    """A private key, its certificate and those above it."""

    key: Key
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    def __repr__(self) -> str:
        """The certificate alone."""
        return f"KeyPair({fingerprint(self.certificate)[:12]})"

    def encrypted(self, passphrase: bytes) -> bytes:
        """The pair as a PKCS#12 under a passphrase (AES-256, PBKDF2)."""
        return pkcs12.serialize_key_and_certificates(
            b"seal",
            self.key,
            self.certificate,
            self.chain or None,
            BestAvailableEncryption(passphrase),
        )


def make_pair(name: str, now: datetime, years: int = YEARS) -> KeyPair:
    """A new key with a certificate of its own: trusted by whoever takes it from central."""
    key = rsa.generate_private_key(_PUBLIC_EXPONENT, KEY_BITS)
    subject = subject_of(name)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=_DAYS_A_YEAR * years))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(USAGE, critical=True)
        .sign(key, hashes.SHA256())
    )
    return KeyPair(key, certificate)


def make_request(pair: KeyPair) -> bytes:
    """A request (CSR, PEM) that an authority certifies the pair's key by."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(pair.certificate.subject)
    request = builder.add_extension(USAGE, critical=True).sign(pair.key, hashes.SHA256())
    return request.public_bytes(Encoding.PEM)


def read_pair(data: bytes, passphrase: bytes) -> KeyPair:
    """A pair from a PKCS#12. Raises InputError `seal.file_unreadable`, `seal.key_kind`."""
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(data, passphrase)
    except ValueError as error:
        raise InputError("seal.file_unreadable") from error
    if certificate is None:
        raise InputError("seal.file_unreadable")
    if not isinstance(key, Key) or not _is_strong(key):
        raise InputError("seal.key_kind", least=_LEAST_RSA_BITS)
    return KeyPair(key, certificate, tuple(chain))


def open_pair(secret: bytes, passphrase: bytes) -> KeyPair:
    """A pair that central keeps. Raises StoreError `seal.passphrase_wrong`."""
    try:
        return read_pair(secret, passphrase)
    except InputError as error:
        raise StoreError("seal.passphrase_wrong") from error


def with_certificate(pair: KeyPair, pem: bytes) -> KeyPair:
    """The same key under what an authority issued: the certificate first, those above it after.

    Raises InputError `seal.certificate_unreadable`, `seal.certificate_other`.
    """
    try:
        first, *chain = x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise InputError("seal.certificate_unreadable") from error
    if first.public_key() != pair.key.public_key():
        raise InputError("seal.certificate_other")
    return KeyPair(pair.key, first, tuple(chain))


def demand_in_force(certificate: x509.Certificate, now: datetime) -> None:
    """Refuse to sign with a certificate that has run out, or is not in force yet."""
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise StoreError("seal.certificate_over", until=f"{certificate.not_valid_after_utc:%F}")


def fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 that a certificate goes by."""
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def subject_of(name: str) -> x509.Name:
    """What an office is called in a certificate."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _is_strong(key: Key) -> bool:
    return not isinstance(key, rsa.RSAPrivateKey) or key.key_size >= _LEAST_RSA_BITS
