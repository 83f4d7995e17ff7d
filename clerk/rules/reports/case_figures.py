"""The figures over cases, each defined once: in words, for Python, and for a spreadsheet."""

from __future__ import annotations

from clerk.locale import mark
from clerk.rules.reports.parts import Figure, Shown, by_last_day, fails, holds, within

_IN_HAND = (by_last_day("received_on"), holds("in_hand"))

FIGURES: tuple[Figure, ...] = (
    Figure(
        key="received",
        label=mark("Received"),
        definition=mark("Cases whose papers were taken in at a window within the period."),
        criteria=within("received_on"),
    ),
    Figure(
        key="accepted",
        label=mark("Accepted"),
        definition=mark(
            "Cases accepted within the period. A case that was accepted because nobody acted for "
            "five working days counts on the day that its acceptance is dated from."
        ),
        criteria=within("accepted_on"),
    ),
    Figure(
        key="supplemented",
        label=mark("Supplement asked"),
        definition=mark("Cases for which the one-time supplement notice was given in the period."),
        criteria=within("supplement_asked_on"),
    ),
    Figure(
        key="declined",
        label=mark("Declined"),
        definition=mark("Cases not accepted, by a notice dated within the period."),
        criteria=within("declined_on"),
    ),
    Figure(
        key="decided",
        label=mark("Decided"),
        definition=mark("Cases granted or refused within the period."),
        criteria=within("decided_on"),
    ),
    Figure(
        key="in_hand",
        label=mark("In hand"),
        definition=mark(
            "Cases received by the last day of the period that were neither decided, declined, "
            "withdrawn nor void when the report was made."
        ),
        criteria=_IN_HAND,
    ),
    Figure(
        key="on_time",
        label=mark("On time"),
        definition=mark(
            "Cases decided within the period, on or before their due date. The due date is the "
            "promised one, or the statutory one where nothing was promised. A limit in hours is "
            "met to the minute."
        ),
        criteria=(
            *within("decided_on"),
            fails("overdue"),
        ),
    ),
    Figure(
        key="overdue_open",
        label=mark("Overdue, in hand"),
        definition=mark("Cases in hand whose due date had passed when the report was made."),
        criteria=(*_IN_HAND, holds("overdue")),
        warns=True,
    ),
    Figure(
        key="overdue_decided",
        label=mark("Overdue, decided"),
        definition=mark("Cases decided within the period, but after their due date."),
        criteria=(
            *within("decided_on"),
            holds("overdue"),
        ),
        warns=True,
    ),
    Figure(
        key="papers_saved",
        label=mark("Papers saved"),
        definition=mark(
            "Originals and copies that the items of cases received within the period require and "
            "that nobody asked for, because a licence or a register stood for the material when "
            "the report was made. What several items of one visit share counts once, for the "
            "first of them that requires it; optional material does not count."
        ),
        criteria=within("received_on"),
        adds="papers_saved",
    ),
    Figure(
        key="on_time_rate",
        label=mark("On-time rate"),
        definition=mark("On time divided by decided; empty where nothing was decided."),
        part="on_time",
        whole="decided",
        shown=Shown.RATE,
    ),
    Figure(
        key="early",
        label=mark("Early"),
        definition=mark("Cases decided within the period, on a day before their due date."),
        criteria=(*within("decided_on"), holds("early")),
    ),
    Figure(
        key="early_rate",
        label=mark("Early rate"),
        definition=mark("Early divided by decided; empty where nothing was decided."),
        part="early",
        whole="decided",
        shown=Shown.RATE,
    ),
    Figure(
        key="overdue_rate",
        label=mark("Overdue rate"),
        definition=mark("Overdue and decided, divided by decided; empty where nothing was."),
        part="overdue_decided",
        whole="decided",
        shown=Shown.RATE,
    ),
    Figure(
        key="days_over_open",
        label=mark("Days over, in hand"),
        definition=mark(
            "Calendar days from the due date to when the report was made, of all cases in hand "
            "that are overdue."
        ),
        criteria=(*_IN_HAND, holds("overdue")),
        adds="days_over",
    ),
    Figure(
        key="days_over_decided",
        label=mark("Days over, decided"),
        definition=mark(
            "Calendar days from the due date to the decision, of all cases decided within the "
            "period after their due date."
        ),
        criteria=(*within("decided_on"), holds("overdue")),
        adds="days_over",
    ),
    Figure(
        key="mean_over_decided",
        label=mark("Days over, each"),
        definition=mark("Days over of decided cases, divided by the cases decided overdue."),
        part="days_over_decided",
        whole="overdue_decided",
        shown=Shown.MEAN,
    ),
    Figure(
        key="wait_days",
        label=mark("Days waited"),
        definition=mark(
            "Calendar days from receipt to acceptance, of all cases accepted within the period."
        ),
        criteria=within("accepted_on"),
        adds="wait_days",
    ),
    Figure(
        key="mean_wait",
        label=mark("Waited, each"),
        definition=mark("Days waited divided by accepted: calendar days until acceptance."),
        part="wait_days",
        whole="accepted",
        shown=Shown.MEAN,
    ),
    Figure(
        key="spent_days",
        label=mark("Working days served"),
        definition=mark(
            "Counted working days from acceptance to the decision, of all cases decided within "
            "the period; days of special procedures are not among them."
        ),
        criteria=within("decided_on"),
        adds="spent_days",
    ),
    Figure(
        key="mean_spent",
        label=mark("Served, each"),
        definition=mark("Working days served divided by decided."),
        part="spent_days",
        whole="decided",
        shown=Shown.MEAN,
    ),
    Figure(
        key="released",
        label=mark("Released"),
        definition=mark("Cases whose result was handed out within the period."),
        criteria=within("released_on"),
    ),
    Figure(
        key="handover_days",
        label=mark("Days to handing out"),
        definition=mark(
            "Calendar days from the decision to handing out the result, of all cases whose "
            "result was handed out within the period."
        ),
        criteria=within("released_on"),
        adds="handover_days",
    ),
    Figure(
        key="mean_handover",
        label=mark("Handing out, each"),
        definition=mark("Days to handing out divided by released."),
        part="handover_days",
        whole="released",
        shown=Shown.MEAN,
    ),
    Figure(
        key="saving",
        label=mark("Cases with papers saved"),
        definition=mark("Cases received within the period for which a paper was saved."),
        criteria=(*within("received_on"), holds("saves")),
    ),
    Figure(
        key="saved_each",
        label=mark("Papers saved, each"),
        definition=mark("Papers saved divided by received."),
        part="papers_saved",
        whole="received",
        shown=Shown.MEAN,
    ),
)
"""All figures over cases; a report picks from them."""
