"""The key card as a file; its rows come from the table of keys, which only screens have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from clerk.locale import language

if TYPE_CHECKING:
    from exports.papers.key_card import KeyCard
    from services.press import Press


class Keys(NamedTuple):
    """The keys of one screen: its name, (key, label, what it does) of each, and notes on use."""

    title: str
    keys: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...] = ()


def write_key_card(path: Path, title: str, groups: Sequence[Keys]) -> Path:
    """Set the card in the language spoken, and write it there; its folder is made."""
    from exports.papers.render import render_to

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    render_to(_card(title, groups), path)
    return path


def print_key_card(press: Press, path: Path, title: str, groups: Sequence[Keys]) -> Path:
    """The same at a desk: it goes to the printer as every paper does."""
    press.put_by(_card(title, groups), path)
    return path


def _card(title: str, groups: Sequence[Keys]) -> KeyCard:
    from exports.papers.key_card import KeyCard, KeyGroup, KeyLine

    return KeyCard(
        centre="",
        title=title,
        language=language().partition("_")[0],
        groups=tuple(
            KeyGroup(
                title=one.title,
                keys=tuple(KeyLine(key=key, label=label, tip=tip) for key, label, tip in one.keys),
                notes=one.notes,
            )
            for one in groups
        ),
    )
