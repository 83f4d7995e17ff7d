"""What a register knows us by: read when it is needed, from where the description points.

It is in no database, no log and no exception.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path

from central.registers.description import Auth
from central.registers.outside.failure import CREDENTIAL, RegisterError

_SHORTEST = 1


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
    kind, _colon, name = place.partition(":")
    try:
        secret = os.environ.get(name, "") if kind == "env" else Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        secret = ""
    secret = secret.strip()
    if len(secret) < _SHORTEST or not secret.isprintable() or not secret.isascii():
        raise RegisterError(CREDENTIAL)
    return secret
