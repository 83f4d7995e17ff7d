"""An office's own authority: it certifies the seals of its departments, where no other one does.

Nobody outside trusts it by itself; who verifies asks central. Its keys are of P-256, which are
made at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from central.seals.making import USAGE, KeyPair, subject_of

_DAYS_A_YEAR = 365
_AUTHORITY_YEARS = 10
_SEAL_YEARS = 3
_SIGNS_CERTIFICATES = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


def make_authority(name: str, now: datetime) -> KeyPair:
    """A new authority, certified by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _begin(name, name, key.public_key(), now, _AUTHORITY_YEARS)
    ca = x509.BasicConstraints(ca=True, path_length=0)
    builder = builder.add_extension(ca, critical=True)
    builder = builder.add_extension(_SIGNS_CERTIFICATES, critical=True)
    return KeyPair(key, builder.sign(key, hashes.SHA256()))


def certify(authority: KeyPair, issuer: str, name: str, now: datetime) -> KeyPair:
    """A new key for an office's seal, certified by an authority of the name `issuer`."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _begin(name, issuer, key.public_key(), now, _SEAL_YEARS)
    end = x509.BasicConstraints(ca=False, path_length=None)
    builder = builder.add_extension(end, critical=True).add_extension(USAGE, critical=True)
    return KeyPair(key, builder.sign(authority.key, hashes.SHA256()), (authority.certificate,))


def _begin(
    name: str, issuer: str, key: ec.EllipticCurvePublicKey, now: datetime, years: int
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject_of(name))
    builder = builder.issuer_name(subject_of(issuer)).public_key(key)
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now)
    return builder.not_valid_after(now + timedelta(days=_DAYS_A_YEAR * years))
