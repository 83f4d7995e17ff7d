"""Why a rating is not taken: told to the applicant, or of an invitation to the window."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import KEPT, NOTHING_SENT, TELL, Row

RATINGS: dict[str, Row] = {
    "rating.code_over": (
        mark("This code is too old."),
        NOTHING_SENT,
        mark("Days in which ratings are taken: {days}. Staff of the hall hear you at any time."),
    ),
    "rating.code_unknown": (
        mark("This code is not known here."),
        NOTHING_SENT,
        mark("Scan the code on your receipt once more. A receipt of today may need a few minutes."),
    ),
    "rating.malformed": (
        mark("A rating came in a form that is not known here."),
        NOTHING_SENT,
        TELL,
    ),
    "rating.no_visit": (
        mark("Nobody was served at this window today."),
        NOTHING_SENT,
        mark("Invite the visitor after the receipt, or from the page of their case."),
    ),
    "rating.invited": (
        mark("Somebody has rated this visit at this desk already."),
        NOTHING_SENT,
        mark("A visit is rated once. Go on with the next visitor."),
    ),
    "rating.visit_unknown": (
        mark("A rating was for a visit that was not taken in here."),
        KEPT,
        mark("Clear it away, and look whether the receipt of that visit was refused."),
    ),
    "setting.rating_address": (
        mark("“{address}” is no address that receipts can bear."),
        NOTHING_SENT,
        mark("Write one such as https://rate.example, of at most {most} characters, or none."),
    ),
    "setting.rating_days": (
        mark("That is no number of days for which a code can be good."),
        NOTHING_SENT,
        mark("Write a number from 1 to {most}."),
    ),
}
