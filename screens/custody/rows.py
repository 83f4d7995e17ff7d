"""What the lists of papers and slips say."""

from __future__ import annotations

from collections.abc import Sequence

from clerk.contract.custody import Holder
from clerk.locale import _, mark
from clerk.rules.custody.ledger import Slip
from clerk.rules.identifiers.masking import scrub
from clerk.rules.numbers import spaced
from screens.custody.words import name_form, name_holder
from screens.dialogs.mark_lines import Line
from screens.home.lists import Counted
from screens.lights import name_moment
from screens.widgets.column import Column
from screens.words import word
from services.lost_papers import LostPaper
from services.paper_lists import HeldPaper, OpenSlip, PaperCase
from services.queues import Queue

TABS = (
    mark("Papers here"),
    mark("Slips coming here"),
    mark("Slips given out"),
    mark("Lost or damaged"),
)
HERE, COMING, GIVEN, LOST = range(4)


def count_tabs(counts: Sequence[int]) -> tuple[Counted, ...]:
    """The lists with what they hold."""
    return tuple(
        Counted(Queue(key=str(place), title=title), count)
        for place, (title, count) in enumerate(zip(TABS, counts, strict=True))
    )


def paper_columns() -> list[Column]:
    """A paper, the case that it belongs to, and whether it was ever missed."""
    return [
        Column("", 3, box=True),
        Column(mark("Number"), 18, groups=True),
        Column(mark("Material"), share=2, groups=True),
        Column(mark("Kind"), 11, groups=True),
        Column(mark("Item"), 0, 100, share=2, groups=True, most=36),
        Column(mark("Applicant"), 12, groups=True, wide=24),
        Column("", 8),
    ]


def paper_cells(paper: HeldPaper, *, marked: bool) -> list[str]:
    """The line of a paper."""
    return [
        "[×]" if marked else "[ ]",
        spaced(paper.case.number),
        paper.name,
        name_form(paper.form, paper.count),
        paper.case.item,
        paper.case.applicant,
        _("missed") if paper.missed else "",
    ]


def slip_columns() -> list[Column]:
    """A slip: its number, between whom, since when, how much."""
    return [
        Column(mark("Slip"), 18),
        Column(mark("From"), share=1, groups=True),
        Column(mark("To"), share=1, groups=True),
        Column(mark("Handed over by"), 14, groups=True),
        Column(mark("Given"), 17, 100),
        Column(mark("How many"), 8),
    ]


def slip_cells(slip: OpenSlip, names: dict[str, str]) -> list[str]:
    """The line of a slip."""
    first = slip.first
    return [
        slip.number,
        name_holder(first.giver, names),
        name_holder(first.to, names),
        first.by.name,
        name_moment(first.at),
        str(slip.count),
    ]


def lost_columns() -> list[Column]:
    """A paper that the office owes: what became of it, and the notice once it is confirmed."""
    return [
        Column(mark("Number"), 18, groups=True),
        Column(mark("Material"), share=2, groups=True),
        Column(mark("Kind"), 11),
        Column(mark("State"), 8, groups=True),
        Column(mark("Notice"), 20, groups=True),
        Column(mark("What is known"), 0, 100, share=2),
        Column(mark("Reported by"), 11, 100),
        Column(mark("When"), 17, 120),
    ]


def lost_cells(paper: LostPaper) -> list[str]:
    """The line of a loss."""
    return [
        spaced(paper.case.number),
        paper.name,
        name_form(paper.form, paper.count),
        word(paper.mishap),
        paper.notice or _("to be confirmed"),
        scrub(paper.reason),
        paper.by,
        name_moment(paper.at),
    ]


def lost_colour(paper: LostPaper) -> str:
    """What nobody has confirmed yet stands out."""
    return "" if paper.notice else "listing--waiting"


def paper_words(paper: HeldPaper | LostPaper) -> Sequence[str]:
    """What else is typed or scanned for a paper, whether or not the list has room to show it."""
    return paper.case.item, paper.case.applicant


def slip_words(slip: OpenSlip) -> Sequence[str]:
    """And for a slip: the cases that it has papers of."""
    return [case.number for case, _part in slip.parts]


def identify(paper: HeldPaper) -> str:
    """Which paper it is, however many of it there are."""
    return f"{paper.case.id} {paper.material} {paper.form.value}"


def identify_lost(paper: LostPaper) -> str:
    """Which loss it is, also once it is confirmed."""
    told = (paper.case.id, paper.material, paper.form.value, paper.mishap.value, paper.reason)
    return " ".join(told)


def lines_to_count(slip: OpenSlip) -> list[Line]:
    """Every single paper of a slip, marked as there; what is missing is taken out."""
    return [
        Line(_key(place, row, nth), _label(case, slip_part, row, nth), marked=True)
        for place, (case, slip_part) in enumerate(slip.parts)
        for row, line in enumerate(slip_part.papers)
        for nth in range(line.count)
    ]


def _key(part: int, row: int, nth: int) -> str:
    return f"{part} {row} {nth}"


def _label(case: PaperCase, part: Slip, row: int, nth: int) -> str:
    line = part.papers[row]
    told = f"{spaced(case.number)}  {case.name(line.material)}  {name_form(line.form, 1)}"
    return f"{told}  {nth + 1}/{line.count}" if line.count > 1 else told


def name_places(places: Sequence[Holder], names: dict[str, str]) -> list[tuple[str, str]]:
    """Where papers can go, to choose from."""
    return [(str(place), name_holder(one, names)) for place, one in enumerate(places)]


def total(papers: Sequence[HeldPaper]) -> int:
    """How many papers these lines are."""
    return sum(one.count for one in papers)
