"""Joint handling (联合办理) as it follows from a bundle, with the limit that the law gives it.

Art. 26(2) has one department lead and others act with it; Art. 42(2) gives that 45 days, which
the head of the government may extend by 15.
"""

from __future__ import annotations

from msgspec.structs import replace

from clerk.contract.case import Terms
from clerk.contract.item import Item
from clerk.contract.limits import Limit
from clerk.rules.clock.limits import DECISION_LIMIT, JOINT_DECISION_LIMIT


def is_jointly_reviewed(item: Item | Terms, lead: str) -> bool:
    """Whether a bundle's lead department has others countersign the item (Art. 26(2)).

    What another department asks opinions for is its own item's affair.
    """
    return bool(lead) and any(
        step.joint is not None and (step.department or item.department) == lead
        for step in item.flow
    )


def under_lead(item: Item, lead: str) -> Item:
    """The item as it is handled in a bundle of this lead department."""
    if item.joint or not is_jointly_reviewed(item, lead):
        return item
    return replace(item, joint=True, statutory=joint_limit(item.statutory))


def joint_limit(statutory: Limit) -> Limit:
    """The limit of joint handling in the place of the law's; one of the item's own stays."""
    return JOINT_DECISION_LIMIT if statutory == DECISION_LIMIT else statutory
