"""The key card: every key with its verb, to lie beside the keyboard.

It is for whoever works at a desk, so all its words come in the language that they read.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from exports.papers.forms import Paper


class KeyLine(msgspec.Struct, frozen=True, kw_only=True):
    """A key as it is written on the keyboard, what it is called, and what it does."""

    key: str
    label: str
    tip: str


class KeyGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of one screen; `notes` tell how its parts are used."""

    title: str
    keys: tuple[KeyLine, ...]
    notes: tuple[str, ...] = ()


class KeyCard(Paper, frozen=True, kw_only=True):
    """The card of all screens, in one language (`zh` or `en`)."""

    template: ClassVar[str] = "key_card"

    title: str
    language: str
    groups: tuple[KeyGroup, ...]
