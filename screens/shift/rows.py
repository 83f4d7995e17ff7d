"""What a shift leaves, what a day comes to, and what was signed, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from clerk.contract.journal import (
    BalanceLine,
    DayBalance,
    HeldLine,
    JournalEntry,
    LostLine,
    ShiftHandover,
)
from clerk.locale import _, _n, in_a_row, mark
from clerk.locale.punctuation import in_turn, labelled
from clerk.rules.numbers import spaced
from screens.custody.words import name_form
from screens.home.lists import Counted
from screens.lights import name_moment
from screens.widgets.column import Column
from screens.words import word
from services.balance import DayCount, ShiftCount
from services.queues import Queue

TABS = (mark("This shift"), mark("The day"), mark("Journal"))
SHIFT, DAY, JOURNAL = range(3)

_ROOM = 90
"""Cells from which on a list of the journal tells all."""


def count_tabs(counts: Sequence[int | None]) -> tuple[Counted, ...]:
    """The three lists with what they hold; nothing while that is being counted."""
    return tuple(
        Counted(Queue(key=str(place), title=title), count)
        for place, (title, count) in enumerate(zip(TABS, counts, strict=True))
    )


def identify(line: HeldLine | BalanceLine) -> str:
    """Which paper it is, whatever becomes of it meanwhile."""
    return f"{line.case_id} {line.material} {line.form.value}"


def shift_columns() -> list[Column]:
    """The papers that lie here."""
    return [
        Column(mark("Number"), 18, groups=True),
        Column(mark("Material"), most=60, groups=True),
        Column(mark("Kind"), 14, groups=True),
    ]


def shift_cells(line: HeldLine) -> list[str]:
    """One paper."""
    return [spaced(line.number), line.name, name_form(line.form, line.count)]


def day_columns() -> list[Column]:
    """The equation; where there is room, what its two sums are made of too."""
    return [
        Column(mark("Number"), 18, groups=True),
        Column(mark("Material"), groups=True),
        Column(mark("Kind"), 8, 90, groups=True),
        Column(mark("At first"), 8),
        Column(mark("All in"), 6),
        Column(mark("All out"), 7),
        Column(mark("Lost"), 5),
        Column(mark("Held"), 5),
        Column(mark("Gap"), 5),
        Column(mark("Came in"), 8, 110),
        Column(mark("Came back"), 9, 110),
        Column(mark("Found again"), 11, 110),
        Column(mark("Sent"), 5, 110),
        Column(mark("Given back"), 10, 110),
        Column(mark("Filed"), 6, 110),
    ]


def day_cells(line: BalanceLine) -> list[str]:
    """One paper: what was here and came, what went and was lost, what is held, and the gap."""
    came = (line.received, line.came, line.found)
    went = (line.sent, line.returned, line.filed)
    gap = f"! {line.gap:+d}" if line.gap else ""
    sums = [str(one or "") for one in (line.opening, sum(came), sum(went), line.lost, line.held)]
    head = [spaced(line.number), line.name, word(line.form)]
    return [*head, *sums, gap, *(str(one or "") for one in came + went)]


def day_colour(line: BalanceLine) -> str:
    """A gap stands out."""
    return "listing--red" if line.gap else ""


def entry_columns(*, of_all: bool) -> list[Column]:
    """What was signed: a narrow list of one window says who followed, of all of them the window."""
    return [
        Column(mark("Entry"), 10, groups=True),
        Column(mark("Window"), 10, 0 if of_all else _ROOM, groups=True, wide=16),
        Column(mark("When"), 16),
        Column(mark("Signed by"), 9, groups=True, wide=14),
        Column(mark("Followed by"), 11, _ROOM if of_all else 0, wide=14),
        Column(mark("Listed"), 6),
        Column(mark("Counted"), 7),
        Column(mark("Differences")),
    ]


def entry_cells(entry: JournalEntry, windows: dict[str, str]) -> list[str]:
    """One entry; what was said of its differences stands with it."""
    window = windows.get(entry.window, entry.window)
    head = [window, name_moment(entry.at), entry.by.name]
    if isinstance(entry, ShiftHandover):
        taker = entry.taken_by.name if entry.taken_by else _("nobody yet")
        counts = [str(entry.listed_papers), str(entry.counted_papers)]
        return [_("Shift"), *head, taker, *counts, entry.reason]
    gaps = in_turn(f"{one.name} {one.gap:+d}" for one in entry.gaps)
    told = " · ".join(part for part in (gaps, entry.reason) if part)
    return [_("Day closed"), *head, "", str(entry.held), str(entry.counted), told]


def entry_colour(entry: JournalEntry) -> str:
    """What waits for a signature, or has a difference, stands out."""
    if isinstance(entry, DayBalance):
        return "listing--red" if entry.gaps or entry.counted != entry.held else ""
    return "" if entry.taken_by else "listing--waiting"


def tell_shift(count: ShiftCount) -> str:
    """What a shift leaves, in a line."""
    text = _(
        "Since {since}: receipts given {receipts}, open drafts {drafts}; lying here: papers"
        " {papers}, results to hand out {certificates}. No cash."
    )
    told = text.format(
        since=name_moment(count.since),
        receipts=count.receipts,
        drafts=count.drafts,
        papers=count.listed_papers,
        certificates=len(count.certificates),
    )
    return in_a_row(told, tell_losses(count.losses))


def find_open(entries: Sequence[JournalEntry]) -> ShiftHandover | None:
    """The last hand-over, of entries with the newest first, while nobody has followed."""
    last = next((one for one in entries if isinstance(one, ShiftHandover)), None)
    return last if last is not None and last.taken_by is None else None


def tell_left(entry: ShiftHandover) -> str:
    """What whoever follows signs for: as counted, as listed, and what is said of a difference."""
    text = _(
        "Counted by {name}: papers {papers} (listed {listed_papers}), results to hand out"
        " {results} (listed {listed_results})."
    )
    told = text.format(
        name=entry.by.name,
        papers=entry.counted_papers,
        listed_papers=entry.listed_papers,
        results=entry.counted_certificates,
        listed_results=len(entry.certificates),
    )
    if not entry.reason:
        return told
    return f"{told}\n" + labelled(_("What is known of a difference"), entry.reason)


def tell_losses(losses: Sequence[LostLine]) -> str:
    """How many papers the office owes, and for how many nobody has confirmed it."""
    if not losses:
        return ""
    count = sum(one.count for one in losses)
    waiting = sum(one.count for one in losses if not one.document)
    text = _("Lost or damaged: {count}.")
    if waiting:
        text = _("Lost or damaged: {count}, of which {waiting} are to be confirmed.")
    return text.format(count=count, waiting=waiting)


def tell_day(count: DayCount) -> str:
    """Whether the sum comes out."""
    told = _n(
        "Since {since}: {count} paper held. At first + in = out + lost + held",
        "Since {since}: {count} papers held. At first + in = out + lost + held",
        count.held,
    )
    told = told.format(since=name_moment(count.since), count=count.held)
    if count.gaps:
        wrong = _n(
            "it does not come out for {count} paper",
            "it does not come out for {count} papers",
            len(count.gaps),
        ).format(count=len(count.gaps))
        return in_a_row(labelled(told, wrong), tell_losses(count.losses))
    return in_a_row(f"{told} ✓", tell_losses(count.losses))
