"""Notices after they are made: which prints of them there are, and how they were handed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from clerk.clock import OFFICE_ZONE
from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent, DocumentKind
from clerk.contract.command import DeliverNotice, NotePrint
from clerk.contract.notice import NoticeDelivered, NoticePrinted
from clerk.contract.user import Role
from clerk.rules.case.context import Context, lacks_role, refuse
from clerk.rules.case.state import Case, PrintedDocument
from clerk.rules.identifiers.masking import scrub

NOTICES = frozenset(
    {
        *(DocumentKind.ACCEPTANCE, DocumentKind.SUPPLEMENT, DocumentKind.DECLINE),
        *(DocumentKind.STOP, DocumentKind.PROLONGATION, DocumentKind.EXTENSION),
        *(DocumentKind.CORRECTION, DocumentKind.LICENCE, DocumentKind.WITHDRAWAL),
        DocumentKind.LOSS,
    }
)
"""What an applicant is to have at once (行政许可法 Art. 32, 42, 45); decisions are handed over
with the result, against the proof of delivery."""

_LONGEST = 80


def note_print(case: Case, command: NotePrint, context: Context) -> tuple[AnyEvent, ...] | Refusal:
    """Record a print: it is on paper already, whoever made it, so nothing speaks against it."""
    if find_paper(case, command.paper, command.number) is None or command.nth < 0:
        return refuse("notice.unknown", number=command.number)
    return (
        NoticePrinted(
            at=context.now,
            by=context.actor,
            paper=command.paper,
            number=command.number,
            nth=command.nth,
            printed_at=min(command.printed_at, context.now),
        ),
    )


def deliver(case: Case, command: DeliverNotice, context: Context) -> tuple[AnyEvent, ...] | Refusal:
    """Record that the applicant has a notice, by whom it was taken and how.

    The case's window may, with the line down too, and its department. A second one is no fault:
    what came back in the mail is handed over at the window.
    """
    return (
        _may_not_deliver(case, context)
        or _wrong_delivery(case, command, context)
        or (
            NoticeDelivered(
                at=context.now,
                by=context.actor,
                paper=command.paper,
                number=command.number,
                way=command.way,
                on=command.on,
                receiver=_shown(command.receiver),
                note=_shown(command.note),
            ),
        )
    )


def find_paper(case: Case, kind: str, number: str) -> PrintedDocument | None:
    """A paper of the case by its kind and number."""
    found = (one for one in case.documents if (one.kind.value, one.number) == (kind, number))
    return next(found, None)


def _may_not_deliver(case: Case, context: Context) -> Refusal | None:
    if context.user.disabled:
        return refuse("user.disabled")
    if context.window == case.window:
        return lacks_role(context, Role.COUNTER)
    if not context.window and context.user.department == case.terms.department:
        return None
    return refuse("notice.not_yours", number=case.number)


def _wrong_delivery(case: Case, command: DeliverNotice, context: Context) -> Refusal | None:
    paper = find_paper(case, command.paper, command.number)
    if paper is None or paper.kind not in NOTICES:
        return refuse("notice.unknown", number=command.number)
    if paper.void:
        return refuse("notice.void", number=command.number)
    made = paper.at.astimezone(OFFICE_ZONE).date()
    if not made <= command.on <= context.today:
        return refuse("notice.day", "on", made=made, today=context.today)
    if not command.receiver.strip():
        return refuse("notice.receiver", "receiver")
    return None


def _shown(text: str) -> str:
    """What looks like somebody's number is never kept."""
    return scrub(" ".join(text.split())[:_LONGEST])


def _printed(case: Case, event: NoticePrinted) -> Case:
    def with_print(paper: PrintedDocument) -> PrintedDocument:
        first = event.nth == 0 and not paper.printed
        # Two seats that could not hear of each other may both have made the same print.
        nth = 0 if first else max(event.nth, paper.reprints + 1)
        return replace(paper, printed=True, reprints=nth)

    return _changed(case, event, with_print)


def _delivered(case: Case, event: NoticeDelivered) -> Case:
    def with_delivery(paper: PrintedDocument) -> PrintedDocument:
        return replace(paper, deliveries=(*paper.deliveries, event))

    return _changed(case, event, with_delivery)


def _changed(
    case: Case,
    event: NoticePrinted | NoticeDelivered,
    change: Callable[[PrintedDocument], PrintedDocument],
) -> Case:
    named = (event.paper, event.number)
    documents = tuple(
        change(one) if (one.kind.value, one.number) == named else one for one in case.documents
    )
    return replace(case, documents=documents)


FOLDS: dict[type, Callable[[Case, Any], Case]] = {
    NoticePrinted: _printed,
    NoticeDelivered: _delivered,
}
