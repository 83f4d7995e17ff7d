"""What a person says of a licence that ended while its renewal was undecided (Art. 50)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from central.db import cases, catalogue, licences, renewals
from central.db.engine import Connection
from central.db.renewals import Pair, Said
from clerk.clock import OFFICE_ZONE
from clerk.contract.asking import AskAnswered
from clerk.contract.case import AnyEvent
from clerk.contract.command import AnyCommand, Approve, Propose
from clerk.contract.licence import RENEWAL_DAYS
from clerk.rules.case import Case, fold
from clerk.rules.renewal import Ended, counts_as_renewed


def note_answers(connection: Connection, case: Case, events: Sequence[AnyEvent]) -> None:
    """Put the answers beside the licences they are about; the licences stay what they are."""
    for event in events:
        if isinstance(event, AskAnswered) and event.holds is not None:
            ask = next(one for one in case.asks if one.n == event.ask)
            said = Said(holds=event.holds, by=event.by.name, at=event.at)
            renewals.answer(connection, ask.licence, case.id, said)


def find_renewal(connection: Connection, case: Case, command: AnyCommand, at: datetime) -> str:
    """The number of the undecided case that renews the licence of this case in time, or nothing.

    Asked where something is proposed or approved for a licence. It does not wait for the sweep
    that puts a renewal before a person.
    """
    if not case.licence or not isinstance(command, Propose | Approve):
        return ""
    today = at.astimezone(OFFICE_ZONE).date()
    licence = licences.find_of_case(connection, case.licence, case.id)
    if licence is None or licence.valid_until is None or licence.valid_until >= today:
        return ""
    for pair in renewals.list_open_of(connection, licence.id):
        record = cases.find_record(connection, pair.case_id)
        assert record is not None, "a case has events"
        renewing = fold(record)
        item = catalogue.find_item(connection, renewing.terms.item, renewing.terms.version)
        if counts_as_renewed(renewing, item, get_ended(connection, pair), today):
            return renewing.number
    return ""


def get_ended(connection: Connection, pair: Pair) -> Ended:
    """A licence that has ended, beside all that its holder holds."""
    known = licences.find_known(connection, pair.licence)
    assert known is not None, "licences are never deleted"
    kind = catalogue.find_licence_type(connection, known.licence.type)
    return Ended(
        licence=known.licence,
        held=licences.list_held(connection, [pair.holder_number]),
        renewal_days=kind.renewal_days if kind else RENEWAL_DAYS,
    )
