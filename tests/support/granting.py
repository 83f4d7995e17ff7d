"""A case taken through its steps to a licence, over HTTP, for tests of what comes after."""

from __future__ import annotations

from msgspec.structs import replace

from central.db import cases
from central.service import Central
from clerk.contract.case import Outcome
from clerk.contract.command import AcceptCase, AnyCommand, ClaimCase, DecideCase, PassStep
from clerk.contract.user import User
from clerk.rules.case import Case, fold
from tests.support.cases import APPROVER, CLERK, HANDLER, REVIEWER, receive_command
from tests.support.central import MakeDesk, TalkingDesk

_STEPS: tuple[tuple[AnyCommand, User], ...] = (
    (ClaimCase(), HANDLER),
    (PassStep(opinion="同意"), HANDLER),
    (ClaimCase(), REVIEWER),
    (PassStep(opinion="同意"), REVIEWER),
    (ClaimCase(), APPROVER),
    (DecideCase(outcome=Outcome.GRANTED, opinion="准予"), APPROVER),
)


class Granted:
    """A window, a department, and a licence that was granted between them."""

    def __init__(self, central: Central, make_desk: MakeDesk) -> None:
        """Enrol both; nothing is granted yet."""
        self.central = central
        self.window = make_desk(window="w1")
        self.department = make_desk(department="market")

    def grant(self) -> str:
        """Receive, accept, handle, grant; the case."""
        case_id, _ = self.window.receive(replace(receive_command(), number=""))
        self.act(self.window, case_id, AcceptCase(), CLERK)
        for command, user in _STEPS:
            self.act(self.department, case_id, command, user)
        return case_id

    def act(self, desk: TalkingDesk, case_id: str, command: AnyCommand, user: User) -> None:
        """Do it; a refusal fails the test."""
        answer = desk.act(case_id, command, user, base=99)
        assert answer.refusal is None, answer

    def refused(self, desk: TalkingDesk, case_id: str, command: AnyCommand, user: User) -> str:
        """The code of the refusal."""
        answer = desk.act(case_id, command, user, base=99)
        assert answer.refusal is not None, answer
        return answer.refusal.code

    def case(self, case_id: str) -> Case:
        """The case as central has it."""
        with self.central.database.read() as connection:
            record = cases.find_record(connection, case_id)
        assert record is not None
        return fold(record)
