"""What one person proposes and another approves, online and on paper."""

from __future__ import annotations

import logging

from clerk.contract.case import CaseRecord
from clerk.contract.command import Approve, Propose, Reject, ResumeClock
from clerk.contract.proposal import AnyPlan
from clerk.errors import UnreachableError
from clerk.log import write_event
from services.acts import Acts
from services.counter import Done
from services.papers import Papers
from services.supervision import Supervision

_log = logging.getLogger(__name__)


class Proposals:
    """Proposing and answering. Each raises what `Acts.perform` raises."""

    def __init__(self, acts: Acts, papers: Papers, supervision: Supervision) -> None:
        """Act and print; supervision reads the cases that this desk does not hold."""
        self._acts = acts
        self._papers = papers
        self._supervision = supervision

    def propose(self, case_id: str, plan: AnyPlan) -> Done:
        """Put something before whoever approves it."""
        return Done(self._acts.perform(case_id, Propose(plan=plan)))

    def approve(self, case_id: str, proposal: int) -> Done:
        """Approve: it takes effect, on paper where the applicant is told."""
        laid = self._acts.perform(case_id, Approve(proposal=proposal))
        record = laid.record or self._find_record(case_id)
        papers = self._papers.find_given(record, proposal) if record else ()
        return Done(laid, next(iter(papers), None), papers[1:])

    def _find_record(self, case_id: str) -> CaseRecord | None:
        """The case that was approved from afar; what is done stays done without its paper."""
        try:
            return self._supervision.detail(case_id).record
        except UnreachableError as error:
            write_event(_log, "paper.not_fetched", case_id=case_id, code=error.code)
            return None

    def reject(self, case_id: str, proposal: int, reason: str) -> Done:
        """Reject, or take one's own back."""
        return Done(self._acts.perform(case_id, Reject(proposal=proposal, reason=reason)))

    def resume(self, case_id: str, stop: int, finding: str) -> Done:
        """End a special procedure, with what it found."""
        return Done(self._acts.perform(case_id, ResumeClock(stop=stop, finding=finding)))
