"""What a register knows us by: read when it is needed, from where the description points.

It is in no database, no log and no exception.
"""

from __future__ import annotations

import base64

from central.credentials import read_secret
from central.registers.description import Auth
from central.registers.outside.failure import CREDENTIAL, RegisterError


def headers_of(auth: Auth) -> dict[str, str]:
    """The headers that say who we are. Raises RegisterError `register.credential`."""
    if auth.kind == "none":
        return {}
    secret = _read(auth.credential)
    if auth.kind == "bearer":
        return {auth.header: f"Bearer {secret}"}
    if auth.kind == "basic":
        joined = base64.b64encode(f"{auth.user}:{secret}".encode()).decode()
        return {auth.header: f"Basic {joined}"}
    return {auth.header: secret}


def _read(place: str) -> str:
    secret = read_secret(place)
    if not secret:
        raise RegisterError(CREDENTIAL)
    return secret
