"""Urging, supervising and answering: who may, whom it is for, and how long."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from clerk.contract.case import Outcome
from clerk.contract.command import (
    AnswerAsk,
    ClaimCase,
    DecideCase,
    PassStep,
    ProduceResult,
    ReleaseResult,
    SuperviseCase,
    UrgeCase,
)
from clerk.contract.user import Role, User
from clerk.rules.case.state import AskKind
from clerk.rules.watching import watches
from tests.support.cases import APPROVER, CLERK, FOOD, HANDLER, HEAD, REVIEWER, CaseStory

MANAGER = User(id="u-m", login="m", name="主任", roles=(Role.MANAGER,))
SUPERVISOR = User(id="u-s", login="s", name="督查", roles=(Role.SUPERVISOR,))
FIRE = User(id="u-f", login="f", name="消防", roles=(Role.SUPERVISOR,), department="fire")
AUDITOR = User(id="u-x", login="x", name="审计", roles=(Role.AUDITOR,))
MADE = replace(FOOD, result=replace(FOOD.result, produced=True))
"""An item whose licence the department has to make."""

URGE = UrgeCase(note="请抓紧")
SUPERVISE = SuperviseCase(reason="逾期", demand="说明原因")


@pytest.mark.parametrize("user", [CLERK, MANAGER, SUPERVISOR, APPROVER])
def test_who_watches_urges(user: User) -> None:
    (ask,) = CaseStory().accepted().do(URGE, user).case.open_asks
    assert (ask.kind, ask.department, ask.due) == (AskKind.URGE, "market", date(2026, 6, 2))


@pytest.mark.parametrize("user", [HANDLER, FIRE, AUDITOR])
def test_nobody_else_urges(user: User) -> None:
    assert CaseStory().accepted().refused(URGE, user) == "ask.not_watched"


def test_another_window_does_not_urge() -> None:
    story = CaseStory().accepted()
    story.window = "w2"
    assert story.refused(URGE, CLERK) == "ask.not_watched"


def test_an_urge_names_who_has_claimed_the_case() -> None:
    story = CaseStory().accepted().do(ClaimCase(), HANDLER).do(URGE, MANAGER)
    assert story.case.open_asks[0].to == HANDLER.id
    lapsed = CaseStory().accepted().do(ClaimCase(), HANDLER).later(hours=3).do(URGE, MANAGER)
    assert not lapsed.case.open_asks[0].to


def test_one_does_not_urge_oneself() -> None:
    story = CaseStory().accepted()
    for user in (HANDLER, REVIEWER):
        story.do(ClaimCase(), user).do(PassStep(opinion="同意"), user)
    assert story.do(ClaimCase(), APPROVER).refused(URGE, APPROVER) == "ask.own"


def test_what_waits_for_an_answer_is_not_asked_again() -> None:
    story = CaseStory().accepted().do(URGE, MANAGER)
    assert story.refused(URGE, CLERK) == "ask.open"
    assert len(story.do(SUPERVISE, MANAGER).case.open_asks) == 2


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (UrgeCase(note=" "), "ask.words_missing"),
        (UrgeCase(note="x", days=0), "ask.days"),
        (UrgeCase(note="x", days=31), "ask.days"),
        (SuperviseCase(reason="", demand="x"), "ask.words_missing"),
        (SuperviseCase(reason="x", demand=""), "ask.words_missing"),
        (SuperviseCase(reason="x", demand="x", days=-1), "ask.days"),
    ],
)
def test_words_and_days_are_needed(command: UrgeCase | SuperviseCase, code: str) -> None:
    assert CaseStory().accepted().refused(command, MANAGER) == code


@pytest.mark.parametrize("user", [CLERK, APPROVER, HANDLER])
def test_only_managers_and_supervisors_supervise(user: User) -> None:
    assert CaseStory().accepted().refused(SUPERVISE, user) == "user.role_needed"


def test_the_department_answers_an_urge_once() -> None:
    story = CaseStory().accepted().do(URGE, MANAGER)
    answer = AnswerAsk(ask=1, text="正在办理")
    assert story.refused(answer, CLERK) == "ask.not_yours"
    assert story.refused(AnswerAsk(ask=2, text="x"), HANDLER) == "ask.not_open"
    assert story.refused(AnswerAsk(ask=1, text=" "), HANDLER) == "ask.words_missing"
    case = story.do(answer, HANDLER).case
    assert not case.open_asks
    assert case.asks[0].answer is not None
    assert case.asks[0].answer.text == "正在办理"
    assert story.refused(answer, HANDLER) == "ask.not_open"


def test_the_head_answers_a_supervision() -> None:
    story = CaseStory().accepted().do(SUPERVISE, SUPERVISOR)
    answer = AnswerAsk(ask=1, text="周五前办结")
    assert story.refused(answer, HANDLER) == "ask.not_yours"
    assert story.refused(answer, replace(HEAD, department="fire")) == "ask.not_yours"
    assert not story.do(answer, HEAD).case.open_asks
    again = CaseStory().accepted().do(SUPERVISE, SUPERVISOR)
    assert not again.do(answer, APPROVER).case.open_asks


@pytest.mark.parametrize("user", [HEAD, REVIEWER, replace(HEAD, department="")])
def test_whom_a_case_goes_up_to_watches_over_it(user: User) -> None:
    story = CaseStory().accepted()
    assert watches(user, story.case)
    assert not watches(replace(user, department="fire"), story.case)


def test_the_window_answers_while_the_case_is_there() -> None:
    story = CaseStory().received().do(URGE, MANAGER)
    answer = AnswerAsk(ask=1, text="正在核对")
    assert story.refused(answer, HANDLER) == "ask.not_yours"
    assert not story.do(answer, CLERK).case.open_asks


def grant(story: CaseStory) -> CaseStory:
    """Handled, reviewed and granted; the licence has to be made yet."""
    for user in (HANDLER, REVIEWER):
        story.do(ClaimCase(), user).do(PassStep(opinion="同意"), user)
    granted = DecideCase(outcome=Outcome.GRANTED, opinion="同意")
    return story.do(ClaimCase(), APPROVER).do(granted, APPROVER)


def test_a_decision_ends_an_urge_but_not_a_supervision() -> None:
    story = grant(CaseStory().accepted().do(URGE, MANAGER).do(SUPERVISE, MANAGER))
    assert [one.kind for one in story.case.open_asks] == [AskKind.SUPERVISE]
    assert not story.do(AnswerAsk(ask=2, text="已办结"), APPROVER).case.open_asks


def test_a_result_is_urged_until_it_is_handed_over() -> None:
    story = grant(CaseStory(MADE).accepted())
    (ask,) = story.do(URGE, MANAGER).case.open_asks
    assert ask.department == "market", "the department has to make it"
    story.do(AnswerAsk(ask=1, text="正在制证"), HANDLER).do(ProduceResult(), HANDLER)
    (ask,) = story.do(URGE, MANAGER).case.open_asks
    assert ask.department == "", "it lies at the window"
    released = ReleaseResult(
        collector="本人", collector_id="", collector_kind="self", signature="已签"
    )
    assert not story.do(released, CLERK).case.open_asks
    assert story.refused(URGE, MANAGER) == "case.wrong_stage"
