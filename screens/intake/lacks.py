"""What a received case lacks, in the words that its supplement notice begins with: Chinese."""

from __future__ import annotations

from clerk.contract.answer import Refusal
from clerk.contract.case import SupplementLine
from clerk.contract.draft import Tick
from clerk.locale import mark, on_paper
from clerk.locale.problems import tell
from clerk.rules.checklist import Line
from clerk.rules.verdict import Visit


def lacks_of(item_id: str, visit: Visit, ticks: dict[str, Tick]) -> tuple[SupplementLine, ...]:
    """Everything that one item of the visit lacks, told once (行政许可法 Art. 32(4))."""
    papers = [
        SupplementLine(served.key, line.name, _reason(line, ticks.get(line.key)))
        for line in visit.verdict.missing
        for served in line.serves
        if served.item == item_id
    ]
    wrong = {one.field: one for one in visit.verdict.wrong_fields}
    fields = [
        SupplementLine(served.key, line.field.label, _say_wrong(wrong[line.key]))
        for line in visit.fields
        if line.key in wrong
        for served in line.serves
        if served.item == item_id
    ]
    return (*papers, *fields)


def _say_wrong(refusal: Refusal) -> str:
    return tell(refusal.code, refusal.parameters, on_paper).what


def _reason(line: Line, tick: Tick | None) -> str:
    """How many originals and copies are still to come."""
    have = (tick.originals, tick.copies) if tick else (0, 0)
    originals, copies = max(0, line.originals - have[0]), max(0, line.copies - have[1])
    if originals and copies:
        told = on_paper(mark("Not handed in: {originals} originals and {copies} copies"))
        return told.format(originals=originals, copies=copies)
    if originals:
        return on_paper(mark("Not handed in: {originals} originals")).format(originals=originals)
    if copies:
        return on_paper(mark("Not handed in: {copies} copies")).format(copies=copies)
    return on_paper(mark("Not handed in"))
