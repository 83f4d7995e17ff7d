"""Papers, their holders and their slips in words."""

from __future__ import annotations

from collections.abc import Iterable

from clerk.contract.case import AnyEvent, Terms
from clerk.contract.custody import (
    Holder,
    HolderKind,
    LossMadeGood,
    Mishap,
    PaperForm,
    PaperLine,
    PapersFiled,
    PapersGiven,
    PapersLost,
    PapersRecalled,
    PapersReturned,
    PapersTaken,
    Remedy,
    Shortage,
)
from clerk.locale import _, mark
from clerk.locale.punctuation import bracketed, in_turn, labelled
from clerk.rules.identifiers.masking import scrub

_FORMS = {PaperForm.ORIGINAL: mark("original ×{count}"), PaperForm.COPY: mark("copy ×{count}")}


def name_form(form: PaperForm, count: int) -> str:
    """So many originals or copies."""
    return _(_FORMS[form]).format(count=count)


def name_holder(holder: Holder, names: dict[str, str]) -> str:
    """Who holds it; departments by their names."""
    match holder.kind:
        case HolderKind.WINDOW:
            return _("the window")
        case HolderKind.DEPARTMENT:
            return names.get(holder.id) or holder.id
        case HolderKind.APPLICANT:
            return _("the applicant")
        case HolderKind.LOST:
            return _("lost")
        case _:
            return _("the file")


def names_in(terms: Terms) -> dict[str, str]:
    """The departments that a case names itself."""
    signers = {
        one.department: one.name for step in terms.flow if step.joint for one in step.joint.signers
    }
    return {**signers, terms.department: terms.department_name}


def list_papers(papers: Iterable[PaperLine | Shortage], terms: Terms) -> str:
    """Papers in a row, by the names of the case's materials."""
    names = {one.key: one.name for one in terms.materials}
    return in_turn(
        bracketed(names.get(one.material, one.material), name_form(one.form, one.count))
        for one in papers
    )


def tell_custody(event: AnyEvent, terms: Terms) -> str:
    """What became of papers; nothing of other events."""
    match event:
        case PapersGiven():
            to = name_holder(event.to, names_in(terms))
            return _("Papers for {to} on slip {slip}").format(to=to, slip=event.slip)
        case PapersTaken(slip=slip):
            text = _("Slip {slip} confirmed, with papers missing") if event.short else ""
            return (text or _("Slip {slip} confirmed, everything is there")).format(slip=slip)
        case PapersRecalled(slip=slip):
            return _("Slip {slip} taken back").format(slip=slip)
        case PapersReturned():
            text = _("Papers returned to {name} on slip {slip}; {signature}")
            told = {"slip": event.slip, "signature": event.signature}
            return text.format(name=event.receiver, **told)
        case PapersFiled():
            return _("Papers put on file") + (f" · {event.place}" if event.place else "")
        case _:
            return _tell_loss(event)


def _tell_loss(event: AnyEvent) -> str:
    match event:
        case PapersLost(mishap=Mishap.LOST):
            return _("Papers lost in the office · {document}").format(document=event.document)
        case PapersLost():
            return _("Papers damaged in the office · {document}").format(document=event.document)
        case LossMadeGood(remedy=Remedy.FOUND):
            return _("Lost papers found again")
        case LossMadeGood():
            return _("Papers replaced at the office's cost")
        case _:
            return ""


def _words_of_loss(event: AnyEvent) -> str:
    """What is known of a loss and who reported it, or how it was made good."""
    match event:
        case PapersLost():
            by = event.proposed_by
            reported = _("reported by {name}").format(name=by.name) if by else ""
            return "\n".join(text for text in (scrub(event.reason), reported) if text)
        case LossMadeGood(note=text):
            return scrub(text)
        case _:
            return ""


def papers_of(event: AnyEvent, terms: Terms) -> str:
    """Which papers they were, line by line; of those that were missing, why."""
    match event:
        case PapersGiven(papers=papers) | PapersReturned(papers=papers):
            return list_papers(papers, terms)
        case PapersFiled(papers=papers):
            return list_papers(papers, terms)
        case PapersLost(papers=papers) | LossMadeGood(papers=papers):
            return f"{list_papers(papers, terms)}\n{_words_of_loss(event)}"
        case PapersTaken(short=short):
            return "\n".join(
                f"· {labelled(list_papers((one,), terms), scrub(one.reason))}" for one in short
            )
        case _:
            return ""
