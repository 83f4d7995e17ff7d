"""Keys of both kinds sign, and the certificates above theirs go along."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader

from central.seals.making import KeyPair
from central.seals.pair_signer import PairSigner
from exports.papers.checking import check_pdf
from exports.papers.render import render
from exports.papers.sealing import Sealing, seal_pdf
from tests.support.cases import MONDAY
from tests.support.seals import OFFICE, a_licence, a_pair


def on_a_curve() -> KeyPair:
    """A pair that an authority above issued."""
    key, name = ec.generate_private_key(ec.SECP256R1()), NameOID.COMMON_NAME
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(name, OFFICE)]))
        .issuer_name(a_pair().certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(MONDAY - timedelta(days=1))
        .not_valid_after(MONDAY + timedelta(days=300))
        .sign(a_pair().key, hashes.SHA256())
    )
    return KeyPair(key, certificate, (a_pair().certificate,))


@pytest.mark.parametrize("make", [a_pair, on_a_curve])
def test_what_it_seals_is_whole(make: Callable[[], KeyPair]) -> None:
    pair = make()
    told = Sealing(office=OFFICE, reason="颁发", contact="https://x/verify", at=MONDAY)
    sealed = seal_pdf(render(a_licence()), PairSigner(pair), told)
    checked = check_pdf(sealed)
    assert checked.faults == ()
    assert checked.certificate == pair.certificate.public_bytes(Encoding.DER)
    (signature,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    sent = {one.dump() for one in signature.other_embedded_certs}
    assert sent == {one.public_bytes(Encoding.DER) for one in pair.chain}
