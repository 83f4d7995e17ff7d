"""The intake: one walk-in on one screen, from the ID number to the receipt."""

from __future__ import annotations

import logging
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.widget import Widget

from clerk.contract.case import MaterialState
from clerk.contract.draft import ChosenItem, Draft
from clerk.errors import ClerkError
from clerk.locale import _
from clerk.log import write_failure
from clerk.rules.verdict import Visit, applicant_name
from screens.base import DeskScreen
from screens.dialogs import Confirm
from screens.intake.applicant import ApplicantPart
from screens.intake.bundle import BundleChooser, without_last_item
from screens.intake.card import CardState, CardView, LookUpState
from screens.intake.checklist import Checklist, ChecklistPart
from screens.intake.fields import FieldsPart
from screens.intake.identity import FULL_LENGTH, IdentityPart
from screens.intake.items import ItemsPart
from screens.intake.keeper import KEEP_AFTER_S, DraftKeeper, is_blank
from screens.intake.part import Part
from screens.intake.rail import Rail
from screens.intake.received import ReceivedScreen
from screens.intake.register import ASKS_AGAIN, CardRegister, subject_of
from screens.intake.scans import DraftScans
from screens.intake.sight import Parts, Sight, part_of
from screens.intake.situations import SituationsPart
from screens.intake.verdict import VerdictBar
from screens.intake.whole_card import WholeCard
from screens.keymap import bindings
from screens.widgets.key_bar import KeyBar
from screens.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from services.intake import ReceivedVisit

_log = logging.getLogger("clerk.screens")


class IntakeScreen(DeskScreen):
    """Holds the draft, the only truth typed so far; its parts show it and tell what was typed."""

    CSS_PATH = "screen.tcss"
    # Textual declares it with a type that no class variable has.
    HORIZONTAL_BREAKPOINTS: ClassVar = [(0, "-narrow"), (120, "-wide")]  # type: ignore[misc]
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("receive", "scan", "park", "look_up", "next_part", "refresh", "discard", "back"),
    ]
    LABELS: ClassVar[dict[str, tuple[str, str]]] = ASKS_AGAIN
    AUTO_FOCUS = None

    def __init__(self, draft_id: str | None = None, *, keep_after_s: float = KEEP_AFTER_S) -> None:
        """Go on with a draft, or begin a new one; a change is kept after so many seconds."""
        super().__init__()
        self._draft_id = draft_id
        self._keep_after_s = keep_after_s
        self._card = CardState()
        self._sight = Sight(self)
        self._restored = False
        self.draft: Draft
        self.visit: Visit
        self._keeper: DraftKeeper
        self._register: CardRegister

    def compose(self) -> ComposeResult:
        """Rail, parts and card side by side; the verdict below."""
        yield StatusBar()
        with Horizontal(id="intake-body"):
            yield Rail()
            with Parts(id="intake-parts", can_focus=False):
                yield IdentityPart(self.app.trial)
                yield ApplicantPart()
                yield ItemsPart(self.desk.catalogue.find, self.desk.catalogue.find_bundles)
                yield SituationsPart()
                yield ChecklistPart()
                yield FieldsPart()
            with VerticalScroll(id="intake-side", can_focus=False):
                yield CardView(id="card-beside")
        yield VerdictBar()
        yield KeyBar()

    def on_mount(self) -> None:
        """Open the draft before the first key arrives; the store answers in a millisecond."""
        drafts = self.desk.drafts
        try:
            self.draft = drafts.get(self._draft_id) if self._draft_id else drafts.new()
            self.visit = self.desk.intake.view(self.draft)
        except ClerkError as problem:
            self.app.pop_screen()
            self.app.tell_problem(problem)
            return
        self._keeper = DraftKeeper(
            drafts.save, self._run_in_app, self.app.tell_problem, self._keep_after_s
        )
        self._register = CardRegister(self.desk.lookup.section, self._run_look_up, self._take_card)
        if self.draft.card:
            self._card = CardState(LookUpState.ANSWERED, self.draft.card)
            subject = subject_of(self.desk.lookup, self.visit.reading, self.draft.id)
            self._register.remember(subject, self.draft.card)
        self._show()
        self.call_after_refresh(self._restore, self.draft.focus)

    def on_unmount(self) -> None:
        """Whatever closes the screen, nothing typed is lost."""
        if hasattr(self, "_keeper"):
            self._register.close()
            try:
                self._keeper.flush()
            except ClerkError as problem:
                write_failure(_log, "draft.not_kept", problem)

    async def recompose(self) -> None:
        """Drawn anew, as with another language: the same draft, the same field."""
        place, self._restored = self.draft.focus, False
        await super().recompose()
        self.call_after_refresh(self._restore, place)

    def reload(self) -> None:
        """The catalogue may have changed below."""
        if hasattr(self, "draft") and not self._busy:
            self._show()
            DraftScans(self).show()

    # What the parts tell

    def on_identity_part_edited(self, event: IdentityPart.Edited) -> None:
        """A number as typed; the card of another number goes."""
        self._card = CardState()
        self._register.forget()
        self._change(id_text=event.text, id_kind="", card=None)
        if self.visit.reading.valid and len(self.visit.reading.number) == FULL_LENGTH:
            self._look_up()

    def on_identity_part_kind_chosen(self, event: IdentityPart.KindChosen) -> None:
        """The document was named by a person."""
        self._change(id_kind=event.kind.value)
        self.on_identity_part_confirmed()

    def on_identity_part_confirmed(self) -> None:
        """Ask the register, and go on meanwhile where the number is good."""
        self._look_up()
        if self.visit.reading.valid:
            self._enter_after(self.query_one(IdentityPart))

    def on_applicant_part_edited(self, event: ApplicantPart.Edited) -> None:
        """A text about the applicant or the agent; another number is read anew."""
        kind = {"agent_id_kind": ""} if event.attribute == "agent_id" else {}
        self._change(**{event.attribute: event.text}, **kind)

    def on_items_part_added(self, event: ItemsPart.Added) -> None:
        """One more item."""
        self._change(items=(*self.draft.items, ChosenItem(event.item, event.version)))

    def on_items_part_bundle_chosen(self, event: ItemsPart.BundleChosen) -> None:
        """A bundle: which items of it, for which project."""
        BundleChooser(self, self._change).choose(event.bundle, self.draft, self.visit)

    def on_items_part_found(self) -> None:
        """See what was found."""
        self._sight.keep()

    def on_items_part_removed(self) -> None:
        """One item less; what was ticked and answered for it stays, should it come back."""
        self._change(without_last_item(self.draft))

    def on_situations_part_answered(self, event: SituationsPart.Answered) -> None:
        """An answer."""
        self._change(answers=self.draft.answers | {event.key: event.option})

    def on_checklist_ticked(self, event: Checklist.Ticked) -> None:
        """Ticks, or their taking back."""
        ticks = self.draft.ticks | {key: one for key, one in event.ticks.items() if one}
        for key, one in event.ticks.items():
            if one is None or one.state is MaterialState.MISSING:
                ticks.pop(key, None)
        self._change(ticks=ticks)

    def on_fields_part_edited(self, event: FieldsPart.Edited) -> None:
        """A field of the form."""
        self._change(fields=self.draft.fields | {event.key: event.text})

    def on_part_finished(self, event: Part.Finished) -> None:
        """To the next part; after the last, to what is lacking."""
        self._enter_after(event.part)

    def on_resize(self) -> None:
        """Where one types stays in sight on a terminal that became smaller."""
        self._sight.keep()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember the very field."""
        self._remember(event.widget)

    def on_checklist_moved(self) -> None:
        """Remember the very line."""
        if self.focused is not None:
            self._remember(self.focused)

    # What the keys do

    def action_receive(self) -> None:
        """Give the receipt, or go to what stands in its way."""
        problems = self.visit.verdict.problems
        if problems:
            self.app.warn(_("No receipt yet: what is missing stands below, the first of it here."))
            self._go_to_problem(problems[0].field)
            return
        draft = self.draft
        self.do(
            lambda: self._keeper.finish(lambda: self.desk.intake.receive(draft)),
            done=self._show_received,
        )

    def action_scan(self) -> None:
        """A scan of the paper under the cursor."""
        DraftScans(self).scan()

    def action_park(self) -> None:
        """Put the walk-in aside."""
        self._change(parked=True)
        self.do(
            self._keeper.flush, done=lambda _done: self._leave(_("Put aside; nothing is lost."))
        )

    def action_discard(self) -> None:
        """Throw the draft away, once asked."""
        question = _("Throw this walk-in away? What was typed will be gone.")
        self.app.push_screen(Confirm(question), self._discard_if)

    def action_refresh(self) -> None:
        """Ask the register once more; without a number, send and fetch."""
        if not self.visit.reading.valid:
            super().action_refresh()
            return
        self._register.forget(anew=True)
        self._look_up()

    def action_look_up(self) -> None:
        """The whole card, where there is no room for it beside."""
        self.app.push_screen(WholeCard(self._card))

    def action_next_part(self) -> None:
        """To the next part, whatever is lacking in this one."""
        active = self._active_part()
        parts = self._needed_parts()
        place = parts.index(active) + 1 if active in parts else 0
        parts[place % len(parts)].enter()

    def action_back(self) -> None:
        """Leave; the draft stays."""
        if is_blank(self.draft):
            self._discard("")
        else:
            self.do(self._keeper.flush, done=lambda _done: self._leave(""))

    # The register

    def _look_up(self) -> None:
        """Of an old number central tells nothing, and puts on record that it was brought."""
        if self.visit.reading.valid or self.visit.reading.is_old:
            self._register.ask(subject_of(self.desk.lookup, self.visit.reading, self.draft.id))
            self._register.choose([one.item for one in self.draft.items])

    def _take_card(self, state: CardState) -> None:
        """How the asking goes; an answer goes into the draft and moves nothing one types in."""
        with self._sight.held():
            self._show_card(state)
            if state.card is not None and state.card != self.draft.card:
                self._change(card=state.card, parked=self.draft.parked)

    def _run_look_up(self, work: Coroutine[None, None, None], group: str) -> object:
        return self.run_worker(work, group=group, exclusive=True)

    # The draft

    def _change(self, draft: Draft | None = None, /, **changes: Any) -> None:  # noqa: ANN401 - attributes of several types
        """Take a change, or a draft that was changed elsewhere, keep it, show it."""
        if "parked" not in changes:
            changes["parked"] = False
        self.draft = msgspec.structs.replace(draft or self.draft, **changes)
        self._keeper.keep(self.draft)
        self._show()
        if "items" in changes or draft is not None:
            self._register.choose([one.item for one in self.draft.items])

    def _remember(self, widget: Widget) -> None:
        place = getattr(widget, "place", "")
        if place and self._restored and place != self.draft.focus:
            self.draft = msgspec.structs.replace(self.draft, focus=place)
            self._keeper.keep(self.draft)
        self._show_rail()
        self._sight.keep()

    def _restore(self, place: str) -> None:
        """Put the cursor where it stood, else into the first box."""
        found = (part.find_place(place) for part in self._parts()) if place else iter(())
        target = next((widget for widget in found if widget is not None), None)
        if target is None:
            self.query_one(IdentityPart).enter()
        else:
            target.focus()
        self._restored = True
        self._look_up()

    # What is shown

    def _show(self) -> None:
        self.visit = self.desk.intake.view(self.draft)
        forecast = self.desk.forecasts.of_visit(self.visit.items, self.draft.project)
        self._show_card(self._card)
        self.query_one(ItemsPart).forecast = forecast
        for part in self._parts():
            part.show(self.draft, self.visit)
        bar = self.query_one(VerdictBar)
        bar.verdict, bar.forecast = self.visit.verdict, forecast
        name = applicant_name(self.draft)
        bar.border_title = Content(f" {name} ") if name else None
        self._show_rail()
        self._sight.keep()

    def _show_card(self, state: CardState) -> None:
        shown, self._card = state != self._card, state
        today = self.desk.today
        for view in self.query(CardView):
            view.show(state, today)
        if isinstance(self.app.screen, WholeCard):
            self.app.screen.show(state)
        part = self.query_one(ApplicantPart)
        part.show_card(state)
        if shown:
            part.show(self.draft, self.visit)

    def _show_rail(self) -> None:
        active = self._active_part()
        stops = [part.stop(self.draft, self.visit, active) for part in self._parts()]
        self.query_one(Rail).show(stops)

    def _show_received(self, visit: ReceivedVisit) -> None:
        self.app.switch_screen(ReceivedScreen(visit, self.visit, self.draft))

    # Going about

    def _parts(self) -> list[Part]:
        return list(self.query(Part))

    def _needed_parts(self) -> list[Part]:
        return [part for part in self._parts() if part.is_needed(self.visit)]

    def _active_part(self) -> Part | None:
        return part_of(self.focused)

    def _enter_after(self, part: Part) -> None:
        """The next part; after the last, the first that lacks something."""
        parts = self._parts()
        later = [one for one in parts[parts.index(part) + 1 :] if one.is_needed(self.visit)]
        lacking = [one for one in self._needed_parts() if not one.is_done(self.draft, self.visit)]
        if later or lacking:
            (later or lacking)[0].enter()
        else:
            self.app.say(_("All is there: Ctrl+R gives the receipt."))

    def _go_to_problem(self, field: str) -> None:
        for place in (field, f"answer:{field}"):
            for part in self._parts():
                widget = part.find_place(place)
                if widget is not None:
                    widget.focus()
                    return

    def _leave(self, told: str) -> None:
        self.app.pop_screen()
        if told:
            self.app.say(told)

    def _discard_if(self, yes: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
        if yes:
            self._discard(_("Thrown away."))

    def _discard(self, told: str) -> None:
        draft_id = self.draft.id
        self.do(
            lambda: self._keeper.finish(lambda: self.desk.drafts.discard(draft_id)),
            done=lambda _done: self._leave(told),
        )

    def _run_in_app(self, work: Coroutine[None, None, None]) -> object:
        """In a worker of the app's own: a screen that closes does not cut a save short."""
        return self.app.run_worker(work, group="drafts")
