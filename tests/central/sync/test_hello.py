"""Hello tells a desk what to do, and finds copies."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import msgspec
import pytest

from central.db import meta
from central.service import Central
from central.sync.enrol import give_code
from clerk.clock import SettableClock
from clerk.contract.command import KINDS
from clerk.contract.sync import PROTOCOL, Directive, Enrol, Enrolled
from clerk.errors import ClerkError
from tests.support.central import MakeDesk, TalkingDesk, read, read_problem


def test_a_desk_begins_with_a_bootstrap_and_goes_on(enrolled_device: TalkingDesk) -> None:
    enrolled_device.bootstrap()
    assert enrolled_device.hello().directive is Directive.GO_ON


def test_a_restored_central_begins_desks_again(
    central: Central, enrolled_device: TalkingDesk
) -> None:
    enrolled_device.bootstrap()
    central.database.commit(lambda c: meta.put(c, meta.GENERATION, "restored"))
    assert enrolled_device.hello().directive is Directive.BOOTSTRAP


def test_a_cursor_beyond_the_feed_begins_again(enrolled_device: TalkingDesk) -> None:
    enrolled_device.bootstrap()
    assert enrolled_device.hello(cursor=10**6).directive is Directive.BOOTSTRAP


@pytest.mark.parametrize("change", [{"count": 1}, {"incarnation": 2}])
def test_a_copied_disk_is_quarantined(enrolled_device: TalkingDesk, change: dict[str, int]) -> None:
    welcome = enrolled_device.hello(**change)
    assert welcome.directive is Directive.QUARANTINED
    assert welcome.token == ""
    assert enrolled_device.hello().directive is Directive.QUARANTINED


def test_a_desk_of_another_age_is_told_to_upgrade(enrolled_device: TalkingDesk) -> None:
    for protocol in (0, 99):
        welcome = enrolled_device.hello(protocol_oldest=protocol, protocol_newest=protocol)
        assert (welcome.directive, welcome.token) == (Directive.UPGRADE, "")
        assert welcome.protocol == PROTOCOL, "what it would have to speak"
    welcome = enrolled_device.hello(protocol_oldest=PROTOCOL, protocol_newest=PROTOCOL + 1)
    assert (welcome.directive, welcome.protocol) == (Directive.BOOTSTRAP, PROTOCOL)
    assert set(welcome.kinds) == KINDS


def test_numbers_are_lent_once_and_only_to_windows(make_desk: MakeDesk) -> None:
    one, two, office = make_desk(window="w1"), make_desk(window="w1"), make_desk(department="fire")
    assert one.lease is not None
    assert two.lease is not None
    assert one.lease.last < two.lease.first
    assert one.lease.window == two.lease.window == 1
    assert office.lease is None
    assert one.hello(numbers_left=200).lease is None


def test_a_wrong_signature_is_refused(enrolled_device: TalkingDesk) -> None:
    body = msgspec.json.encode(enrolled_device._hello())
    for signature in ("", "x", "A" * 88):
        answer = enrolled_device.http.post(
            "/sync/hello", content=body, headers={"Clerk-Signature": signature}
        )
        assert read_problem(answer, 401).code == "signature.wrong"


def test_a_token_runs_out(enrolled_device: TalkingDesk, clock: SettableClock) -> None:
    clock.put(clock.now() + timedelta(hours=12))
    assert read_problem(enrolled_device.get("/sync/pull"), 401).code == "token.expired"
    enrolled_device.hello()
    assert enrolled_device.get("/sync/pull").status_code == 200


def test_a_code_is_used_once(central: Central, central_url: str, clock: SettableClock) -> None:
    code = central.database.commit(partial(give_code, window="w1", department="", now=clock.now()))
    desk = TalkingDesk(central_url, clock)
    first = desk.enrol(code.lower().replace("-", " "))
    assert first == desk.enrol(code), "the same desk gets its answer again"
    assert (first.window, first.window_number, first.centre) == ("w1", 1, "政务服务中心")
    stranger = TalkingDesk(central_url, clock)
    with pytest.raises(AssertionError, match=r"enrolment\.code_used"):
        stranger.enrol(code)
    stranger.http.close()
    desk.http.close()


def test_a_code_runs_out(central: Central, central_url: str, clock: SettableClock) -> None:
    code = central.database.commit(
        partial(give_code, window="", department="fire", now=clock.now())
    )
    clock.put(clock.now() + timedelta(days=8))
    desk = TalkingDesk(central_url, clock)
    with pytest.raises(AssertionError, match=r"enrolment\.code_unknown"):
        desk.enrol(code)
    desk.http.close()


def test_a_key_that_is_none(central_url: str, clock: SettableClock) -> None:
    desk = TalkingDesk(central_url, clock)
    answer = desk.call("/enrol", Enrol(code="x", public_key="x"))
    assert read_problem(answer, 422).code == "enrolment.key_invalid"
    desk.http.close()


def test_a_code_is_for_one_place(central: Central, clock: SettableClock) -> None:
    for window, department in (("", ""), ("w1", "fire"), ("w9", ""), ("", "nobody")):
        with pytest.raises(ClerkError):
            central.database.commit(
                partial(give_code, window=window, department=department, now=clock.now())
            )


def test_a_department_desk_knows_its_department(make_desk: MakeDesk) -> None:
    desk = make_desk(department="fire")
    assert desk.enrolled == Enrolled(
        device=desk.enrolled.device,
        incarnation=1,
        department="fire",
        department_name="市消防救援支队",
    )
    assert desk.welcome is not None
    assert set(desk.welcome.scope) == {"all", "department:fire"}
    assert read(desk.get("/health"), dict) == {"status": "ok"}
