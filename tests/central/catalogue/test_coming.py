"""Items come and go by their day: versions wait for it, cases keep to the one they have."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from central.catalogue.coming import Doing, call_off, find_problem, offer, schedule
from central.catalogue.publishing import publish
from central.catalogue.touched_text import tell_all
from central.db import audit, bodies, catalogue, coming, findings
from central.db.engine import Connection
from central.db.touching import list_touched
from central.imports.catalogue import import_catalogue, preview_catalogue, read_catalogue_file
from central.jobs.coming import sweep_coming
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.item import Act, Bundle, BundleNode, Item, Option, Step
from clerk.contract.limits import Limit
from clerk.contract.sync import EntityKind
from clerk.errors import InputError
from clerk.locale.suspicions import tell_suspicion
from tests.support.cases import FOOD, MONDAY, receive_command
from tests.support.central import MakeDesk

TODAY = MONDAY.date()
LATER = TODAY + timedelta(days=10)
DOING = Doing(at=MONDAY, actor="admin", reason="国务院取消")


def item_now(central: Central) -> Item:
    with central.database.read() as connection:
        found = catalogue.find_item(connection, FOOD.id)
    assert found is not None
    return found


def keep(central: Central, item: Item, on: date) -> int:
    return central.database.commit(lambda connection: schedule(connection, [item], on, DOING))


def turn(connection: Connection, on: date, *, withdrawn: bool = True) -> None:
    offer(connection, FOOD.id, on, DOING, withdrawn=withdrawn)


def test_a_version_takes_effect_on_its_day_and_cases_stay_on_theirs(
    central: Central, clock: SettableClock, make_desk: MakeDesk
) -> None:
    window = make_desk(window="w1")
    case_id, answer = window.receive(replace(receive_command(), number=""))
    assert answer.refusal is None
    before = item_now(central)
    assert keep(central, replace(before, conditions="新条件"), LATER) == 1
    clock.put(MONDAY + timedelta(days=9))
    assert sweep_coming(central) == 0
    assert item_now(central) == before
    clock.put(MONDAY + timedelta(days=10))
    assert (sweep_coming(central), sweep_coming(central)) == (1, 0)
    after = item_now(central)
    assert (after.version, after.conditions) == (before.version + 1, "新条件")
    with central.database.read() as connection:
        (touched,) = list_touched(connection, [FOOD.id])
        assert audit.find_break(connection) is None
    assert touched.open_cases == {before.version: 1}
    assert case_id


def test_what_became_of_an_item_meanwhile_stays(central: Central, clock: SettableClock) -> None:
    before = item_now(central)
    keep(central, replace(before, conditions="新条件"), LATER)
    meanwhile = replace(before, second_supplement=True)
    central.database.commit(lambda one: publish(one, [meanwhile], MONDAY))
    clock.put(MONDAY + timedelta(days=10))
    assert sweep_coming(central) == 1
    after = item_now(central)
    assert (after.conditions, after.second_supplement) == ("新条件", True)


def test_what_cannot_take_effect_stays_with_its_reason_and_holds_up_nothing(
    central: Central, clock: SettableClock
) -> None:
    before = item_now(central)
    step = Step(key="handle", name="承办", act=Act.HANDLE, limit=Limit(3))
    keep(central, replace(before, flow=(step,)), LATER - timedelta(days=1))
    keep(central, replace(FOOD, id="tea", name="茶馆备案", version=0), LATER)
    shorter = replace(before, statutory=Limit(2), promised=None)
    central.database.commit(lambda one: publish(one, [shorter], MONDAY))
    clock.put(MONDAY + timedelta(days=10))
    assert (sweep_coming(central), sweep_coming(central)) == (1, 0), "the other one"
    with central.database.read() as connection:
        (told,) = findings.list_between(connection, MONDAY, clock.now() + timedelta(days=1))
        assert catalogue.find_item(connection, "tea") is not None
        (kept,) = coming.items.list_all(connection)
        problem = find_problem(connection, kept)
    assert problem is not None
    assert problem.code == "flow.step_beyond"
    assert (told.rule, told.actor_name) == ("R13", kept.actor)
    assert "The step “承办” of" in tell_suspicion(told), "an auditor is told, once, and why"
    now = Doing(at=clock.now(), actor="admin", reason="国务院取消")
    central.database.commit(lambda one: offer(one, FOOD.id, LATER, now, withdrawn=True))
    assert item_now(central).retired, "nor does it hold up what is done to its item"
    central.database.commit(lambda one: publish(one, [before], MONDAY))
    assert sweep_coming(central) == 1
    assert item_now(central).flow == (step,)


def test_a_new_item_comes_on_its_day(central: Central, clock: SettableClock) -> None:
    fresh = replace(FOOD, id="tea", name="茶馆备案", version=0)
    keep(central, fresh, LATER)
    clock.put(MONDAY + timedelta(days=10))
    assert sweep_coming(central) == 1
    with central.database.read() as connection:
        found = catalogue.find_item(connection, "tea")
    assert found is not None
    assert (found.version, found.initials) == (1, "cgba")


def test_a_withdrawn_item_is_offered_no_more_from_its_day_on(
    central: Central, clock: SettableClock
) -> None:
    central.database.commit(partial(turn, on=LATER))
    assert not item_now(central).retired
    clock.put(MONDAY + timedelta(days=10))
    assert sweep_coming(central) == 1
    assert item_now(central).retired
    with central.database.read() as connection:
        (told,) = bodies.read(connection, EntityKind.ITEM, [FOOD.id])
    assert b'"retired":true' in told.body
    again = Doing(at=clock.now(), actor="admin", reason="恢复")
    central.database.commit(lambda one: offer(one, FOOD.id, LATER, again, withdrawn=False))
    assert not item_now(central).retired


def test_a_receipt_counts_by_its_day_though_it_arrives_after_the_withdrawal(
    central: Central, clock: SettableClock, make_desk: MakeDesk
) -> None:
    window = make_desk(window="w1")
    receipt = replace(receive_command(), item_version=item_now(central).version)
    written = []
    for days in (9, 10):
        clock.put(MONDAY + timedelta(days=days))
        numbered = replace(receipt, number=window.next_number())
        written.append(window.envelope(numbered))
    central.database.commit(partial(turn, on=LATER))
    clock.put(MONDAY + timedelta(days=10, minutes=1))
    assert sweep_coming(central) == 1
    window.hello()
    kept, refused = window.send(*written)
    assert kept.refusal is None, "the applicant has had the receipt since the day before"
    assert refused.refusal is not None
    assert refused.refusal.code == "case.item_withdrawn"
    assert refused.refusal.parameters == {"item": FOOD.name, "day": LATER.isoformat()}


def test_today_is_at_once_and_a_day_that_is_over_is_refused(central: Central) -> None:
    with pytest.raises(InputError, match=r"item\.day_over"):
        central.database.commit(partial(turn, on=TODAY - timedelta(days=1)))
    central.database.commit(partial(turn, on=TODAY))
    assert item_now(central).retired
    with pytest.raises(InputError, match=r"item\.withdrawn"):
        central.database.commit(partial(turn, on=TODAY))


def test_called_off_it_does_not_come(central: Central, clock: SettableClock) -> None:
    central.database.commit(partial(turn, on=LATER))
    central.database.commit(lambda one: call_off(one, FOOD.id, LATER, DOING))
    clock.put(MONDAY + timedelta(days=10))
    assert sweep_coming(central) == 0
    with pytest.raises(InputError, match=r"item\.nothing_coming"):
        central.database.commit(lambda one: call_off(one, FOOD.id, LATER, DOING))


def test_a_change_shows_what_it_touches_before_it_is_published(central: Central) -> None:
    def furnish(connection: Connection) -> None:
        publish(connection, [replace(FOOD, id="tea", name="茶馆备案")], MONDAY)
        node = BundleNode(item=FOOD.id, stage="s", main=True)
        bundle = Bundle(
            id="open-shop",
            version=1,
            name="开餐馆",
            lead_department="market",
            stages=(Option("s", "一"),),
            nodes=(node,),
        )
        catalogue.put_bundle(connection, bundle)

    central.database.commit(furnish)
    with central.database.read() as connection:
        (touched,) = list_touched(connection, [FOOD.id, "unknown"])
    assert (touched.bundles, touched.shared) == (("开餐馆",), {"id-card": 1})
    told = "\n".join(tell_all([touched]))
    for word in (FOOD.name, "开餐馆", "id-card"):
        assert word in told


def test_a_file_is_previewed_and_then_kept_for_its_day(
    central: Central, clock: SettableClock, tmp_path: Path
) -> None:
    path = tmp_path / "items.csv"
    path.write_text("name,department,source\n茶馆备案,商务局,demo\n", encoding="utf-8")
    file = read_catalogue_file(path)
    with central.database.read() as connection:
        report, touched = preview_catalogue(connection, file)
        assert not coming.items.list_all(connection)
    assert (report.added, report.versions, touched) == (1, 1, ())
    central.database.commit(
        lambda connection: import_catalogue(connection, file, MONDAY, "admin", on=LATER)
    )
    with central.database.read() as connection:
        (one,) = coming.items.list_all(connection)
        assert catalogue.find_item(connection, one.item.id) is None
    clock.put(MONDAY + timedelta(days=10))
    assert sweep_coming(central) == 1
    with central.database.read() as connection:
        assert catalogue.find_item(connection, one.item.id) is not None
