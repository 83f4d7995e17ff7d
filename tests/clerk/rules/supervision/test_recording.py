"""Links to a window's recording: made of the window and the minutes, and of nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clerk.contract.case import SupplementLine
from clerk.contract.command import AskSupplement, HandInSupplement
from clerk.errors import InputError
from clerk.rules.supervision.recording import demand_template, link, visits_of
from tests.support.cases import CLERK, MONDAY, CaseStory, all_provided, applicant


@pytest.mark.parametrize(
    "template",
    [
        "https://video.example/{window}?from={from}&to={to}",
        "http://10.0.0.9:8080/play?cam={window}&s={from_ms}&e={to_ms}",
    ],
)
def test_a_template_that_makes_an_address(template: str) -> None:
    demand_template(template)
    made = link(template, "w 1", MONDAY, MONDAY + timedelta(minutes=5))
    assert "{" not in made
    assert "w%201" in made


@pytest.mark.parametrize(
    "template",
    [
        "",
        "video.example/{from}",
        "ftp://video.example/{from}",
        "https://video.example/{window}",
        "https://video.example/{from}/{applicant}",
        "https://video.example/{from}/{",
        "https:///{from}",
        "https://video.example/{from} x",
        "https://video.example/{from}\n",
        "https://video.example/{from}" + "x" * 500,
    ],
)
def test_a_template_that_makes_none_is_refused(template: str) -> None:
    with pytest.raises(InputError) as raised:
        demand_template(template)
    assert raised.value.code == "recording.template"


def test_the_visits_of_a_case() -> None:
    story = CaseStory().received()
    story.do(AskSupplement(lines=(SupplementLine("m1", "申请书", "未签字"),)), CLERK)
    story.later(days=1).do(HandInSupplement(materials=all_provided()), CLERK)
    assert story.record is not None
    first, second = visits_of(story.record)
    assert (first.seq, second.seq, first.window) == (1, 3, "w1")
    assert first.began_at < MONDAY < first.ended_at
    assert second.began_at.date() == MONDAY.date() + timedelta(days=1)


def test_nothing_personal_stands_in_a_link() -> None:
    story = CaseStory().received()
    assert story.record is not None
    (visit,) = visits_of(story.record)
    template = "https://video.example/{window}?from={from}&to={to}"
    made = link(template, visit.window, visit.began_at, visit.ended_at)
    for text in (applicant().name, applicant().id_number, story.case.number, story.case.id):
        assert text not in made
