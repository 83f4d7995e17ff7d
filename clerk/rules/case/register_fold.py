"""What registers were seen to say about the applicant of a case: the last word of each."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from clerk.contract.register import AnswerState, LookedUp, RegisterAnswer
from clerk.rules.case.state import Case


def looked_up(case: Case, event: LookedUp) -> Case:
    """The case with what was seen now; what each said before stays among the events."""
    return replace(case, looked=last_of_each((*case.looked, *event.answers)))


def last_of_each(answers: Iterable[RegisterAnswer]) -> tuple[RegisterAnswer, ...]:
    """The last answer of each register, in the order in which they were first looked into."""
    return tuple({one.register: one for one in answers}.values())


def to_be_checked(case: Case) -> tuple[RegisterAnswer, ...]:
    """The registers that a person still has to look into."""
    return tuple(one for one in case.looked if one.state is AnswerState.TO_BE_CHECKED)
