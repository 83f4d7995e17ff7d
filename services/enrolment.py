"""Making a desk known to central with a one-time code and a key pair of its own."""

from __future__ import annotations

import base64
import logging
import platform

from msgspec.structs import replace

from clerk.clock import Clock
from clerk.contract.sync import Enrol, Enrolled
from clerk.errors import StoreError
from clerk.log import write_event
from services.client import Call, Client, encode
from services.profile import Profile, read_settings, write_settings
from storage import identity
from storage.store import Store

_log = logging.getLogger(__name__)


def enrol(profile: Profile, store: Store, clock: Clock, *, address: str, code: str) -> Enrolled:
    """Enrol this desk with the central at an address.

    The key pair is kept before central is asked, so that a repeat after a lost answer is the
    same desk to central. Raises StoreError `desk.enrolled_already`, RefusedError for a code
    that is unknown or used up, and UnreachableError.
    """
    with store.begin() as connection:
        if identity.find_enrolled(connection) is not None:
            raise StoreError("desk.enrolled_already")
        private_key = identity.find_private_key(connection) or _new_private_key()
        identity.keep_private_key(connection, private_key)
    message = Enrol(
        code=code.strip(), public_key=_public_key(private_key), name=platform.node()[:64]
    )
    settings = read_settings(profile)
    client = Client(address, clock, practice=settings.practice)
    try:
        enrolled = client.ask(Call(path="/enrol", body=encode(message)), Enrolled)
    finally:
        client.close()
    write_settings(profile, replace(settings, central=client.address))
    with store.begin() as connection:
        identity.keep_enrolled(connection, enrolled)
    write_event(_log, "desk.enrolled", device=enrolled.device)
    return enrolled


def _new_private_key() -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw()


def _public_key(private_key: bytes) -> str:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public = Ed25519PrivateKey.from_private_bytes(private_key).public_key()
    return base64.b64encode(public.public_bytes_raw()).decode()
