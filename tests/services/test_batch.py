"""One act on several cases: each has its own answer, and stopping leaves the rest alone."""

from __future__ import annotations

from clerk.errand import Errand
from clerk.errors import RefusedError, UnreachableError
from clerk.rules.overlay import Laid
from services.batch import CaseDone, act_on_each
from services.counter import Done


def test_one_that_fails_holds_no_other_up_and_stopping_leaves_the_rest() -> None:
    errand, acted = Errand(), []

    def act(case_id: str) -> Done:
        acted.append(case_id)
        if case_id == "2":
            raise RefusedError("case.unknown")
        if case_id == "3":
            errand.cancel()
        return Done(Laid(record=None))

    done = act_on_each("12345", act, errand)
    assert acted == ["1", "2", "3"]
    assert codes_of(done) == ["", "case.unknown", "", "batch.stopped", "batch.stopped"]


def test_without_the_line_the_rest_is_not_tried() -> None:
    acted = []

    def act(case_id: str) -> Done:
        acted.append(case_id)
        if case_id == "2":
            raise UnreachableError("answer.awaited", n=2)
        return Done(Laid(record=None))

    done = act_on_each("123", act)
    assert acted == ["1", "2"]
    assert codes_of(done) == ["", "answer.awaited", "line.down"]


def codes_of(done: tuple[CaseDone, ...]) -> list[str]:
    return [one.problem.code if one.problem else "" for one in done]
