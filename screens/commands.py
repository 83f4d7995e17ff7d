"""What somebody asked to happen, in words: the name of the act and what was typed for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from clerk.contract.case import SupplementLine, Ticked
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
    LookInto,
    MoveMatter,
    NotePrint,
    PassStep,
    ProduceResult,
    Propose,
    RateVisit,
    RecallPapers,
    ReceiveCase,
    Reject,
    ReleaseResult,
    ResumeClock,
    ReturnPapers,
    ReturnStep,
    SuperviseCase,
    TakeMatter,
    TakePapers,
    TellMatter,
    UnclaimCase,
    UrgeCase,
    Waive,
    WithdrawCase,
)
from clerk.contract.journal_command import CloseDay, HandOverShift, TakeOverShift
from clerk.contract.loss_command import DeclareLoss, MakeGood
from clerk.contract.matter import (
    AnyMatterAct,
    Appeal,
    Close,
    Contact,
    DecideAppeal,
    PassOn,
    Reply,
)
from clerk.locale import _, mark
from clerk.locale.punctuation import bracketed, in_turn, labelled, unended
from clerk.rules.identifiers import mask_identifier, mask_phone
from clerk.rules.identifiers.masking import scrub
from clerk.rules.numbers import spaced
from screens.plans import tell_plan
from screens.words import word

_NAMES: dict[type, str] = {
    ReceiveCase: mark("Receive an application"),
    AcceptCase: mark("Accept"),
    AskSupplement: mark("Ask for a supplement"),
    HandInSupplement: mark("Take in a supplement"),
    DeclineCase: mark("Decline"),
    ClaimCase: mark("Claim"),
    UnclaimCase: mark("Give a claim back"),
    PassStep: mark("Pass on to the next step"),
    ReturnStep: mark("Send back to an earlier step"),
    DecideCase: mark("Decide"),
    ProduceResult: mark("Report the result made"),
    ReleaseResult: mark("Hand out the result"),
    WithdrawCase: mark("Withdraw the application"),
    AttachScan: mark("Put a scan to the case"),
    NotePrint: mark("Tell central of a print"),
    DeliverNotice: mark("Record the delivery of a notice"),
    Propose: mark("Propose"),
    Approve: mark("Approve a proposal"),
    Reject: mark("Reject a proposal"),
    ResumeClock: mark("End a special procedure"),
    Waive: mark("Do without what the case waits for"),
    GiveOpinion: mark("Give the department's opinion"),
    ChooseHandover: mark("Choose how results are handed over"),
    DecideOnSpot: mark("Accept and decide on the spot"),
    UrgeCase: mark("Urge the holder"),
    SuperviseCase: mark("Supervise formally"),
    AnswerAsk: mark("Answer what was asked"),
    LookInto: mark("Look into a finding"),
    GivePapers: mark("Hand papers over"),
    TakePapers: mark("Take papers over"),
    RecallPapers: mark("Take a slip back"),
    ReturnPapers: mark("Return papers"),
    FilePapers: mark("Put papers on file"),
    DeclareLoss: mark("Report papers lost or damaged"),
    MakeGood: mark("Make a loss good"),
    HandOverShift: mark("Hand the shift over"),
    TakeOverShift: mark("Take the shift over"),
    CloseDay: mark("Close the day"),
    TakeMatter: mark("Take in a matter"),
    TellMatter: mark("Note that the answer was told"),
    RateVisit: mark("A rating by the applicant"),
}

_MATTER_ACTS: dict[type[AnyMatterAct], str] = {
    Contact: mark("Note a contact"),
    Reply: mark("Answer a matter"),
    PassOn: mark("Hand a matter on"),
    Close: mark("Close a matter"),
    Appeal: mark("Appeal against a rating"),
    DecideAppeal: mark("Answer an appeal"),
}


def name_command(command: AnyCommand) -> str:
    """What kind of act it is."""
    if isinstance(command, MoveMatter):
        return _(_MATTER_ACTS[type(command.act)])
    return _(_NAMES[type(command)])


def typed_for(command: AnyCommand) -> tuple[tuple[str, str], ...]:
    """What was typed, label by label; ID numbers masked."""
    return tuple((label, text) for label, text in _typed(command) if text)


def _typed(command: AnyCommand) -> Iterator[tuple[str, str]]:
    if isinstance(command, ReceiveCase):
        yield from _typed_at_receipt(command)
    else:
        yield from _typed_at_window(command)
        yield from _typed_in_department(command)
        yield from _typed_in_supervision(command)
        yield from _typed_of_papers(command)
        yield from _typed_of_matters(command)


def _typed_at_window(command: AnyCommand) -> Iterator[tuple[str, str]]:
    match command:
        case AskSupplement(lines=lines):
            yield _("Asked for"), _lines(lines)
        case HandInSupplement(materials=materials, fields=fields):
            yield _("Materials"), _ticks(materials)
            yield _("Form"), _form(fields)
        case DeclineCase():
            yield _("Ground"), word(command.ground)
            yield _("Reason"), command.reason
            yield _("Right body"), command.right_body
        case ReleaseResult():
            yield _("Collector"), command.collector
            yield _("ID number"), mask_identifier(command.collector_id)
            yield _("Signature"), command.signature
        case WithdrawCase(reason=reason):
            yield _("Reason"), reason
        case AttachScan(scan=scan):
            yield _("Scan"), scan.name
        case _:
            return


def _typed_in_department(command: AnyCommand) -> Iterator[tuple[str, str]]:
    match command:
        case PassStep(opinion=opinion) | ReturnStep(opinion=opinion):
            yield _("Opinion"), opinion
        case DecideCase() | DecideOnSpot():
            yield _("Decision"), word(command.outcome)
            yield _("Opinion"), command.opinion
            yield _("Reason"), command.reason
        case Propose(plan=plan):
            yield _("Proposed"), tell_plan(plan)
            yield _("Reason"), plan.reason
        case Reject(reason=reason):
            yield _("Reason"), reason
        case ResumeClock(finding=finding):
            yield _("Finding"), finding
        case GiveOpinion(stance=stance, opinion=opinion):
            yield _("Stance"), word(stance)
            yield _("Opinion"), opinion
        case Waive(reason=reason):
            yield _("Reason"), reason
        case _:
            return


def _typed_in_supervision(command: AnyCommand) -> Iterator[tuple[str, str]]:
    match command:
        case UrgeCase(note=note):
            yield _("What is asked"), note
        case SuperviseCase(reason=reason, demand=demand):
            yield _("Reason"), reason
            yield _("To be answered"), demand
        case AnswerAsk(text=text):
            yield _("Answer"), text
        case LookInto(note=note):
            yield _("What came of it"), note
        case _:
            return


def _typed_of_papers(command: AnyCommand) -> Iterator[tuple[str, str]]:
    match command:
        case GivePapers(slip=slip) | RecallPapers(slip=slip):
            yield _("Slip"), slip
        case TakePapers(slip=slip, short=short):
            yield _("Slip"), slip
            yield _("Missing"), in_turn(scrub(one.reason) for one in short)
        case NotePrint(number=number):
            yield _("Paper"), number
        case DeliverNotice():
            yield _("Paper"), command.number
            yield _("How"), word(command.way)
            yield _("Who took it"), command.receiver
            yield _("Signature or mail number"), command.note
        case ReturnPapers():
            yield _("Slip"), command.slip
            yield _("Receiver"), command.receiver
            yield _("Signature"), command.signature
        case HandOverShift(reason=reason) | CloseDay(reason=reason):
            yield _("Reason"), reason
        case FilePapers(place=place):
            yield _("Where the file stands"), place
        case DeclareLoss(mishap=what, reason=text) | MakeGood(remedy=what, note=text):
            yield _("What became of it"), word(what)
            yield _("What is known of it"), scrub(text)
        case _:
            return


def _typed_of_matters(command: AnyCommand) -> Iterator[tuple[str, str]]:
    match command:
        case TakeMatter(brought=brought):
            yield _("Name"), brought.name
            yield _("Phone"), mask_phone(brought.phone)
            yield _("What is brought"), scrub(brought.text)
        case TellMatter(note=note) | MoveMatter(act=Contact(note=note)):
            yield _("Note"), scrub(note)
        case MoveMatter(act=Reply(text=text)):
            yield _("Answer"), scrub(text)
        case MoveMatter(act=PassOn(reason=reason) | Close(reason=reason)):
            yield _("Reason"), scrub(reason)
        case MoveMatter(act=Appeal(reason=reason) | DecideAppeal(reason=reason)):
            yield _("Reason"), scrub(reason)
        case _:
            return


def _typed_at_receipt(command: ReceiveCase) -> Iterator[tuple[str, str]]:
    yield _("Number"), spaced(command.number)
    yield _("Applicant"), command.applicant.name
    yield _("ID number"), mask_identifier(command.applicant.id_number)
    yield _("Phone"), mask_phone(command.applicant.phone)
    yield _("Agent"), command.agent.name if command.agent else ""
    yield _("Bundle application"), command.place.title if command.place else ""
    yield _("Materials"), _ticks(command.materials)
    yield _("Form"), _form(command.fields)


def _lines(lines: Iterable[SupplementLine]) -> str:
    """A reason is a sentence as a rule: its full stop and what parts the lines are one too many."""
    return in_turn(labelled(one.name, unended(one.reason)) for one in lines)


def _form(fields: Mapping[str, str]) -> str:
    return scrub(in_turn(text for text in fields.values() if text))


def _ticks(ticks: Iterable[Ticked]) -> str:
    return in_turn(bracketed(one.name, word(one.state)) for one in ticks)
