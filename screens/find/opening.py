"""What Enter does with what was found, for whoever is here and whatever lies open below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from clerk.contract.draft import ChosenItem, Draft
from clerk.contract.user import Role
from clerk.locale import _
from clerk.rules.identifiers import Reading
from screens.base import DeskScreen
from screens.case.screen import CaseScreen
from screens.case.verbs import WORKERS, has_any
from screens.find.item import ItemScreen
from screens.intake.items import ItemsPart
from screens.intake.screen import IntakeScreen
from screens.lookup.asking import look_up_draft, look_up_number

Go = Callable[[], None]


class Opening:
    """Ways from a line to a screen; a walk-in that lies open takes the item or the person."""

    def __init__(self, screen: DeskScreen, *, leave: bool) -> None:
        """Open from this screen, which with `leave` goes away where a walk-in takes the choice."""
        self._screen = screen
        self._leave = leave
        self._below = _below(screen)

    @property
    def intake(self) -> IntakeScreen | None:
        """The walk-in that lies open right here or right below."""
        below = self._below
        return below if isinstance(below, IntakeScreen) and hasattr(below, "draft") else None

    def case(self, case_id: str) -> Go:
        """The page of a case."""
        return partial(self._screen.app.open_case, case_id)

    def draft(self, draft_id: str) -> Go:
        """A walk-in to go on with."""
        return partial(self._screen.app.open_intake, draft_id)

    def licence(self, text: str) -> Go:
        """Whether a licence is genuine."""
        return partial(self._screen.app.ways.to_verification, text)

    def item(self, item_id: str, version: int) -> Go:
        """Into the walk-in that is open; else a new one, or what the item asks for."""
        return partial(self._choose_item, item_id, version)

    def bundle(self, bundle_id: str) -> Go:
        """A new walk-in for the bundle."""
        return partial(self._choose_bundle, bundle_id)

    def person(self, reading: Reading) -> Go:
        """The card of somebody: for the walk-in or the case that is open, else with a reason."""
        return partial(self._open_person, reading)

    def tell_item(self) -> str:
        """What choosing an item does."""
        if self.intake is not None:
            return _("adds it to the walk-in")
        return _("begins a walk-in with it") if self._is_counter() else _("shows what it asks for")

    def tell_bundle(self) -> str:
        """What choosing a bundle does."""
        return _("begins a walk-in; choose the bundle there") if self._is_counter() else ""

    def tell_person(self) -> str:
        """What choosing a person does."""
        if self.intake is not None:
            return _("looks up for the walk-in")
        return _("asks for a reason and looks up; this is recorded")

    def _choose_item(self, item_id: str, version: int) -> None:
        intake = self.intake
        if intake is not None:
            self._go_back()
            intake.post_message(ItemsPart.Added(item_id, version))
        elif self._is_counter():
            self._begin((ChosenItem(item_id, version),))
        else:
            desk = self._screen.desk
            fetch = partial(desk.catalogue.item, item_id, version)
            self._screen.load(fetch, self._show_item, group="item")

    def _show_item(self, item: object) -> None:
        from clerk.contract.item import Item

        assert isinstance(item, Item), "the catalogue gives items"
        self._screen.app.push_screen(ItemScreen(item))

    def _choose_bundle(self, _bundle_id: str) -> None:
        if self._is_counter():
            self._begin(())
        else:
            self._screen.app.bell()

    def _begin(self, items: tuple[ChosenItem, ...]) -> None:
        drafts = self._screen.desk.drafts

        def begin() -> Draft:
            return drafts.save(replace(drafts.new(), items=items))

        self._screen.do(begin, done=lambda draft: self._screen.app.open_intake(draft.id))

    def _open_person(self, reading: Reading) -> None:
        user = self._screen.desk.present
        if user is None or not has_any(user, WORKERS):
            told = _("Looking people up is for those who work on cases.")
            self._screen.app.warn(told)
        elif self.intake is not None:
            intake = self.intake
            self._go_back()
            look_up_draft(intake, reading, intake.draft.id)
        else:
            case = self._below.case if isinstance(self._below, CaseScreen) else None
            look_up_number(self._screen, reading, case)

    def _go_back(self) -> None:
        if self._leave:
            self._screen.app.pop_screen()

    def _is_counter(self) -> bool:
        user = self._screen.desk.present
        return user is not None and user.has(Role.COUNTER)


def _below(screen: DeskScreen) -> DeskScreen | None:
    """What somebody worked at: the screen itself, or the one that the box lies over."""
    from screens.find.screen import FindScreen

    return next(
        (
            one
            for one in reversed(screen.app.screen_stack)
            if isinstance(one, DeskScreen) and not isinstance(one, FindScreen)
        ),
        None,
    )
