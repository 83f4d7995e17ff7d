"""Central's side: fresh, repeat, gap or clone; go on, begin again or stay away."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clerk.contract.sync import Directive, Hello
from clerk.sync.central import (
    Arrival,
    Known,
    KnownDevice,
    fingerprint,
    judge_arrival,
    judge_hello,
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


def test_a_quarantined_desk_stays_away() -> None:
    known = replace(KNOWN, quarantined=True)
    assert judge_hello(HELLO, known, "g1", 10) is Directive.QUARANTINED
