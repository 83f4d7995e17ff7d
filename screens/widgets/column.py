"""What a list has beside each other, and how wide."""

from __future__ import annotations

from dataclasses import dataclass

from clerk.locale import _


@dataclass(frozen=True)
class Column:
    """A column's name and its width in terminal cells; 0 takes its `share` of what is left.

    The name is a marked message, the same in every language: what is kept of a list says it.
    It is left out of a list that is narrower than `from_width`; `wide` is its width where there is
    room. `sorted` is 1 for the column that the rows ascend by and -1 for the one that they descend
    by; its heading shows it. `order` names what a click on the heading asks for, and a click on a
    `box` is the space key on its row. Rows that are in memory can be grouped by a column that
    `groups`: many of them say the same there. `shown` stands above it in place of its name. A share
    is never more than `most`: a wide hole would part what stands in one line, and other columns
    may need the rest.
    """

    name: str
    width: int = 0
    from_width: int = 0
    share: int = 1
    sorted: int = 0
    order: str = ""
    box: bool = False
    groups: bool = False
    wide: int = 0
    shown: str = ""
    most: int = 0

    @property
    def title(self) -> str:
        """What stands above it, in the language spoken."""
        return self.shown or (_(self.name) if self.name else "")

    @property
    def heading(self) -> str:
        """The title, with the sign of the order in front, where no narrow column cuts it off."""
        text, sign = self.title.lstrip(), _ORDER_SIGNS[self.sorted]
        indent = self.title[: len(self.title) - len(text)]
        return (indent.removesuffix(" ") if sign else indent) + sign + text


_ORDER_SIGNS = {0: "", 1: "▲", -1: "▼"}
