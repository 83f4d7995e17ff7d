"""What nobody had to bring, counted in pieces of paper."""

from __future__ import annotations

from msgspec.structs import replace

from clerk.contract.case import MaterialState, Ticked
from clerk.contract.item import Material, Necessity
from clerk.rules.case import Case
from clerk.rules.papers_saved import PapersSaved
from tests.support.cases import CaseStory

COPY = Material(key="a", name="执照", shared="licence", copies=1)
WHOLE = Material(key="b", name="执照", shared="licence", originals=1, copies=2)
PLAN = Material(key="c", name="布局图", originals=1)


def a_case(visit: str, *materials: Material, exempted: str) -> Case:
    """A received case whose materials of these keys are exempted, the others handed in."""
    ticks = tuple(
        Ticked(
            key=one.key,
            name=one.name,
            state=MaterialState.EXEMPTED if one.key in exempted else MaterialState.PROVIDED,
        )
        for one in materials
    )
    case = CaseStory().received().case
    terms = replace(case.terms, materials=materials)
    return replace(case, application=visit, terms=terms, materials=ticks)


def test_originals_and_copies_of_what_is_exempted_count() -> None:
    assert PapersSaved().count(a_case("v", WHOLE, PLAN, exempted="b")) == 3
    assert PapersSaved().count(a_case("v", WHOLE, PLAN, exempted="")) == 0


def test_what_a_visit_shares_counts_once_at_its_strictest() -> None:
    saved = PapersSaved()
    first, second = a_case("v", COPY, exempted="a"), a_case("v", WHOLE, exempted="b")
    assert [saved.count(first), saved.count(second)] == [1, 2]
    assert saved.count(a_case("another", COPY, exempted="a")) == 1


def test_twins_within_an_item_are_two_papers() -> None:
    twin = replace(WHOLE, key="d")
    assert PapersSaved().count(a_case("v", WHOLE, twin, exempted="bd")) == 6


def test_optional_paper_is_not_saved() -> None:
    optional = replace(COPY, necessity=Necessity.OPTIONAL)
    assert PapersSaved().count(a_case("v", optional, exempted="a")) == 0
