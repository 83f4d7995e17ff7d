"""How a list in memory is arranged: by which column, which way round, and what is told once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from screens.widgets.column import Column

T = TypeVar("T")

Weigh = Mapping[str, Callable[[T], float | None]]
"""By a column's title, what its rows are sorted by where their text would mislead."""


class Arrangement(NamedTuple):
    """By which column, by its place; whether the last come first, or each group is told once.

    What is kept for later names the column: `by`, in whatever language it is spoken of.
    """

    place: int = -1
    backwards: bool = False
    grouped: bool = False
    by: str = ""

    @property
    def is_chosen(self) -> bool:
        """Whether it is by a column at all."""
        return bool(self.by) or self.place >= 0

    def within(self, columns: Sequence[Column]) -> Arrangement:
        """The same by its place where there is such a column, else as the list is."""
        names = [one.name for one in columns]
        place = self.place if not self.by else names.index(self.by) if self.by in names else -1
        if not 0 <= place < len(columns):
            return AS_IT_IS
        return Arrangement(place, self.backwards, self.grouped)


AS_IT_IS = Arrangement()


def in_order(
    things: Sequence[T],
    columns: Sequence[Column],
    write: Callable[[T], Sequence[str]],
    weigh: Weigh[T] | None,
    how: Arrangement,
) -> list[T]:
    """The things as it is wanted; what says nothing there stands last, whichever way."""
    if how.place < 0:
        return list(things)
    exactly = (weigh or {}).get(columns[how.place].title)
    keys = [_key(exactly(one) if exactly else write(one)[how.place]) for one in things]
    filled = [n for n, key in enumerate(keys) if key is not None]
    filled.sort(key=lambda n: keys[n] or _LEAST, reverse=how.backwards)
    empty = [n for n, key in enumerate(keys) if key is None]
    return [things[n] for n in (*filled, *empty)]


def headed(columns: Sequence[Column], how: Arrangement) -> list[Column]:
    """With the sign of the order; what is grouped by stands first, however narrow the list."""
    titled = list(columns)
    if how.place < 0:
        return titled
    if how.grouped:
        titled.insert(0, replace(titled.pop(how.place), from_width=0))
    else:
        titled[how.place] = replace(titled[how.place], sorted=-1 if how.backwards else 1)
    return titled


_LEAST = (0, 0.0, "")


def _key(told: str | float | None) -> tuple[int, float, str] | None:
    """Numbers by their size, words by their signs; nothing for what is empty and stands last."""
    if told is None or isinstance(told, int | float):
        return None if told is None else (0, float(told), "")
    plain = told.strip().replace(",", "")
    if plain.isdecimal():
        return (0, float(plain), "")
    return (1, 0.0, plain.casefold()) if plain else None
