"""What the counter concludes, online and on paper (行政许可法 Art. 32)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from clerk.contract.case import DeclineGround, DocumentKind, Outcome, SupplementLine, Ticked
from clerk.contract.command import (
    AcceptCase,
    AskSupplement,
    ChooseHandover,
    DecideOnSpot,
    DeclineCase,
    HandInSupplement,
    WithdrawCase,
)
from clerk.rules.overlay import Laid
from services.acts import Acts
from services.papers import Papers


class Done(msgspec.Struct, frozen=True):
    """An act that central applied: the case after it, and the papers that go out, if any."""

    case: Laid
    paper: Path | None = None
    more: tuple[Path, ...] = ()


class Counter:
    """The acts of the window. Each raises what `Acts.perform` raises."""

    def __init__(self, acts: Acts, papers: Papers) -> None:
        """Act and print."""
        self._acts = acts
        self._papers = papers

    def accept(self, case_id: str) -> Done:
        """Accept; where the law had accepted already, the paper says so (Art. 32(4))."""
        laid = self._acts.perform(case_id, AcceptCase())
        return Done(laid, self._papers.find_paper(case_id, DocumentKind.ACCEPTANCE))

    def decide_on_spot(
        self, case_id: str, outcome: Outcome, opinion: str, reason: str = ""
    ) -> Done:
        """Accept an instant item and decide it at once: two papers."""
        command = DecideOnSpot(outcome=outcome, opinion=opinion, reason=reason)
        laid = self._acts.perform(case_id, command)
        accepted = self._papers.find_paper(case_id, DocumentKind.ACCEPTANCE)
        return Done(laid, self._papers.find_newest(laid), (accepted,) if accepted else ())

    def ask_supplement(self, case_id: str, lines: tuple[SupplementLine, ...]) -> Done:
        """Give the one-time supplement notice."""
        laid = self._acts.perform(case_id, AskSupplement(lines=lines))
        return Done(laid, self._papers.find_paper(case_id, DocumentKind.SUPPLEMENT))

    def hand_in(
        self, case_id: str, ticks: tuple[Ticked, ...], fields: Mapping[str, str] | None = None
    ) -> Done:
        """Take in what lacks, was asked for by a notice, or was deferred; fields by their key."""
        command = HandInSupplement(materials=ticks, fields=dict(fields or {}))
        return Done(self._acts.perform(case_id, command))

    def decline(
        self, case_id: str, ground: DeclineGround, reason: str, right_body: str = ""
    ) -> Done:
        """Do not accept, with a reason on paper."""
        command = DeclineCase(ground=ground, reason=reason, right_body=right_body)
        laid = self._acts.perform(case_id, command)
        return Done(laid, self._papers.find_paper(case_id, DocumentKind.DECLINE))

    def choose_handover(self, case_id: str, *, together: bool) -> Done:
        """Record how the applicant wants the results of the bundle application."""
        return Done(self._acts.perform(case_id, ChooseHandover(together=together)))

    def withdraw(self, case_id: str, reason: str) -> Done:
        """Take the application back at the applicant's wish, and confirm it on paper."""
        laid = self._acts.perform(case_id, WithdrawCase(reason=reason))
        return Done(laid, self._papers.find_paper(case_id, DocumentKind.WITHDRAWAL))
