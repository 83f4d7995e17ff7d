"""What people do at a desk: mostly what the case in front of them wants, now and then nonsense."""

from __future__ import annotations

from random import Random

from clerk.contract.case import (
    DeclineGround,
    Delivery,
    Outcome,
    Stage,
)
from clerk.contract.command import (
    AcceptCase,
    AnyCommand,
    AskSupplement,
    ClaimCase,
    DecideCase,
    DecideOnSpot,
    DeclineCase,
    GivePapers,
    HandInSupplement,
    PassStep,
    ProduceResult,
    RecallPapers,
    ReceiveCase,
    ReleaseResult,
    ReturnPapers,
    UrgeCase,
    WithdrawCase,
)
from clerk.contract.custody import Holder, HolderKind
from clerk.contract.item import Item
from clerk.contract.loss_command import DeclareLoss, MakeGood
from clerk.contract.sync import EntityKind
from clerk.rules.case import Case, Context
from clerk.rules.case.on_spot import is_instant
from clerk.rules.custody.losing import open_losses, reports_of
from clerk.rules.leases import Exhausted, LeaseState, take_next
from clerk.rules.numbers import format_case_number
from clerk.rules.overlay import Pending, overlay
from tests.sim.desk import Desk
from tests.sim.engine import ViolationError
from tests.sim.losses import with_losses
from tests.sim.office import LINES, at_office
from tests.sim.papers import with_papers
from tests.sim.town import (
    APPLICANTS,
    CLERKS,
    LACKING,
    PROVIDED,
    STAFF,
    USERS,
    WINDOWS,
)
from tests.support.work_calendar import REAL_CALENDAR

_WITHOUT_THE_LINE = (GivePapers, RecallPapers, ReturnPapers, DeclareLoss, MakeGood)
_CLOSED = {Stage.DECLINED, Stage.WITHDRAWN}


def act(desk: Desk, chance: Random) -> None:
    """One thing that somebody does at a desk."""
    disk = desk.disk
    if not desk.up or disk.state.halted:
        return
    if disk.window and chance.random() < 0.4:
        receive(desk, chance)
        return
    cases = [row[1][1] for key, row in disk.cache.items() if key[0] is EntityKind.CASE]
    cases = [case for case in cases if _is_open(case)]
    if not cases:
        return
    case = chance.choice(cases)
    often = 0.5 if reports_of(case) or open_losses(case) else 0.15
    if chance.random() < often and _move_papers(desk, case, chance):
        return
    chosen = _at_window(case, chance) if disk.window else at_office(case, disk.department, chance)
    if chosen is None or chance.random() < 0.05:
        chosen = _nonsense(case, disk.window, disk.department, chance)
    desk.sender.perform(case.id, *chosen)
    desk.tick_soon(1)


def _move_papers(desk: Desk, case: Case, chance: Random) -> bool:
    """Somebody does something with the papers of a case: at a window it waits for no line."""
    disk = desk.disk
    kind = HolderKind.WINDOW if disk.window else HolderKind.DEPARTMENT
    lost = chance.random() < (0.7 if reports_of(case) or open_losses(case) else 0.3)
    does = with_losses if lost else with_papers
    chosen = does(case, Holder(kind, disk.window or disk.department), chance)
    if chosen is None:
        return False
    command, user = chosen
    if disk.window and isinstance(command, _WITHOUT_THE_LINE):
        held = disk.cache[EntityKind.CASE, case.id][0]
        envelope = desk.sender.append(case.id, command, user, held)
        if envelope is not None:
            desk.checks.clerk_was_told_saved(envelope.id, disk.name, envelope.n)
    else:
        desk.sender.perform(case.id, command, user)
    desk.tick_soon(1)
    return True


def receive(desk: Desk, chance: Random) -> None:
    """Take a walk-in in: the number, the row and the receipt in one transaction."""
    disk, window = desk.disk, desk.disk.window
    items = [row[1] for key, row in disk.cache.items() if key[0] is EntityKind.ITEM]
    number = WINDOWS[window]
    lease = disk.leases.get(number, LeaseState(window=number))
    taken = take_next(lease, desk.today())
    if not items or isinstance(taken, Exhausted):
        return
    if not desk.begin():
        if desk.engine.has("full_disk_not_noticed"):
            desk.checks.clerk_was_told_saved(f"lost-{desk.engine.now}", disk.name, disk.last_n + 1)
        return
    item: Item = chance.choice(items)
    command = ReceiveCase(
        number=format_case_number(desk.today(), number, taken.sequence),
        application="visit",
        item=item.id,
        item_version=item.version,
        applicant=chance.choice(APPLICANTS),
        window=window,
        materials=(PROVIDED if chance.random() < 0.7 else LACKING)[item.id],
    )
    case_id = f"{disk.name}-{chance.getrandbits(40):010x}"
    if not desk.engine.has("lease_apart"):
        disk.leases[number] = taken.state
    user = chance.choice(CLERKS)
    envelope = desk.sender.write(case_id, command, user, 0)
    desk.point()
    if desk.engine.has("lease_apart"):
        disk.leases[number] = taken.state
    desk.checks.clerk_was_told_saved(envelope.id, disk.name, envelope.n)
    _check_shown(desk, case_id, command, item, user)
    desk.tick_soon(1)


def _check_shown(desk: Desk, case_id: str, command: ReceiveCase, item: Item, user: str) -> None:
    """The receipt is shown at once, as waiting."""
    context = Context(
        now=desk.engine.moment(desk.skew),
        calendar=REAL_CALENDAR,
        user=USERS[user],
        window=command.window,
        item=item,
    )
    laid = overlay(case_id, None, [Pending(desk.disk.last_n, command, context)])
    if laid.record is None or not laid.waiting:
        raise ViolationError("a_receipt_is_not_shown", case=case_id)


def _is_open(case: Case) -> bool:
    return case.stage not in _CLOSED and case.delivery is not Delivery.RELEASED


def _at_window(case: Case, chance: Random) -> tuple[AnyCommand, str] | None:
    user = chance.choice(CLERKS)
    if chance.random() < 0.03:
        return WithdrawCase(reason="撤回"), user
    if _in_hand_of_office(case) and chance.random() < 0.1:
        return UrgeCase(note="请抓紧"), user
    if case.stage is Stage.RECEIVED:
        return _at_receipt(case, chance), user
    if case.stage is Stage.SUPPLEMENTING:
        ticks = PROVIDED[case.terms.item]
        return HandInSupplement(materials=ticks), user
    if case.delivery is Delivery.AT_WINDOW:
        return _release(), user
    return None


def _at_receipt(case: Case, chance: Random) -> AnyCommand:
    if is_instant(case.terms) and not case.missing:
        outcome = Outcome.GRANTED if chance.random() < 0.8 else Outcome.REFUSED
        return DecideOnSpot(outcome=outcome, opinion="即办", reason="理由")
    if chance.random() < 0.08:
        return DeclineCase(ground=DeclineGround.NOT_ELIGIBLE, reason="不符")
    return AskSupplement(lines=LINES) if case.missing else AcceptCase()


def _in_hand_of_office(case: Case) -> bool:
    return case.stage in {Stage.ACCEPTED, Stage.HANDLING} and not case.open_asks


def _nonsense(case: Case, window: str, department: str, chance: Random) -> tuple[AnyCommand, str]:
    """Something that the rules refuse as a rule."""
    user = chance.choice(CLERKS if window else STAFF[department])
    options: tuple[AnyCommand, ...] = (
        AcceptCase(),
        ClaimCase(),
        PassStep(opinion="同意"),
        _release(),
        ProduceResult(),
        DecideCase(outcome=Outcome.GRANTED, opinion="定"),
        HandInSupplement(materials=PROVIDED[case.terms.item]),
    )
    return chance.choice(options), user


def _release() -> ReleaseResult:
    return ReleaseResult(collector="本人", collector_id="", collector_kind="self", signature="签")
