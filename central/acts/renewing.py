"""What a person says of a licence that ended while its renewal was undecided (Art. 50)."""

from __future__ import annotations

from collections.abc import Sequence

from central.db import renewals
from central.db.engine import Connection
from clerk.contract.asking import AskAnswered
from clerk.contract.case import AnyEvent
from clerk.rules.case import Case


def note_answers(connection: Connection, case: Case, events: Sequence[AnyEvent]) -> None:
    """Put the answers beside the licences they are about; the licences stay what they are."""
    for event in events:
        if isinstance(event, AskAnswered) and event.holds is not None:
            ask = next(one for one in case.asks if one.n == event.ask)
            renewals.answer(connection, ask.licence, case.id, holds=event.holds)
