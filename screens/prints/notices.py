"""How a notice reached the applicant: asked for on one form, told in the history of the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from clerk.contract.case import AnyEvent, DocumentKind
from clerk.contract.command import DeliverNotice
from clerk.contract.notice import DeliveryWay, NoticeDelivered, NoticePrinted
from clerk.locale import _
from screens.base import DeskScreen
from screens.dialogs import AskText, Choose, Question
from screens.lights import name_day, name_moment
from screens.words import word
from services.due_papers import DuePaper


def ask_delivery(
    screen: DeskScreen, due: DuePaper, deliver: Callable[[DeliverNotice], None]
) -> None:
    """Ask in which way, then by whom and when."""

    def ask(chosen: str | None) -> None:
        if chosen is None:
            return
        way = DeliveryWay(chosen)

        def take(answers: dict[str, str] | None) -> None:
            if answers is not None:
                deliver(
                    DeliverNotice(
                        paper=due.kind.value,
                        number=due.number,
                        way=way,
                        on=date.fromisoformat(answers["on"].strip()),
                        receiver=answers["receiver"],
                        note=answers["note"],
                    )
                )

        title = f"{word(due.kind)}  {due.number}: {word(way)}"
        screen.app.push_screen(AskText(title, _questions(way, due, screen.desk.today)), take)

    ways = [(one.value, word(one)) for one in DeliveryWay]
    screen.app.push_screen(Choose(_("How did the applicant get it?"), ways), ask)


def tell_notice(event: AnyEvent) -> str:
    """What became of a notice; nothing of other events."""
    match event:
        case NoticePrinted():
            paper = f"{word(DocumentKind(event.paper))} {event.number}"
            at = name_moment(event.printed_at)
            if event.nth:
                text = _("{paper} printed again, reprint {nth}, {at}")
                return text.format(paper=paper, nth=event.nth, at=at)
            return _("{paper} printed, {at}").format(paper=paper, at=at)
        case NoticeDelivered():
            paper = f"{word(DocumentKind(event.paper))} {event.number}"
            text = _("{paper} delivered: {way}, {receiver}, {day}")
            told = {"way": word(event.way), "receiver": event.receiver, "day": name_day(event.on)}
            return text.format(paper=paper, **told) + (f" · {event.note}" if event.note else "")
        case _:
            return ""


def _questions(way: DeliveryWay, due: DuePaper, today: date) -> list[Question]:
    notes = {
        DeliveryWay.WINDOW: _("Signature"),
        DeliveryWay.MAIL: _("Number of the mail"),
        DeliveryWay.ONLINE: _("Account or address it was sent to"),
    }
    return [
        Question("receiver", _("Who took it"), due.applicant),
        Question("on", _("On which day"), today.isoformat(), check=_wrong_day),
        Question("note", notes[way]),
    ]


def _wrong_day(text: str) -> str:
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return _("A date is written as 2026-06-01.")
    return ""
