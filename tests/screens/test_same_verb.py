"""Same key, same verb: what a screen calls a key is the key's verb in the words of that screen."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import screens
from screens.base import DeskScreen
from screens.keymap import VERBS

SENSES: dict[str, tuple[str, set[str]]] = {
    "agree": ("say yes, and sign for it", {"Hand out", "Take over", "Take over the shift"}),
    "arrange": ("put a list in order", {"Sort"}),
    "ask": (
        "put forward what is wished, or amiss",
        {"Appeal", "Handover", "Lost", "Urge"},
    ),
    "cases": ("to the list of one's work, to type over it", {"Narrow"}),
    "claim": ("take a thing up", {"Contacted"}),
    "copy": ("copy", {"Copy"}),
    "deal": ("deal with what waits", {"Answer", "Look into", "Once more", "Try again"}),
    "decline": ("end it without what was asked for, with the reason", {"Close"}),
    "discard": ("let go of it", {"Cancel", "Clear away"}),
    "export": ("into a file", {"Detail"}),
    "hand_in": ("take in what lacked or was awaited", {"Answers", "Made good"}),
    "hand_out": ("give it to the applicant", {"Delivered"}),
    "print": ("onto paper", {"Print", "Print all", "Print slip", "Workbook"}),
    "produce": ("it is done", {"Close day", "Put on file", "Told"}),
    "receive": ("take in what somebody brings", {"Take in"}),
    "report": ("figures", {"Report"}),
    "send_back": ("back where it came from", {"Give back", "Return"}),
    "send_on": ("on to the next", {"Hand on", "Hand over", "Hand over the shift"}),
    "unmask": ("show a number whole", {"Unmask"}),
    "withdraw": ("take back what one asked for or gave", {"Take back"}),
}
"""By the verb of a key: what it is everywhere, and the words that screens have for it.

A new word belongs to the key that means it. What fits none has no key: the palette has it.
"""


def test_a_screen_calls_a_key_by_no_other_verb() -> None:
    renamed = {
        (verb, label)
        for screen in _screens()
        for verb, (label, _tip) in screen.LABELS.items()
        if label != VERBS[verb].label
    }
    known = {(verb, label) for verb, (_sense, labels) in SENSES.items() for label in labels}
    assert not renamed - known, "is it the verb of that key?"
    own = {(verb, one.label) for verb, one in VERBS.items()}
    assert not known - renamed - own, "no screen says so any more"


def test_one_word_is_of_one_key() -> None:
    keys: dict[str, set[str]] = {}
    for screen in _screens():
        for verb, (label, _tip) in screen.LABELS.items():
            keys.setdefault(label, set()).add(verb)
    for verb, one in VERBS.items():
        keys.setdefault(one.label, set()).add(verb)
    assert not {label: sorted(verbs) for label, verbs in keys.items() if len(verbs) > 1}


def _screens() -> Iterator[type[DeskScreen]]:
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        for found in vars(importlib.import_module(module.name)).values():
            ours = isinstance(found, type) and found.__module__ == module.name
            if ours and issubclass(found, DeskScreen):
                yield found
