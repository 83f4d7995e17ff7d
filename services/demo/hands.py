"""What a clerk's and an approver's hands do in the demo, one function for each."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from pathlib import Path

from msgspec.structs import replace

from clerk.contract.case import MaterialState, Ticked
from clerk.contract.draft import ChosenItem, Draft, Tick
from clerk.contract.identity import IdKind
from clerk.contract.item import Act, Field, FieldKind
from clerk.contract.register import AskRegister
from clerk.errors import UnreachableError
from clerk.rules.case import Case
from clerk.rules.form import value_of
from clerk.rules.looking import due_offers, with_answer
from clerk.rules.verdict import Visit, facts_of
from services.bootstrap import Desk
from services.counter import Done
from services.demo.city import WINDOW, City, Staff
from services.intake import ReceivedVisit

OPINIONS = {Act.HANDLE: "材料齐全，符合法定形式。", Act.REVIEW: "经审核，符合条件。"}
AGREED = "同意。"
_SEALED_WITHIN_MS = 30_000
_LOOK_AGAIN_S = 0.2


def begin_visit(desk: Desk, id_kind: IdKind, id_number: str, name: str = "") -> Draft:
    """Type the number and fetch the card; with the line down, type the name."""
    draft = replace(desk.drafts.new(), id_kind=id_kind.value, id_text=id_number)
    try:
        return replace(draft, card=desk.lookup.card(id_kind, id_number, draft.id))
    except UnreachableError:
        return replace(draft, name=name)


def ask_registers(desk: Desk, draft: Draft, *, anew: bool = False) -> Draft:
    """Ask each register of others that the chosen items need, one after the other."""
    assert draft.card is not None, "the line is up"
    card, items = draft.card, tuple(one.item for one in draft.items)
    for offer in due_offers(card, items, {}):
        ask = AskRegister(
            register=offer.register,
            id_kind=IdKind(draft.id_kind),
            id_number=draft.id_text,
            items=items,
            anew=anew,
        )
        card = with_answer(card, desk.lookup.section(card, offer, ask))
    return replace(draft, card=card)


def await_seal(desk: Desk, case_id: str) -> Path:
    """The sealed licence of a case, which central seals in the seconds after the decision."""
    until = desk.clock.monotonic_ms() + _SEALED_WITHIN_MS
    while desk.cases.detail(case_id).case.licence_paper is None:
        assert desk.clock.monotonic_ms() < until, "what is granted is sealed"
        desk.sync.run_once()
        time.sleep(_LOOK_AGAIN_S)
    return desk.licences.print_licence(case_id)


def choose(desk: Desk, draft: Draft, typed: Collection[str]) -> Draft:
    """Choose an item for each text that was typed into the search box."""
    hits = [desk.catalogue.find(text)[0] for text in typed]
    return replace(draft, items=tuple(ChosenItem(hit.id, hit.version) for hit in hits))


def answer(desk: Desk, draft: Draft, wanted: Mapping[str, str]) -> Draft:
    """Answer the situations until none is open; what nobody wants gets its first option."""
    while True:
        visit = desk.intake.view(draft)
        asked = [one for one in visit.situations if one.key not in draft.answers]
        if not asked:
            return draft
        chosen = {
            one.key: wanted.get(one.situation.key, one.situation.options[0].key) for one in asked
        }
        draft = replace(draft, answers={**draft.answers, **chosen})


def tick_all(desk: Desk, draft: Draft, leave_out: Collection[str] = ()) -> Draft:
    """Tick every paper as seen, but those left out by name, and type every field."""
    visit = desk.intake.view(draft)
    ticks = {
        line.key: Tick(state=MaterialState.PROVIDED, originals=line.originals, copies=line.copies)
        for line in visit.lines
        if not line.exempted and line.name not in leave_out
    }
    return replace(draft, ticks=ticks, fields=_typed(draft, visit, desk.today))


def receive(desk: Desk, draft: Draft) -> ReceivedVisit:
    """Save what was typed and give the receipt."""
    return desk.intake.receive(desk.drafts.save(draft))


def hand_in_all(desk: Desk, case_id: str) -> Done:
    """Bring everything that is missing."""
    case = desk.cases.detail(case_id).case
    missing = {one.key for one in case.missing}
    ticks = tuple(
        Ticked(
            key=one.key,
            name=one.name,
            state=MaterialState.PROVIDED,
            originals=one.originals,
            copies=one.copies,
        )
        for one in case.terms.materials
        if one.key in missing
    )
    return desk.counter.hand_in(case_id, ticks)


def work_through(city: City, case_id: str, tell: Callable[[Case, str], None]) -> Desk:
    """Carry a case through its flow, each step by somebody else, up to the one that decides.

    Returns the desk of whoever decides, with the case claimed.
    """
    while True:
        case = _look(city.desk(WINDOW), case_id)
        step = case.present_step
        assert step is not None, "an undecided case stands in a step"
        department = step.department or case.terms.department
        desk = city.desk(department)
        login = _login(city.told.staff[department], step.act)
        desk.session.sign_in(login, city.told.password)
        _look(desk, case_id)
        desk.casework.claim(case_id)
        tell(case, desk.session.get_user().name)
        if step.may_decide:
            return desk
        desk.casework.pass_step(case_id, OPINIONS.get(step.act, AGREED))


def _look(desk: Desk, case_id: str) -> Case:
    """The case as a desk sees it once it has fetched what changed."""
    desk.sync.run_once()
    return desk.cases.detail(case_id).case


def _login(staff: Staff, act: Act) -> str:
    return {Act.HANDLE: staff.handler, Act.REVIEW: staff.reviewer}.get(act, staff.approver)


def _typed(draft: Draft, visit: Visit, today: date) -> dict[str, str]:
    facts = facts_of(draft)
    return {
        line.key: value_of(line, draft.fields, facts) or _plausible(line.field, draft, today)
        for line in visit.fields
    }


def _plausible(field: Field, draft: Draft, today: date) -> str:
    """Something that such a field may hold."""
    if field.kind is FieldKind.CHOICE:
        return field.options[0].key
    return {
        FieldKind.NUMBER: "120",
        FieldKind.MONEY: "500000",
        FieldKind.DATE: (today + timedelta(days=30)).isoformat(),
        FieldKind.PHONE: "15400000000",
        FieldKind.ADDRESS: "示范路1号",
        FieldKind.IDENTIFIER: draft.id_text,
    }.get(field.kind, "示范内容")
