"""The desk's side: which call comes next, and what an answer changes."""

from __future__ import annotations

from datetime import datetime

import msgspec
import pytest
from msgspec.structs import replace

from clerk.clock import OFFICE_ZONE
from clerk.contract.answer import Answer, Conclusion
from clerk.contract.command import Envelope
from clerk.contract.sync import BootstrapPage, Directive, Page, Pushed, Welcome
from clerk.sync.desk import (
    DeskState,
    FetchBootstrap,
    FetchPage,
    Halt,
    SayHello,
    SendCommands,
    accepts_bootstrap,
    accepts_page,
    counts_answers,
    finds_restored,
    next_call,
    rebuild,
    take_bootstrap,
    take_page,
    take_pushed,
    take_welcome,
    unanswered,
)

NOW = datetime(2026, 6, 1, 9, tzinfo=OFFICE_ZONE)
STEADY = DeskState(generation="g1", cursor=7, greeted=True)


def envelope(n: int) -> Envelope:
    """A command with nothing in it."""
    return Envelope(
        n=n,
        id=f"c{n}",
        case_id="case",
        base_version=1,
        user="u",
        at=NOW,
        body=msgspec.Raw(b'{"kind":"accept.1"}'),
    )


def welcome(directive: Directive, generation: str = "g1") -> Welcome:
    """Central's greeting."""
    return Welcome(
        protocol=1,
        directive=directive,
        token="t",
        token_until=NOW,
        generation=generation,
        head=9,
        last_n=0,
        scope_version=1,
        server_time=NOW,
    )


def page(start: int, end: int, generation: str = "g1") -> Page:
    """A page without rows."""
    return Page(generation=generation, start=start, end=end, head=end, items=())


def test_hello_comes_first_and_push_before_pull() -> None:
    assert next_call(replace(STEADY, greeted=False), [envelope(1)], 100) == SayHello()
    assert next_call(STEADY, [envelope(1)], 100) == SendCommands((envelope(1),))
    assert next_call(STEADY, [], 100) == FetchPage(7)


def test_a_push_is_cut_to_what_central_takes() -> None:
    call = next_call(STEADY, [envelope(n) for n in range(1, 6)], 2)
    assert isinstance(call, SendCommands)
    assert [one.n for one in call.commands] == [1, 2]


def test_a_bootstrap_comes_before_any_page_of_changes() -> None:
    state = take_welcome(replace(STEADY, greeted=False), welcome(Directive.BOOTSTRAP, "g2"))
    assert next_call(state, [], 100) == FetchBootstrap("", 0)


def test_a_bootstrap_goes_on_where_it_was_cut_and_ends_at_its_first_position() -> None:
    state = take_welcome(replace(STEADY, greeted=False), welcome(Directive.BOOTSTRAP))
    first = BootstrapPage(generation="g1", position=40, next_key="item:m", items=())
    state = take_bootstrap(state, "", first)
    state = take_welcome(replace(state, greeted=False), welcome(Directive.BOOTSTRAP))
    assert next_call(state, [], 100) == FetchBootstrap("item:m", 40)
    last = BootstrapPage(generation="g1", position=40, next_key="", items=())
    state = take_bootstrap(state, "item:m", last)
    assert (state.bootstrapping, state.cursor) == (False, 40)


def test_another_generation_begins_the_bootstrap_anew() -> None:
    cut = replace(STEADY, bootstrapping=True, bootstrap_key="item:m", bootstrap_position=40)
    state = take_welcome(cut, welcome(Directive.BOOTSTRAP, "g2"))
    assert next_call(state, [], 100) == FetchBootstrap("", 0)


@pytest.mark.parametrize("directive", [Directive.UPGRADE, Directive.QUARANTINED])
def test_a_desk_that_must_not_go_on_halts_with_the_reason(directive: Directive) -> None:
    state = take_welcome(STEADY, welcome(directive))
    assert next_call(state, [envelope(1)], 100) == Halt(directive.value)


def test_a_page_counts_only_at_the_desks_cursor() -> None:
    assert take_page(STEADY, page(7, 9)).cursor == 9
    assert take_page(STEADY, page(6, 9)) == STEADY
    assert not accepts_page(STEADY, page(8, 9))
    assert accepts_page(STEADY, page(7, 9))


def test_a_restored_central_is_greeted_again() -> None:
    assert take_page(STEADY, page(7, 9, "g2")).greeted is False


def test_what_central_stopped_before_is_sent_again() -> None:
    answer = Answer(n=1, command="c1", conclusion=Conclusion.APPLIED)
    pushed = Pushed(answers=(answer,), last_n=1, head=3)
    assert unanswered([envelope(1), envelope(2)], pushed) == (envelope(2),)


def test_a_page_of_another_scope_is_asked_after() -> None:
    state = replace(STEADY, scope_version=1)
    other = replace(page(7, 9), scope_version=2)
    assert not accepts_page(state, other)
    assert take_page(state, other).greeted is False
    assert accepts_page(state, replace(other, scope_version=1))


def test_the_cache_stands_still_while_a_bootstrap_is_under_way() -> None:
    state = replace(STEADY, bootstrapping=True)
    assert not accepts_page(state, page(7, 9))
    assert take_page(state, page(7, 9)) == state


def test_another_scope_begins_the_bootstrap_anew() -> None:
    cut = replace(
        STEADY, scope_version=0, bootstrapping=True, bootstrap_key="k", bootstrap_position=4
    )
    state = take_welcome(cut, welcome(Directive.BOOTSTRAP))
    assert next_call(state, [], 100) == FetchBootstrap("", 0)


@pytest.mark.parametrize(("key", "position"), [("j", 40), ("k", 41), ("k", 39)])
def test_a_page_of_another_bootstrap_counts_for_nothing(key: str, position: int) -> None:
    state = replace(STEADY, bootstrapping=True, bootstrap_key="k", bootstrap_position=40)
    other = BootstrapPage(generation="g1", position=position, next_key="", items=())
    assert not accepts_bootstrap(state, key, other)
    assert take_bootstrap(state, key, other) == state


def test_a_desk_told_to_greet_again_counts_on() -> None:
    again = replace(welcome(Directive.GREET_AGAIN), count=41)
    state = take_welcome(STEADY, again)
    assert (state.greeted, state.halted, state.hello_count) == (False, "", 41)


def test_answers_of_another_generation_count_for_nothing() -> None:
    pushed = Pushed(answers=(), last_n=4, head=9, generation="g0")
    assert not counts_answers(STEADY, pushed)
    assert take_pushed(STEADY, pushed).greeted is False
    assert take_pushed(STEADY, replace(pushed, generation="g1")).central_last_n == 4


def test_a_restored_central_is_recognised() -> None:
    assert finds_restored(STEADY, welcome(Directive.BOOTSTRAP, "g2"))
    assert not finds_restored(STEADY, welcome(Directive.BOOTSTRAP))
    assert not finds_restored(replace(STEADY, generation=""), welcome(Directive.BOOTSTRAP))
    assert rebuild(STEADY).bootstrapping
