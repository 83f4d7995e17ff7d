"""How a notice reached the applicant: asked for on one form, told in the history of the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from clerk.contract.case import AnyEvent, DocumentKind
from clerk.contract.command import DeliverNotice
from clerk.contract.notice import DeliveryWay, NoticeDelivered, NoticePrinted
from clerk.locale import _, mark_n
from clerk.locale.punctuation import labelled
from screens.base import DeskScreen
from screens.dialogs import AskText, Choose, Question
from screens.lights import name_day, name_moment
from screens.together import SharedAct, Together
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
                deliver(_command(due, way, answers))

        title = labelled(f"{word(due.kind)}  {due.number}", word(way))
        asked = _questions(way, due.applicant, screen.desk.today)
        screen.app.push_screen(AskText(title, asked), take)

    screen.app.push_screen(Choose(_("How did the applicant get it?"), _ways()), ask)


def ask_deliveries(
    screen: DeskScreen, due: Sequence[DuePaper], finished: Callable[[], None]
) -> None:
    """Ask once for several notices that went the same way, and record it of each."""

    def ask(chosen: str | None) -> None:
        if chosen is None:
            return
        way = DeliveryWay(chosen)
        deliver = screen.desk.due_papers.deliver
        names = {one.applicant for one in due}
        act = SharedAct[DuePaper](
            title=mark_n("{count} notice is delivered", "{count} notices are delivered"),
            act=lambda one, told: deliver(one, _command(one, way, told)),
            name=lambda one: (f"{word(one.kind)}  {one.number}", one.applicant),
            questions=_questions(way, names.pop() if len(names) == 1 else "", screen.desk.today),
        )
        Together(screen, act, due, finished).begin({})

    screen.app.push_screen(Choose(_("How did the applicant get it?"), _ways()), ask)


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


def _ways() -> list[tuple[str, str]]:
    return [(one.value, word(one)) for one in DeliveryWay]


def _command(due: DuePaper, way: DeliveryWay, told: Mapping[str, str]) -> DeliverNotice:
    return DeliverNotice(
        paper=due.kind.value,
        number=due.number,
        way=way,
        on=date.fromisoformat(told["on"].strip()),
        receiver=told["receiver"],
        note=told["note"],
    )


def _questions(way: DeliveryWay, receiver: str, today: date) -> tuple[Question, ...]:
    notes = {
        DeliveryWay.WINDOW: _("Signature"),
        DeliveryWay.MAIL: _("Number of the mail"),
        DeliveryWay.ONLINE: _("Account or address it was sent to"),
    }
    return (
        Question("receiver", _("Who took it"), receiver),
        Question("on", _("On which day"), today.isoformat(), check=_wrong_day),
        Question("note", notes[way]),
    )


def _wrong_day(text: str) -> str:
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return _("A date is written as 2026-06-01.")
    return ""
