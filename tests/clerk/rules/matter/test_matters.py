"""Matters: who may do what with one, when it is due, and what of it leaves central."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
import pytest
from msgspec.structs import replace

from clerk.clock import OFFICE_ZONE
from clerk.contract.command import MatterCommand, MoveMatter, TakeMatter, TellMatter
from clerk.contract.matter import AnyMatterAct, MatterKind, MatterWay, PassOn
from clerk.contract.user import Role, User
from clerk.rules.clock import Light
from clerk.rules.matter import MatterStage, dates_of, light_of
from clerk.rules.matter.clocks import spent_days
from clerk.rules.matter.privacy import masked_matter
from clerk.rules.matter.who import sees_matter
from clerk.sync.scope import audiences_of_matter
from tests.support.cases import APPROVER, CLERK, HANDLER, HEAD, MONDAY
from tests.support.matters import (
    APPEAL,
    CLOSE,
    CONTACT,
    EXCLUDE,
    INQUIRY,
    PASS,
    RATED,
    REPLY,
    UPHOLD,
    MatterStory,
)
from tests.support.work_calendar import REAL_CALENDAR

MANAGER = User(id="u-m", login="m", name="主任", roles=(Role.MANAGER,))
OTHER_MANAGER = replace(MANAGER, id="u-m2")
AUDITOR = User(id="u-x", login="x", name="审计", roles=(Role.AUDITOR,))
FIRE = User(id="u-f", login="f", name="消防", roles=(Role.HANDLER,), department="fire")
SUPERVISOR = User(id="u-s", login="s", name="督查", roles=(Role.SUPERVISOR,))

COMPLAINT = replace(INQUIRY, kind=MatterKind.COMPLAINT)
SUGGESTION = replace(INQUIRY, kind=MatterKind.SUGGESTION)
OF_CENTRE = replace(INQUIRY, department="")


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=OFFICE_ZONE)


@pytest.mark.parametrize(
    ("story", "contact_due", "answer_due"),
    [
        (MatterStory().take(INQUIRY), None, date(2026, 6, 8)),
        (MatterStory().take(COMPLAINT), date(2026, 6, 2), date(2026, 6, 23)),  # 19 June is none
        (MatterStory().take(SUGGESTION), None, date(2026, 7, 14)),
        (MatterStory.rated(), date(2026, 6, 2), date(2026, 6, 23)),
    ],
    ids=["inquiry", "complaint", "suggestion", "follow-up"],
)
def test_each_kind_has_its_limits(
    story: MatterStory, contact_due: date | None, answer_due: date
) -> None:
    dates = dates_of(story.matter, REAL_CALENDAR, MONDAY)
    assert (dates.contact_due, dates.answer_due) == (contact_due, answer_due)


@pytest.mark.parametrize(
    ("day", "light", "overdue"),
    [
        (1, Light.GREEN, False),
        (5, Light.YELLOW, False),
        (8, Light.YELLOW, False),
        (9, Light.RED, True),
    ],
)
def test_the_light_of_an_inquiry(day: int, light: Light, overdue: bool) -> None:  # noqa: FBT001
    matter = MatterStory().take().matter
    assert light_of(matter, REAL_CALENDAR, at(day)) is light
    assert dates_of(matter, REAL_CALENDAR, at(day)).overdue is overdue


def test_the_most_pressing_limit_lights() -> None:
    story = MatterStory().take(COMPLAINT)
    assert light_of(story.matter, REAL_CALENDAR, at(3)) is Light.RED, "nobody has called"
    story.at(at(3)).do(CONTACT, HANDLER)
    assert light_of(story.matter, REAL_CALENDAR, at(3)) is Light.GREEN
    dates = dates_of(story.matter, REAL_CALENDAR, at(4))
    assert (dates.contact_overdue, dates.overdue) == (True, False)


def test_answered_on_its_last_day_is_on_time_and_handing_on_starts_nothing_anew() -> None:
    story = MatterStory().take().at(at(4)).do(PASS, HANDLER).at(at(8, 23)).do(REPLY, FIRE)
    dates = dates_of(story.matter, REAL_CALENDAR, at(30))
    assert (dates.overdue, spent_days(story.matter, REAL_CALENDAR)) == (False, 5)
    assert light_of(story.matter, REAL_CALENDAR, at(30)) is Light.NONE


TOLD = TellMatter()
OWN = (HANDLER, APPROVER, HEAD, MANAGER)
EVERYBODY = (CLERK, HANDLER, APPROVER, HEAD, FIRE, MANAGER, AUDITOR, SUPERVISOR)
inquiry = MatterStory().take().record
answered = MatterStory().take().do(REPLY, HANDLER).record
of_centre = MatterStory().take(OF_CENTRE).record
centre_complaint = MatterStory().take(replace(COMPLAINT, department="")).record
rated = MatterStory.rated().record
appealed = MatterStory.rated().do(APPEAL, APPROVER).record


@pytest.mark.parametrize(
    ("record", "command", "allowed", "code"),
    [
        (None, TakeMatter(brought=INQUIRY), (CLERK, *OWN, FIRE), "user.role_needed"),
        (inquiry, REPLY, OWN, "matter.not_yours"),
        (inquiry, CONTACT, OWN, "matter.not_yours"),
        (inquiry, PASS, OWN, "matter.not_yours"),
        (inquiry, TOLD, (), "matter.not_answered"),
        (inquiry, CLOSE, (MANAGER,), "matter.close_unanswered"),
        (answered, TOLD, (CLERK, *OWN), "matter.not_yours"),
        (answered, CLOSE, (CLERK, *OWN), "matter.not_yours"),
        (answered, REPLY, (), "matter.answered"),
        (of_centre, REPLY, (CLERK, MANAGER), "matter.not_yours"),
        (of_centre, PASS, (CLERK, MANAGER), "matter.not_yours"),
        (centre_complaint, REPLY, (MANAGER,), "matter.not_yours"),
        (centre_complaint, PASS, (CLERK, MANAGER), "matter.not_yours"),
        (rated, CONTACT, (APPROVER, HEAD, MANAGER), "matter.not_yours"),
        (rated, APPEAL, (APPROVER, HEAD, MANAGER), "matter.not_yours"),
        (rated, EXCLUDE, (), "matter.not_appealed"),
        (appealed, EXCLUDE, (MANAGER, AUDITOR), "user.role_needed"),
        (appealed, UPHOLD, (MANAGER, AUDITOR), "user.role_needed"),
    ],
)
def test_who_may(
    record: object, command: MatterCommand | AnyMatterAct, allowed: tuple[User, ...], code: str
) -> None:
    for user in EVERYBODY:
        story = MatterStory(record)  # type: ignore[arg-type]
        if user in allowed:
            moved = command if isinstance(command, MatterCommand) else MoveMatter(act=command)
            story.ask(moved, user)
        else:
            refused_as = {code, "matter.not_yours", "user.role_needed"}
            assert story.refused(command, user) in refused_as, user.name


@pytest.mark.parametrize(
    ("brought", "code"),
    [
        (replace(INQUIRY, text="  "), "matter.words_missing"),
        (replace(INQUIRY, text="字" * 2001), "matter.too_long"),
        (replace(INQUIRY, name="名" * 65), "matter.too_long"),
        (RATED, "matter.of_rating"),
        (replace(INQUIRY, way=MatterWay.RATING), "matter.of_rating"),
        (replace(INQUIRY, rating="r-1"), "matter.of_rating"),
    ],
)
def test_what_is_not_taken_in(brought: object, code: str) -> None:
    assert MatterStory().refused(TakeMatter(brought=brought), CLERK) == code  # type: ignore[arg-type]


def test_a_department_takes_in_for_a_department() -> None:
    assert MatterStory().refused(TakeMatter(brought=OF_CENTRE), HANDLER) == (
        "matter.department_missing"
    )


def test_only_the_window_that_took_it_in_tells() -> None:
    story = MatterStory(answered)
    story.window = "w2"
    assert story.refused(TOLD, CLERK) == "matter.not_yours"
    story.window = "w1"
    assert story.tell().matter.stage is MatterStage.TOLD
    assert story.refused(TOLD, CLERK) == "matter.told"


def test_given_back_it_is_the_centres() -> None:
    story = MatterStory().take().do(PassOn(to="", reason="不属于我局职责"), HANDLER)
    assert story.matter.department == ""
    assert story.refused(REPLY, HANDLER) == "matter.not_yours"
    assert story.do(PASS, CLERK).do(REPLY, FIRE).matter.answered


def test_an_appeal_is_two_peoples_and_exclusion_ends_the_follow_up() -> None:
    story = MatterStory.rated().do(APPEAL, MANAGER)
    assert story.refused(EXCLUDE, MANAGER) == "matter.own_appeal"
    assert story.refused(CLOSE, OTHER_MANAGER) == "matter.appeal_waits"
    story.later(hours=1).do(EXCLUDE, OTHER_MANAGER)
    assert (story.matter.stage, story.matter.excluded) == (MatterStage.EXCLUDED, True)
    assert light_of(story.matter, REAL_CALENDAR, at(30)) is Light.NONE
    assert not dates_of(story.matter, REAL_CALENDAR, at(30)).overdue
    assert story.matter.appeal
    assert story.matter.appeal.reason == EXCLUDE.reason
    assert story.refused(REPLY, APPROVER) == "matter.closed"


def test_what_is_upheld_is_mended() -> None:
    story = MatterStory.rated().do(APPEAL, APPROVER).do(UPHOLD, AUDITOR)
    assert story.refused(APPEAL, HEAD) == "matter.appealed"
    assert story.do(CONTACT, APPROVER).do(REPLY, APPROVER).matter.stage is MatterStage.ANSWERED


@pytest.mark.parametrize(
    ("story", "held_by", "seen_by"),
    [
        (
            MatterStory().take(),
            {"window:w1", "department:market"},
            (CLERK, *OWN, SUPERVISOR),
        ),
        (
            MatterStory().take(COMPLAINT).do(PASS, HANDLER),
            {"window:w1", "department:fire", "audit"},
            (CLERK, FIRE, MANAGER, AUDITOR, SUPERVISOR),
        ),
        (
            MatterStory.rated(),
            {"department:market", "audit"},
            (APPROVER, HEAD, MANAGER, AUDITOR, SUPERVISOR),
        ),
    ],
    ids=["inquiry", "complaint", "follow-up"],
)
def test_who_sees(story: MatterStory, held_by: set[str], seen_by: tuple[User, ...]) -> None:
    assert audiences_of_matter(story.matter) == held_by
    found = [one for one in EVERYBODY if sees_matter(story.matter, one, "w1")]
    assert found == [one for one in EVERYBODY if one in seen_by]


def test_no_number_of_anybody_leaves_central() -> None:
    number = "110101199003070011"  # a number of nobody, as tests may write it
    text = f"我的身份证号是{number}，电话13912345678"
    story = MatterStory().take(replace(INQUIRY, text=text)).do(replace(CONTACT, note=text), HANDLER)
    story.do(replace(PASS, reason=text), HANDLER).do(replace(REPLY, text=text), FIRE)
    story.tell().do(replace(CLOSE, reason=text), FIRE)
    assert story.record is not None
    told = msgspec.json.encode(masked_matter(story.record)).decode()
    assert number not in told
    assert "13912345678" not in told
    assert INQUIRY.phone not in told
    assert masked_matter(masked_matter(story.record)) == masked_matter(story.record)
