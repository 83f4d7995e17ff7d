"""Why somebody looks, and whether they may: no look without a purpose."""

from __future__ import annotations

import msgspec

from central import access
from central.access import Caller
from central.db.engine import Connection
from clerk.contract.identity import IdKind
from clerk.contract.session import LookUp, Purpose
from clerk.contract.user import Role
from clerk.errors import InputError, RefusedError
from clerk.rules.case import fold
from clerk.rules.identifiers import read_identifier

_SUBJECT_LENGTH = 64
_OLD_KINDS = frozenset({IdKind.OLD_ORG_CODE, IdKind.OLD_REGISTRATION})


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a look is about, and for which items."""

    id_kind: IdKind
    number: str
    items: tuple[str, ...]

    def __repr__(self) -> str:
        """Nothing of it."""
        return "Sought()"


def demand_purpose(connection: Connection, ask: LookUp, caller: Caller) -> Sought:
    """A draft is the counter's; a case must be in sight and the number its own; else a reason."""
    if ask.purpose is Purpose.FIND:
        raise InputError("lookup.subject_missing")  # it opens no card
    if ask.purpose is Purpose.CASE:
        return _of_case(connection, ask, caller)
    number = read_number(ask.id_kind, ask.id_number, caller)
    if not 0 < len(ask.subject) <= _SUBJECT_LENGTH or not ask.subject.isprintable():
        raise InputError("lookup.subject_missing")
    if ask.purpose in {Purpose.DRAFT, Purpose.RELEASE}:
        access.demand_role(caller.user, {Role.COUNTER})
        return Sought(id_kind=ask.id_kind, number=number, items=ask.items)
    access.demand_role(caller.user, access.CASE_WORKERS)
    if not ask.reason.strip():
        raise InputError("reason.missing")
    return Sought(id_kind=ask.id_kind, number=number, items=())


def read_number(id_kind: IdKind, text: str, caller: Caller) -> str:
    """The plain number. Raises InputError; numbers that the unified code replaced say so."""
    reading = read_identifier(text, id_kind, today=caller.now.date())
    if id_kind in _OLD_KINDS or reading.kind in _OLD_KINDS:
        raise InputError("applicant.number_old", kind=reading.kind.value)
    if not reading.valid:
        raise InputError("applicant.number_invalid", kind=id_kind.value)
    return reading.number


def _of_case(connection: Connection, ask: LookUp, caller: Caller) -> Sought:
    """Of its case a desk has the number masked only; central knows it."""
    number = read_number(ask.id_kind, ask.id_number, caller) if ask.id_number else ""
    if not 0 < len(ask.subject) <= _SUBJECT_LENGTH or not ask.subject.isprintable():
        raise InputError("lookup.subject_missing")
    access.demand_role(caller.user, access.CASE_WORKERS)
    case = fold(access.get_seen_record(connection, caller.device, ask.subject))
    if number and case.applicant.id_number != number:
        raise RefusedError("lookup.not_of_case")
    applicant = case.applicant
    return Sought(id_kind=applicant.id_kind, number=applicant.id_number, items=(case.terms.item,))
