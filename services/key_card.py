"""The key card as a file; its rows come from the table of keys, which only screens have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from clerk.locale import language


class Keys(NamedTuple):
    """The keys of one screen: its name, (key, label, what it does) of each, and notes on use."""

    title: str
    keys: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...] = ()


def write_key_card(
    path: Path, title: str, groups: Sequence[Keys], *, centre: str = "", practice: bool = False
) -> Path:
    """Set the card in the language spoken, and write it there; its folder is made."""
    from exports.papers.key_card import KeyCard, KeyGroup, KeyLine
    from exports.papers.render import render_to

    card = KeyCard(
        centre=centre,
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
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    render_to(card, path, practice=practice)
    return path
