"""Answering an applicant who asks after a case with the number and password of the receipt."""

from __future__ import annotations

import hmac

from central.db import cases, lookups
from central.db.engine import Connection
from clerk.clock import OFFICE_ZONE
from clerk.contract.progress import AskProgress, Progress
from clerk.errors import InputError, RefusedError
from clerk.rules.case.fold import fold
from clerk.rules.numbers import read_case_number


def find_progress(connection: Connection, ask: AskProgress) -> Progress:
    """How the case stands.

    Raises InputError for what is no case number, and RefusedError `progress.unknown` alike for a
    number that nobody has and for a wrong password.
    """
    number = str(read_case_number(ask.number))
    case_id = cases.find_id(connection, number) or ""
    row = cases.find_row(connection, case_id)
    kept = row.query_password_hash if row else ""
    right = hmac.compare_digest(kept, password_digest(connection, case_id, ask.password))
    record = cases.find_record(connection, case_id)
    if row is None or record is None or not kept or not right:
        raise RefusedError("progress.unknown")
    case = fold(record)
    return Progress(
        number=case.number,
        item=case.terms.name,
        department=case.terms.department_name,
        stage=case.stage,
        clock=case.clock,
        outcome=case.outcome,
        delivery=case.delivery,
        received_on=case.received_at.astimezone(OFFICE_ZONE).date(),
        accepted_on=case.accepted_from,
        due=row.promised_due or row.statutory_due,
        decided_on=row.decided_on,
        awaited=tuple(line for line in case.asked if line.key in case.awaited),
    )


def password_digest(connection: Connection, case_id: str, password: str) -> str:
    """Six digits withstand no slow hash, so a keyed one it is."""
    return lookups.digest(connection, f"{case_id}:{password}") if password else ""


def subject_of(ask: AskProgress) -> str:
    """Under which wrong passwords for a case are counted, however its number was written."""
    try:
        return f"progress:{read_case_number(ask.number)}"
    except InputError:
        return "progress:"
