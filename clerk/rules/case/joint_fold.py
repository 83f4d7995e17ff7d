"""What the departments of a joint step have said, or left unsaid."""

from __future__ import annotations

from msgspec.structs import replace

from clerk.contract.case import OpinionGiven, Silent
from clerk.rules.case.state import Case, Opinion


def opinion_given(case: Case, event: OpinionGiven) -> Case:
    """A department has spoken."""
    one = Opinion(event.department, event.stance, event.by, event.at, event.opinion)
    return replace(case, opinions=(*case.opinions, one))


def silent(case: Case, event: Silent) -> Case:
    """It has said nothing in time: that is an opinion without a stance."""
    one = Opinion(event.department, None, event.by, event.at)
    return replace(case, opinions=(*case.opinions, one))
