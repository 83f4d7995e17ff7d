"""The key card: from the same table as everything else, whole, in both languages, on two pages."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest
from pypdf import PdfReader
from textual.binding import Binding

import screens
from clerk.__main__ import main
from clerk.contract.printing import Outlet
from clerk.locale import LANGUAGES, _, get_translation
from screens.base import DeskScreen
from screens.help.parts import PARTS
from screens.key_card import _PLACES, screen_of
from screens.keymap import AWAY, EVERYWHERE, VERBS, name_key
from services.bootstrap import Desk
from tests.screens.story import at
from tests.support.screens import LARGE

_MOST_PAGES = 2


def _squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


def _read(path: Path) -> tuple[int, str]:
    """Pages and text, as another program than the one that set them reads them."""
    pages = PdfReader(path).pages
    return len(pages), _squeezed("".join(page.extract_text() for page in pages))


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_verb_of_the_table_is_on_the_card(spoken: str, tmp_path: Path) -> None:
    path = tmp_path / "keys.pdf"
    assert main(["--language", spoken, "keys", str(path)]) == 0
    count, text = _read(path)
    say = get_translation(spoken).gettext
    assert count <= _MOST_PAGES
    renamed = {verb for place in _PLACES for verb in screen_of(place).LABELS}
    for verb in VERBS.values():
        line = _squeezed(name_key(verb.key) + say(verb.label) + say(verb.tip))
        assert line in text or verb.id in renamed, verb.id
    for place in _PLACES:
        assert _squeezed(say(place.title)) in text
        for part in place.parts:
            assert _squeezed(say(PARTS[part])) in text
        for verb_id, (label, tip) in screen_of(place).LABELS.items():
            key = name_key(VERBS[verb_id].key)
            assert _squeezed(key + say(label) + say(tip)) in text, verb_id


def test_no_screen_of_the_desk_is_left_out() -> None:
    """What a screen binds is on the card under its title, unless it is a key of every screen."""
    on_card = {screen_of(place) for place in _PLACES}
    always = {*EVERYWHERE, *AWAY, "back"}
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        for found in vars(importlib.import_module(module.name)).values():
            if isinstance(found, type) and issubclass(found, DeskScreen) and found not in on_card:
                own = {one.id for one in found.BINDINGS if isinstance(one, Binding) and one.id}
                assert own <= always, found.__name__


async def test_the_palette_prints_it_at_the_desk(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "printed").mkdir()
    desk.printing.settle(Outlet(folder=str(tmp_path / "printed")))
    async with at(desk, "counter", LARGE) as person:
        await person.press("ctrl+p")
        await person.type("anjianka")
        await person.press("down", "enter")
        (path,) = (desk.profile.papers / "keys").glob("*.pdf")
        assert path.name in person.toasts
        assert _squeezed(_(VERBS["receive"].tip)) in _read(path)[1]
        desk.printing.wait()
        (printed,) = (tmp_path / "printed").glob("*.pdf")
        assert printed.read_bytes() == path.read_bytes(), "it went through the print queue"
