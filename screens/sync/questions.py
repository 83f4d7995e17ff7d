"""What is asked when a refused act is typed anew: each text with what it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from clerk.contract.command import AnyCommand, LookInto, Propose
from clerk.contract.proposal import CorrectPlan, Procedure, TickAmendment
from clerk.contract.tick import MaterialState
from clerk.locale import _
from clerk.rules.retyping import parts_of, texts_of
from screens.case.correcting import STATES, check_count, check_until
from screens.case.proposals import check_days
from screens.dialogs import Question
from screens.words import word
from services.mending import Conflict

_CHOICES: dict[str, tuple[MaterialState | Procedure, ...]] = {
    "state": STATES,
    "procedure": tuple(Procedure),
}
"""What is chosen by a number, for there is no room for a list among other lines."""


def questions_of(found: Conflict, command: AnyCommand) -> list[Question]:
    """A line for each text of an act, as it was typed."""
    labels = _labels(found, command)
    return [
        Question(
            key,
            labels.get(key) or _label(key, command, found),
            _shown(key, text),
            required=not key.startswith(("until", "field:")),
            check=_check(key, command),
        )
        for key, text in texts_of(command).items()
    ]


def read_answers(answers: Mapping[str, str]) -> dict[str, str]:
    """The texts as the act holds them; a choice by its number becomes what was chosen."""
    return {
        key: _choices(key)[text].value if _choices(key) else text for key, text in answers.items()
    }


def name_parts(found: Conflict, command: AnyCommand) -> dict[str, str]:
    """The parts of an act, fields by their labels."""
    names = parts_of(command)
    return names | {key: label for key, label in found.labels.items() if key in names}


def _choices(key: str) -> dict[str, MaterialState | Procedure]:
    offered = _CHOICES.get(key.partition(":")[0], ())
    return {str(place): one for place, one in enumerate(offered, 1)}


def _shown(key: str, text: str) -> str:
    """The number of what was chosen; what is not offered any more is chosen anew."""
    choices = _choices(key)
    if not choices:
        return text
    return next((place for place, one in choices.items() if one.value == text), "")


def _check(key: str, command: AnyCommand) -> Callable[[str], str] | None:
    if _choices(key):
        return partial(_wrong_choice, _choices(key))
    if key.startswith(("originals:", "copies:")):
        return check_count
    if not isinstance(command, Propose):
        return None
    if key == "days":
        correcting = isinstance(command.plan, CorrectPlan)
        return check_count if correcting else check_days
    return check_until if key == "until" else None


def _wrong_choice(choices: Mapping[str, object], text: str) -> str:
    return "" if text in choices else _("Type one of the numbers.")


def _label(key: str, command: AnyCommand, found: Conflict) -> str:
    """What a value of a correction is called."""
    what, _apart, part = key.partition(":")
    if what == "field":
        return found.labels.get(part, part)
    name = _materials(command).get(part, "")
    told = {
        "state": " ".join(f"{place}={word(one)}" for place, one in _choices(key).items()),
        "originals": _("How many originals"),
        "copies": _("How many copies"),
    }[what]
    return f"{name}  {told}"


def _materials(command: AnyCommand) -> dict[str, str]:
    amendment = getattr(getattr(command, "plan", None), "amendment", None)
    ticks = amendment.materials if isinstance(amendment, TickAmendment) else ()
    return {one.key: one.name for one in ticks}


def _labels(found: Conflict, command: AnyCommand) -> dict[str, str]:
    correcting = isinstance(command, Propose) and isinstance(command.plan, CorrectPlan)
    procedures = " ".join(f"{place}={word(one)}" for place, one in _choices("procedure").items())
    return name_parts(found, command) or {
        "name": _("Applicant's name"),
        "phone": _("Phone"),
        "address": _("Address"),
        "procedure": procedures,
        "basis": _("Legal basis: law and article, as it is printed"),
        "days": _("How many days"),
        "note": _("What came of it") if isinstance(command, LookInto) else _("What is asked"),
        "reason": _("Why, as it is printed") if correcting else _("Reason"),
        "refusal": _("Reason of the refusal"),
        "until": _("Licence until, such as 2031-06-01"),
        "demand": _("To be answered"),
        "finding": _("Finding"),
        "right_body": _("Right body"),
        "opinion": _("Text of the decision") if correcting else _("Opinion"),
        "collector": _("Collector"),
        "signature": _("Signature"),
        "text": _("Answer"),
        "receiver": _("Receiver"),
        "place": _("Where the file stands"),
    }
