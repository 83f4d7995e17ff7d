"""What is printed again and what is handed over only adds, and no two prints bear one number."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from clerk.contract.case import Accepted
from clerk.contract.command import DeliverNotice, NotePrint
from clerk.contract.notice import DeliveryWay
from clerk.contract.user import Actor
from clerk.rules.case.notices import find_paper
from clerk.rules.case.state import PrintedDocument
from tests.support.cases import APPROVER, CLERK, HANDLER, MONDAY, CaseStory

NUMBER = "市监受〔2026〕1号"
GOT = DeliverNotice(
    paper="acceptance", number=NUMBER, way=DeliveryWay.MAIL, on=MONDAY.date(), receiver="本人",
    note="EMS 1",
)  # fmt: skip


def story() -> CaseStory:
    """Accepted on paper with a number, as central gives it."""
    at_window = Actor(user=CLERK.id, name=CLERK.name, window="w1")
    begun = CaseStory().received()
    begun.take(Accepted(at=MONDAY, by=at_window, document=NUMBER))
    return begun


def a_print(nth: int) -> NotePrint:
    return NotePrint(paper="acceptance", number=NUMBER, nth=nth, printed_at=MONDAY)


def paper(told: CaseStory) -> PrintedDocument:
    found = find_paper(told.case, "acceptance", NUMBER)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("prints", "reprints"),
    [([0], 0), ([1], 1), ([0, 1], 1), ([1, 1], 2), ([0, 0], 1), ([1, 2, 2, 1], 4), ([3], 3)],
)
def test_prints_that_did_not_know_of_each_other_are_counted_each(
    prints: list[int], reprints: int
) -> None:
    told = story()
    for nth in prints:
        told.do(a_print(nth), HANDLER)
    assert paper(told).printed
    assert paper(told).reprints == reprints


def test_a_print_is_dated_by_its_desk_and_never_later_than_it_is_told() -> None:
    told = story().later(days=3)
    told.do(a_print(1), CLERK)
    told.do(replace(a_print(2), printed_at=told.now + timedelta(hours=1)), CLERK)
    events = told.record.events if told.record else ()
    moments = [getattr(one, "printed_at", None) for one in events[-2:]]
    assert moments == [MONDAY, told.now]
    unknown = replace(a_print(1), number="市监受〔2026〕9号")
    assert told.refused(unknown, CLERK) == "notice.unknown"


def test_mailed_came_back_and_was_taken_at_the_window() -> None:
    told = story().later(days=3)
    told.do(GOT, CLERK)
    at_window = replace(
        GOT, way=DeliveryWay.WINDOW, on=told.now.date(), note="已签 11010519491231002X"
    )
    told.do(at_window, CLERK)
    first, second = paper(told).deliveries
    assert (first.way, first.by.user, first.note) == (DeliveryWay.MAIL, CLERK.id, "EMS 1")
    assert second.way is DeliveryWay.WINDOW
    assert "11010519491231002X" not in second.note, "no number of anybody is kept"


def test_its_department_may_and_nobody_else() -> None:
    told = story()
    told.window = ""
    assert told.refused(GOT, replace(HANDLER, department="elsewhere")) == "notice.not_yours"
    told.do(GOT, HANDLER)
    told.window = "w2"
    assert told.refused(GOT, CLERK) == "notice.not_yours"
    told.window = "w1"
    assert told.refused(GOT, APPROVER) == "user.role_needed"
    assert told.refused(GOT, replace(CLERK, disabled=True)) == "user.disabled"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(GOT, paper="receipt"), "notice.unknown"),
        (replace(GOT, number="市监受〔2026〕2号"), "notice.unknown"),
        (replace(GOT, on=date(2020, 1, 1)), "notice.day"),
        (replace(GOT, on=date(2099, 1, 1)), "notice.day"),
        (replace(GOT, receiver="  "), "notice.receiver"),
    ],
)
def test_a_delivery_that_cannot_be(wrong: DeliverNotice, code: str) -> None:
    assert story().refused(wrong, CLERK) == code
