"""Each person sees the lists of their own work, and no list that stays empty by nature."""

from __future__ import annotations

import pytest

from clerk.contract.user import Role, User
from services.queues import queues_for
from tests.support.cases import APPROVER, CLERK, HANDLER, HEAD


def keys(user: User) -> list[str]:
    return [one.key for one in queues_for(user)]


def of_the_centre(role: Role) -> User:
    return User(id="u-x", login="x", name="中心", roles=(role,))


def test_a_window_and_a_department_have_their_own() -> None:
    assert keys(CLERK)[0] == "to_decide"
    assert keys(HANDLER)[:2] == ["to_do", "mine"]
    assert "to_approve" not in keys(HANDLER)
    assert "to_approve" in keys(APPROVER)


def test_a_head_approves_and_does_no_step() -> None:
    assert keys(HEAD)[0] == "to_approve"
    assert not {"to_do", "mine", "countersign"} & set(keys(HEAD))


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR, Role.HEAD])
def test_the_centres_own_approve_and_watch(role: Role) -> None:
    assert keys(of_the_centre(role)) == ["to_approve", "late", "in_hand", "all"]


def test_an_auditor_has_nothing_to_do() -> None:
    assert keys(of_the_centre(Role.AUDITOR)) == ["late", "in_hand", "all"]
