"""A licence asks for its paper, in the transaction that issues it: kept as it is to be sealed."""

from __future__ import annotations

import os
from datetime import datetime

import msgspec

from central.db import licence_papers, seals
from central.db.engine import Connection
from central.db.licence_papers import WAITING, PaperRow
from central.licensing.digits import check_digits
from clerk.clock import OFFICE_ZONE
from clerk.contract.identity import IdKind
from clerk.contract.ids import new_id
from clerk.contract.licence import Licence, LicenceType
from clerk.rules.case import Case
from clerk.rules.identifiers import mask_identifier
from clerk.rules.licence_type import field_value
from exports.papers.licences import CREDIT_CODE, LicenceLine, LicencePaper

_OTHER_NUMBER = "证件号码"
CORRECTED, REISSUED = "更正", "补发"


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """A licence of a case that needs a paper, and what the paper takes the place of."""

    case: Case
    licence: Licence
    kind: LicenceType | None
    at: datetime
    remark: str = ""


def ask_for_paper(connection: Connection, asking: Asking) -> bool:
    """Let the paper wait for its seal; whether its department has one, so that it is waited for.

    Where none is installed it waits all the same, and nobody for it.
    """
    case, licence = asking.case, asking.licence
    department = case.terms.department
    licence_papers.void(connection, licence.id)
    row = PaperRow(
        id=new_id(int(asking.at.timestamp() * 1000), os.urandom),
        licence=licence.id,
        case_id=case.id,
        issue=licence_papers.next_issue(connection, licence.id),
        department=department,
        state=WAITING,
        body=msgspec.json.encode(_paper(connection, asking)),
        asked_at=asking.at,
    )
    licence_papers.add(connection, row)
    return seals.has_one(connection, department)


def _paper(connection: Connection, asking: Asking) -> LicencePaper:
    licence, party = asking.licence, asking.case.applicant
    is_credit = party.id_kind is IdKind.USCC
    lines = asking.kind.fields if asking.kind else ()
    return LicencePaper(
        centre=licence.issuer,
        title=licence.type_name,
        number=licence.number,
        holder=licence.holder_name,
        holder_label=CREDIT_CODE if is_credit else _OTHER_NUMBER,
        holder_number=party.id_number if is_credit else mask_identifier(party.id_number),
        lines=tuple(LicenceLine(one.label, _value(asking.case, one.source)) for one in lines),
        office=licence.issuer,
        issued_on=licence.issued_on,
        dated=asking.at.astimezone(OFFICE_ZONE).date(),
        valid_until=licence.valid_until,
        code=check_digits(connection, licence.type, licence.number),
        remark=asking.remark,
    )


def _value(case: Case, source: str) -> str:
    """What a line says; a choice by its name, as the form had it."""
    told = field_value(source, case.applicant, case.fields)
    key = source.removeprefix("form.")
    field = next((one for one in case.terms.fields if one.key == key), None)
    names = {one.key: one.label for one in field.options} if field else {}
    return names.get(told, told)
