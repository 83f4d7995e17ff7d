"""What a place lost or damaged and has not made good, as a journal tells it."""

from __future__ import annotations

from collections.abc import Iterator

from clerk.contract.custody import Holder, LossPlan
from clerk.contract.journal import LostLine
from clerk.rules.case.state import Case
from clerk.rules.custody.losing import name_material, open_losses, reports_of


def lost_lines(case: Case, place: Holder) -> Iterator[LostLine]:
    """The losses that the office still owes for, then the reports that nobody has confirmed."""
    for loss in open_losses(case):
        if loss.holder == place:
            yield LostLine(
                number=case.number,
                name=name_material(case, loss.material),
                form=loss.form,
                count=loss.open,
                mishap=loss.mishap,
                reason=loss.reason,
                document=loss.document,
            )
    for one in reports_of(case):
        if one.plan.holder == place:
            yield from _reported(case, one.plan)


def _reported(case: Case, plan: LossPlan) -> Iterator[LostLine]:
    for line in plan.papers:
        yield LostLine(
            number=case.number,
            name=name_material(case, line.material),
            form=line.form,
            count=line.count,
            mishap=plan.mishap,
            reason=plan.reason,
        )
