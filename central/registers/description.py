"""A register of others as an office describes it: configured, not coded.

Credentials never stand in a description: it names the variable or the file that holds them.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from clerk.contract.party import PartyKind
from clerk.contract.register import ANY_ITEM
from clerk.contract.session import Purpose
from clerk.contract.user import Role

EVERY_FIELD = "*"
_WORK = (Purpose.DRAFT, Purpose.CASE)


class Mask(StrEnum):
    """How a value is hidden before it is shown or kept."""

    NONE = "none"
    IDENTIFIER = "identifier"
    PHONE = "phone"


class Described(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The root of what a description is made of: a word that nobody knows is refused."""


class Sight(Described, frozen=True, kw_only=True):
    """Who sees which fields, for which items and purposes; what no line allows is not shown.

    Outside one's own work nothing is seen unless a line names that purpose.
    """

    roles: tuple[Role, ...]
    fields: tuple[str, ...]
    items: tuple[str, ...] = (ANY_ITEM,)
    purposes: tuple[Purpose, ...] = _WORK


class FieldMap(Described, frozen=True, kw_only=True):
    """One field of an answer: where it stands, what it is called here, what its codes mean.

    `path` is made of names with dots between. `risks` are the values that call for care. `since`
    and `until` lead to the days that it holds from and to, so that it may stand for a paper.
    """

    key: str
    label: str
    path: str = ""
    values: dict[str, str] = {}
    risks: tuple[str, ...] = ()
    mask: Mask = Mask.NONE
    since: str = ""
    until: str = ""


class Auth(Described, frozen=True, kw_only=True):
    """How we say who we are. `credential` is `env:NAME` or `file:/PATH`, never the secret."""

    kind: str = "none"
    credential: str = ""
    user: str = ""
    header: str = "Authorization"


class Asking(Described, frozen=True, kw_only=True):
    """The request: which of its fields take the number, its kind and the purpose."""

    method: str = "POST"
    form: str = "json"
    number: str = "number"
    kind: str = ""
    kinds: dict[str, str] = {}
    purpose: str = ""
    fixed: dict[str, str] = {}


class Reply(Described, frozen=True, kw_only=True):
    """Where things stand in the answer. It must say whose it is: `number` is needed.

    `records` leads to a list of people or bodies; without it the answer is about one. `found`
    is true where there is one, `as_of` the time that the data are of, in ISO 8601.
    """

    number: str
    records: str = ""
    found: str = ""
    name: str = ""
    as_of: str = ""


class Description(Described, frozen=True, kw_only=True):
    """A register. Without a `url` it is one of central's own, of which only the sight is set.

    `networks` are the private addresses that it may have; public ones need no entry, all others
    are refused. Within `fresh_s` an answer is not asked for again; up to `older_s` it is shown,
    with its date, while the register is down. After `failures` in a row it rests for `pause_s`.
    """

    id: str
    name: str
    fields: tuple[FieldMap, ...]
    see: tuple[Sight, ...]
    purpose: str = ""
    department: str = ""
    holds: tuple[PartyKind, ...] = ()
    url: str = ""
    networks: tuple[str, ...] = ()
    timeout_s: float = 4.0
    attempts: int = 2
    fresh_s: int = 3600
    older_s: int = 30 * 86400
    failures: int = 5
    pause_s: float = 30.0
    at_once: int = 8
    most_bytes: int = 64 * 1024
    auth: Auth = Auth()
    asking: Asking = Asking()
    reply: Reply = Reply(number="")

    @property
    def outside(self) -> bool:
        """Whether somebody else keeps it."""
        return bool(self.url)
