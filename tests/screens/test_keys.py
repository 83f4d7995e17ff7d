"""One table of keys: each means one thing, every terminal can send it, and none is ever dead."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
from collections.abc import Iterator
from itertools import chain

import pytest
from textual._xterm_parser import XTermParser
from textual.binding import Binding
from textual.command import CommandPalette
from textual.dom import DOMNode
from textual.events import Key

import screens
from clerk.locale import get_translation
from clerk.rules.finding import full_pinyin
from screens.acts import names_of
from screens.app import ClerkApp
from screens.base import DeskScreen
from screens.help.parts import explain_part
from screens.keymap import EVERYWHERE, NAVIGATION, VERBS, keys_of
from screens.sounds import SOUNDS
from screens.widgets.key_bar import KeyBar
from services.bootstrap import Desk
from tests.screens.every_screen import Open, every_place, every_screen, front
from tests.screens.story import Person, at, receive
from tests.support.cases import FOOD
from tests.support.desk import Hall, OpenDesk
from tests.support.screens import LARGE, screen_lines, settle, stroke

_CLOSING = {
    "close",
    "finish",
    "answer(True)",
    "answer(False)",
    "quit",
    "to_password",
    "choose",
    "cancel",
    "step_back",
}
"""What Enter, Escape, Ctrl+Y and the key that opened it do to a dialog or within a widget."""

_WITHIN = {"enter", "escape", "ctrl+y", "f1", "ctrl+q", "shift+f2", "f14"}
"""The keys that may do so."""

_SENT = {
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
    **dict(zip(("f1", "f2", "f3", "f4"), ("\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS"), strict=True)),
    **{
        f"f{n}": f"\x1b[{code}~"
        for n, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)
    },
    **{f"shift+f{n}": f"\x1b[1;2{letter}" for n, letter in zip(range(1, 5), "PQRS", strict=True)},
    "shift+f5": "\x1b[15;2~",
    "shift+f6": "\x1b[17;2~",
    "shift+f7": "\x1b[18;2~",
    "shift+f8": "\x1b[19;2~",
    "shift+f9": "\x1b[20;2~",
    "shift+f11": "\x1b[23;2~",
    "shift+f12": "\x1b[24;2~",
    "ctrl+down": "\x1b[1;5B",
    "ctrl+underscore": "\x1f",
    "enter": "\r",
    "escape": "\x1b",
}
"""What xterm, tmux and Windows Terminal send for a key."""

_TAKEN = {
    "ctrl+b": "the prefix of tmux",
    "ctrl+v": "pastes in Windows Terminal",
    "f11": "the whole screen, in Windows Terminal and browsers",
    "shift+f3": "the same bytes as where the cursor stands",
    "ctrl+h": "BackSpace",
    "ctrl+i": "Tab",
    "ctrl+j": "a new line",
    "ctrl+m": "Enter",
    "ctrl+left_square_bracket": "Escape",
    "ctrl+backslash": "detaches or stops what runs, in several; no such key on many layouts",
    "ctrl+circumflex_accent": "Ctrl+6 or Ctrl+Shift+6; no such key on many layouts",
    "ctrl+right_square_bracket": "the way out of telnet; no key on many layouts",
    "ctrl+enter": "not sent by most terminals",
    "ctrl+space": "Chinese input on and off",
}
"""What terminals keep for themselves."""


def test_each_key_of_the_table_is_one_verbs_and_can_be_sent() -> None:
    keys = [key for verb in VERBS.values() for key in keys_of(verb)]
    assert len(keys) == len(set(keys))
    assert not set(keys) & set(_TAKEN)
    for verb in VERBS.values():
        if verb.key != "escape":  # alone, it is told from a longer one by time
            parser = XTermParser()
            got = [one.key for one in parser.feed(_SENT[verb.key]) if isinstance(one, Key)]
            assert got
            assert set(got) <= set(keys_of(verb)), verb.key


def test_no_key_means_two_things() -> None:
    """On whatever screen, dialog or widget: a key of the table is its verb, or closes a dialog."""
    of_key = {key: verb for verb in VERBS.values() for key in keys_of(verb)}
    for where, binding in _all_bindings():
        verb = of_key.get(binding.key)
        if verb is None or verb.key == "enter" or binding.action.startswith("not_here"):
            continue
        closes = binding.action in _CLOSING and binding.key in _WITHIN
        own = binding.action == verb.action
        next_field = where == "SignInScreen"
        assert own or closes or next_field, f"{where}: {binding.key} does {binding.action}"


def test_every_verb_is_bound_and_described() -> None:
    bound = {binding.id for _where, binding in _all_bindings()}
    assert set(VERBS) <= bound
    chinese = get_translation("zh_CN").gettext
    for verb in VERBS.values():
        assert verb.tip
        assert chinese(verb.tip) != verb.tip
        assert verb.id == "language" or chinese(verb.label) != verb.label


def test_labels_sound_as_they_are_read() -> None:
    chinese = get_translation("zh_CN").gettext
    assert {label: full_pinyin(chinese(label)) for label in SOUNDS} == SOUNDS
    assert {verb.label for verb in VERBS.values()} <= set(SOUNDS)
    assert {"受理", "Accept", "shouli", "sl"} <= set(names_of("Accept"))


async def test_the_palette_finds_by_chinese_pinyin_and_english(desk: Desk) -> None:
    receive(desk, FOOD)
    async with at(desk, "counter", LARGE) as person:
        for typed in ("出件", "chujian", "cj", "Release"):
            await person.press("ctrl+p")
            assert isinstance(person.app.screen, CommandPalette)
            await person.type(typed)
            assert "Release  F4" in person.text, typed
            await person.press("escape")
        await person.press("ctrl+p")
        await person.type("chujian")
        await person.press("down", "enter")
        assert person.front == "ReleaseScreen"


async def test_the_palette_is_there_at_once_where_there_is_no_case(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        person.app.post_message(stroke("ctrl+p"))
        await asyncio.wait_for(settle(person.pilot), 60)
        assert isinstance(person.app.screen, CommandPalette)
        assert "New walk-in  F2" in person.text
        await person.type("zzzz")
        assert "No act is called so. Delete a letter." in person.text
        await person.press("enter", "enter")
        assert person.front == "HomeScreen"


async def test_the_palette_opens_over_a_lock_that_lies_over_one(desk: Desk) -> None:
    """Found by keys at random: two of one name ended the window."""
    async with at(desk, "counter") as person:
        await person.press("ctrl+p", "f8", "ctrl+p")
        assert isinstance(person.app.screen, CommandPalette)
        await person.press("escape")
        assert person.front == "SignInScreen"
        await person.sign_in("counter")
        assert isinstance(person.app.screen, CommandPalette), "where somebody was"
        await person.press("escape")
        assert person.front == "HomeScreen"


def test_every_screen_is_gone_to(desk: Desk, open_at: OpenDesk, hall: Hall) -> None:
    """The two tests that follow leave no screen out: a new one has to be added to the places."""
    reached = [name for place in every_place(desk, open_at, hall) for name in place.screens]
    assert set(reached) == every_screen()
    assert len(reached) == len(set(reached))


_STRANGERS = ("recording", "receive")
"""One of the two is no key of any screen, and stands for all that are not."""


def _asked_of(screen: DeskScreen, *, all_of_them: bool) -> list[str]:
    """The verbs to be tried: all on a first screen, on the others those that they add to them.

    What a screen does not take falls to one and the same place; a stranger among the keys shows
    that it does so here.
    """
    every = [one for one in VERBS if one not in {*EVERYWHERE, "open"}]
    if all_of_them:
        return every
    own = [one for one in every if screen.takes(one) and one not in NAVIGATION]
    return [*own, next(one for one in _STRANGERS if not screen.takes(one))]


@pytest.mark.slow
@pytest.mark.timeout(400)  # as for the snapshots: a busy machine takes many times as long
@pytest.mark.parametrize("place", [0, 1, 2, 3])
async def test_no_key_is_dead(desk: Desk, open_at: OpenDesk, hall: Hall, place: int) -> None:
    """On every screen each key of the table does something that shows, or says why it does not."""
    sat, login, screens_there = every_place(desk, open_at, hall)[place]
    async with at(sat, login, LARGE) as person:
        first = person.front
        for name, opens in screens_there.items():
            await _go(person, opens)
            for verb in _asked_of(front(person.app), all_of_them=name == first):
                if person.front != name:
                    await _go(person, opens)
                assert person.front == name
                before = _state(person.app)
                await person.press(VERBS[verb].key)
                assert _state(person.app) != before, f"{name}: {VERBS[verb].key} is dead"


async def test_a_function_key_says_why_not_while_a_text_stands_in_the_box(desk: Desk) -> None:
    async with at(desk, "counter") as person:
        await person.type("zz")
        await person.press(VERBS["own_workbook"].key)
        assert "does nothing here" in person.toasts


@pytest.mark.parametrize("place", [0, 1, 2, 3])
async def test_f1_explains_every_part(
    desk: Desk, open_at: OpenDesk, hall: Hall, place: int
) -> None:
    sat, login, screens_there = every_place(desk, open_at, hall)[place]
    unexplained = []
    async with at(sat, login, LARGE) as person:
        for name, opens in screens_there.items():
            await _go(person, opens)
            parts, stands_in = front(person.app).focus_chain, person.app.focused
            unexplained += [f"{name}: {one!r}" for one in parts if not explain_part(one)]
            assert front(person.app).query(KeyBar)
            told = _labels(front(person.app))
            assert len(told) == len(set(told)), f"{name}: two keys that are called the same: {told}"
            await person.press("f1")
            assert person.front == "HelpScreen"
            assert stands_in is None or person.app.screen.query("#help-part"), name
            await person.press("escape")
    assert not unexplained


def _labels(screen: DeskScreen) -> list[str]:
    """What the keys of a screen are called."""
    keys = screen.active_bindings.values()
    return [one.binding.description for one in keys if one.binding.id in VERBS and one.enabled]


async def _go(person: Person, opens: Open) -> None:
    await _begin(person)
    opens(person.app)
    await settle(person.pilot)


async def _begin(person: Person) -> None:
    while len(person.app.screen_stack) > 2:
        person.app.pop_screen()
        await settle(person.pilot)


def _state(app: ClerkApp) -> tuple[object, ...]:
    told = tuple(one.identity for one in app._notifications)
    return (told, app.screen, app.focused, screen_lines(app))


def _all_bindings() -> Iterator[tuple[str, Binding]]:
    for node in _nodes():
        for one in chain.from_iterable(Binding.make_bindings([b]) for b in _own(node)):
            yield node.__name__, one


def _own(node: type[DOMNode]) -> list[Binding]:
    return list(node.__dict__.get("BINDINGS", []))


def _nodes() -> Iterator[type[DOMNode]]:
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        for found in vars(importlib.import_module(module.name)).values():
            ours = isinstance(found, type) and found.__module__ == module.name
            if ours and issubclass(found, DOMNode):
                yield found
