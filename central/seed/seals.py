"""Seals for the departments of the demo city, under an authority of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from central.db.engine import Connection
from central.seals.authority import certify, make_authority
from central.seals.keeping import Doing, install_pair

AUTHORITY = "示范市政务服务电子印章签发中心"
_SINCE = timedelta(days=1)
"""In force since the day before: the clocks of a city are not all the same."""


def give_seals(
    connection: Connection, offices: Mapping[str, str], passphrase: bytes, now: datetime
) -> None:
    """Let each of these offices seal, by id and name; their keys lie under this passphrase."""
    authority = make_authority(AUTHORITY, now - _SINCE)
    for office, name in offices.items():
        pair = certify(authority, AUTHORITY, name, now - _SINCE)
        install_pair(connection, pair, passphrase, Doing(office, now, "seed"))
