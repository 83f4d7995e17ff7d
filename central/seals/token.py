"""Seals whose key never leaves a token or a module (PKCS#11): where it is, signing with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from central.seals.passphrase import read_passphrase
from clerk.errors import StoreError

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

MODULE_VARIABLE = "CLERK_PKCS11_MODULE"
PIN_FILE_VARIABLE = "CLERK_PKCS11_PIN_FILE"


class TokenPlace(msgspec.Struct, frozen=True):
    """The labels of a token and of the key on it; the PIN is never stored."""

    token: str
    key: str


@contextmanager
def token_signer(place: TokenPlace, certificate: bytes, chain: bytes) -> Iterator[Signer]:
    """A signer whose key lies in the token, for as long as the block lasts.

    Raises StoreError `seal.token_unset`, `seal.token_library`, `seal.token_unavailable`.
    """
    module, pin = _settings()
    try:
        from pkcs11.exceptions import PKCS11Error
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as error:
        raise StoreError("seal.token_library") from error
    from asn1crypto import pem, x509

    others = [
        x509.Certificate.load(one)
        for _, _, one in (pem.unarmor(chain, multiple=True) if chain else ())
    ]
    try:
        criteria = TokenCriteria(label=place.token)
        with open_pkcs11_session(module, token_criteria=criteria, user_pin=pin) as session:
            yield PKCS11Signer(
                session,
                signing_cert=x509.Certificate.load(certificate),
                ca_chain=others,
                key_label=place.key,
                other_certs_to_pull=(),
            )
    except (PKCS11Error, OSError) as error:
        raise StoreError("seal.token_unavailable", token=place.token) from error


def _settings() -> tuple[str, str]:
    module = os.environ.get(MODULE_VARIABLE, "")
    file = os.environ.get(PIN_FILE_VARIABLE, "")
    if not module or not file:
        raise StoreError("seal.token_unset")
    return module, read_passphrase(Path(file))
