"""Who may see which fields of a register, for which item: the least that the work needs.

行政许可法 Art. 31 asks for nothing that has nothing to do with the item; 个人信息保护法 Art. 6
and 34 say the same of what an office looks up by itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from central.registers.description import EVERY_FIELD, Description
from clerk.contract.register import ANY_ITEM
from clerk.contract.session import Purpose
from clerk.contract.user import Role


def fields_seen(
    description: Description, roles: Iterable[Role], items: Iterable[str], purpose: Purpose
) -> frozenset[str]:
    """The keys that somebody of these roles sees for these items; none is nothing at all."""
    held, wanted = set(roles), {ANY_ITEM, *items}
    seen: set[str] = set()
    for sight in description.see:
        allowed = held & set(sight.roles) and wanted & set(sight.items)
        if allowed and purpose in sight.purposes:
            seen |= set(sight.fields)
    known = {field.key for field in description.fields}
    return frozenset(known if EVERY_FIELD in seen else known & seen)


def fields_of_window(description: Description, items: Iterable[str]) -> frozenset[str]:
    """What a window sees for these items, at the receipt or later.

    A case goes to its window too: of what its department has seen, no more than this goes along.
    """
    wanted, roles = tuple(items), (Role.COUNTER,)
    at_receipt = fields_seen(description, roles, wanted, Purpose.DRAFT)
    return at_receipt | fields_seen(description, roles, wanted, Purpose.CASE)


def items_served(
    description: Description, roles: Iterable[Role], purpose: Purpose
) -> tuple[str, ...]:
    """The items for which somebody of these roles sees anything; `*` for any.

    Beside `*` those stand for which more is seen: the register is asked again once one is chosen.
    """
    held = set(roles)
    served = {
        item
        for sight in description.see
        if held & set(sight.roles) and purpose in sight.purposes
        for item in sight.items
    }
    return tuple(sorted(served))
