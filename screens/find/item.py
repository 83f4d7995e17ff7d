"""An item by itself: what it asks for, how long it takes, and who decides."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from clerk.contract.item import Item
from clerk.locale import _
from clerk.locale.punctuation import bracketed
from clerk.rules.flow import role_of
from screens.dialog import Dialog
from screens.widgets.hint import Hint
from screens.words import name_limit, word


class ItemScreen(Dialog[None]):
    """Lies over the box that found it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "close", show=False)]
    CSS_PATH = "item.tcss"
    AUTO_FOCUS = "#item-body"

    def __init__(self, item: Item) -> None:
        """Show this version."""
        super().__init__()
        self._item = item

    def compose(self) -> ComposeResult:
        """Name, limits, papers, steps."""
        with Vertical(classes="dialog wide"):
            yield Label(self._item.name, classes="dialog-title", markup=False)
            with VerticalScroll(id="item-body"):
                yield Static(Content("\n").join(_tell(self._item)))
            yield Hint(_("Escape: back"), "escape")

    def action_close(self) -> None:
        """Back to the box."""
        self.dismiss(None)


def _tell(item: Item) -> list[Content]:
    facts = [(_("Department"), item.department_name), (_("Code"), item.code)]
    if item.promised:
        facts.append((_("Promised"), name_limit(item.promised)))
    facts.append((_("Statutory"), name_limit(item.statutory)))
    lines = [Content.assemble((name, "$text-muted"), "  ", text) for name, text in facts if text]
    papers = [one.name for one in item.materials]
    lines += _part(_("Materials"), papers or [_("This item asks for no materials.")])
    return lines + _part(_("Flow"), [bracketed(one.name, word(role_of(one))) for one in item.flow])


def _part(title: str, texts: list[str]) -> list[Content]:
    if not texts:
        return []
    return [Content(""), Content.styled(title, "bold"), *(Content(f"· {one}") for one in texts)]
