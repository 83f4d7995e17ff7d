"""The third part: the items of the visit, found by Chinese, pinyin initials or code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Input

from clerk.contract.draft import Draft
from clerk.contract.item import Bundle, Item
from clerk.locale import _, _n, mark
from clerk.rules.bundle.place import place_of
from clerk.rules.forecast import NOTHING, ItemForecast
from clerk.rules.verdict import Visit
from screens.intake.forecast import tell_item
from screens.intake.part import Note, Part
from screens.intake.row import Box
from screens.widgets.pointing import place_at, placed
from screens.widgets.told import Told
from screens.words import name_limit

if TYPE_CHECKING:
    from services.catalogue import ItemHit

MOST_HITS = 8
_LAST = -1
"""The place that takes the last item back; those of the hits begin at 0."""
Find = Callable[[str, int], "Sequence[ItemHit]"]
FindBundles = Callable[[str, int], Sequence[Bundle]]


class ItemBox(Box):
    """The search box: up and down walk through what was found, Backspace takes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "walk(-1)", show=False),
        Binding("down", "walk(1)", show=False),
        Binding("backspace", "rub_out", show=False),
    ]

    @dataclass
    class Walked(Message):
        """Up or down was pressed."""

        way: int

    @dataclass
    class RubbedOut(Message):
        """Backspace was pressed where nothing is typed."""

    def action_walk(self, way: int) -> None:
        """Through the results, or to the field around where there are none."""
        if self.value:
            self.post_message(self.Walked(way))
        else:
            self.action_leave(way)

    def action_rub_out(self) -> None:
        """Delete a character; with none left, tell it."""
        if self.value:
            self.action_delete_left()
        else:
            self.post_message(self.RubbedOut())


class ItemsPart(Part):
    """Searches with every key: an index answers in less than a frame, so no key waits."""

    title = mark("3 · Items")

    @dataclass
    class Added(Message):
        """An item was chosen."""

        item: str
        version: int

    @dataclass
    class BundleChosen(Message):
        """A bundle was chosen: some of its items are asked for."""

        bundle: Bundle

    @dataclass
    class Found(Message):
        """The results changed, and with them how much room is needed."""

    @dataclass
    class Removed(Message):
        """The last item was taken back."""

    def __init__(self, find: Find, find_bundles: FindBundles) -> None:
        """Search with these."""
        super().__init__(id="items")
        self._find = find
        self._find_bundles = find_bundles
        self._box = ItemBox("items")
        self._hits: tuple[ItemHit | Bundle, ...] = ()
        self._cursor = 0
        self._chosen: tuple[str, ...] = ()
        self.forecast = NOTHING

    def compose(self) -> ComposeResult:
        """What is chosen, the box, and what was found."""
        yield Told(id="items-chosen").with_tooltip(
            _("A click on ✕ takes the last item back, as Backspace does.")
        )
        yield self._box
        yield Told(id="items-found").with_tooltip(_("A click takes this one, as Enter does."))
        yield Note(id="items-note")

    def on_mount(self) -> None:
        """Say what may be typed."""
        self._box.placeholder = _("Name, pinyin initials or code of an item")
        self._show_hits()

    def show(self, draft: Draft, visit: Visit) -> None:
        """Show the items chosen."""
        self._chosen = tuple(one.item for one in draft.items)
        chosen = self.query_one("#items-chosen", Told)
        told = {one.item: one for one in self.forecast.items}
        count = len(visit.items)
        lines = [
            _drawn(n, one, draft, told.get(one.id), last=n == count)
            for n, one in enumerate(visit.items, 1)
        ]
        chosen.tell(Content("\n").join([*_named(draft), *lines]))
        chosen.display = bool(visit.items)

    def is_done(self, draft: Draft, visit: Visit) -> bool:
        """Whether an item is chosen, and all of them suit the applicant."""
        wrong = any(one.field == "items" for one in visit.verdict.problems)
        return bool(draft.items) and not wrong

    def enter(self) -> None:
        """To the search box."""
        self._box.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search at once, so that Enter can never take what an older text had found."""
        event.stop()
        self._hits = self._search(event.value) if event.value.strip() else ()
        self._cursor = 0
        self._show_hits()

    def on_item_box_walked(self, event: ItemBox.Walked) -> None:
        """Move through what was found."""
        event.stop()
        self._cursor = max(0, min(self._cursor + event.way, len(self._hits) - 1))
        self._show_hits()

    def on_item_box_rubbed_out(self, event: ItemBox.RubbedOut) -> None:
        """Take the last item back."""
        event.stop()
        if self._chosen:
            self.post_message(self.Removed())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Add what the cursor is on; with nothing typed, go on."""
        event.stop()
        if not event.value.strip():
            self.post_message(self.Finished(self))
        elif self._hits:
            self._take(self._hits[self._cursor])

    def on_click(self, event: Click) -> None:
        """A click on what was found takes it; one behind the last item takes that back."""
        place = place_at(event)
        if place == _LAST:
            self.post_message(self.Removed())
        elif place is not None and place < len(self._hits):
            self._take(self._hits[place])
        else:
            return
        self._box.focus()

    def _take(self, hit: ItemHit | Bundle) -> None:
        self._box.empty()
        self._hits = ()
        self._show_hits()
        if isinstance(hit, Bundle):
            self.post_message(self.BundleChosen(hit))
        elif hit.id in self._chosen:
            self.query_one("#items-note", Note).say(_("This item is chosen already."), "odd")
        else:
            self.post_message(self.Added(hit.id, hit.version))

    def _search(self, text: str) -> tuple[ItemHit | Bundle, ...]:
        """Bundles first: there are few, and whoever asks for one means all of it."""
        bundles = self._find_bundles(text, MOST_HITS)
        return (*bundles, *self._find(text, MOST_HITS - len(bundles)))

    def _show_hits(self) -> None:
        found = self.query_one("#items-found", Told)
        lines = [placed(self._hit(place), place) for place in range(len(self._hits))]
        found.tell(Content("\n").join(lines))
        found.display = bool(lines)
        nothing = bool(self._box.value.strip()) and not lines
        told = _("No item is found by this. Try a word of its name, or fewer letters.")
        self.query_one("#items-note", Note).say(told if nothing else "", "odd")
        self.post_message(self.Found())

    def _hit(self, place: int) -> Content:
        hit = self._hits[place]
        if isinstance(hit, Bundle):
            about = _n("bundle of {count} item", "bundle of {count} items", len(hit.nodes)).format(
                count=len(hit.nodes)
            )
        else:
            about = hit.department_name
        if place == self._cursor:
            return Content.styled(f"▸ {hit.name}  {about}", "bold $text on $primary")
        return Content.assemble("  ", hit.name, "  ", (about, "$foreground-muted"))


def _named(draft: Draft) -> list[Content]:
    """The bundle application that the items are of."""
    project = draft.project
    if project is None:
        return []
    return [
        Content.assemble((project.title, "bold"), (f"  {project.bundle.name}", "$foreground-muted"))
    ]


def _drawn(
    number: int, item: Item, draft: Draft, forecast: ItemForecast | None, *, last: bool
) -> Content:
    """An item with its department, its limit and its forecast; of a bundle with its stage."""
    limit = name_limit(item.promised or item.statutory)
    told = _("promised: {limit}") if item.promised else _("limit: {limit}")
    place = place_of(draft.project, item.id) if draft.project else None
    stage = f"{place.stage_name} · " if place else ""
    about = f"  {stage}{item.department_name} · {told.format(limit=limit)}"
    ahead = f"\n  {tell_item(forecast)}" if forecast else ""
    return Content.assemble(
        (f"{number} ", "bold $text-accent"),
        item.name,
        placed(Content(" ✕"), _LAST) if last else "",
        (about, "$foreground-muted"),
        (ahead, "$foreground-muted"),
    )
