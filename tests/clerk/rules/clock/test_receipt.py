"""The five days of a Monday's receipt (3 March 2025; the fifth is Monday the 10th)."""

from __future__ import annotations

import pytest

from clerk.rules.clock import (
    Light,
    ReceiptFacts,
    SupplementRound,
    derive_receipt,
    find_deemed_acceptance,
    light_at,
)
from tests.support.moments import at
from tests.support.work_calendar import REAL_CALENDAR

RECEIVED = at("2025-03-03 15:00")


def deemed(facts: ReceiptFacts, now: str) -> tuple[str, str] | None:
    found = find_deemed_acceptance(facts, REAL_CALENDAR, at(now))
    return (found.happened_on.isoformat(), found.dated_from.isoformat()) if found else None


def round_of(noticed: str, completed: str | None = None) -> SupplementRound:
    return SupplementRound(at(noticed), at(completed) if completed else None)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2025-03-10 23:59", None),
        ("2025-03-11 00:00", ("2025-03-10", "2025-03-03")),
        ("2025-06-01", ("2025-03-10", "2025-03-03")),
    ],
)
def test_nothing_done_accepts_from_the_day_of_receipt(
    now: str, expected: tuple[str, str] | None
) -> None:
    assert deemed(ReceiptFacts(RECEIVED), now) == expected


@pytest.mark.parametrize(
    ("rounds", "concluded", "expected"),
    [
        # A notice in time ends the five days; they wait for the supplements.
        ([round_of("2025-03-10")], None, None),
        ([round_of("2025-03-11")], None, ("2025-03-10", "2025-03-03")),
        # All in on Thursday the 20th: five anew, to Thursday the 27th.
        ([round_of("2025-03-10", "2025-03-20")], None, ("2025-03-27", "2025-03-20")),
        ([round_of("2025-03-10", "2025-03-20")], "2025-03-27", None),
        ([round_of("2025-03-10", "2025-03-20")], "2025-03-28", ("2025-03-27", "2025-03-20")),
        ([round_of("2025-03-11", "2025-03-20")], "2025-03-21", ("2025-03-10", "2025-03-03")),
        ([round_of("2025-03-10")], "2025-05-20", None),
        # A second notice, where an office allows one.
        (
            [round_of("2025-03-10", "2025-03-20"), round_of("2025-03-27", "2025-04-01")],
            None,
            ("2025-04-09", "2025-04-01"),  # Tomb-sweeping Day is Friday the 4th
        ),
        ([], "2025-03-10 23:59", None),
        ([], "2025-03-11 00:00", ("2025-03-10", "2025-03-03")),
    ],
)
def test_notices_and_conclusions(
    rounds: list[SupplementRound], concluded: str | None, expected: tuple[str, str] | None
) -> None:
    facts = ReceiptFacts(RECEIVED, tuple(rounds), at(concluded) if concluded else None)
    assert deemed(facts, "2025-06-01") == expected


def test_the_decision_limits_start_at_the_moment_the_five_days_did() -> None:
    found = find_deemed_acceptance(ReceiptFacts(RECEIVED), REAL_CALENDAR, at("2025-03-11"))
    assert found is not None
    assert found.dated_at == RECEIVED


def test_the_five_days_have_a_light() -> None:
    standing = derive_receipt(ReceiptFacts(RECEIVED), REAL_CALENDAR, at("2025-03-07"))
    assert standing.running
    assert standing.fifth_day.isoformat() == "2025-03-10"
    assert light_at(standing.clock, REAL_CALENDAR, at("2025-03-06")) is Light.GREEN
    assert light_at(standing.clock, REAL_CALENDAR, at("2025-03-07")) is Light.YELLOW


def test_nothing_runs_while_supplements_are_awaited() -> None:
    facts = ReceiptFacts(RECEIVED, (round_of("2025-03-05"),))
    standing = derive_receipt(facts, REAL_CALENDAR, at("2025-03-20"))
    assert not standing.running
    assert light_at(standing.clock, REAL_CALENDAR, at("2025-03-20")) is Light.NONE
