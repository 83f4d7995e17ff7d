"""Where a register may be: never somewhere that its description does not name.

A name is resolved once and the connection goes to that very address, so that a name cannot turn
to an inner address between being checked and being called (server-side request forgery).
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

import msgspec

from central.registers.outside.failure import ADDRESS, DOWN, RegisterError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_PORTS = {"http": 80, "https": 443}


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """An address that was checked, and what the server there is called."""

    url: str
    host: str
    name: str


async def resolve(url: str, networks: Sequence[str]) -> Target:
    """The checked address of a URL. Raises RegisterError `register.address` or `register.down`."""
    parts = urlsplit(url)
    name, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RegisterError(DOWN, again=True, failed=True) from error
    addresses = [ipaddress.ip_address(one[4][0]) for one in found]
    if not addresses or not all(may_be(one, networks) for one in addresses):
        raise RegisterError(ADDRESS)
    chosen = addresses[0]
    literal = f"[{chosen}]" if chosen.version == 6 else str(chosen)  # noqa: PLR2004 - IPv6
    host = name if port == _PORTS[parts.scheme] else f"{name}:{port}"
    return Target(url=f"{parts.scheme}://{literal}:{port}{parts.path or '/'}", host=host, name=name)


def may_be(address: Address, networks: Sequence[str]) -> bool:
    """Whether an address is public, or in a network that the description names."""
    mapped = getattr(address, "ipv4_mapped", None)
    plain: Address = mapped or address
    if any(plain in ipaddress.ip_network(one) for one in networks):
        return True
    return plain.is_global and not plain.is_multicast
