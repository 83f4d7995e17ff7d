"""Every list of the program answers the same keys, or a table here says why one does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import screens
from screens.dialogs.choose import Choose
from screens.widgets.line_box import LineBox
from screens.widgets.listing import Listing
from services.bootstrap import Desk
from tests.screens.every_screen import every_place, front
from tests.screens.story import Person, at
from tests.support.desk import Hall, OpenDesk
from tests.support.screens import LARGE, settle

ABILITIES = ("filter", "sort", "group", "keep", "mark", "copy")
_ALL = len(ABILITIES)

_ONE_THING = "tells of one thing and not of many: what it lists is read to the end"
_FINDER = "the box over it is its filter, and its order is how well each line fits what was typed"
_OF_A_PERSON = "it lies empty until somebody is scanned, and a name of theirs is kept nowhere"

WITHOUT: dict[str, dict[str, str]] = {
    "found": dict.fromkeys(ABILITIES, _FINDER),
    "differences": dict.fromkeys(ABILITIES, _ONE_THING),
    "explain-days": dict.fromkeys(ABILITIES, _ONE_THING),
    "mark-lines": dict.fromkeys(ABILITIES, "a question of a dialog: its lines are its answer"),
    "groups": dict.fromkeys(
        ("filter", "sort", "group", "keep", "mark"),
        "the heads of the list beside it, which it narrows and which answers all keys",
    ),
    "ready": {"keep": _OF_A_PERSON, "filter": "the line to scan into finds what it shows"},
    "project-items": {"keep": "each application has its own few items"},
    "figures": {"group": "each of its rows is a group already, and ← → group by another thing"},
}
"""By the id of a list: what it does without, and why."""


async def test_each_list_takes_the_same_keys(desk: Desk, open_at: OpenDesk, hall: Hall) -> None:
    seen, marked = set(), set()
    for sat, login, screens_there in every_place(desk, open_at, hall):
        async with at(sat, login, LARGE) as person:
            for opens in screens_there.values():
                opens(person.app)
                await settle(person.pilot)
                for listing in front(person.app).query(Listing):
                    name = listing.id or ""
                    seen.add(name)
                    lacking = WITHOUT.get(name, {})
                    able = await _abilities(person, listing) if len(lacking) < _ALL else set()
                    assert not set(ABILITIES) - lacking.keys() - able, name
                    if "mark" not in lacking and listing.length:
                        marked.add(name)
    assert seen | {"explain-days", "mark-lines"} == set(_in_source())
    assert WITHOUT.keys() <= seen | {"explain-days", "mark-lines"}
    assert marked >= {"cases", "papers", "lines", "watched", "figures", "things"}


async def _abilities(person: Person, listing: Listing) -> set[str]:
    """What a list can do, tried with its keys; one without rows is marked and copied nowhere."""
    listing.focus()
    able = await _offered(person)
    if not listing.length or await _marks(person, listing):
        able.add("mark")
    if not listing.length or await _copies(person):
        able.add("copy")
    if await _filters(person, listing):
        able.add("filter")
    return able


async def _offered(person: Person) -> set[str]:
    """By what Shift+F7 offers."""
    await person.press("shift+f7")
    offer = person.app.screen
    if not isinstance(offer, Choose):
        return set()
    told = " ".join(label for _key, label in offer.options)
    await person.press("escape")
    words = {"sort": "Sort: by", "group": "Group: by", "keep": "Keep this list"}
    return {ability for ability, said in words.items() if said in told}


async def _filters(person: Person, listing: Listing) -> bool:
    """What is typed over the list goes into its box, and nothing like it is left."""
    boxes = [one for one in person.app.screen.query(LineBox) if one.id == "filter"]
    if not boxes:
        return False
    await person.press("q", "q")
    fits = boxes[0].value == "qq" and listing.length <= _TOTALS.get(listing.id or "", 0)
    boxes[0].value = ""
    await settle(person.pilot)
    return fits


async def _marks(person: Person, listing: Listing) -> bool:
    """Space marks, in the margin or in a box of the list's own, and takes the mark away.

    The asterisk marks all, and then none.
    """
    row = min(1, listing.length - 1)  # the first may be the head of others
    before = _told(listing)
    for wanted in (False, True):
        await person.press("home", *["down"] * row, "space")
        if (_told(listing) == before) is not wanted:
            return False
    await person.press("asterisk")
    source = listing.source
    assert source is not None
    named = [row for row in range(len(source)) if source.identity(row)]
    if len(listing.marks) not in {0, len(named)} or _told(listing) == before:
        return False
    await person.press("asterisk", "home")
    return _told(listing) == before


async def _copies(person: Person) -> bool:
    person.app._clipboard = ""
    await person.press("ctrl+c")
    return bool(person.app.clipboard)


def _told(listing: Listing) -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
    """The marks in the margin, and what the first rows say: their box may be ticked."""
    source = listing.source
    assert source is not None
    return listing.marks, tuple(tuple(source.cells(row)) for row in range(min(2, len(source))))


def _in_source() -> Iterator[str]:
    """The id of every list that some screen draws."""
    for file in Path(screens.__file__).parent.rglob("*.py"):
        for drawn in re.finditer(r"yield Listing\((.*)\)", file.read_text(encoding="utf-8")):
            yield re.findall(r'id="([a-z-]+)"', drawn[1])[0]


_TOTALS = {"figures": 1}
"""Rows that stand above those which are narrowed."""
