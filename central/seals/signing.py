"""Opening a department's seal to sign with, wherever its key is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from cryptography import x509

from central.db.seals import Seal
from central.seals.making import demand_in_force, open_pair
from central.seals.passphrase import get_passphrase
from central.seals.token import TokenPlace, token_signer
from clerk.decoding import decode

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

PKCS12, PKCS11 = "pkcs12", "pkcs11"


@contextmanager
def open_signer(seal: Seal, now: datetime) -> Iterator[Signer]:
    """A signer for as long as the block lasts.

    Raises StoreError `seal.certificate_over`, `seal.passphrase_none`, `seal.passphrase_wrong`,
    and where a token keeps the key what `token_signer` raises.
    """
    demand_in_force(x509.load_der_x509_certificate(seal.certificate), now)
    if seal.keeping == PKCS11:
        place = decode(seal.secret, TokenPlace)
        with token_signer(place, seal.certificate, seal.chain) as signer:
            yield signer
        return
    yield _from_file(seal)


def _from_file(seal: Seal) -> Signer:
    from central.seals.pair_signer import PairSigner

    return PairSigner(open_pair(seal.secret, get_passphrase()))
