"""What a command makes happen at the simulated central, decided and written."""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

from msgspec.structs import replace

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent, CaseRecord, Received, Stage
from clerk.contract.command import Envelope, ReceiveCase
from clerk.contract.custody import PapersLost
from clerk.contract.sync import (
    EntityKind,
)
from clerk.rules.case import Case, Context, decide
from clerk.rules.case.context import refuse
from clerk.rules.case.fold import begin, evolve_all
from clerk.rules.numbers import document_number, read_case_number
from clerk.rules.overlay import extend
from clerk.sync import central as judging
from clerk.sync import restoring, scope
from tests.sim.checks import check_papers
from tests.sim.feeding import Feeder
from tests.sim.ground import Ground
from tests.sim.processes import Transaction, Want
from tests.sim.record import Database, Row
from tests.sim.town import (
    USERS,
    WINDOWS,
    paper_of,
)
from tests.support.work_calendar import REAL_CALENDAR

_SERIES = {"market": "市监", "fire": "消防"}


class Effect(NamedTuple):
    """What a command makes happen, decided and not written yet."""

    record: CaseRecord
    case: Case
    before: Case | None
    events: tuple[AnyEvent, ...]
    counters: dict[tuple[int, str, str], int]


class Carrier:
    """Carries commands out."""

    def __init__(self, ground: Ground, feeder: Feeder) -> None:
        self.ground = ground
        self.feeder = feeder
        self.engine = ground.engine

    @property
    def database(self) -> Database:
        """The database as it is now; a restore puts another in its place."""
        return self.ground.database

    def decide(
        self, transaction: Transaction, device: str, envelope: Envelope
    ) -> Generator[Want, None, Effect | tuple[Refusal, int, str]]:
        command, now = self.ground.commands[envelope.id], self.engine.moment()
        held = self.database.cases.get(envelope.case_id)
        user = USERS[envelope.user]
        if isinstance(command, ReceiveCase):
            refusal = self._wrong_receipt(device, envelope, command)
            if refusal:
                return refusal, 0, ""
            at = judging.receipt_moment(envelope, now)
            item = self.database.item_versions.get((command.item, command.item_version))
            context = Context(
                now=at, calendar=REAL_CALENDAR, user=user, window=command.window, item=item
            )
            decided = decide(None, command, context)
        else:
            row = self.database.devices[device]
            seen = scope.scope_of(row.window, row.department)
            if held is None or not seen & self.database.audiences[envelope.case_id]:
                return refuse("case.unknown"), 0, ""
            at = restoring.act_moment(envelope, now, self.database.restored_at)
            context = Context(now=at, calendar=REAL_CALENDAR, user=user, window=row.window)
            case = held[1]
            if self.engine.has("losses_not_read"):
                case = _without_losses(case)
            decided = decide(case, command, context)
        if isinstance(decided, Refusal):
            if held is None:
                return decided, 0, ""
            stale = envelope.base_version != held[1].version
            overtaken = held[0].events[-1].by.name if stale else ""
            return decided, held[1].version, overtaken
        return (yield from self.prepare(transaction, envelope.case_id, decided))

    def _wrong_receipt(
        self, device: str, envelope: Envelope, command: ReceiveCase
    ) -> Refusal | None:
        if envelope.case_id in self.database.cases:
            return refuse("case.already_received", "number", number=command.number)
        number = read_case_number(command.number)
        if command.number in self.database.numbers:
            return refuse("case_number.taken", "number", number=command.number)
        lent = self.database.holds_number(device, number)
        if self.engine.has("lost_lending_denied"):
            lent = self.database.is_known_lent(device, number)
        if number.window != WINDOWS[command.window] or not lent:
            return refuse("case_number.not_lent", "number", number=command.number)
        return None

    def prepare(
        self, transaction: Transaction, case_id: str, events: tuple[AnyEvent, ...]
    ) -> Generator[Want, None, Effect]:
        """Number the papers and fold; nothing is written yet."""
        held = self.database.cases.get(case_id)
        counters: dict[tuple[int, str, str], int] = {}
        numbered = []
        for event in events:
            kind = paper_of(event)
            if kind is not None and held is not None:
                department = held[1].terms.department
                key = (event.at.year, department, kind.value)
                if not self.engine.has("counter_not_locked"):
                    yield transaction, ("series", key)
                n = self.database.counters.get(key, 0) + 1
                if self.engine.has("counter_outside"):
                    self.database.counters[key] = n
                counters[key] = n
                number = document_number(f"{_SERIES[department]}{kind.value}", key[0], n)
                event = replace(event, document=number)  # noqa: PLW2901
            numbered.append(event)
        if held is None:
            first = numbered[0]
            assert isinstance(first, Received), "a case begins with its receipt"
            case, before = begin(case_id, first), None
        else:
            before = held[1]
            case = evolve_all(before, numbered)
        record = extend(case_id, held[0] if held else None, numbered)
        return Effect(record, case, before, tuple(numbered), counters)

    def write(self, command: str, effect: Effect, early: list[Row] | None) -> None:
        database, case = self.database, effect.case
        check_papers(effect.events)
        database.cases[case.id] = (effect.record, case)
        database.counters.update(effect.counters)
        if effect.before is None:
            database.numbers[case.number] = case.id
        before = database.audiences.get(case.id, frozenset())
        after = self._audiences(case)
        database.audiences[case.id] = after
        self.ground.checks.took_effect(command)
        self.ground.checks.happened(case.id, effect.events)
        database.effects[command] = 1
        if self.engine.has("receipt_seen_by_window_only") and effect.before is None:
            after = frozenset(one for one in after if one.startswith("window"))
        self.feeder.announce(EntityKind.CASE, case.id, case.version, after, before - after, early)

    def _audiences(self, case: Case) -> frozenset[str]:
        """Who sees a case; in some towns departments see it from acceptance on."""
        seen = scope.audiences_of(case)
        if self.ground.plan.late_sight and case.stage in {Stage.RECEIVED, Stage.SUPPLEMENTING}:
            return frozenset({scope.window_label(case.window)})
        return seen


def _without_losses(case: Case) -> Case:
    return replace(case, trail=tuple(one for one in case.trail if not isinstance(one, PapersLost)))
