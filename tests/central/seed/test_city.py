"""The demo city: whole, the same for one seed, and without effect a second time."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from central.__main__ import main
from central.db import (
    catalogue,
    devices,
    feed,
    items,
    licences,
    matters,
    offices,
    people,
    ratings,
    schema,
    users,
)
from central.db.engine import Connection, Database
from central.db.schema import licences as licences_table
from central.db.schema import organisations as organisations_table
from central.db.schema import people as people_table
from central.jobs.rated import sweep_ratings
from central.sample.catalogue import load_sample
from central.secrets import fits, hash_code
from central.seed.calendar import load_calendar
from central.seed.city import DemoCity, Size, demo_city, found_city
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.item import Window
from clerk.contract.licence import LicenceStatus
from clerk.contract.matter import MatterKind
from clerk.contract.rating import Level
from clerk.contract.sync import EntityKind
from clerk.contract.user import Role
from clerk.errors import InputError, StoreError
from clerk.rules.identifiers.reading import read_identifier
from clerk.rules.matter import fold_matter
from clerk.rules.rating import is_bad
from tests.support.databases import found
from tests.support.moments import at

NOW = at("2026-11-23")
SIZE = Size(people=60, organisations=20)


def build(database: Database, seed: int = 1, password: str = "a demo password") -> DemoCity:
    def make(connection: Connection) -> DemoCity:
        return demo_city(connection, NOW, random.Random(seed), SIZE, password)

    return database.commit(make)


def test_a_city_with_windows_of_its_own_is_told_and_left_alone(database: Database) -> None:
    other = Window(id="own", number=1, name="综合窗口一", centre="政务服务中心")
    database.commit(lambda connection: offices.put_window(connection, other))
    with pytest.raises(StoreError) as refused:
        build(database)
    assert refused.value.code == "seed.window_taken"
    assert refused.value.parameters == {"number": 1, "window": other.name}
    with database.read() as connection:
        assert offices.list_windows(connection) == (other,)


def licence_rows(database: Database) -> list[tuple[object, ...]]:
    with database.read() as connection:
        statement = select(licences_table).order_by(licences_table.c.id)
        return [tuple(row) for row in connection.execute(statement)]


def test_the_catalogue_is_laid_out(database: Database) -> None:
    database.commit(lambda connection: found_city(connection, NOW, random.Random(1), SIZE))
    sample = load_sample()
    with database.read() as connection:
        assert len(items.list_known(connection)) == len(sample.items)
        assert set(items.list_departments(connection)) >= {one.id for one in sample.departments}
        for window in sample.windows:
            assert offices.find_window(connection, window.id) == window
        for kind in sample.licence_types:
            assert catalogue.find_licence_type(connection, kind.id) == kind
        assert catalogue.get_calendar(connection) == load_calendar()
        things = sum(
            map(
                len,
                (
                    sample.departments,
                    sample.windows,
                    sample.licence_types,
                    sample.items,
                    sample.bundles,
                ),
            )
        )
        told = select(func.count()).where(schema.feed.c.kind != EntityKind.MATTER.value)
        known = connection.execute(told).scalar_one()
        assert known == 1 + things + 1, "each of them, and the calendar"
        first = items.list_current(connection)[0]
        assert first.initials
        assert first.pinyin


def test_everybody_is_registered_and_holds_a_card(database: Database) -> None:
    city = build(database)
    with database.read() as connection:
        for person in city.people:
            assert read_identifier(person.id_number, person.id_kind, today=NOW.date()).valid
            known = people.find_person(connection, person.id_number)
            assert known is not None
            assert known.name == person.name
            types = {one.type for one in licences.list_held(connection, [person.id_number])}
            assert types & {"resident-id", "hmt-residence-permit"}
        for body in city.organisations:
            registered = people.find_organisation(connection, body.uscc)
            assert registered is not None
            assert registered.representative_id == body.representative.id_number
            held = {one.type for one in licences.list_held(connection, [body.uscc])}
            assert "business-licence" in held


def test_the_first_two_of_each_are_for_stories(database: Database) -> None:
    city = build(database)
    today = NOW.date()

    def card(number: str, type_id: str) -> tuple[bool, LicenceStatus]:
        with database.read() as connection:
            held = licences.list_held(connection, [number])
        (one,) = [one for one in held if one.type == type_id]
        return one.holds_on(today), one.status

    people_, bodies = city.people, city.organisations
    assert card(people_[0].id_number, "resident-id") == (True, LicenceStatus.VALID)
    assert card(people_[1].id_number, "resident-id") == (False, LicenceStatus.VALID)
    assert card(bodies[0].uscc, "business-licence") == (True, LicenceStatus.VALID)
    assert card(bodies[1].uscc, "business-licence") == (False, LicenceStatus.REVOKED)


def test_the_staff_can_do_a_days_work(database: Database) -> None:
    city = build(database)
    complete = [item for item in load_sample().items if item.flow and item.materials]
    assert len(city.counter) >= 3
    with database.write() as connection:
        for item in complete:
            staff = city.staff[item.department]
            roles = {Role.HANDLER: staff.handler, Role.REVIEWER: staff.reviewer}
            for role, login in (roles | {Role.APPROVER: staff.approver}).items():
                user = users.get_by_login(connection, login)
                assert (user.roles, user.department) == ((role,), item.department)
        offices_ = (
            (city.manager, Role.MANAGER),
            (city.supervisor, Role.SUPERVISOR),
            (city.government_head, Role.HEAD),
            (city.system_administrator, Role.SYSTEM_ADMINISTRATOR),
            (city.security_administrator, Role.SECURITY_ADMINISTRATOR),
            (city.auditor, Role.AUDITOR),
            (city.counter[0], Role.COUNTER),
        )
        for login, role in offices_:
            assert users.get_by_login(connection, login).roles == (role,)
        known = users.find_by_login(connection, city.manager)
        assert known is not None
        assert fits(known[1], "a demo password")
        code = devices.find_code(connection, hash_code(city.window_code))
        assert code is not None
        assert code.window == city.window
        for department, text in city.department_codes.items():
            code = devices.find_code(connection, hash_code(text))
            assert code is not None
            assert code.department == department


def test_one_seed_is_one_city(sqlite_database: Database, tmp_path: Path) -> None:
    first = build(sqlite_database)
    with found(f"sqlite:///{tmp_path / 'other.db'}") as database:
        again = build(database)
        assert (again.people, again.organisations) == (first.people, first.organisations)
        assert licence_rows(database) == licence_rows(sqlite_database)
        assert again.window_code != first.window_code, "a secret is never drawn from a seed"


def test_a_second_time_changes_nothing(database: Database) -> None:
    build(database)
    before = licence_rows(database)
    with database.read() as connection:
        fed = feed.head(connection)
    build(database)
    with database.read() as connection:
        assert feed.head(connection) == fed
        for table, count in ((people_table, 60 + 20), (organisations_table, 20)):
            rows = select(func.count()).select_from(table)
            assert connection.execute(rows).scalar() == count
    assert licence_rows(database) == before


def test_a_short_password_is_refused(sqlite_database: Database) -> None:
    with pytest.raises(InputError, match="too_short"):
        build(sqlite_database, password="short")


def test_the_command_shows_what_is_needed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path / 'central.db'}"
    assert main(["--language", "en", "--database", url, "init"]) == 0
    sizes = ["--people", "30", "--organisations", "5"]
    assert main(["--language", "en", "--database", url, "seed", "--demo", *sizes]) == 0
    told = capsys.readouterr().out
    assert "30 people and 5 organisations" in told
    assert "Password of all demo users: " in told
    assert "Counter: wang.counter, li.counter, zhang.counter" in told
    assert "Code for a desk of " in told


def test_its_ratings_have_follow_ups_and_one_run_for_the_auditor(database: Database) -> None:
    build(database)
    assert sweep_ratings(Central(database, SettableClock(NOW))) == 1
    with database.read() as connection:
        told = ratings.page_between(connection, NOW.date() - timedelta(40), NOW.date(), "", "", 99)
        open_ones = {fold_matter(one).brought.rating for one in matters.list_open(connection)}
    assert open_ones >= {one.visit for one in told if is_bad(one.chosen.level)} != set()
    assert {one.chosen.level for one in told} == set(Level)
    assert len(told) > 50


def test_people_have_brought_something_of_each_kind(database: Database) -> None:
    build(database)
    with database.read() as connection:
        found = [fold_matter(one) for one in matters.list_since(connection, NOW)]
        everything = [fold_matter(one) for one in matters.list_since(connection, at("2026-11-01"))]
    assert {one.kind for one in everything} == set(MatterKind)
    assert {one.is_open for one in everything} == {True, False}
    assert any(one.appeal_waits for one in found)
