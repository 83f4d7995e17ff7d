"""Two people on one case: who they are, and what has to be seen of what both did."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from clerk.contract.command import AnyCommand, ClaimCase
from clerk.contract.item import Item
from clerk.contract.user import Role, User
from clerk.rules.spot import Facet
from tests.support.cases import ALL_ROUND, FOOD, CaseStory

OTHER = User(id="u-other", login="o", name="窗口己", roles=(Role.COUNTER,))
PAINTED = replace(FOOD, result=replace(FOOD.result, produced=True))
"""The same item, whose licence has to be made before it is handed out."""

Play = Callable[[CaseStory], CaseStory]


class Clash(NamedTuple):
    """An act, the case it was given on, what somebody else did first, and what must be seen."""

    prepare: Play
    by: User
    mine: AnyCommand
    theirs: Play
    seen: dict[Facet, tuple[object, object]]
    """By facet: what I wanted, and what it is now."""
    item: Item = PAINTED


def take_over(story: CaseStory) -> CaseStory:
    """Somebody else claims the case after the lease ran out."""
    return story.later(hours=3).do(ClaimCase(), ALL_ROUND)
