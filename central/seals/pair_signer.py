"""Signing with a pair that is open already: its file is opened once for all that a sweep seals."""

from __future__ import annotations

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from central.seals.making import KeyPair


class PairSigner(Signer):
    """Signs with a key in memory; the library's own signer reads and proves it for each paper."""

    def __init__(self, pair: KeyPair) -> None:
        """Take a pair; the certificates above its own are put into each signature."""
        first, *above = (
            x509.Certificate.load(one.public_bytes(Encoding.DER))
            for one in (pair.certificate, *pair.chain)
        )
        store = SimpleCertificateStore.from_certs(above)  # type: ignore[no-untyped-call]
        super().__init__(signing_cert=first, cert_registry=store)
        self._key = pair.key

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: ARG002, FBT001, FBT002 - the library's signature
    ) -> bytes:
        """The bare signature; of a trial too, whose length the library asks for."""
        digest = get_pyca_cryptography_hash(digest_algorithm)
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), digest)
        return self._key.sign(data, ECDSA(digest))
