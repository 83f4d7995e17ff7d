"""The notice of a formal supervision; the words are in the template."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from exports.papers.forms import Notice


class SupervisionNotice(Notice, frozen=True, kw_only=True):
    """督办单: who has to answer what about a case, and until when, with how the case stood.

    It goes to the office that holds the case, not to the applicant, whose name and number do not
    stand on it. `holder` has claimed the step; the limits have `late` beside them where passed.
    """

    template: ClassVar[str] = "supervision"

    addressee: str
    supervisor: str
    reason: str
    demand: str
    answer_due: date
    received_on: date
    place: str
    holder: str = ""
    accepted_on: date | None = None
    promised_due: date | None = None
    promised_late: bool = False
    statutory_due: date | None = None
    statutory_late: bool = False
    forecast: bool = False

    def __post_init__(self) -> None:
        """Assert that something is asked of somebody, and that no applicant is told of."""
        super().__post_init__()
        assert self.addressee, "a supervision is addressed"
        assert self.reason, "a supervision has its reason"
        assert self.demand, "a supervision says what is to be answered"
        assert not self.applicant, "the applicant's name has no business here"
