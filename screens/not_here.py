"""What a key of the table is for, told where it does nothing: no key is dead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.actions import SkipAction
from textual.screen import Screen
from textual.widgets import Input

from clerk.contract.user import User
from clerk.locale import _
from screens.base import DeskScreen
from screens.keymap import VERB_ROLES, VERBS, Verb, keys_of, name_key
from screens.words import word

if TYPE_CHECKING:
    from screens.app import ClerkApp

ON_CASES = frozenset(
    {
        *("agree", "decline", "supplement", "hand_in", "withdraw", "claim", "send_on"),
        *("send_back", "produce", "ask", "deal", "open", "unmask", "recording", "scan", "print"),
    }
)
"""What is done to a case, from its page."""

IN_INTAKE = frozenset({"receive", "park", "next_part", "discard"})
"""What is done with a walk-in that is being taken in."""


def answer(app: ClerkApp, verb: Verb) -> None:
    """Say why a key does nothing. Raises SkipAction where it does something after all."""
    front, box = app.screen, app.focused
    edits = isinstance(box, Input) and bool(box.value) and verb.key.startswith("ctrl+")
    if edits or _takes(front, verb):
        raise SkipAction
    if isinstance(front, DeskScreen):
        app.warn(tell_not_here(verb.id, None if app.is_shut else app.desk.present))
    else:
        app.warn_unfinished()


def _takes(front: Screen[object], verb: Verb) -> bool:
    """Whether the screen in front has the key; of a dialog whatever has the focus may, too."""
    if isinstance(front, DeskScreen):
        return front.takes(verb.id)
    return any(key in front.active_bindings for key in keys_of(verb))


def tell_not_here(verb_id: str, user: User | None) -> str:
    """Why a key does nothing on the screen in front, and where it does something."""
    if user is None:
        return _("Sign in first.")
    if verb_id == "back":
        return _("This is the first screen. Ctrl+Q leaves the program.")
    verb, roles = VERBS[verb_id], VERB_ROLES.get(verb_id)
    named = {"key": name_key(verb.key), "verb": _(verb.label)}
    if roles and not any(user.has(role) for role in roles):
        told = _("{key} “{verb}” is for another role: {role}.")
        return told.format(role=" / ".join(word(role) for role in roles), **named)
    if verb_id in ON_CASES:
        told = _("{key} “{verb}” is for a case: open one first (F3 finds it).")
    elif verb_id in IN_INTAKE:
        told = _("{key} “{verb}” is for a walk-in: F2 begins one.")
    else:
        told = _("{key} “{verb}” does nothing here. F1 shows the keys of this screen.")
    return told.format(**named)
