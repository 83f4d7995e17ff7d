"""Rows that are all in memory: the simplest source of a listing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Rows(Generic[T]):
    """Things, and how each is written as cells and coloured."""

    def __init__(
        self,
        things: Sequence[T],
        write: Callable[[T], Sequence[str]],
        colour: Callable[[T], str] = lambda _thing: "",
        identify: Callable[[T], str] = lambda _thing: "",
    ) -> None:
        """Show these things in this order; those that `identify` names can be marked."""
        self.things = things
        self._write = write
        self._colour = colour
        self._identify = identify

    def __len__(self) -> int:
        """How many there are."""
        return len(self.things)

    def cells(self, index: int) -> Sequence[str]:
        """The texts of one row."""
        return self._write(self.things[index])

    def row_of(self, thing: T) -> Sequence[str]:
        """The texts of a thing, also of one that is not shown now."""
        return self._write(thing)

    def mark(self, index: int) -> str:
        """The component class of one row."""
        return self._colour(self.things[index])

    def identity(self, index: int) -> str:
        """What row it is, or nothing."""
        return self._identify(self.things[index])

    def find(self, identity: str) -> int | None:
        """Where a row stands; nothing where it is not, or has no name."""
        names = (n for n, one in enumerate(self.things) if self._identify(one) == identity)
        return next(names, None) if identity else None


class GroupedRows(Rows[T]):
    """Rows in the order of one cell, which stands first and is told where a group begins."""

    def __init__(
        self,
        things: Sequence[T],
        write: Callable[[T], Sequence[str]],
        colour: Callable[[T], str],
        identify: Callable[[T], str] = lambda _thing: "",
        *,
        place: int,
    ) -> None:
        """Group by the cell at this place."""
        super().__init__(things, write, colour, identify)
        self._place = place

    def cells(self, index: int) -> Sequence[str]:
        """The group, where it begins, and the other texts."""
        group, *others = self.whole(index)
        begins = not index or self.whole(index - 1)[0] != group
        return [group if begins else "", *others]

    def whole(self, index: int) -> list[str]:
        """The texts of one row with its group, wherever that begins."""
        return self.row_of(self.things[index])

    def row_of(self, thing: T) -> list[str]:
        """And so of a thing that is not shown now."""
        cells = list(super().row_of(thing))
        return [cells.pop(self._place), *cells]
