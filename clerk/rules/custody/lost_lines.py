"""What a place lost or damaged and has not made good, as a journal tells it."""

from __future__ import annotations

from collections.abc import Iterator

from clerk.contract.custody import Holder
from clerk.contract.journal import LostLine
from clerk.rules.case.state import Case
from clerk.rules.custody.lines import name_material
from clerk.rules.custody.losing import owed_of


def lost_lines(case: Case, place: Holder) -> Iterator[LostLine]:
    """The losses that the office still owes for, then the reports that nobody has confirmed."""
    for one in owed_of(case):
        if one.holder == place:
            yield LostLine(
                number=case.number,
                name=name_material(case, one.line.material),
                form=one.line.form,
                count=one.line.count,
                mishap=one.mishap,
                reason=one.reason,
                document=one.document,
            )
