"""The registers that this central knows: its own, and those of others as they are described."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from central.db import descriptions
from central.db.engine import Connection
from central.registers.description import Description
from central.registers.examining import own_descriptions
from clerk import decoding
from clerk.contract.party import PartyKind
from clerk.errors import RefusedError


class Known(msgspec.Struct, frozen=True):
    """A description in force and its version; version 0 is what the program came with."""

    description: Description
    version: int


def list_known(connection: Connection) -> tuple[Known, ...]:
    """Own registers first, then those of others that are asked, by id."""
    stored = {one.id: one for one in descriptions.list_all(connection)}
    own = []
    for one in own_descriptions():
        other = stored.pop(one.id, None)
        own.append(Known(decode(other.body), other.version) if other else Known(one, 0))
    others = [Known(decode(one.body), one.version) for one in stored.values() if one.active]
    return (*own, *others)


def list_holding(connection: Connection, kind: PartyKind) -> tuple[Known, ...]:
    """Those of them that know people, or organisations."""
    return tuple(one for one in list_known(connection) if kind in one.description.holds)


def get_known(connection: Connection, register: str) -> Known:
    """One of them. Raises RefusedError `register.unknown`."""
    for one in list_known(connection):
        if one.description.id == register:
            return one
    raise RefusedError("register.unknown", register=register)


@lru_cache(maxsize=512)
def decode(body: bytes) -> Description:
    """A stored description; each look asks for the same few."""
    return decoding.decode(body, Description)
