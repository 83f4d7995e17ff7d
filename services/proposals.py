"""What one person proposes and another approves, online and on paper."""

from __future__ import annotations

from clerk.contract.command import Approve, Propose, Reject, ResumeClock
from clerk.contract.proposal import AnyPlan
from services.acts import Acts
from services.counter import Done
from services.papers import Papers


class Proposals:
    """Proposing and answering. Each raises what `Acts.perform` raises."""

    def __init__(self, acts: Acts, papers: Papers) -> None:
        """Act and print."""
        self._acts = acts
        self._papers = papers

    def propose(self, case_id: str, plan: AnyPlan) -> Done:
        """Put something before whoever approves it."""
        return Done(self._acts.perform(case_id, Propose(plan=plan)))

    def approve(self, case_id: str, proposal: int) -> Done:
        """Approve: it takes effect, on paper where the applicant is told."""
        laid = self._acts.perform(case_id, Approve(proposal=proposal))
        papers = self._papers.find_given(laid, proposal)
        return Done(laid, next(iter(papers), None), papers[1:])

    def reject(self, case_id: str, proposal: int, reason: str) -> Done:
        """Reject, or take one's own back."""
        return Done(self._acts.perform(case_id, Reject(proposal=proposal, reason=reason)))

    def resume(self, case_id: str, stop: int, finding: str) -> Done:
        """End a special procedure, with what it found."""
        return Done(self._acts.perform(case_id, ResumeClock(stop=stop, finding=finding)))
