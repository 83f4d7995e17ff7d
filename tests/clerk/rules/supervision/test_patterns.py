"""Each suspicious pattern is found at its event, with what fills its reason; once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from clerk.clock import OFFICE_ZONE
from clerk.contract.case import (
    Accepted,
    AnyEvent,
    CaseRecord,
    Decided,
    DeemedAccepted,
    Outcome,
    Received,
    SupplementAsked,
    SupplementLine,
)
from clerk.contract.custody import Mishap, PapersLost
from clerk.contract.item import Item
from clerk.contract.limits import Limit
from clerk.contract.proposal import (
    ActUndone,
    Corrected,
    Procedure,
    Prolonged,
    Resumed,
    StopLapsed,
    Stopped,
)
from clerk.contract.setting import ClockChoice, ClockChoices, Stretch
from clerk.contract.supervision import Finding, PatternSetting, RatingFact
from clerk.contract.user import CLOCK_ACTOR, Actor, Role, User
from clerk.locale.suspicions import name_rule, tell_suspicion
from clerk.rules.calendar import WorkCalendar
from clerk.rules.supervision.across import find_one_device, find_one_person
from clerk.rules.supervision.kept_back import KeptBack, find_kept_back
from clerk.rules.supervision.outside import find_outside_look
from clerk.rules.supervision.patterns import PATTERNS, ActiveRules
from clerk.rules.supervision.unneeded import DraftLook, Origin, find_unneeded
from clerk.rules.supervision.within import find_patterns
from tests.support.cases import CASE, FOOD, MONDAY, CaseStory
from tests.support.custody import PLAN, WINDOW
from tests.support.people import a_person
from tests.support.work_calendar import REAL_CALENDAR, REAL_DATA

LI = Actor(user="u-li", name="李", department="market")
WANG = Actor(user="u-wang", name="王", department="market")
RULES = ActiveRules()


@dataclass
class Told:
    """Events on one case, from its receipt on Monday morning."""

    events: list[AnyEvent]

    def add(self, *events: AnyEvent) -> Told:
        return Told([*self.events, *events])

    def find(
        self, *settings: PatternSetting, calendar: WorkCalendar = REAL_CALENDAR
    ) -> list[Finding]:
        record = CaseRecord(id=CASE, version=len(self.events), events=tuple(self.events))
        return list(find_patterns(record, calendar, ActiveRules(settings)))

    def rules(self, *settings: PatternSetting) -> list[str]:
        return [one.rule for one in self.find(*settings)]


def received(item: Item = FOOD) -> Told:
    record = CaseStory(item).received().record
    assert record is not None
    return Told(list(record.events))


def accepted(at: datetime = MONDAY) -> Told:
    return received().add(Accepted(at=at, by=LI))


def decided(at: datetime) -> Decided:
    return Decided(at=at, by=LI, step="approve", outcome=Outcome.GRANTED, opinion="同意")


def stop(day: int, planned: int = 5) -> Stopped:
    at = MONDAY + timedelta(days=day)
    return Stopped(
        at=at, by=LI, procedure=Procedure.INSPECTION, basis="第四十五条", planned_days=planned
    )


def resume(day: int, n: int = 0) -> Resumed:
    at = MONDAY + timedelta(days=day)
    return Resumed(at=at, by=LI, procedure=Procedure.INSPECTION, stop=n)


def prolonged(day: int, days: int, n: int = 3) -> Prolonged:
    return Prolonged(at=MONDAY + timedelta(days=day), by=WANG, stop=n, days=days, reason="复检")


def lapsed(last: date, n: int = 3, *, ended: bool = True) -> StopLapsed:
    at = datetime.combine(last + timedelta(days=1), time(), OFFICE_ZONE)
    return StopLapsed(at=at, by=CLOCK_ACTOR, stop=n, last=last, ended=ended)


def asked(day: int) -> SupplementAsked:
    lines = (SupplementLine("m1", "申请书", "未签字"),)
    return SupplementAsked(at=MONDAY + timedelta(days=day), by=LI, lines=lines)


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=OFFICE_ZONE)


def test_an_ordinary_case_is_not_suspicious() -> None:
    assert accepted().add(decided(on(3, 10))).rules() == []


def test_repeated_stops() -> None:
    told = accepted().add(stop(1), resume(2), stop(3), resume(4))
    (found,) = told.find()
    assert (found.rule, found.seq, found.parameters["count"]) == ("R01", 5, "2")
    assert told.rules(PatternSetting(rule="R01", parameters={"most": 2})) == []


@pytest.mark.parametrize(
    ("events", "days"),
    [((stop(1, 31),), "31"), ((stop(1, 5), resume(60)), "42")],
)
def test_a_long_stop_by_plan_or_by_what_it_lasted(events: tuple[AnyEvent, ...], days: str) -> None:
    (found,) = accepted().add(*events).find()
    assert (found.rule, found.parameters["days"]) == ("R02", days)


def test_prolongations_make_a_stop_long_and_are_found_on_whoever_gave_them() -> None:
    told = accepted().add(stop(1, 20), prolonged(2, 10), prolonged(3, 20))
    for one in (told, told.add(lapsed(date(2026, 8, 14)))):
        (found,) = one.find()
        assert (found.rule, found.seq, found.actor) == ("R02", 5, "u-wang")
        assert found.parameters["days"] == "50"


def test_a_stop_that_the_office_kept_beyond_its_plan_is_long_when_it_is_resumed() -> None:
    kept = accepted().add(stop(1), lapsed(date(2026, 6, 9), ended=False))
    assert kept.rules() == []
    (found,) = kept.add(resume(60, 3)).find()
    assert (found.seq, found.parameters["days"]) == (5, "42")


def test_each_stop_ends_with_its_own_end() -> None:
    told = accepted().add(stop(1), lapsed(date(2026, 6, 9)), stop(50), resume(60, 5))
    assert told.rules(PatternSetting(rule="R01", on=False)) == []
    overlapping = accepted().add(stop(1), stop(1), resume(2, 4), resume(60, 3))
    (found,) = overlapping.find(PatternSetting(rule="R01", on=False))
    assert (found.rule, found.seq, found.parameters["days"]) == ("R02", 6, "42")


def test_a_second_supplement() -> None:
    (found,) = received().add(asked(0), asked(1)).find()
    assert (found.rule, found.seq) == ("R03", 3)


def put_right_twice() -> Told:
    slip = Corrected(at=MONDAY, by=LI, act=2, amendment=ActUndone(), reason="误")
    return accepted().add(slip, Accepted(at=MONDAY, by=LI), replace(slip, act=4))


def test_more_than_one_act_put_right() -> None:
    (found,) = put_right_twice().find()
    assert (found.rule, found.seq, found.parameters["n"]) == ("R09", 5, "4")
    assert tell_suspicion(found)


@pytest.mark.parametrize(("seconds", "found"), [(0, True), (60, True), (61, False)])
def test_decided_within_a_minute(seconds: int, *, found: bool) -> None:
    told = accepted().add(decided(MONDAY + timedelta(seconds=seconds)))
    assert told.rules() == (["R04"] if found else [])


@pytest.mark.parametrize(
    "item",
    [replace(FOOD, promised=Limit(0)), replace(FOOD, promised=None, statutory=Limit(0))],
)
def test_what_is_due_at_once_is_decided_at_once(item: Item) -> None:
    told = received(item).add(Accepted(at=MONDAY, by=LI), decided(MONDAY))
    assert told.rules() == []


def test_what_the_law_accepted_was_not_examined_by_acceptance() -> None:
    deemed = DeemedAccepted(at=MONDAY, by=CLOCK_ACTOR, dated_from=date(2026, 6, 1))
    assert received().add(deemed, decided(MONDAY)).rules() == []


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (on(11, 15, 59), False),
        (on(11, 16), True),  # the promised eighth day, an hour before the office closes
        (on(11, 17), True),
        (on(30, 16, 30), True),  # the statutory twentieth day
        (on(29, 16, 30), False),
    ],
)
def test_decided_at_the_last_hour(at: datetime, *, found: bool) -> None:
    assert ("R05" in accepted().add(decided(at)).rules()) is found


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (on(3, 8, 29), True),
        (on(3, 8, 30), False),
        (on(3, 12, 30), False),
        (on(3, 17, 30), False),
        (on(3, 17, 31), True),
        (on(6, 10), True),  # a Saturday
        (on(19, 10), True),  # a holiday
    ],
)
def test_outside_working_hours(at: datetime, *, found: bool) -> None:
    assert ("R06" in accepted().add(decided(at)).rules()) is found


LONG_DAY = WorkCalendar(
    REAL_DATA,
    ClockChoices(
        versions=(
            ClockChoice(since=on(1, 0), hours=(Stretch(time(8), time(20)),)),
            ClockChoice(since=on(8, 0), hours=(Stretch(time(9), time(16)),)),
        )
    ),
)
"""Open from eight to eight in the first week of June 2026, then from nine to four."""


@pytest.mark.parametrize(
    ("at", "found"),
    [(on(3, 19), False), (on(3, 7, 29), True), (on(8, 16, 30), False), (on(8, 16, 31), True)],
)
def test_working_hours_are_those_that_the_office_had_chosen_then(
    at: datetime, *, found: bool
) -> None:
    told = accepted().add(decided(at)).find(calendar=LONG_DAY)
    assert ("R06" in [one.rule for one in told]) is found


@pytest.mark.parametrize(("at", "found"), [(on(11, 18, 59), False), (on(11, 19), True)])
def test_the_last_hour_ends_as_the_office_closes_for_that_case(
    at: datetime, *, found: bool
) -> None:
    told = accepted().add(decided(at)).find(calendar=LONG_DAY)
    assert ("R05" in [one.rule for one in told]) is found


def test_the_clock_is_never_suspicious() -> None:
    deemed = DeemedAccepted(at=on(6, 0), by=CLOCK_ACTOR, dated_from=date(2026, 6, 1))
    assert received().add(deemed).rules() == []


def test_a_finding_stays_the_same_when_more_happens() -> None:
    told = accepted().add(decided(MONDAY))
    before = told.find()
    assert told.add(asked(3)).find()[: len(before)] == before


def test_a_rule_can_be_switched_off() -> None:
    told = accepted().add(decided(MONDAY))
    assert told.rules(PatternSetting(rule="R04", on=False)) == []


def rating(n: int, minutes: int, device: str = "d1", *, at_desk: bool = False) -> RatingFact:
    at = MONDAY + timedelta(minutes=minutes)
    clerk = {"clerk": "u-li", "clerk_name": "李"}
    return RatingFact(
        id=f"r{n}", device=device, at=at, case_number=str(n), at_desk=at_desk, **clerk
    )


def test_ratings_by_one_device() -> None:
    close = [rating(n, n) for n in range(5)]
    (found,) = find_one_device(close, RULES)
    assert (found.rule, found.parameters["count"]) == ("R07", "5")
    assert find_one_device(close[:4], RULES) == ()
    assert find_one_device([rating(n, 20 * n) for n in range(5)], RULES) == ()
    assert find_one_device([rating(n, n, f"d{n}") for n in range(5)], RULES) == ()


def test_a_busy_window_is_no_pattern() -> None:
    """A visitor every ten minutes is a good morning; five within ten minutes were not served."""
    assert find_one_device([rating(n, 10 * n, at_desk=True) for n in range(30)], RULES) == ()
    (found,) = find_one_device([rating(n, 2 * n, at_desk=True) for n in range(6)], RULES)
    assert found.parameters == {"count": "5", "minutes": "10"}


def test_many_findings_on_one_person() -> None:
    one = accepted().add(decided(MONDAY)).find()[0]
    many = [replace(one, id=f"R04|c{n}|3", case_id=f"c{n}") for n in range(5)]
    (found,) = find_one_person(many, RULES)
    assert (found.id, found.parameters["count"]) == ("R08|u-li|2026-06", "5")
    assert find_one_person([*many, replace(one, id="R04|c9|3")], RULES)[0].id == found.id
    assert find_one_person(many[:4], RULES) == ()
    other_month = replace(many[0], at=MONDAY + timedelta(days=40))
    assert find_one_person([*many[1:], other_month], RULES) == ()


def test_a_look_outside_ones_work_is_found_with_its_reason_masked() -> None:
    reason = f"走失老人 {a_person().phone}"
    (found,) = find_outside_look("look-1", MONDAY, LI, reason, RULES)
    assert (found.id, found.actor) == ("R10|look-1", LI.user)
    assert "走失老人" in tell_suspicion(found)
    assert a_person().phone not in tell_suspicion(found)
    off = ActiveRules((PatternSetting(rule="R10", on=False),))
    assert not find_outside_look("look-1", MONDAY, LI, reason, off)


def draft_look(name: str, *items: str, shown: str = "", needed: str = "") -> DraftLook:
    """A look of a clerk for a draft of which cases of these items came."""
    user = User(id=LI.user, login="li", name=LI.name, roles=(Role.COUNTER,))
    return DraftLook(
        id=name,
        at=MONDAY,
        user=user,
        cases=tuple(Origin(id=f"c-{one}", number=f"n-{one}", item=one) for one in items),
        shown={"tax": frozenset(shown.split())},
        needed={"tax": frozenset(needed.split())},
    )


def test_looks_for_drafts_are_compared_with_what_came_of_them() -> None:
    for_nothing = [draft_look(f"l{n}", shown="tax.status") for n in range(5)]
    (found,) = find_unneeded(for_nothing, RULES)
    assert (found.id, found.parameters["count"]) == ("R11|u-li|2026-06-01", "5")
    assert not find_unneeded(for_nothing[:4], RULES), "people who only ask go again"
    needed = draft_look("l", "food", shown="tax.status", needed="tax.status tax.contact")
    assert not find_unneeded([needed], RULES)
    beyond = draft_look("l", "sign", shown="tax.status tax.contact", needed="tax.status")
    (found,) = find_unneeded([beyond], RULES)
    assert (found.id, found.case_id) == ("R12|l", "c-sign")
    assert found.parameters["fields"] == "tax.contact"
    unknown = replace(beyond, needed={})
    assert not find_unneeded([unknown], RULES), "that register is asked no more"
    off = ActiveRules(PatternSetting(rule=one, on=False) for one in ("R11", "R12"))
    assert not find_unneeded([*for_nothing, beyond], off)


LATE_CHANGE = KeptBack(
    entry="food",
    name="食品经营许可",
    on=MONDAY.date(),
    put_by="admin",
    code="flow.step_beyond",
    parameters={"item": "食品经营许可", "step": "承办"},
)


def paper_lost() -> Told:
    gone = PapersLost(
        at=MONDAY, by=WANG, holder=WINDOW, papers=(PLAN,), mishap=Mishap.LOST, reason="搬家后找不到"
    )
    return accepted().add(gone)


def test_a_lost_paper_is_before_the_auditor() -> None:
    (found,) = paper_lost().find()
    assert (found.rule, found.seq) == ("R14", 3)
    assert "布局图" in tell_suspicion(found)
    assert "搬家后找不到" in tell_suspicion(found)


def test_every_rule_says_its_reason() -> None:
    shown = [
        *accepted().add(stop(1, 31), resume(2), stop(3), resume(4), decided(on(15, 20))).find(),
        *accepted().add(decided(on(11, 16, 30))).find(),
        *received().add(asked(0), asked(1)).find(),
        *accepted().add(decided(MONDAY)).find(),
        *put_right_twice().find(),
        *paper_lost().find(),
        *find_one_device([rating(n, n) for n in range(5)], RULES),
        *find_outside_look("look-1", MONDAY, LI, "走失老人", RULES),
        *find_kept_back(LATE_CHANGE, MONDAY, RULES),
        *find_unneeded([draft_look(f"l{n}") for n in range(5)], RULES),
        *find_unneeded([draft_look("l", "sign", shown="tax.contact")], RULES),
    ]
    one = accepted().add(decided(MONDAY)).find()[0]
    shown += find_one_person([replace(one, id=f"R04|c{n}|3") for n in range(5)], RULES)
    assert {found.rule for found in shown} == set(PATTERNS)
    for found in shown:
        told = tell_suspicion(found)
        assert told
        assert "{" not in told
        assert name_rule(found.rule) != found.rule


def test_a_case_begins_with_its_receipt() -> None:
    assert isinstance(received().events[0], Received)
