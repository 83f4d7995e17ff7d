"""A paper that is lost or damaged: reported, and said to be here again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from msgspec.structs import replace

from clerk.contract.custody import Mishap, Remedy
from clerk.errand import Errand
from clerk.locale import _, _n
from screens.base import DeskScreen
from screens.custody.words import name_form
from screens.dialogs import AskText, Choose, Question
from screens.words import word
from services.custody import Handed
from services.lost_papers import LostPaper
from services.paper_lists import HeldPaper

_Act = Callable[[Errand], Handed]


def report_loss(
    screen: DeskScreen, papers: Sequence[HeldPaper], carry_out: Callable[[_Act], None]
) -> None:
    """Ask what became of them and what is known; of several copies, how many it is."""
    one = papers[0] if len(papers) == 1 else None

    def asked(key: str | None) -> None:
        if key is None:
            return
        questions = [Question("why", _("Where it lay last, and where it was looked for"))]
        if one is not None and one.count > 1:
            label = _("How many of {count}").format(count=one.count)
            check = partial(_check_count, most=one.count)
            questions.insert(0, Question("count", label, str(one.count), check=check))
        title = _("{paper}: {what}. Somebody else confirms it.")
        named = (
            one.name
            if one
            else _n("{count} paper", "{count} papers", len(papers)).format(count=len(papers))
        )
        title = title.format(paper=named, what=word(Mishap(key)))
        screen.app.push_screen(AskText(title, questions), partial(told, Mishap(key)))

    def told(mishap: Mishap, answers: dict[str, str] | None) -> None:
        if answers is not None:
            meant = list(papers)
            if "count" in answers:
                meant = [replace(papers[0], count=int(answers["count"]))]
            report = screen.desk.custody.report_loss
            carry_out(partial(report, meant, mishap, answers["why"]))

    title = _("What became of it?")
    screen.app.push_screen(Choose(title, [(one.value, word(one)) for one in Mishap]), asked)


def make_good(screen: DeskScreen, paper: LostPaper, carry_out: Callable[[_Act], None]) -> None:
    """Ask whether it was found or replaced, and where it was or where the new one is from."""

    def asked(key: str | None) -> None:
        if key is None:
            return
        remedy = Remedy(key)
        found = remedy is Remedy.FOUND
        label = _("Where it was found") if found else _("Where it is from, and what it cost")
        named = {"paper": paper.name, "form": name_form(paper.form, paper.count)}
        title = _("{paper} {form}: {what}").format(what=word(remedy), **named)
        screen.app.push_screen(AskText(title, [Question("note", label)]), partial(told, remedy))

    def told(remedy: Remedy, answers: dict[str, str] | None) -> None:
        if answers is not None:
            act = screen.desk.custody.make_good
            carry_out(lambda _errand: act(paper, remedy, answers["note"]))

    offered = [one for one in Remedy if one is Remedy.REPLACED or paper.mishap is Mishap.LOST]
    options = [(one.value, word(one)) for one in offered]
    screen.app.push_screen(Choose(_("How was it made good?"), options), asked)


def _check_count(text: str, most: int) -> str:
    if text.isdecimal() and 1 <= int(text) <= most:
        return ""
    return _("A number from 1 to {most}.").format(most=most)
