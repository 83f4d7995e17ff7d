"""What is asked and told of so many papers, or of so many cases."""

from __future__ import annotations

from clerk.locale import mark_n

GIVE = mark_n("Hand {count} paper over: to whom?", "Hand {count} papers over: to whom?")
RETURN = mark_n("Return {count} paper to the applicant", "Return {count} papers to the applicant")
FILE = mark_n("Put {count} paper on file", "Put {count} papers on file")
DONE = mark_n("Done for {count} case.", "Done for {count} cases.")
REPORTED = mark_n(
    "Reported for {count} case. Somebody else confirms it.",
    "Reported for {count} cases. Somebody else confirms it.",
)
