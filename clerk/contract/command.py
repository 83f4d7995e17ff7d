"""What a person asks to happen to a case. A command is a request, an event is a fact.

Kinds are versioned by their tag: a tag or a meaning never changes, a new one is added.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from clerk.contract.bundle import Place
from clerk.contract.case import DeclineGround, Outcome, Stance, SupplementLine, Ticked
from clerk.contract.command_root import Command as Command  # noqa: PLC0414 -- named by commands
from clerk.contract.custody import Holder, PaperLine, Shortage
from clerk.contract.identity import IdKind
from clerk.contract.journal_command import CloseDay, HandOverShift, JournalCommand, TakeOverShift
from clerk.contract.loss_command import DeclareLoss, MakeGood
from clerk.contract.matter import AnyMatterAct, Brought
from clerk.contract.notice import DeliveryWay
from clerk.contract.party import Agent, Party
from clerk.contract.proposal import AnyPlan
from clerk.contract.scan import Scan
from clerk.contract.sealed_box import SealedBox


class ReceiveCase(Command, frozen=True, kw_only=True, tag="receive.1"):
    """Take in an application for one item; works with the line down."""

    number: str
    application: str
    item: str
    item_version: int
    applicant: Party
    window: str
    agent: Agent | None = None
    answers: dict[str, str] = msgspec.field(default_factory=dict)
    materials: tuple[Ticked, ...] = ()
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    query_password: str = ""
    rating_code: str = ""
    lookup: str = ""
    bundle: str = ""
    place: Place | None = None


class AcceptCase(Command, frozen=True, kw_only=True, tag="accept.1"):
    """Accept at the window."""


class AskSupplement(Command, frozen=True, kw_only=True, tag="supplement.1"):
    """Give the one-time supplement notice."""

    lines: tuple[SupplementLine, ...]


class HandInSupplement(Command, frozen=True, kw_only=True, tag="hand_in.1"):
    """Take in what lacks, was asked for or was deferred; `fields` fill in the form."""

    materials: tuple[Ticked, ...] = ()
    fields: dict[str, str] = msgspec.field(default_factory=dict)


class DeclineCase(Command, frozen=True, kw_only=True, tag="decline.1"):
    """Do not accept, with a reason and where needed the right body."""

    ground: DeclineGround
    reason: str
    right_body: str = ""


class ClaimCase(Command, frozen=True, kw_only=True, tag="claim.1"):
    """Take a case on for oneself."""


class UnclaimCase(Command, frozen=True, kw_only=True, tag="unclaim.1"):
    """Give a claim back."""


class PassStep(Command, frozen=True, kw_only=True, tag="pass.1"):
    """Do one's step and move the case on."""

    opinion: str


class ReturnStep(Command, frozen=True, kw_only=True, tag="return.1"):
    """Send the case back to an earlier step."""

    to: str
    opinion: str


class DecideCase(Command, frozen=True, kw_only=True, tag="decide.1"):
    """Grant or refuse."""

    outcome: Outcome
    opinion: str
    reason: str = ""


class ProduceResult(Command, frozen=True, kw_only=True, tag="produce.1"):
    """Report the result made and at the window."""


class ReleaseResult(Command, frozen=True, kw_only=True, tag="release.1"):
    """Hand the result over; `collector_id_kind` is the document that an agent showed."""

    collector: str
    collector_id: str
    collector_kind: str
    signature: str
    collector_id_kind: IdKind = IdKind.UNKNOWN


class WithdrawCase(Command, frozen=True, kw_only=True, tag="withdraw.1"):
    """Take the application back at the applicant's wish."""

    reason: str


class AttachScan(Command, frozen=True, kw_only=True, tag="attach.1"):
    """Put a scan to a case; at the case's own window it works with the line down."""

    scan: Scan


class NotePrint(Command, frozen=True, kw_only=True, tag="print.1"):
    """A paper was printed away from the act that made it; `nth` is the reprint it says it is.

    It waits for no line and keeps nothing waiting. `printed_at` is the desk's time.
    """

    paper: str
    number: str
    nth: int
    printed_at: datetime


class DeliverNotice(Command, frozen=True, kw_only=True, tag="deliver.1"):
    """The applicant has a notice (送达): how, since which day, and who took it."""

    paper: str
    number: str
    way: DeliveryWay
    on: date
    receiver: str
    note: str = ""


class Propose(Command, frozen=True, kw_only=True, tag="propose.1"):
    """Propose what somebody else has to approve."""

    plan: AnyPlan


class Approve(Command, frozen=True, kw_only=True, tag="approve.1"):
    """Approve a proposal, named by the number of its event: only now it takes effect."""

    proposal: int


class Reject(Command, frozen=True, kw_only=True, tag="reject.1"):
    """Reject a proposal, or take one's own back."""

    proposal: int
    reason: str


class ResumeClock(Command, frozen=True, kw_only=True, tag="resume.1"):
    """End a special procedure, named by the number of its event, with what it found."""

    stop: int
    finding: str


class Waive(Command, frozen=True, kw_only=True, tag="waive.1"):
    """Find that an item this case waits for is not needed here, or is held already."""

    item: str
    reason: str


class GiveOpinion(Command, frozen=True, kw_only=True, tag="opinion.1"):
    """Speak for one's department at a joint step (会签)."""

    stance: Stance
    opinion: str


class ChooseHandover(Command, frozen=True, kw_only=True, tag="handover.1"):
    """Hand the results of the bundle application over together, or each as it is ready."""

    together: bool


class DecideOnSpot(Command, frozen=True, kw_only=True, tag="decide_on_spot.1"):
    """Accept an instant item and decide it in one sitting (即办)."""

    outcome: Outcome
    opinion: str
    reason: str = ""


class UrgeCase(Command, frozen=True, kw_only=True, tag="urge.1"):
    """Ask the holder to go on; the answer is due after so many working days."""

    note: str
    days: int = 1


class SuperviseCase(Command, frozen=True, kw_only=True, tag="supervise.1"):
    """Supervise a case formally: the reason, what has to be answered, and in how many days."""

    reason: str
    demand: str
    days: int = 3


class AnswerAsk(Command, frozen=True, kw_only=True, tag="answer.1"):
    """Answer what was asked, by its number within the case; of a renewal, whether it `holds`."""

    ask: int
    text: str
    holds: bool | None = None


class LookInto(Command, frozen=True, kw_only=True, tag="look_into.1"):
    """Note that an auditor has looked into a finding; the envelope names it in place of a case."""

    note: str


class GivePapers(Command, frozen=True, kw_only=True, tag="give_papers.1"):
    """Hand papers over on a slip; at a window it works with the line down."""

    slip: str
    to: Holder
    papers: tuple[PaperLine, ...]


class TakePapers(Command, frozen=True, kw_only=True, tag="take_papers.1"):
    """Confirm the papers of a slip, less what was not there."""

    slip: str
    short: tuple[Shortage, ...] = ()


class RecallPapers(Command, frozen=True, kw_only=True, tag="recall_papers.1"):
    """Take a slip back that nobody has confirmed; at a window it works with the line down."""

    slip: str


class ReturnPapers(Command, frozen=True, kw_only=True, tag="return_papers.1"):
    """Give papers back to the applicant; it works with the line down."""

    slip: str
    papers: tuple[PaperLine, ...]
    receiver: str
    signature: str


class FilePapers(Command, frozen=True, kw_only=True, tag="file_papers.1"):
    """Put papers of a case that is over into its file; `place` says where it stands."""

    papers: tuple[PaperLine, ...]
    place: str = ""


class TakeMatter(Command, frozen=True, kw_only=True, tag="take_matter.1"):
    """Take in a complaint, an inquiry or a suggestion; a window does with the line down too."""

    brought: Brought


class TellMatter(Command, frozen=True, kw_only=True, tag="tell_matter.1"):
    """Note that whoever brought a matter was told the answer."""

    note: str = ""


class MoveMatter(Command, frozen=True, kw_only=True, tag="move_matter.1"):
    """Do something with a matter that one answers for."""

    act: AnyMatterAct


class RateVisit(Command, frozen=True, kw_only=True, tag="rate_visit.1"):
    """What an applicant chose at the desk; the envelope names the visit in place of a case.

    `box` holds a `Chosen`, sealed for central: nobody reads it at the desk.
    """

    box: SealedBox


_OfReceipt = ReceiveCase | AcceptCase | AskSupplement | HandInSupplement | DeclineCase
_OfSteps = ClaimCase | UnclaimCase | PassStep | ReturnStep | DecideCase | DecideOnSpot
_OfResults = ProduceResult | ReleaseResult | WithdrawCase | AttachScan | NotePrint | DeliverNotice
_OfProposals = Propose | Approve | Reject | ResumeClock | Waive | GiveOpinion | ChooseHandover
_OfWatching = UrgeCase | SuperviseCase | AnswerAsk | LookInto
_OfPapers = GivePapers | TakePapers | RecallPapers | ReturnPapers | FilePapers
_OfLosses = DeclareLoss | MakeGood

MatterCommand = TakeMatter | TellMatter | MoveMatter
"""Those that are about a matter (诉求), not about a case."""

AnyCommand = (
    _OfReceipt
    | _OfSteps
    | _OfResults
    | _OfProposals
    | _OfWatching
    | _OfPapers
    | _OfLosses
    | JournalCommand
    | MatterCommand
    | RateVisit
)

KINDS = frozenset(str(kind.__struct_config__.tag) for kind in AnyCommand.__args__)
"""Every kind of command that this program knows."""

_RECEIVE = ReceiveCase.__struct_config__.tag
_AT_WINDOW = frozenset(
    str(kind.__struct_config__.tag)
    for kind in (
        *(AttachScan, GivePapers, RecallPapers, ReturnPapers, DeliverNotice),
        *(DeclareLoss, MakeGood),
        *(HandOverShift, TakeOverShift, CloseDay),
        *(TakeMatter, TellMatter),
        RateVisit,
    )
)
_PRINT = NotePrint.__struct_config__.tag


def is_queued(kind: str, window: str) -> bool:
    """Whether a command of this kind, given at this window, may wait for the line.

    Central takes it without its user's session, for it may have waited longer than one lasts:
    a receipt, a scan that a window puts to its own case, what a window says of papers and notices
    that left its own hands, its journal, the matters that are brought to it or told of there, how
    its visitors rated it, and any desk's prints. None of them decides anything about the applicant.
    """
    return kind in {_RECEIVE, _PRINT} or (kind in _AT_WINDOW and bool(window))


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """A command on its way: (device, incarnation, n) is its idempotency key, n contiguous.

    `body` is the encoded command, so that a kind which the reader does not know yet can be
    kept and answered with *needs upgrade*. `base_version` is the case's version it was
    decided on; with LookInto both are the finding's, with a matter's command the matter's. `at`
    is the desk's time, put right by central's where it was known, and `monotonic_ms` the clock of
    its machine that nobody sets.
    """

    n: int
    id: str
    case_id: str
    base_version: int
    user: str
    at: datetime
    body: msgspec.Raw
    window: str = ""
    monotonic_ms: int = 0
    catalogue_version: int = 0
    calendar_version: str = ""
