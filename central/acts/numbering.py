"""Document numbers (文书号): consecutive per year, department and kind, given here alone.

The series of a kind is a template with `{department}`, so that no two departments give out
the same number: `市监受〔2026〕12号`. An office sets its own through `set_series`.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from central.db import counters, meta, offices
from central.db.engine import Connection
from clerk.clock import OFFICE_ZONE
from clerk.contract.asking import Supervised
from clerk.contract.case import (
    Accepted,
    AnyEvent,
    Decided,
    Declined,
    DeemedAccepted,
    DocumentKind,
    Outcome,
    Released,
    SupplementAsked,
    Terms,
    Withdrawn,
)
from clerk.contract.custody import PapersLost
from clerk.contract.licence_life import LicenceChanged
from clerk.contract.proposal import Corrected, Extended, Prolonged, Stopped
from clerk.contract.user import CLOCK_ACTOR
from clerk.decoding import decode
from clerk.rules.case import Case
from clerk.rules.case.correction_fold import paper_kind
from clerk.rules.case.licence_fold import NEW_PAPER
from clerk.rules.numbers import document_number, read_document_number

SERIES = {
    DocumentKind.ACCEPTANCE: "{department}受",
    DocumentKind.SUPPLEMENT: "{department}补",
    DocumentKind.DECLINE: "{department}不受",
    DocumentKind.DECISION: "{department}准",
    DocumentKind.REFUSAL: "{department}不准",
    DocumentKind.DELIVERY: "{department}送",
    DocumentKind.STOP: "{department}特",
    DocumentKind.PROLONGATION: "{department}特延",
    DocumentKind.EXTENSION: "{department}延",
    DocumentKind.SUPERVISION: "{department}督",
    DocumentKind.CORRECTION: "{department}更",
    DocumentKind.LICENCE: "{department}证",
    DocumentKind.WITHDRAWAL: "{department}撤",
    DocumentKind.LOSS: "{department}遗",
}
"""How numbers begin where the office has not said otherwise."""

_KINDS: dict[type, DocumentKind] = {
    Accepted: DocumentKind.ACCEPTANCE,
    DeemedAccepted: DocumentKind.ACCEPTANCE,
    SupplementAsked: DocumentKind.SUPPLEMENT,
    Declined: DocumentKind.DECLINE,
    Released: DocumentKind.DELIVERY,
    Stopped: DocumentKind.STOP,
    Prolonged: DocumentKind.PROLONGATION,
    Extended: DocumentKind.EXTENSION,
    Supervised: DocumentKind.SUPERVISION,
    Withdrawn: DocumentKind.WITHDRAWAL,
    PapersLost: DocumentKind.LOSS,
}
_SETTING = "series"


def set_series(connection: Connection, series: dict[DocumentKind, str]) -> None:
    """Let the numbers of some kinds of document begin otherwise from now on."""
    meta.put(connection, _SETTING, msgspec.json.encode(series).decode())


def number_documents(
    connection: Connection, case: Case, events: Sequence[AnyEvent], given: Sequence[str] = ()
) -> tuple[AnyEvent, ...]:
    """The events, those with a paper carrying its number.

    `given` are the numbers of papers that are out already, where a restore has lost their act.
    """
    return tuple(_numbered(connection, case, event, given) for event in events)


def _numbered(
    connection: Connection, case: Case, event: AnyEvent, given: Sequence[str]
) -> AnyEvent:
    kind, terms = _kind_of(case, event), case.terms
    if kind is None:
        return event
    year = event.at.astimezone(OFFICE_ZONE).year
    series = _series(connection, kind, terms)
    for one in given:
        told = read_document_number(series, one)
        if told and counters.take_given(connection, told[0], terms.department, kind.value, told[1]):
            return _with_number(event, one)
    n = counters.next_number(connection, year, terms.department, kind.value)
    return _with_number(event, document_number(series, year, n))


def _with_number(event: AnyEvent, number: str) -> AnyEvent:
    assert hasattr(event, "document"), "an event with a paper keeps its number"
    return replace(event, document=number)


def _kind_of(case: Case, event: AnyEvent) -> DocumentKind | None:
    if isinstance(event, Corrected):
        return paper_kind(case, event)
    if isinstance(event, LicenceChanged):
        told = event.act not in NEW_PAPER and event.by.user != CLOCK_ACTOR.user
        return DocumentKind.LICENCE if told else None
    if isinstance(event, Decided):
        refused = event.outcome is Outcome.REFUSED
        return DocumentKind.REFUSAL if refused else DocumentKind.DECISION
    return _KINDS.get(type(event))


def _series(connection: Connection, kind: DocumentKind, terms: Terms) -> str:
    setting = meta.find(connection, _SETTING)
    own = decode(setting, dict[DocumentKind, str]) if setting else {}
    department = offices.find_department(connection, terms.department)
    name = department.short_name if department else ""
    return own.get(kind, SERIES[kind]).format(department=name or terms.department_name)
