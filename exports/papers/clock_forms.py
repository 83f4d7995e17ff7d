"""Notices of what moves the legal clock of a case; the words are in the templates."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from clerk.contract.proposal import Hearing, Procedure
from exports.papers.forms import Notice


class StopNotice(Notice, frozen=True, kw_only=True):
    """特别程序告知书: the time that does not count, told in writing (行政许可法 Art. 45).

    Days are working days, `until` the last of them; `longer_by` are those of a prolongation.
    """

    template: ClassVar[str] = "stop"

    procedure: Procedure
    basis: str
    reason: str
    began_on: date
    planned_days: int
    until: date
    longer_by: int = 0
    hearing: Hearing | None = None
    statutory_due: date | None = None
    promised_due: date | None = None
    forecast: bool = False

    def __post_init__(self) -> None:
        """Assert what Art. 45 and 48 want told."""
        super().__post_init__()
        assert self.basis, "a special procedure has its basis in law"
        assert self.hearing or self.procedure is not Procedure.HEARING, "a hearing has its dates"
