"""Whether a command may be, and what it makes happen: the same answer at desk and central."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent
from clerk.contract.command import (
    AcceptCase,
    AnswerAsk,
    AnyCommand,
    Approve,
    AskSupplement,
    AttachScan,
    ChooseHandover,
    ClaimCase,
    DecideCase,
    DecideOnSpot,
    DeclineCase,
    DeliverNotice,
    FilePapers,
    GiveOpinion,
    GivePapers,
    HandInSupplement,
    NotePrint,
    PassStep,
    ProduceResult,
    Propose,
    RecallPapers,
    ReceiveCase,
    Reject,
    ReleaseResult,
    ResumeClock,
    ReturnPapers,
    ReturnStep,
    SuperviseCase,
    TakePapers,
    UnclaimCase,
    UrgeCase,
    Waive,
    WithdrawCase,
)
from clerk.contract.loss_command import DeclareLoss, MakeGood
from clerk.rules.case import (
    asking,
    counter,
    countersigning,
    handing_in,
    handling,
    notices,
    on_spot,
    proposing,
    receiving,
    releasing,
    scanning,
    stopping,
)
from clerk.rules.case.context import Context, refuse
from clerk.rules.case.state import Case
from clerk.rules.custody import declaring, handing, losing

Decision = tuple[AnyEvent, ...] | Refusal


def decide(case: Case | None, command: AnyCommand, context: Context) -> Decision:
    """The events that a command causes, or why it may not be."""
    if isinstance(command, ReceiveCase):
        if case is not None:
            return refuse("case.already_received", number=case.number)
        return receiving.receive(command, context)
    if case is None:
        return refuse("case.unknown")
    return _DECISIONS[type(command)](case, command, context)


_DECISIONS: dict[type, Callable[[Case, Any, Context], Decision]] = {
    AcceptCase: counter.accept,
    AskSupplement: counter.ask_supplement,
    HandInSupplement: handing_in.hand_in,
    DeclineCase: counter.decline,
    WithdrawCase: counter.withdraw,
    ClaimCase: handling.claim,
    UnclaimCase: handling.unclaim,
    PassStep: handling.pass_step,
    ReturnStep: handling.return_step,
    DecideCase: handling.decide_case,
    ProduceResult: releasing.produce,
    ReleaseResult: releasing.release,
    AttachScan: scanning.attach,
    NotePrint: notices.note_print,
    DeliverNotice: notices.deliver,
    Propose: proposing.propose,
    Approve: proposing.approve,
    Reject: proposing.reject,
    ResumeClock: stopping.resume,
    Waive: handling.waive,
    GiveOpinion: countersigning.give_opinion,
    ChooseHandover: releasing.choose_handover,
    DecideOnSpot: on_spot.decide_on_spot,
    UrgeCase: asking.urge,
    SuperviseCase: asking.supervise,
    AnswerAsk: asking.answer,
    GivePapers: handing.give,
    TakePapers: handing.take,
    RecallPapers: handing.recall,
    ReturnPapers: handing.give_back,
    FilePapers: handing.put_on_file,
    DeclareLoss: declaring.declare,
    MakeGood: losing.make_good,
}
