"""One refused act beside its case: what it was, what was typed, what it is now, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from clerk.contract.answer import Conclusion
from clerk.contract.command import ReceiveCase
from clerk.errors import ClerkError
from clerk.locale import _, mark
from clerk.rules.conflict import Difference
from screens.base import DeskScreen
from screens.case.events import name_actor
from screens.commands import name_command
from screens.keymap import bindings
from screens.lights import name_moment
from screens.sync.entries import tell_reason, tell_typed
from screens.sync.mend_keys import MendKeys
from screens.sync.spots import name_spot, name_value
from screens.telling import explain
from screens.widgets.column import Column
from screens.widgets.key_bar import KeyBar
from screens.widgets.listing import Listing
from screens.widgets.rows import Rows
from screens.widgets.status_bar import StatusBar
from services.mending import Conflict


class MendScreen(DeskScreen):
    """Take what is there now, send one's own again, go back to the draft, or copy it out."""

    CSS_PATH = "mend.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("deal", "discard", "copy", "refresh", "back"),
    ]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = {
        "deal": (mark("Once more"), mark("Do what was refused once more")),
        "discard": (
            mark("Clear away"),
            mark("Leave the case as it is now, and let go of the act"),
        ),
    }
    AUTO_FOCUS = "#differences"

    listing = getters.query_one("#differences", Listing)
    whole = getters.query_one("#mend-whole", Static)

    def __init__(self, n: int) -> None:
        """Show the refused act of this number."""
        super().__init__()
        self._n = n
        self._found: Conflict | None = None
        self._keys = MendKeys(self, self.leave)

    def compose(self) -> ComposeResult:
        """Why it was refused, what differs, and the line under the cursor in whole."""
        yield StatusBar()
        yield Static("", id="mend-head")
        yield Static("", id="mend-why")
        yield Listing(_columns(), empty=self._say_nothing, id="differences")
        with VerticalScroll(id="mend-pane"):
            yield Static("", id="mend-whole")
        yield KeyBar()

    def reload(self) -> None:
        """Look anew: somebody may have changed the case once more."""
        self.load(
            lambda: self.desk.mending.look(self._n), self._show, group="mend", failed=self._lose
        )

    def label_of(self, binding: Binding) -> str:
        """What it comes to for this act."""
        if binding.id == "deal" and self._is_receipt():
            return mark("Draft again")
        if binding.id == "discard" and self._is_conflict():
            return mark("Take theirs")
        return super().label_of(binding)

    def tip_of(self, binding: Binding) -> str:
        """The same in a sentence."""
        tips = {
            "deal": mark("Make the receipt a draft again, with all that was typed"),
            "discard": mark("Clear away what central refused"),
        }
        if self._is_receipt() and binding.id in tips:
            return tips[binding.id]
        return super().tip_of(binding)

    def on_listing_moved(self, _event: Listing.Moved) -> None:
        """Show the line under the cursor in whole."""
        self._show_whole()

    def on_listing_chosen(self, _event: Listing.Chosen) -> None:
        """Open the case."""
        if self._found is not None:
            self._keys.open_case(self._found.entry)

    def action_deal(self) -> None:
        """Do it once more."""
        if self._found is not None:
            self._keys.once_more(self._found)

    def action_discard(self) -> None:
        """Leave the case as it is now."""
        if self._found is not None:
            self._keys.let_go(self._found.entry)

    def action_copy(self) -> None:
        """Copy what was typed."""
        if self._found is not None:
            self._keys.copy(self._found.entry)

    def _show(self, found: Conflict) -> None:
        self._found = found
        entry = found.entry
        told = _("{act} · typed by {name} on {moment}").format(
            act=name_command(entry.command), name=found.by or "–", moment=name_moment(entry.at)
        )
        self.query_one("#mend-head", Static).update(Content.styled(told, "bold"))
        lines = [*tell_reason(entry), *_advise(found)]
        self.query_one("#mend-why", Static).update(
            Content("\n").join(line for line in lines if line.plain)
        )
        self.listing.display = bool(found.differences)
        self.listing.show_columns(_columns())
        self.listing.show(Rows(found.differences, _cells, _colour))
        if not found.differences:
            self.query_one("#mend-pane").focus()
        self._show_whole()
        self.refresh_bindings()

    def _show_whole(self) -> None:
        if self._found is None:
            return
        index, found = self.listing.cursor, self._found
        lines: list[Content] = []
        if index < len(found.differences):
            lines += [*_tell_whole(found.differences[index]), Content("")]
        lines += [Content.styled(_("All that was typed"), "$text-muted"), *tell_typed(found.entry)]
        if len(lines) == 1:
            lines = [Content(_("Nothing was typed for this act."))]
        self.whole.update(Content("\n").join(lines))

    def _say_nothing(self) -> str:
        return ""

    def _lose(self, problem: ClerkError) -> None:
        """It was dealt with, elsewhere or by an act that took its place.

        While an act of this screen goes on, that act says what comes next.
        """
        if self.is_busy:
            return
        self.leave()
        if problem.code != "outbox.not_refused":
            self.app.tell_problem(problem)

    def _is_receipt(self) -> bool:
        return self._found is not None and isinstance(self._found.entry.command, ReceiveCase)

    def _is_conflict(self) -> bool:
        answer = self._found.entry.answer if self._found else None
        return answer is not None and answer.conclusion is Conclusion.CONFLICT


def _advise(found: Conflict) -> Iterator[Content]:
    """What can be done, in a sentence."""
    if isinstance(found.entry.command, ReceiveCase):
        yield Content(_("Make it a draft again (Ctrl+A): everything typed and ticked is in it."))
    elif _needs_upgrade(found):
        yield Content(_("When central has its update, send it again (Ctrl+A)."))
    elif not found.comparable:
        text = _("The case is not on this desk, or is locked: it cannot be compared now.")
        yield Content.styled(text, "$text-warning")
    elif found.outdated:
        text = _("What central holds now has not come here yet: press F5.")
        yield Content.styled(text, "$text-warning")
    elif found.still is None:
        yield Content(_("On the case as it is now it would be taken: send it again (Ctrl+A)."))
    elif found.entry.answer and found.still == found.entry.answer.refusal:
        yield Content(_("It would be refused now too, for the same reason."))
    else:
        why = explain(found.still.code, found.still.parameters).what
        yield Content(_("As the case stands now: {why}").format(why=why))


def _needs_upgrade(found: Conflict) -> bool:
    answer = found.entry.answer
    return answer is not None and answer.conclusion is Conclusion.NEEDS_UPGRADE


def _columns() -> list[Column]:
    return [
        Column("", 2),
        Column(mark("What")),
        Column(mark("Before")),
        Column(mark("You")),
        Column(mark("Now")),
        Column(mark("By"), 12, 70),
    ]


def _cells(one: Difference) -> Sequence[str]:
    return (
        _sign(one),
        name_spot(one.spot),
        name_value(one.before),
        name_value(one.mine) if one.is_mine else "",
        name_value(one.now),
        name_actor(one.change) if one.change else "",
    )


def _sign(one: Difference) -> str:
    if one.is_contested:
        return "!"
    if one.is_agreed:
        return "="
    return "→" if one.is_mine else "←"


def _colour(one: Difference) -> str:
    return "listing--red" if one.is_contested else ""


def _tell_whole(one: Difference) -> Iterator[Content]:
    yield Content.assemble((name_spot(one.spot), "bold"), "  ", (_explain_sign(one), "$text-muted"))
    yield _line(_("When you looked"), name_value(one.before))
    if one.is_mine:
        yield _line(_("You"), name_value(one.mine))
    yield _line(_("Now"), name_value(one.now))
    if one.change is not None:
        who = _("{name}, {moment}").format(
            name=name_actor(one.change), moment=name_moment(one.change.at)
        )
        yield _line(_("Changed by"), who)


def _explain_sign(one: Difference) -> str:
    if one.is_contested:
        return _("! You both changed this, and not to the same.")
    if one.is_agreed:
        return _("= You both changed this to the same; nothing is left to do here.")
    if one.is_mine:
        return _("→ Only you would change this.")
    return _("← Only the other changed this.")


def _line(label: str, text: str) -> Content:
    return Content.assemble((label + "  ", "$text-muted"), text)
