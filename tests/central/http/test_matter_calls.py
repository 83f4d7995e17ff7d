"""The calls about matters: who reads those of all desks, and who is told whom to call."""

from __future__ import annotations

from msgspec.structs import replace

from central.db import lookups
from central.service import Central
from clerk.contract.matter import AskContact, ContactGiven, MatterKind, MatterRecord
from clerk.contract.report import FactPage
from clerk.contract.user import User
from tests.central.sync.test_matters import follow_up, take
from tests.support.cases import CLERK, HANDLER, HEAD
from tests.support.central import MANAGER, MakeDesk, TalkingDesk, read, read_problem
from tests.support.matters import INQUIRY


def signed_in(desk: TalkingDesk, user: User) -> TalkingDesk:
    desk.session = desk.sign_in(user.login).token
    return desk


def test_whoever_watches_reads_those_of_all_desks(central: Central, make_desk: MakeDesk) -> None:
    window, market = make_desk(window="w1"), make_desk(department="market")
    mine, theirs = take(window), take(window, replace(INQUIRY, department="fire"))
    rated = follow_up(central)

    def ids(desk: TalkingDesk, user: User) -> set[str]:
        found = read(signed_in(desk, user).get("/matters"), tuple[MatterRecord, ...])
        assert INQUIRY.phone not in str(found)
        return {one.id for one in found}

    assert ids(window, MANAGER) == {mine, theirs, rated}
    assert ids(market, HEAD) == {mine, rated}
    refused = read_problem(signed_in(window, CLERK).get("/matters"), 403)
    assert refused.code == "user.role_needed"


def test_whom_to_call_is_told_for_a_reason_and_on_record(
    central: Central, make_desk: MakeDesk
) -> None:
    window, market = make_desk(window="w1"), make_desk(department="market")
    matter_id = take(window, replace(INQUIRY, kind=MatterKind.COMPLAINT))
    path, ask = f"/matters/{matter_id}/contact", AskContact(reason="回访")
    assert read_problem(window.call(path, ask), 401).code
    signed_in(market, HANDLER)
    assert read_problem(market.call(path, AskContact(reason=" ")), 422).code == "reason.missing"
    assert read(market.call(path, ask), ContactGiven).phone == INQUIRY.phone
    signed_in(window, MANAGER)
    assert read(window.call(path, ask), ContactGiven).name == INQUIRY.name
    with central.database.read() as connection:
        looks = lookups.list_of(connection, lookups.digest(connection, INQUIRY.phone))
    assert {(one.user, one.reason) for one in looks} == {(HANDLER.id, "回访"), (MANAGER.id, "回访")}


def test_the_facts_behind_the_report_name_nobody(make_desk: MakeDesk) -> None:
    window = make_desk(window="w1")
    take(window, replace(INQUIRY, text="请回电13912345678"))
    take(window, replace(INQUIRY, department=""))
    answer = signed_in(window, MANAGER).get(
        "/reports/facts", report="matters", since="2026-06-01", until="2026-06-30"
    )
    told = read(answer, FactPage).matters
    assert {(one.department_name, one.window_name) for one in told} == {
        ("市市场监督管理局", "综合窗口一"),
        ("", "综合窗口一"),
    }
    assert "请回电139****5678" in {one.text for one in told}
    assert not [
        mark for mark in (INQUIRY.name, INQUIRY.phone, "13912345678") if mark in answer.text
    ]
