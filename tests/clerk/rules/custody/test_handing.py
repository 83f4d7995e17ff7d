"""Papers change hands by two people, and every paper has one holder at any time."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from clerk.contract.answer import Refusal
from clerk.contract.case import AnyEvent, DeclineGround, MaterialState
from clerk.contract.command import (
    AnyCommand,
    Approve,
    DeclineCase,
    FilePapers,
    GivePapers,
    HandInSupplement,
    RecallPapers,
    ReturnPapers,
    TakePapers,
    WithdrawCase,
)
from clerk.contract.custody import (
    Holder,
    HolderKind,
    LossMadeGood,
    Mishap,
    PaperForm,
    PaperLine,
    Remedy,
    Shortage,
)
from clerk.contract.proposal import Corrected, TickAmendment
from clerk.contract.user import User
from clerk.rules.case import Case
from clerk.rules.custody.ledger import APPLICANT, SlipState
from clerk.rules.custody.places import custody_of
from tests.support.cases import (
    ALL_ROUND,
    CLERK,
    HANDLER,
    HEAD,
    REVIEWER,
    CaseStory,
    all_provided,
    with_states,
)
from tests.support.central import MANAGER
from tests.support.clash import OTHER
from tests.support.corrections import correct, number_of
from tests.support.corrections import plan as propose
from tests.support.custody import (
    ALL_PAPERS,
    FORM,
    ID_COPY,
    MARKET,
    PLAN,
    WINDOW,
    a_slip,
    made_good,
    missed,
    taken,
    to_market,
    to_window,
)


def held(story: CaseStory, holder: Holder) -> dict[str, int]:
    """What lies with somebody, by material."""
    return {one.material: one.count for one in custody_of(story.case).held_by(holder)}


def give_back(n: int, *papers: PaperLine) -> ReturnPapers:
    return ReturnPapers(slip=a_slip(n), papers=papers, receiver="本人", signature="签")


def test_from_the_window_to_the_department_and_back_to_the_applicant() -> None:
    story = CaseStory().accepted()
    assert held(story, WINDOW) == {"m1": 1, "m2": 1, "m3": 1}
    story.do(to_market(), CLERK)
    assert held(story, WINDOW) == {"m1": 1, "m2": 1, "m3": 1}, "the giver's until confirmed"
    story.do(taken(), HANDLER)
    assert held(story, MARKET) == {"m1": 1, "m2": 1, "m3": 1}
    story.do(to_window(2, (FORM,)), HANDLER).do(taken(2), CLERK).do(give_back(3, FORM), CLERK)
    assert held(story, APPLICANT) == {"m1": 1}
    assert held(story, MARKET) == {"m2": 1, "m3": 1}
    assert held(story, WINDOW) == {}


def test_what_is_missing_stays_with_the_giver_and_to_be_seen() -> None:
    story = CaseStory().accepted().do(to_market(), CLERK).do(taken(1, PLAN), HANDLER)
    assert held(story, WINDOW) == {"m3": 1}
    story.do(to_market(2, (PLAN,)), CLERK).do(taken(2), HANDLER)
    assert held(story, WINDOW) == {}
    ((slip, short),) = custody_of(story.case).differences
    assert (slip.by.user, slip.taken_by and slip.taken_by.user) == (CLERK.id, HANDLER.id)
    assert (short.material, short.reason) == ("m3", "袋中没有")


REFUSED: list[tuple[AnyCommand, User, str]] = [
    (taken(), REVIEWER, "slip.unknown"),
    (taken(2), OTHER, "slip.not_for_you"),
    (taken(2), HANDLER, ""),
    (TakePapers(slip=a_slip(2), short=(Shortage("m1", PaperForm.ORIGINAL, 2, "x"),)), HANDLER, "c"),
    (TakePapers(slip=a_slip(2), short=(Shortage("m1", PaperForm.COPY, 1, "x"),)), HANDLER, "c"),
    (TakePapers(slip=a_slip(2), short=(Shortage("m1", PaperForm.ORIGINAL, 1, " "),)), HEAD, "r"),
    (to_market(3, (FORM,)), CLERK, "papers.not_held"),
    (to_market(2, (PLAN,)), CLERK, "slip.used"),
    (to_market(3, (PLAN, PLAN)), CLERK, "papers.none"),
    (to_market(3, ()), CLERK, "papers.none"),
    (to_market(3, (replace(PLAN, count=0),)), CLERK, "papers.not_held"),
    (to_market(3, (PLAN,)), HANDLER, "papers.no_such_place"),
    (to_window(3, (PLAN,)), CLERK, "papers.no_such_place"),
    (to_window(3, (PLAN,)), HANDLER, "papers.not_held"),
    (GivePapers(slip="JJ1", to=MARKET, papers=(PLAN,)), CLERK, "slip.number"),
    (
        GivePapers(slip=a_slip(3), to=Holder(HolderKind.DEPARTMENT, "x"), papers=(PLAN,)),
        CLERK,
        "papers.no_such_place",
    ),
    (to_market(3), replace(HANDLER, department="tax"), "papers.not_your_place"),
    (to_market(3, (PLAN,)), replace(CLERK, disabled=True), "user.disabled"),
    (RecallPapers(slip=a_slip(2)), HANDLER, "slip.not_yours"),
    (give_back(3, PLAN), HANDLER, "papers.returned_at_window"),
    (
        ReturnPapers(slip=a_slip(3), papers=(PLAN,), receiver="", signature="签"),
        CLERK,
        "papers.receiver_missing",
    ),
    (
        ReturnPapers(slip=a_slip(3), papers=(PLAN,), receiver="本人", signature=""),
        CLERK,
        "collector.signature_missing",
    ),
    (FilePapers(papers=(PLAN,)), CLERK, "papers.not_over"),
]


@pytest.mark.parametrize(("command", "user", "code"), REFUSED)
def test_what_may_not_be(command: AnyCommand, user: User, code: str) -> None:
    """The form and the copy of the ID are on slip 2, which the department has not confirmed."""
    story = CaseStory().accepted().do(to_market(2, (FORM, ID_COPY)), CLERK)
    if not code:
        story.do(command, user)
        return
    names = {"c": "slip.wrong_count", "r": "slip.reason_missing"}
    assert story.refused(command, user) == names.get(code, code)


def test_a_hand_over_is_two_peoples() -> None:
    both = replace(CLERK, roles=(*CLERK.roles, *HANDLER.roles), department="market")
    story = CaseStory().accepted().do(to_market(), both)
    story.window = ""  # the same person, at the department's desk
    assert story.refused(taken(), both) == "slip.same_person"
    story.do(taken(), HANDLER)
    assert story.refused(taken(), REVIEWER) == "slip.not_open"


def test_a_slip_that_nobody_confirmed_is_taken_back() -> None:
    story = CaseStory().accepted().do(to_market(), CLERK).do(RecallPapers(slip=a_slip(1)), OTHER)
    assert custody_of(story.case).slips[0].state is SlipState.RECALLED
    story.do(to_market(2), CLERK)
    assert story.refused(taken(1), HANDLER) == "slip.not_open"


def test_papers_of_a_case_that_is_over_go_on_file() -> None:
    story = CaseStory().accepted().do(to_market(), CLERK).do(taken(), HANDLER)
    assert story.refused(FilePapers(papers=(PLAN,)), HANDLER) == "papers.not_over"
    story.do(WithdrawCase(reason="撤"), CLERK).do(FilePapers(papers=(PLAN,)), HANDLER)
    assert "m3" not in held(story, MARKET)


def test_a_better_paper_is_a_second_one_and_a_lacking_one_the_first() -> None:
    lacking = with_states(m3=MaterialState.MISSING)
    story = CaseStory().received(lacking)
    assert held(story, WINDOW) == {"m1": 1, "m2": 1}
    story.do(HandInSupplement(materials=all_provided()[2:]), CLERK)
    assert held(story, WINDOW) == {"m1": 1, "m2": 1, "m3": 1}


def test_a_count_is_not_lowered_below_what_is_still_here() -> None:
    plan = replace(all_provided()[2], copies=3)
    story = CaseStory().received((*all_provided()[:2], plan))
    story.do(to_market(1, (replace(PLAN, count=2),)), CLERK).do(taken(), HANDLER)
    n = number_of(story, "received")
    story = correct(story, n, TickAmendment((replace(plan, copies=2),)), CLERK, MANAGER)
    assert held(story, MARKET) == {"m3": 2}
    assert held(story, WINDOW) == {"m1": 1, "m2": 1}
    lower = propose(n, TickAmendment((replace(plan, copies=1),)))
    assert story.refused(lower, CLERK) == "papers.handed_on"


USERS = (CLERK, OTHER, HANDLER, REVIEWER, ALL_ROUND, MANAGER)
LINES = [replace(one, count=count) for one in ALL_PAPERS for count in (1, 2)]
COMMANDS = st.one_of(
    st.builds(
        GivePapers,
        slip=st.integers(1, 6).map(a_slip),
        to=st.sampled_from((WINDOW, MARKET)),
        papers=st.lists(st.sampled_from(LINES), max_size=3).map(tuple),
    ),
    st.builds(
        TakePapers,
        slip=st.integers(1, 6).map(a_slip),
        short=st.lists(
            st.sampled_from(LINES).map(lambda one: Shortage(one.material, one.form, 1, "缺")),
            max_size=2,
        ).map(tuple),
    ),
    st.builds(RecallPapers, slip=st.integers(1, 6).map(a_slip)),
    st.builds(
        give_back,
        st.integers(1, 6),
        st.sampled_from(LINES),
    ),
    st.builds(FilePapers, papers=st.sampled_from(LINES).map(lambda one: (one,))),
    st.just(HandInSupplement(materials=all_provided())),
    st.builds(missed, st.sampled_from(LINES), st.sampled_from(Mishap)),
    st.builds(made_good, st.sampled_from(LINES), st.sampled_from(Remedy)),
    st.builds(Approve, proposal=st.integers(2, 12)),
    st.just(DeclineCase(ground=DeclineGround.NOT_ELIGIBLE, reason="不符")),
)


@given(st.lists(st.tuples(COMMANDS, st.sampled_from(USERS)), max_size=30))
def test_every_paper_has_one_holder_and_none_is_lost(
    steps: list[tuple[AnyCommand, User]],
) -> None:
    """What everybody holds together is what came in, counted from the events by themselves."""
    story = CaseStory().received((*with_states(m3=MaterialState.MISSING),))
    for command, user in steps:
        if not isinstance(story.ask(command, user), Refusal):
            story.do(command, user)
        assert story.record is not None
        check_ledger(story.case, story.record.events)


def check_ledger(case: Case, events: tuple[AnyEvent, ...]) -> None:
    ledger = custody_of(case)
    held = Counter[tuple[str, PaperForm]]()
    for lot in ledger.lots:
        assert 0 <= lot.on_way <= lot.count
        held[lot.material, lot.form] += lot.count
    assert held == came_in(events)
    places = [(one.material, one.form, one.holder) for one in ledger.lots]
    assert len(places) == len(set(places))


def came_in(events: tuple[AnyEvent, ...]) -> Counter[tuple[str, PaperForm]]:
    """Told once more: the last count of a paper that lacked, one more for each that came anew."""
    came = Counter[tuple[str, PaperForm]]()
    there: set[str] = set()
    for event in events:
        assert not isinstance(event, Corrected)
        for tick in getattr(event, "materials", ()):
            counts = {PaperForm.ORIGINAL: tick.originals, PaperForm.COPY: tick.copies}
            for form, count in counts.items():
                if tick.key not in there:
                    came[tick.key, form] = 0
                came[tick.key, form] += count
            if tick.state is MaterialState.PROVIDED:
                there.add(tick.key)
        if isinstance(event, LossMadeGood) and event.remedy is Remedy.REPLACED:
            came += Counter({(one.material, one.form): one.count for one in event.papers})
    return +came
