"""Any keys whatever, in any order: what a cat on the keyboard would give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Event, Paste, Resize
from textual.geometry import Size

from screens.keymap import VERBS
from tests.support.desk import PASSWORD
from tests.support.people import a_person
from tests.support.screens import stroke

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_VERBS = tuple(one.key for one in VERBS.values())
_MOVES = ("escape", "enter", "tab", "shift+tab", "up", "down", "left", "right")
_EDITS = ("space", "asterisk", "home", "end", "pageup", "pagedown", "backspace", "delete")
_TEXTS = ("同意", "12", "0", "*", "/", "[b]", "{name}", "%s", "~a/b", "https://[", "\u202e", "'")
_SIZES = ((20, 5), (80, 24), (160, 50), (300, 100), (1, 1))
_BURSTS = (1, 1, 2, 3, 8)
_LONG = 5000


def any_events(random: Random) -> Iterator[list[Event]]:
    """Bursts of what a terminal can send, without end."""
    ways = (_verb, _move, _edit, _typed, _paste, _resize)
    while True:
        chosen = random.choices(ways, (42, 33, 10, 12, 1, 2), k=random.choice(_BURSTS))
        yield [event for way in chosen for event in way(random)]


def _verb(random: Random) -> list[Event]:
    return [stroke(random.choice(_VERBS))]


def _move(random: Random) -> list[Event]:
    return [stroke(random.choice(_MOVES))]


def _edit(random: Random) -> list[Event]:
    return [stroke(random.choice(_EDITS))]


def _typed(random: Random) -> list[Event]:
    return [stroke(one) for one in _text(random)]


def _paste(random: Random) -> list[Event]:
    return [Paste(_text(random) * _LONG)]


def _resize(random: Random) -> list[Event]:
    size = Size(*random.choice(_SIZES))
    return [Resize(size, size)]


def _text(random: Random) -> str:
    person = a_person(random.randrange(1, 4))
    return random.choice((*_TEXTS, person.name, person.id_number, person.phone, PASSWORD))
