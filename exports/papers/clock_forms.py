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
    copies: ClassVar[int] = 2

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


class ExtensionNotice(Notice, frozen=True, kw_only=True):
    """延期告知书: more days for deciding, with the reason (行政许可法 Art. 42).

    `joint`: several bodies act jointly, and the head of the government extends.
    """

    template: ClassVar[str] = "extension"
    copies: ClassVar[int] = 2

    days: int
    reason: str
    accepted_on: date
    joint: bool = False
    statutory_before: date | None = None
    statutory_due: date | None = None
    promised_due: date | None = None
    forecast: bool = False

    def __post_init__(self) -> None:
        """Assert the reason that the law wants told."""
        super().__post_init__()
        assert self.reason, "an extension gives its reason"
