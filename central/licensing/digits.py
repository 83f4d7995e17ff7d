"""Check digits of a licence: who has them has seen the licence, and cannot guess another's."""

from __future__ import annotations

import hmac

from central.db import lookups
from central.db.engine import Connection

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which are taken for other signs."""
_LENGTH = 8
_BITS = 5


def check_digits(connection: Connection, type_id: str, number: str) -> str:
    """Eight signs (40 bits) of a keyed hash over type and number: nobody counts a register out."""
    value = int(lookups.digest(connection, f"licence:{type_id}:{number}"), 16)
    return "".join(_LETTERS[value >> (at * _BITS) & 31] for at in range(_LENGTH))


def fits(connection: Connection, type_id: str, number: str, told: str) -> bool:
    """Whether these check digits belong to the licence, however they were typed."""
    plain = "".join(told.split()).upper().replace("O", "0").replace("I", "1").replace("L", "1")
    own = check_digits(connection, type_id, number)
    return hmac.compare_digest(own.encode(), plain.encode())
