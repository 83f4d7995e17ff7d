"""What a department does with a case, online (承办, 审核, 批准)."""

from __future__ import annotations

from clerk.contract.case import DocumentKind, Outcome, Stance, SupplementLine
from clerk.contract.command import (
    AskSupplement,
    ClaimCase,
    DecideCase,
    GiveOpinion,
    PassStep,
    ProduceResult,
    ReturnStep,
    UnclaimCase,
    Waive,
)
from services.acts import Acts
from services.counter import Done
from services.papers import Papers


class Casework:
    """The acts of the departments. Each raises what `Acts.perform` raises."""

    def __init__(self, acts: Acts, papers: Papers) -> None:
        """Act and print."""
        self._acts = acts
        self._papers = papers

    def claim(self, case_id: str) -> Done:
        """Take a case on for a while."""
        return Done(self._acts.perform(case_id, ClaimCase()))

    def unclaim(self, case_id: str) -> Done:
        """Give it back."""
        return Done(self._acts.perform(case_id, UnclaimCase()))

    def pass_step(self, case_id: str, opinion: str) -> Done:
        """Do one's step and move the case on."""
        return Done(self._acts.perform(case_id, PassStep(opinion=opinion)))

    def return_step(self, case_id: str, to: str, opinion: str) -> Done:
        """Send the case back to an earlier step."""
        return Done(self._acts.perform(case_id, ReturnStep(to=to, opinion=opinion)))

    def send_back(self, case_id: str, lines: tuple[SupplementLine, ...]) -> Done:
        """Send it back to the window for a supplement, on paper."""
        laid = self._acts.perform(case_id, AskSupplement(lines=lines))
        return Done(laid, self._papers.find_paper(case_id, DocumentKind.SUPPLEMENT))

    def grant(self, case_id: str, opinion: str) -> Done:
        """Grant, on paper."""
        laid = self._acts.perform(case_id, DecideCase(outcome=Outcome.GRANTED, opinion=opinion))
        return Done(laid, self._papers.find_paper(case_id, DocumentKind.DECISION))

    def refuse(self, case_id: str, opinion: str, reason: str) -> Done:
        """Refuse, on paper and with the reason (Art. 38)."""
        command = DecideCase(outcome=Outcome.REFUSED, opinion=opinion, reason=reason)
        laid = self._acts.perform(case_id, command)
        return Done(laid, self._papers.find_paper(case_id, DocumentKind.REFUSAL))

    def give_opinion(self, case_id: str, stance: Stance, opinion: str) -> Done:
        """Speak for one's department at a joint step."""
        return Done(self._acts.perform(case_id, GiveOpinion(stance=stance, opinion=opinion)))

    def waive(self, case_id: str, item: str, reason: str) -> Done:
        """Do without an item that the case waits for."""
        return Done(self._acts.perform(case_id, Waive(item=item, reason=reason)))

    def produce(self, case_id: str) -> Done:
        """Report the result made and at the window."""
        return Done(self._acts.perform(case_id, ProduceResult()))
