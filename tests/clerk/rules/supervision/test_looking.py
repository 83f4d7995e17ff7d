"""Who looks into a finding, and what that adds to it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clerk.contract.answer import Refusal
from clerk.contract.supervision import Finding
from clerk.contract.user import Role, User
from clerk.rules.supervision.looking import audits, look_into
from tests.support.cases import MONDAY

AUDITOR = User(id="u-audit", login="a", name="审计甲", roles=(Role.AUDITOR,))
FOUND = Finding(
    id="R04|c|3", rule="R04", at=MONDAY, actor="u-1", actor_name="某", department="market"
)


def test_a_look_is_added_and_nothing_is_taken_away() -> None:
    once = look_into(FOUND, " 已核查 ", AUDITOR, MONDAY)
    assert isinstance(once, Finding)
    twice = look_into(once, "again", replace(AUDITOR, id="u-2", name="审计乙"), MONDAY)
    assert isinstance(twice, Finding)
    assert [(one.by.name, one.note) for one in twice.looks] == [
        ("审计甲", "已核查"),
        ("审计乙", "again"),
    ]
    assert (FOUND.version, once.version, twice.version) == (1, 2, 3)
    assert replace(twice, looks=()) == FOUND


@pytest.mark.parametrize(
    ("user", "note", "code"),
    [
        (replace(AUDITOR, disabled=True), "x", "user.disabled"),
        (replace(AUDITOR, roles=(Role.MANAGER,)), "x", "user.role_needed"),
        (replace(AUDITOR, department="fire"), "x", "finding.unknown"),
        (replace(AUDITOR, id="u-1"), "x", "finding.own"),
        (AUDITOR, "  ", "ask.words_missing"),
    ],
)
def test_who_may_not(user: User, note: str, code: str) -> None:
    refused = look_into(FOUND, note, user, MONDAY)
    assert isinstance(refused, Refusal)
    assert refused.code == code


def test_an_auditor_of_a_department_sees_its_own() -> None:
    assert audits(AUDITOR, FOUND)
    assert audits(replace(AUDITOR, department="market"), FOUND)
    assert not audits(replace(AUDITOR, department="fire"), FOUND)
    assert not audits(replace(AUDITOR, roles=(Role.HEAD,), department="market"), FOUND)
