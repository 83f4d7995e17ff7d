"""Central's side: fresh, repeat, gap or clone; go on, begin again or stay away."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clerk.contract.sync import Directive, Hello, Protocols, Push
from clerk.sync.central import (
    RUNS_REMEMBERED,
    Arrival,
    Known,
    KnownDevice,
    choose_protocol,
    fingerprint,
    judge_arrival,
    judge_hello,
    remember_run,
    takes_push,
)
from tests.clerk.sync.test_desk import envelope

HELLO = Hello(
    device="d",
    incarnation=1,
    count=5,
    protocol_oldest=1,
    protocol_newest=1,
    generation="g1",
    cursor=7,
    last_n=3,
    scope_version=2,
)
KNOWN = KnownDevice(incarnation=1, hello_count=4, last_n=3, scope_version=2)


def test_a_command_is_fresh_only_in_order() -> None:
    assert judge_arrival(envelope(4), None, 3) is Arrival.FRESH
    assert judge_arrival(envelope(5), None, 3) is Arrival.GAP


def test_the_same_command_again_is_a_repeat_and_another_under_its_number_a_clone() -> None:
    known = Known(fingerprint(envelope(3)))
    assert judge_arrival(envelope(3), known, 3) is Arrival.REPEAT
    assert judge_arrival(replace(envelope(3), user="other"), known, 3) is Arrival.CLONE
    assert judge_arrival(envelope(2), None, 3) is Arrival.CLONE


def test_a_push_of_a_lost_generation_is_not_looked_at() -> None:
    push = Push(device="d", incarnation=1, commands=(envelope(4),), generation="g1")
    assert takes_push(push, "g1")
    assert not takes_push(push, "g2")
    assert takes_push(replace(push, generation=""), "g2"), "as an outbox in a file"


@pytest.mark.parametrize(
    ("hello", "directive"),
    [
        (HELLO, Directive.GO_ON),
        (replace(HELLO, cursor=0), Directive.BOOTSTRAP),
        (replace(HELLO, cursor=99), Directive.BOOTSTRAP),
        (replace(HELLO, generation="g0"), Directive.BOOTSTRAP),
        (replace(HELLO, scope_version=1), Directive.BOOTSTRAP),
        (replace(HELLO, count=4), Directive.QUARANTINED),
        (replace(HELLO, incarnation=2), Directive.QUARANTINED),
        (replace(HELLO, last_n=2), Directive.QUARANTINED),
        (replace(HELLO, protocol_oldest=2, protocol_newest=3), Directive.UPGRADE),
    ],
)
def test_hello_is_answered_by_what_is_known_of_the_desk(hello: Hello, directive: Directive) -> None:
    assert judge_hello(hello, KNOWN, "g1", 10) is directive


@pytest.mark.parametrize(
    ("desk", "central", "chosen"),
    [
        (Protocols(1, 1), Protocols(1, 1), 1),
        (Protocols(1, 2), Protocols(1, 1), 1),
        (Protocols(1, 1), Protocols(1, 2), 1),
        (Protocols(1, 2), Protocols(2, 3), 2),
        (Protocols(3, 4), Protocols(2, 3), 3),
        (Protocols(1, 1), Protocols(2, 3), 0),
        (Protocols(4, 5), Protocols(2, 3), 0),
    ],
)
def test_the_newest_that_both_speak_is_chosen(
    desk: Protocols, central: Protocols, chosen: int
) -> None:
    hello = replace(HELLO, protocol_oldest=desk.oldest, protocol_newest=desk.newest)
    assert choose_protocol(hello, central) == chosen
    directive = Directive.GO_ON if chosen else Directive.UPGRADE
    assert judge_hello(hello, KNOWN, "g1", 10, central) is directive


def test_a_quarantined_desk_stays_away() -> None:
    known = replace(KNOWN, quarantined=True)
    assert judge_hello(HELLO, known, "g1", 10) is Directive.QUARANTINED


def test_a_late_hello_is_told_from_a_copy() -> None:
    known = replace(KNOWN, runs=("a", "b"))
    late = replace(HELLO, count=4, run="b")
    assert judge_hello(late, known, "g1", 10) is Directive.GREET_AGAIN
    assert judge_hello(replace(late, run="a"), known, "g1", 10) is Directive.GREET_AGAIN
    assert judge_hello(replace(HELLO, run="b"), known, "g1", 10) is Directive.GO_ON
    assert judge_hello(replace(HELLO, run="c"), known, "g1", 10) is Directive.GO_ON
    assert judge_hello(replace(HELLO, run="a"), known, "g1", 10) is Directive.QUARANTINED


def test_a_copy_that_counts_on_is_found() -> None:
    copy = replace(HELLO, count=4, run="c")
    known = replace(KNOWN, runs=("b",))
    assert judge_hello(copy, known, "g1", 10) is Directive.GREET_AGAIN
    known = replace(known, runs=remember_run(known, copy))
    assert known.runs == ("c", "b"), "an old one from the beginning"
    assert judge_hello(replace(copy, count=5), known, "g1", 10) is Directive.QUARANTINED


def test_the_newest_runs_are_remembered() -> None:
    known = KNOWN
    for k in range(RUNS_REMEMBERED + 3):
        known = replace(known, runs=remember_run(known, replace(HELLO, count=9, run=str(k))))
    assert len(known.runs) == RUNS_REMEMBERED
    assert known.runs[-1] == str(RUNS_REMEMBERED + 2)
    assert remember_run(known, replace(HELLO, count=9, run=known.runs[0])) == known.runs


def test_numbers_that_will_never_come_make_no_gap() -> None:
    assert judge_arrival(envelope(6), None, 3, (4, 5)) is Arrival.FRESH
    assert judge_arrival(envelope(6), None, 3, (5,)) is Arrival.GAP
    assert judge_arrival(envelope(3), None, 3, (3,)) is Arrival.CLONE
