"""What must always hold, watched from outside of desks and central, here and in runs.py.

| invariant | violations that tell of it |
|---|---|
| no acknowledged command lost | `a_saved_command_is_gone`, `a_saved_command_was_lost` |
| at most one effect | `two_effects`, `an_answer_without_its_effect`, `taken_back_and_yet_done`, |
| | `told_refused_and_yet_done` |
| the same answer to every repeat | `another_answer_to_a_repeat`, `the_answer_of_another_command` |
| all desks converge, digests equal | `does_not_come_level`, `never_comes_to_rest`, |
| | `the_cache_differs`, `another_case_under_its_version` |
| no row outside its scope | `a_row_outside_its_scope` |
| per-desk order kept | `out_of_order` |
| feed complete | `a_feed_row_behind_its_readers`, `the_cache_differs` |
| outbox drains | `does_not_come_level` |
| no half-applied page or bootstrap seen | `half_applied` |
| only legal transitions | `illegal`, `a_fold` |
| one audit record per effect | `audit_records`, `audit_of_nothing` |
| legal numbers unique | `a_case_number_twice`, `document_numbers`, `a_paper_without_number`, |
| | `a_lent_number_was_refused` |
| deadlines equal an independent calendar's | `a_deadline`, `the_five_days` |
| copies found, honest desks let in | `a_copied_disk_was_not_found`, `an_honest_desk_was_put_away` |
| a receipt is shown at once | `a_receipt_is_not_shown` |
| every paper has one holder, a lost one nobody | `papers_out_of_balance` |
| two people behind a loss, nothing asked for twice | `lost_by_one_person`, |
| | `asked_for_what_was_lost` |
"""

from __future__ import annotations

from collections import Counter

from clerk.contract.answer import Answer
from clerk.contract.asking import AskAnswered, Urged
from clerk.contract.case import (
    Accepted,
    AnyEvent,
    CaseRecord,
    Claimed,
    CompletedAtCounter,
    Decided,
    Declined,
    DeemedAccepted,
    DeferredProvided,
    DepartmentAccepted,
    DocumentKind,
    OpinionGiven,
    Produced,
    Received,
    Released,
    StepPassed,
    StepReturned,
    SupplementAsked,
    Supplemented,
    Unclaimed,
    Withdrawn,
)
from clerk.contract.command import DecideOnSpot
from clerk.contract.custody import (
    LossMadeGood,
    LossPlan,
    PapersFiled,
    PapersGiven,
    PapersLost,
    PapersRecalled,
    PapersReturned,
    PapersTaken,
)
from clerk.contract.loss_command import DeclareLoss
from clerk.contract.notice import NoticeDelivered, NoticePrinted
from clerk.contract.proposal import (
    Extended,
    ProposalRejected,
    Proposed,
    Resumed,
    StopLapsed,
    Stopped,
)
from clerk.rules.calendar import WorkCalendar
from clerk.rules.case import Case, fold
from clerk.rules.case.clocks import decision_clocks
from clerk.rules.case.context import FIVE_DAYS
from clerk.rules.clock import derive_deadline
from tests.sim.disk import Shown
from tests.sim.engine import Engine, ViolationError
from tests.sim.town import paper_of
from tests.support.clock_oracle import KnownDays, is_worked, know_days, live_days
from tests.support.work_calendar import REAL_CALENDAR, REAL_DATA

_KNOWN_DAYS = know_days(REAL_DATA)
_SAME = ""
_BY_LAW = " by law"
_ENDED = ("decided", "released", "over")
_STAGES: dict[tuple[str, type], str] = {
    ("received", CompletedAtCounter): _SAME,
    ("", Received): "received",
    ("received", Accepted): "accepted",
    ("received", DeemedAccepted): "accepted",
    ("received", SupplementAsked): "supplementing",
    ("received", Declined): "over",
    ("received", Withdrawn): "over",
    ("supplementing", Supplemented): "received or supplementing",
    ("supplementing", Declined): "over",
    ("supplementing", Withdrawn): "over",
    ("accepted", SupplementAsked): "supplementing",
    ("accepted", DepartmentAccepted): "handling",
    ("accepted", Claimed): _SAME,
    ("accepted", Unclaimed): _SAME,
    ("accepted", DeferredProvided): _SAME,
    ("accepted", Withdrawn): "over",
    ("handling", Claimed): _SAME,
    ("handling", Unclaimed): _SAME,
    ("handling", StepPassed): _SAME,
    ("handling", StepReturned): _SAME,
    ("handling", DeferredProvided): _SAME,
    ("handling", Decided): "decided",
    ("handling", Withdrawn): "over",
    ("decided", Produced): _SAME,
    ("decided", Released): "released",
    ("decided", DeferredProvided): _SAME,
    ("released", DeferredProvided): _SAME,
    ("accepted", DecideOnSpot): "decided",
    **{
        (stage, event): _SAME
        for stage in ("accepted", "handling")
        for event in (Proposed, ProposalRejected, Stopped, Resumed, StopLapsed, Extended)
    },
    **{(stage + _BY_LAW, CompletedAtCounter): _SAME for stage in ("accepted", "handling")},
    **{(stage, OpinionGiven): _SAME for stage in ("accepted", "handling")},
    **{
        (stage, event): _SAME
        # Papers go their own way: it neither waits for a case nor moves it.
        for stage in ("received", "supplementing", "accepted", "handling", *_ENDED)
        for event in (
            *(PapersGiven, PapersTaken, PapersRecalled, PapersReturned),
            *(DeclareLoss, ProposalRejected, PapersLost, LossMadeGood),
            *(NoticePrinted, NoticeDelivered),
        )
    },
    **{(stage, PapersFiled): _SAME for stage in _ENDED},
    **{
        (stage, event): _SAME
        # Until the result is handed over: the ten days of delivery are a limit too (Art. 44).
        for stage in ("received", "supplementing", "accepted", "handling", "decided")
        for event in (Urged, AskAnswered)
    },
}
"""The law's own way of a case, told a second time: no rule is asked."""


class Checks:
    """Remembers what people were told, and what central did; a restore forgets the latter."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.saved: dict[str, tuple[str, int]] = {}
        self.nothing: set[str] = set()
        self.refused: set[str] = set()
        self.told: dict[tuple[str, str], Answer] = {}
        self.forget_effects({})

    def forget_effects(self, stages: dict[str, str]) -> None:
        """Central begins another generation, from a backup with these stages."""
        self.effects: Counter[str] = Counter()
        self.stages = dict(stages)
        self.read_to: dict[str, int] = {}

    def clerk_was_told_saved(self, command: str, disk: str, n: int) -> None:
        """From now on it must not be lost."""
        self.saved[command] = (disk, n)

    def clerk_was_told_nothing_happened(self, command: str, *, copied: bool) -> None:
        """From now on it must not take effect; what a copy of the disk does, nobody can help."""
        self.saved.pop(command, None)
        if copied:
            return
        self.nothing.add(command)
        if self.effects[command]:
            raise ViolationError("taken_back_and_yet_done", command=command)

    def took_effect(self, command: str) -> None:
        """Central committed a command's effect."""
        self.effects[command] += 1
        if self.effects[command] > 1:
            raise ViolationError("two_effects", command=command)
        if command in self.nothing:
            raise ViolationError("taken_back_and_yet_done", command=command)
        if command in self.refused:
            raise ViolationError("told_refused_and_yet_done", command=command)

    def answered(self, generation: str, command: str, answer: Answer) -> None:
        """A desk was given an answer: every time the same, and to this command."""
        if answer.command != command:
            raise ViolationError("the_answer_of_another_command", command=command)
        first = self.told.setdefault((generation, command), answer)
        if first != answer:
            raise ViolationError("another_answer_to_a_repeat", command=command)

    def was_refused(self, command: str, answer: Answer) -> None:
        """A clerk sees that a command was refused; a number that was lent never is."""
        self.refused.add(command)
        if answer.refusal and answer.refusal.code.startswith("case_number."):
            raise ViolationError("a_lent_number_was_refused", refusal=answer.refusal.code)

    def happened(self, case_id: str, events: tuple[AnyEvent, ...]) -> None:
        """Events were committed: only legal transitions."""
        stage = self.stages.get(case_id, "")
        for event in events:
            after = _after(stage, event)
            if after is None:
                raise ViolationError("illegal", stage=stage, event=type(event).__name__)
            if isinstance(event, Supplemented):
                after = "received" if event.complete else "supplementing"
            stage = after or stage
        self.stages[case_id] = stage

    def shown(self, before: Shown, after: Shown) -> None:
        """A desk's cache changed: with its cursor, or where a bootstrap took its place."""
        if (before.rows, before.versions) == (after.rows, after.versions):
            return
        swapped = before.bootstrapping and not after.bootstrapping
        if before.cursor == after.cursor and not swapped:
            raise ViolationError("half_applied", before=before, after=after)

    def fed(self, label: str, position: int) -> None:
        """A row of the feed became visible: nobody may have read past it."""
        if position <= self.read_to.get(label, 0):
            raise ViolationError("a_feed_row_behind_its_readers", label=label, position=position)

    def read(self, labels: frozenset[str], end: int) -> None:
        """A page that ends here was handed out to readers of these labels."""
        for label in labels:
            if end > self.read_to.get(label, 0):
                self.read_to[label] = end


def _after(stage: str, event: AnyEvent) -> str | None:
    """What a case is in then; of one that the law accepted whatever lacked, that is remembered."""
    kind, accepted = _kind_of(event), stage.removesuffix(_BY_LAW)
    after = _STAGES.get((stage, kind), _STAGES.get((accepted, kind)))
    by_law = accepted != stage or kind is DeemedAccepted
    return after + _BY_LAW if by_law and after in {"accepted", "handling"} else after


def _kind_of(event: AnyEvent) -> type:
    """What the law knows it as: a decision at a window is one on the spot, a report no proposal."""
    if isinstance(event, Proposed) and isinstance(event.plan, LossPlan):
        return DeclareLoss
    on_spot = isinstance(event, Decided) and event.by.window
    return DecideOnSpot if on_spot else type(event)


def check_numbers(cases: list[Case]) -> None:
    """Case numbers are unique, document numbers unique and consecutive in their series."""
    numbers = Counter(case.number for case in cases)
    if numbers and max(numbers.values()) > 1:
        raise ViolationError("a_case_number_twice", number=max(numbers, key=numbers.__getitem__))
    series: dict[str, list[int]] = {}
    for case in cases:
        for paper in case.documents:
            if paper.kind is not DocumentKind.RECEIPT:
                name, _, n = paper.number.partition("〕")
                series.setdefault(f"{paper.kind} {name}", []).append(int(n.removesuffix("号")))
    for name, given in series.items():
        if sorted(given) != list(range(1, len(given) + 1)):
            raise ViolationError("document_numbers", series=name, given=sorted(given))


def check_folds(cases: list[tuple[CaseRecord, Case]]) -> None:
    """What was folded step by step is what folding all events makes of it."""
    for record, case in cases:
        if fold(record) != case:
            raise ViolationError("a_fold", case=case.id)


def check_papers(events: tuple[AnyEvent, ...]) -> None:
    """Every event with a paper carries its number."""
    for event in events:
        if paper_of(event) is not None and not getattr(event, "document", ""):
            raise ViolationError("a_paper_without_number", event=type(event).__name__)


def check_deadlines(cases: list[Case], engine: Engine) -> None:
    """Due dates equal those of a calendar that shares no code with the rules."""
    now = engine.moment()
    for case in cases:
        clocks = decision_clocks(case, REAL_CALENDAR)
        if clocks is not None:
            due = derive_deadline(clocks.statutory, REAL_CALENDAR, now).due_on
            lived = live_days(clocks.statutory, _KNOWN_DAYS, now).due_at.date()
            if due != lived:
                raise ViolationError("a_deadline", case=case.id, due=due, lived=lived)
        _check_five_days(case, REAL_CALENDAR, _KNOWN_DAYS)


def _check_five_days(case: Case, calendar: WorkCalendar, known: KnownDays) -> None:
    began = case.five_days_from
    if began is None:
        return
    fifth = calendar.working_day_after(began, FIVE_DAYS)
    days = (began.fromordinal(one) for one in range(began.toordinal() + 1, fifth.toordinal() + 1))
    if sum(is_worked(day, known) for day in days) != FIVE_DAYS or not is_worked(fifth, known):
        raise ViolationError("the_five_days", case=case.id, fifth=fifth)
