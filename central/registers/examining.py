"""Reading a description from TOML and refusing what could not work or would not be safe."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import msgspec

from central.registers.description import EVERY_FIELD, Described, Description
from clerk.errors import InputError

_ID = re.compile(r"[a-z][a-z0-9-]{0,31}")
_KEY = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_CREDENTIAL = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*|file:/.+")
_METHODS = ("POST", "PUT")
_FORMS = ("json", "form")
_AUTHS = ("none", "bearer", "basic", "header")
_MOST_TIMEOUT_S = 30.0
_MOST_ATTEMPTS = 5
_MOST_BYTES = 1024 * 1024
_FOREVER = ipaddress.ip_network("169.254.0.0/16")
"""Where clouds answer with credentials; no register lives there."""


class RegisterFile(Described, frozen=True, kw_only=True):
    """A file with one register or several."""

    register: tuple[Description, ...]


def read_descriptions(raw: bytes) -> tuple[Description, ...]:
    """The registers of a TOML file, each examined. Raises InputError `register.description`."""
    try:
        read = msgspec.toml.decode(raw, type=RegisterFile)
    except msgspec.ValidationError as error:
        raise _unfit("", str(error).rpartition("`")[0].rpartition("`")[2] or "TOML") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _unfit("", "TOML") from error
    for one in read.register:
        examine(one)
    return read.register


@cache
@cache
def own_descriptions() -> tuple[Description, ...]:
    """What is seen of central's own registers where the office has not said otherwise.

    Read once: each look asks, and reading TOML takes longer than the look.
    """
    return read_descriptions(files("central.registers").joinpath("own.toml").read_bytes())


def examine(one: Description) -> None:
    """Refuse a description that names what is not there, or an address that is not safe."""
    if not _ID.fullmatch(one.id) or not one.name.strip():
        raise _unfit(one.id, "id")
    keys = [field.key for field in one.fields]
    _demand(len(set(keys)) == len(keys) and all(map(_KEY.fullmatch, keys)), one, "fields.key")
    known = {EVERY_FIELD, *keys}
    _demand(all(known.issuperset(sight.fields) for sight in one.see), one, "see.fields")
    _demand(all(sight.roles and sight.items for sight in one.see), one, "see")
    if one.outside:
        _examine_outside(one)
    else:
        _demand(bool(_ID.fullmatch(one.id)) and not one.auth.credential, one, "url")


def demand_own(one: Description, own: Iterable[Description]) -> None:
    """Refuse a register without address that is none of central's own, or the other way round."""
    ids = {each.id for each in own}
    _demand(one.outside is not (one.id in ids), one, "url")


def _examine_outside(one: Description) -> None:
    _demand(bool(one.holds), one, "holds")
    _demand(bool(one.purpose.strip()), one, "purpose")
    _demand(bool(one.reply.number), one, "reply.number")
    _demand(bool(one.asking.number), one, "asking.number")
    _demand(all(field.path for field in one.fields), one, "fields.path")
    _demand(one.asking.method in _METHODS, one, "asking.method")
    _demand(one.asking.form in _FORMS, one, "asking.form")
    _demand(one.auth.kind in _AUTHS, one, "auth.kind")
    named = _CREDENTIAL.fullmatch(one.auth.credential)
    _demand(bool(named) is (one.auth.kind != "none"), one, "auth.credential")
    _demand(0 < one.timeout_s <= _MOST_TIMEOUT_S, one, "timeout_s")
    _demand(1 <= one.attempts <= _MOST_ATTEMPTS, one, "attempts")
    _demand(0 < one.most_bytes <= _MOST_BYTES, one, "most_bytes")
    _demand(0 <= one.fresh_s <= one.older_s, one, "fresh_s")
    _demand(one.failures > 0 and one.pause_s > 0 and one.at_once > 0, one, "failures")
    _examine_networks(one)
    _examine_address(one)


def _examine_networks(one: Description) -> None:
    for text in one.networks:
        try:
            network = ipaddress.ip_network(text)
        except ValueError as error:
            raise _unfit(one.id, "networks") from error
        _demand(not network.overlaps(_FOREVER) if network.version == 4 else True, one, "networks")  # noqa: PLR2004 - IPv4


def _examine_address(one: Description) -> None:
    """TLS, or an address in a network of the office's own; no name or password in it."""
    try:
        parts = urlsplit(one.url)
        port = parts.port
    except ValueError as error:
        raise _unfit(one.id, "url") from error
    safe = parts.scheme == "https" or (parts.scheme == "http" and bool(one.networks))
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    _demand(safe and plain and bool(parts.hostname) and port != 0, one, "url")


def _demand(holds: bool, one: Description, at: str) -> None:  # noqa: FBT001 - a check's outcome
    if not holds:
        raise _unfit(one.id, at)


def _unfit(register: str, at: str) -> InputError:
    return InputError("register.description", register=register or "–", at=at)
