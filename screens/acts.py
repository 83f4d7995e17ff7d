"""The acts that the palette finds: by their names in Chinese, pinyin or English."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from clerk.locale import LANGUAGES, _, get_translation, mark
from screens.base import DeskScreen
from screens.key_card import offered_card
from screens.keymap import VERBS, name_key
from screens.looks import offered_looks
from screens.sounds import SOUNDS
from screens.widgets.key_bar import is_offered

if TYPE_CHECKING:
    from screens.app import ClerkApp

_PRINT_QUEUE = mark("Print queue")
_HIDDEN = frozenset({"palette"})
_LEAST = 0.01


class Act(NamedTuple):
    """One thing to do. `label` is English, as in the table of keys."""

    label: str
    tip: str
    key: str
    run: IgnoreReturnCallbackType


class Acts(Provider):
    """Offers the verbs that the keys of this screen have, with their keys."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for act in self._acts():
            yield DiscoveryHit(_show(act), act.run, text=_(act.label), help=act.tip)

    async def search(self, query: str) -> Hits:
        """Those that fit what is typed, by any of their names."""
        matcher, found = self.matcher(query), False
        for act in self._acts():
            score = max(matcher.match(one) for one in names_of(act.label))
            score = max(score, matcher.match(act.tip) / 2)
            if score > 0:
                found = True
                yield Hit(score, _show(act), act.run, text=_(act.label), help=act.tip)

        if not found:
            # Textual would say it itself, in English.
            told = _("No act is called so. Delete a letter.")
            yield Hit(_LEAST, told, _do_nothing, text=told)

    def _acts(self) -> Iterator[Act]:
        for key, active in self.screen.active_bindings.items():
            verb = active.binding.id or ""
            if verb not in VERBS or verb in _HIDDEN:
                continue
            if active.enabled and is_offered(active, self.screen):
                label = _label_of(active.binding.description)
                press = partial(self.app.simulate_key, key)
                yield Act(label, active.binding.tooltip, name_key(key), press)
        app = cast("ClerkApp", self.app)
        if "sync" in {active.binding.id for active in self.screen.active_bindings.values()}:
            tip = _("What is to be handed over, what is at the printer, where this seat prints")
            yield Act(_PRINT_QUEUE, tip, "", app.ways.to_prints)
        own = self.screen.offered() if isinstance(self.screen, DeskScreen) else ()
        offered = (*own, *offered_looks(app, app.looks), *offered_card(app))
        for title, tip, run in (one[:3] for one in offered):
            yield Act(_label_of(title), tip, "", run)


def _do_nothing() -> None:
    """What was searched for is no act."""


def names_of(label: str) -> tuple[str, ...]:
    """What a label is found by: both languages, whole pinyin, and its initials."""
    syllables = SOUNDS.get(label, "").split()
    spoken = [get_translation(language).gettext(label) for language in LANGUAGES]
    return (*spoken, label, "".join(syllables), "".join(one[0] for one in syllables))


def _label_of(spoken: str) -> str:
    """The English of a label that is shown in the language spoken."""
    return next((label for label in SOUNDS if _(label) == spoken), spoken)


def _show(act: Act) -> Content:
    return Content.assemble((_(act.label), ""), "  ", (act.key, "bold $text-accent"))
