"""Carrying a command out: decided by the same rules as at the desk, on the case as it is now."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec.structs import replace

from central import access
from central.acts import bundling, evidence, looked, rating, recording
from central.acts.mattering import carry_out_matter
from central.acts.offering import find_withdrawn
from central.acts.renewing import find_renewal
from central.calendars import get_calendar
from central.db import cases, catalogue, devices, findings, journal, matters, offices, users
from central.db.engine import Connection
from central.db.feed import Change
from central.progress import password_digest
from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent, HandoverChosen, Received, Ticked
from clerk.contract.command import (
    AnyCommand,
    AttachScan,
    Envelope,
    HandInSupplement,
    LookInto,
    MatterCommand,
    MoveMatter,
    NotePrint,
    RateVisit,
    ReceiveCase,
    ReleaseResult,
    TakeMatter,
    TellMatter,
    is_queued,
)
from clerk.contract.journal_command import CloseDay, HandOverShift, JournalCommand, TakeOverShift
from clerk.contract.proposal import Corrected
from clerk.contract.user import User
from clerk.errors import InputError
from clerk.rules.bundle.tidings import standing_of
from clerk.rules.case import Case, Context, decide
from clerk.rules.case.context import refuse
from clerk.rules.exemption import is_asked_after_all
from clerk.rules.identifiers.problem import normalise
from clerk.rules.journal import write_journal
from clerk.rules.numbers import read_case_number
from clerk.rules.supervision.looking import look_into
from clerk.sync import scope


class Applied(msgspec.Struct, frozen=True):
    """A command that took effect: the case's new version, what to announce, its events' tags.

    `others` are the cases of its bundle application that it had something to tell. Of a rating no
    desk is told anything.
    """

    version: int
    change: Change | None
    caused: tuple[str, ...] = ()
    others: tuple[Change, ...] = ()


class NotApplied(msgspec.Struct, frozen=True):
    """A command that may not be. `overtaken_by` moved the case since the desk last saw it."""

    refusal: Refusal
    version: int = 0
    overtaken_by: str = ""


Done = Applied | NotApplied


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A command with all that came with it.

    `now` is when it counts as done; `papers` are the numbers of papers that are out already
    and a restore has lost the act.
    """

    device: devices.Device
    envelope: Envelope
    command: AnyCommand
    now: datetime
    papers: tuple[str, ...] = ()


def carry_out(connection: Connection, order: Order) -> Done:
    """Decide a command and write down what it makes happen."""
    user = users.find(connection, order.envelope.user)
    if user is None:
        return NotApplied(refuse("user.unknown"))
    if not _was_promised(order):
        if user.disabled:
            return NotApplied(refuse("user.disabled"))
        if order.device.disabled:
            return NotApplied(refuse("device.disabled"))
    return _carry_out(connection, order, user)


def _carry_out(connection: Connection, order: Order, user: User) -> Done:
    match order.command:
        case ReceiveCase() as command:
            return _receive(connection, order, command, user)
        case LookInto() as command:
            return _look_into(connection, order, command, user)
        case HandOverShift() | TakeOverShift() | CloseDay() as command:
            return _write_journal(connection, order, command, user)
        case TakeMatter() | TellMatter() | MoveMatter() as command:
            return _carry_out_matter(connection, order, command, user)
        case RateVisit() as command:
            return _rate(connection, order, command)
        case _:
            return _act(connection, order, user)


def _was_promised(order: Order) -> bool:
    """Whether it was done at a counter that could not know that it may not be any more."""
    kind = str(order.command.__struct_config__.tag)
    return is_queued(kind, order.envelope.window)


def _look_into(connection: Connection, order: Order, command: LookInto, user: User) -> Done:
    """Add to a finding that an auditor has looked into it; two who do so at once both stand."""
    seen = scope.AUDIT in access.scope_of(order.device)
    finding = findings.find(connection, order.envelope.case_id) if seen else None
    after = look_into(finding, command.note, user, order.now)
    if isinstance(after, Refusal):
        return NotApplied(after, finding.version if finding else 0)
    findings.put(connection, after)
    return Applied(after.version, findings.change_of(after))


def _write_journal(
    connection: Connection, order: Order, command: JournalCommand, user: User
) -> Done:
    """Keep what a window signed, perhaps with the line down, at its own moment there."""
    entry_id = order.envelope.case_id
    context = Context(
        now=min(order.envelope.at, order.now),
        calendar=get_calendar(connection),
        user=user,
        window=order.device.window,
    )
    entry = journal.find(connection, entry_id)
    after = write_journal(entry, entry_id, command, context)
    if isinstance(after, Refusal):
        return NotApplied(after, entry.version if entry else 0)
    journal.put(connection, after)
    return Applied(after.version, journal.change_of(after))


def _carry_out_matter(
    connection: Connection, order: Order, command: MatterCommand, user: User
) -> Done:
    """What was brought to a window or told there, perhaps with the line down, has its own moment.

    Whoever took it in may be disabled by now: whoever brought it waits for an answer all the same.
    """
    promised, matter_id = _was_promised(order), order.envelope.case_id
    context = Context(
        now=min(order.envelope.at, order.now) if promised else order.now,
        calendar=get_calendar(connection),
        user=replace(user, disabled=False) if promised else user,
        window=order.device.window,
    )
    done = carry_out_matter(connection, matter_id, command, context, order.device)
    if isinstance(done, Refusal):
        return NotApplied(done, matters.find_version(connection, matter_id))
    matter, event, change = done
    return Applied(matter.version, change, (str(event.__struct_config__.tag),))


def _rate(connection: Connection, order: Order, command: RateVisit) -> Done:
    """Take what an applicant chose at a desk; whoever turned it to them has nothing to say."""
    at, visit = min(order.envelope.at, order.now), order.envelope.case_id
    heard = rating.rate_at_desk(connection, order.device, visit, command, at)
    if isinstance(heard, Refusal):
        return NotApplied(heard)
    return Applied(0, None, others=heard.changes)


def _receive(connection: Connection, order: Order, command: ReceiveCase, user: User) -> Done:
    """Take in what a window received, perhaps hours ago with the line down.

    Whoever received it may be disabled by now: the applicant has the receipt all the same.
    """
    user = replace(user, disabled=False)
    received_at = min(order.envelope.at, order.now)  # a desk's clock that is fast gains nothing
    refusal = _wrong_receipt(connection, order, command)
    if refusal:
        return NotApplied(refusal)
    calendar = get_calendar(connection)
    moment = recording.Moment(order.now, calendar)
    placed = bundling.take_place(connection, _with_plain_number(command), moment, received_at)
    if isinstance(placed, Refusal):
        return NotApplied(placed)
    command = placed
    item = catalogue.find_item(connection, command.item, command.item_version)
    if item:
        command = evidence.check_exemptions(connection, command, item, received_at)
    context = Context(
        now=received_at,
        calendar=calendar,
        user=user,
        window=command.window,
        item=item,
        looked=looked.list_looked(connection, command, received_at),
        withdrawn_since=find_withdrawn(connection, item, received_at) if item else None,
    )
    decided = decide(None, command, context)
    if isinstance(decided, Refusal):
        return NotApplied(decided)
    (event,) = decided
    assert isinstance(event, Received), "a receipt is what receiving makes"
    case_id = order.envelope.case_id
    password = password_digest(connection, case_id, command.query_password)
    case, change = recording.record_receipt(connection, case_id, event, moment, password)
    rating.note_code(connection, case_id, command, event.channel, received_at)
    caused = tuple(_name_asked(tick) for tick in event.materials if is_asked_after_all(tick))
    if case.place is None:
        return Applied(case.version, change, caused)
    case, told = bundling.hear_at_receipt(connection, case, moment, context.actor)
    others = bundling.tell_others(connection, case, moment, context.actor)
    return Applied(case.version, told or change, caused, others)


def _act(connection: Connection, order: Order, user: User) -> Done:
    """Move a case on; for a desk that does not see it, it is unknown."""
    project = bundling.lock_project(connection, order.envelope.case_id)
    loaded = recording.load_case(connection, order.envelope.case_id)
    if loaded is None:
        return NotApplied(refuse("case.unknown"))
    case, record = loaded
    watched = access.may_ask_about(user, case, order.command)
    brought = _brings_scan(connection, order, case)
    # A print is on paper already, wherever its case has gone meanwhile.
    seen = isinstance(order.command, NotePrint) or access.sees(order.device, case)
    if not (watched or brought or seen):
        return NotApplied(refuse("case.unknown"))
    calendar = get_calendar(connection)
    context = Context(
        now=order.now,
        calendar=calendar,
        user=user,
        window=case.window if brought else order.device.window,
        not_ready=_not_ready(connection, case, order.command),
        renewed_by=find_renewal(connection, case, order.command, order.now),
    )
    decided = _decide(connection, case, order.command, context)
    if isinstance(decided, Refusal):
        stale = order.envelope.base_version != case.version
        return NotApplied(decided, case.version, record.events[-1].by.name if stale else "")
    moment = recording.Moment(order.now, calendar)
    after, change = recording.record_events(connection, case, decided, moment, order.papers)
    caused = tuple(_name(event) for event in decided)
    if project is None:
        return Applied(after.version, change, caused)
    others = _tell(connection, case, after, decided, moment)
    return Applied(after.version, change, caused, others)


def _decide(
    connection: Connection, case: Case, command: AnyCommand, context: Context
) -> tuple[AnyEvent, ...] | Refusal:
    """By the rules, and for what stands in a paper's place by the licence library too."""
    if isinstance(command, HandInSupplement):
        checked = evidence.check_handed_in(connection, case, command, context.now)
        if isinstance(checked, Refusal):
            return checked
        command = checked
    return decide(case, command, context)


def _brings_scan(connection: Connection, order: Order, case: Case) -> bool:
    """Whether it belongs to a receipt that this desk gave out, at the window it was at then."""
    if not isinstance(order.command, AttachScan) or order.envelope.window != case.window:
        return False
    number = read_case_number(case.number)
    return devices.holds_number(connection, order.device.id, number)


def _name(event: AnyEvent) -> str:
    """What the audit record calls it; a correction with the number of the act it puts right."""
    tag = str(event.__struct_config__.tag)
    return f"{tag}:{event.act}" if isinstance(event, Corrected) else tag


def _name_asked(tick: Ticked) -> str:
    """What the audit record calls an exemption that did not hold, and why."""
    return f"{tick.note}:{tick.key}"


def _not_ready(connection: Connection, case: Case, command: AnyCommand) -> tuple[str, ...]:
    return bundling.not_ready(connection, case) if isinstance(command, ReleaseResult) else ()


def _tell(
    connection: Connection,
    before: Case,
    after: Case,
    events: tuple[AnyEvent, ...],
    moment: recording.Moment,
) -> tuple[Change, ...]:
    """What the act means for the other cases of the bundle application."""
    chosen = next((one for one in events if isinstance(one, HandoverChosen)), None)
    if chosen is not None:
        return bundling.spread_handover(connection, after, chosen, moment)
    if standing_of(before) is standing_of(after):
        return ()
    return bundling.tell_others(connection, after, moment, events[-1].by)


def _wrong_receipt(connection: Connection, order: Order, command: ReceiveCase) -> Refusal | None:
    """A case number is the window's own and was lent to this desk, and nobody has it yet.

    The desk may have been moved since; the applicant holds the receipt of the window it was at.
    """
    window = offices.find_window(connection, command.window)
    if window is None:
        return refuse("window.not_yours", "window", window=command.window)
    if cases.find_version(connection, order.envelope.case_id) is not None:
        return refuse("case.already_received", "number", number=command.number)
    try:
        number = read_case_number(command.number)
    except InputError as error:
        return refuse(error.code, "number", **error.parameters)
    if cases.find_id(connection, str(number)) is not None:
        return refuse("case_number.taken", "number", number=command.number)
    lent = devices.holds_number(connection, order.device.id, number)
    if number.window != window.number or not lent:
        return refuse("case_number.not_lent", "number", number=command.number)
    return None


def _with_plain_number(command: ReceiveCase) -> ReceiveCase:
    """The applicant under the number that registers and licences know."""
    number = normalise(command.applicant.id_number)
    return replace(command, applicant=replace(command.applicant, id_number=number))


def without_secrets(command: AnyCommand) -> bytes:
    """What is kept of a command: neither password nor code of a receipt."""
    if isinstance(command, ReceiveCase):
        command = replace(command, query_password="", rating_code="")
    return msgspec.json.encode(command)
