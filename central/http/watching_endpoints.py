"""The calls of those who watch over the office: supervision, journals, matters."""

from __future__ import annotations

from central.http import handlers, journal_calls, matter_calls
from central.http.endpoint import OF_PERSON, Endpoint
from clerk.contract.journal import JournalEntry
from clerk.contract.matter import AskContact, ContactGiven, MatterRecord
from clerk.contract.supervision import Board, WatchedPage

WATCHING = (
    Endpoint(
        method="GET",
        path="/supervision/board",
        gives=Board,
        handler=handlers.show_board,
        codes=(*OF_PERSON, "calendar.none"),
        query=("mark",),
    ),
    Endpoint(
        method="GET",
        path="/supervision/cases",
        gives=WatchedPage,
        handler=handlers.list_watched,
        codes=(*OF_PERSON, "watched.query"),
        query=(
            *("department", "stage", "step", "light", "statutory_light"),
            *("asked", "text", "order", "backwards", "after"),
        ),
    ),
    Endpoint(
        method="GET",
        path="/journal",
        gives=tuple[JournalEntry, ...],
        handler=journal_calls.list_journal,
        codes=(*OF_PERSON, "report.period"),
        query=("day",),
    ),
    Endpoint(
        method="GET",
        path="/matters",
        gives=tuple[MatterRecord, ...],
        handler=matter_calls.list_matters,
        codes=OF_PERSON,
    ),
    Endpoint(
        method="POST",
        path="/matters/{matter_id}/contact",
        takes=AskContact,
        gives=ContactGiven,
        handler=matter_calls.give_contact,
        codes=(*OF_PERSON, "matter.unknown", "matter.not_yours", "reason.missing"),
    ),
)
