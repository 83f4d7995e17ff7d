"""The second part: name, phone and address, and who acts for the applicant."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.message import Message

from clerk.contract.answer import Refusal
from clerk.contract.draft import Draft
from clerk.contract.party import PartyKind
from clerk.locale import _, mark
from clerk.rules.exemption import same_name
from clerk.rules.typed import fold_width
from clerk.rules.verdict import Visit, applicant_name, party_kind
from screens.intake.card import CardState, CardView, LookUpState
from screens.intake.choices import Choices
from screens.intake.identity import FULL_LENGTH
from screens.intake.part import Part
from screens.intake.row import FieldRow
from screens.words import explain_field, explain_identifier, name_lack, word

_LABELS: dict[str, str] = {
    "name": mark("Name"),
    "phone": mark("Phone"),
    "address": mark("Address"),
    "representative": mark("Legal representative"),
    "agent_name": mark("Agent's name"),
    "agent_id": mark("Agent's ID number"),
    "agent_phone": mark("Agent's phone"),
}
_NUMBERS = ("phone", "agent_id", "agent_phone")
_AGENT = ("agent_name", "agent_id", "agent_phone")
_FACTS: dict[str, tuple[str, ...]] = {
    "phone": ("person.phone", "organisation.phone"),
    "address": ("person.address", "organisation.address"),
    "representative": ("organisation.representative",),
}


class ApplicantPart(Part):
    """What is known is shown in grey and need not be typed; what is typed wins."""

    title = mark("2 · Applicant")

    @dataclass
    class Edited(Message):
        """A text of the draft changed; `attribute` names it."""

        attribute: str
        text: str

    def __init__(self) -> None:
        """A row for each text."""
        super().__init__(id="applicant")
        self._rows = {
            name: FieldRow(name, _(label), fold_width if name in _NUMBERS else str)
            for name, label in _LABELS.items()
        }
        self._rows["agent_id"].box.add_class("scan-identifier")
        self._kinds = Choices("agent_id_kind", enter_takes=True)
        self._state = CardState()
        self._draft: Draft | None = None

    def compose(self) -> ComposeResult:
        """The card where there is no room beside, and the rows; the agent's documents below."""
        yield CardView(id="card-inside", brief=True)
        for name, row in self._rows.items():
            yield row
            if name == "agent_id":
                yield self._kinds

    def show_card(self, state: CardState) -> None:
        """Remember how far the asking has come: where it failed, the name is typed."""
        self._state = state

    def show(self, draft: Draft, visit: Visit) -> None:
        """Show what was typed, in front of what is known."""
        self._draft = draft
        for name, row in self._rows.items():
            row.box.show_value(str(getattr(draft, name)))
            row.box.placeholder = self._on_record(draft, name)
        organisation = party_kind(visit.reading.kind) is PartyKind.ORGANISATION
        self._rows["representative"].display = organisation
        lacks = {one.field: one for one in visit.verdict.problems}
        for name in ("phone", *_AGENT):
            self._rows[name].note.say(
                _explain(lacks[name], visit) if name in lacks else "", "wrong"
            )
        candidates = visit.agent.candidates if visit.agent else ()
        self._kinds.offer([(one.value, word(one)) for one in candidates])
        self._kinds.display = bool(candidates)
        self._say_about_name(draft, visit)

    def is_done(self, draft: Draft, visit: Visit) -> bool:
        """Whether there is a name, and an agent is whole where there is one."""
        about = {"name", *_AGENT}
        return bool(draft.id_text) and not any(one.field in about for one in visit.verdict.problems)

    def enter(self) -> None:
        """To the first text that is lacking; where none is, to the phone."""
        self._rows[self._lacking("") or "phone"].box.focus()

    def on_field_row_typed(self, event: FieldRow.Typed) -> None:
        """Tell upward."""
        event.stop()
        self.post_message(self.Edited(event.row.place_name, event.text))

    def on_field_row_entered(self, event: FieldRow.Entered) -> None:
        """To the next text that is lacking; where none is, on to the next part."""
        event.stop()
        if event.row.place_name == "agent_id" and self._kinds.display:
            self._kinds.focus()
        else:
            self._go_on(event.row.place_name)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Keep to the document that was named, and go on behind the number."""
        event.stop()
        self._rows["agent_id"].box.focus()
        self.post_message(self.Edited("agent_id_kind", event.key))
        self._go_on("agent_id")

    def _go_on(self, after: str) -> None:
        name = self._lacking(after)
        if name:
            self._rows[name].box.focus()
        else:
            self.post_message(self.Finished(self))

    def _lacking(self, after: str) -> str:
        """The next text to ask for, the name before all; the agent's only where one is begun."""
        assert self._draft is not None, "a part is shown before it is entered"
        draft = self._draft
        if after != "name" and self._must_ask_name(draft):
            return "name"
        asked = ["phone", "address", "representative"]
        if draft.agent_name or draft.agent_id or after in _AGENT:
            asked.extend(_AGENT)
        order = list(_LABELS)
        later = order[order.index(after) + 1 :] if after else order
        for name in later:
            shown = self._rows[name].display and name in asked
            if shown and not getattr(draft, name) and not self._known(draft, name):
                return name
        return ""

    def _must_ask_name(self, draft: Draft) -> bool:
        return not applicant_name(draft) and self._state.look_up is not LookUpState.ASKING

    def _known(self, draft: Draft, name: str) -> str:
        """What need not be typed; a masked number on record does not count."""
        on_record = self._on_record(draft, name)
        return "" if "*" in on_record else on_record

    def _on_record(self, draft: Draft, name: str) -> str:
        if draft.card is None:
            return ""
        if name == "name":
            return draft.card.name
        facts = draft.card.facts
        return next((facts[fact] for fact in _FACTS.get(name, ()) if facts.get(fact)), "")

    def _say_about_name(self, draft: Draft, visit: Visit) -> None:
        note = self._rows["name"].note
        if visit.reading.valid and self._must_ask_name(draft):
            note.say(_("Needed: type it as on the document."), "odd")
        elif draft.card and draft.card.name and not draft.name:
            note.say(_("From the register"))
        elif draft.card and draft.card.name and not same_name(draft.name, draft.card.name):
            note.say(_("On record: {name}").format(name=draft.card.name), "odd")
        else:
            note.say("")


def _explain(lack: Refusal, visit: Visit) -> str:
    """What is wrong with a text, or that it is needed, to stand beside it."""
    if lack.code.endswith(".phone_wrong"):
        return explain_field(lack)
    needed = _("Needed: {what}").format(what=name_lack(lack))
    return (_explain_number(visit) if lack.field == "agent_id" else "") or needed


def _explain_number(visit: Visit) -> str:
    """What is wrong with an agent's number that is typed to its end, or fits several documents."""
    agent = visit.agent
    if agent and agent.candidates:
        return _("More than one document has such numbers: type on, or Enter to say which")
    if agent is None or len(agent.number) < FULL_LENGTH:
        return ""
    return explain_identifier(agent.problems[0])
