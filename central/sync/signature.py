"""A desk proves itself with its key (Ed25519)."""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from clerk.errors import InputError, RefusedError


def read_public_key(text: str) -> Ed25519PublicKey:
    """A public key from base64; anything else is bad input."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error):
        raise InputError("enrolment.key_invalid") from None


def demand_signature(public_key: str, body: bytes, signature: str) -> None:
    """Refuse a message that was not signed with this desk's key."""
    try:
        read_public_key(public_key).verify(base64.b64decode(signature, validate=True), body)
    except (InvalidSignature, ValueError, binascii.Error):
        raise RefusedError("signature.wrong") from None
