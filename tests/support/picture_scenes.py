"""What lies on the desks of the demo city while its pictures are taken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from clerk.contract.case import SupplementLine
from clerk.contract.draft import Draft
from clerk.contract.identity import IdKind
from clerk.rules.specimens import SpecimenOrganisation
from services.bootstrap import Desk
from services.demo import hands
from services.demo.city import WINDOW, City
from services.demo.day import NURSE, RESTAURANT, play_day
from services.demo.telling import Teller

TEACHER = ("教师资格认定",)
DRAINAGE = ("污水排入排水管网许可",)
SHOP = ("个体工商户设立登记",)
_FIRST_EXTRA = 5
"""The people before this one have their part in the day that is played."""


class Prepared:
    """A day has been played, and more people have come since."""

    def __init__(self, city: City, folder: Path) -> None:
        """Play the day and receive the others; papers go into the folder."""
        self.city = city
        play_day(city, Teller(lambda _text: None, folder))
        self.desk = city.desk(WINDOW)
        self.desk.session.sign_in(city.told.counter[0], city.told.password)
        self.firm = self._find_firm()
        self._people = iter(city.told.people[_FIRST_EXTRA:])
        self.to_accept = self._receive(TEACHER)
        self._accept(*self._receive(SHOP))
        self._ask(self._receive(NURSE, leave_out=1)[0])
        self.ready = self._grant(self._receive(RESTAURANT, self.firm))
        self.deciding = self._bring_to_approver(self._receive(DRAINAGE, city.told.organisations[3]))
        self.parked = self._park()
        self.level()

    def level(self) -> None:
        """Send and fetch at the window."""
        self.desk.sync.run_once()

    def receive_without_line(self) -> None:
        """Two more walk-ins while central is away."""
        self._receive(TEACHER, level=False)
        self._receive(NURSE, level=False)

    def _find_firm(self) -> SpecimenOrganisation:
        """A firm whose business licence holds, other than the day's own."""
        for firm in self.city.told.organisations[2:]:
            draft = hands.begin_visit(self.desk, IdKind.USCC, firm.uscc)
            card = draft.card
            self.desk.drafts.discard(draft.id)
            if card and any(one.holds_on(self.desk.today) for one in card.licences):
                return firm
        message = "no firm of this city holds a licence"
        raise AssertionError(message)

    def _receive(
        self,
        items: Sequence[str],
        firm: SpecimenOrganisation | None = None,
        *,
        leave_out: int = 0,
        level: bool = True,
    ) -> list[str]:
        """Take the next person in, or a firm; the ids of the cases."""
        draft = self._type(items, firm)
        lines = [one.name for one in self.desk.intake.view(draft).lines if one.required]
        missing = lines[-leave_out:] if leave_out else []
        draft = hands.tick_all(self.desk, draft, leave_out=missing)
        received = hands.receive(self.desk, draft)
        if level:
            self.level()
        return [one.case_id for one in received.cases]

    def _type(self, items: Sequence[str], firm: SpecimenOrganisation | None) -> Draft:
        if firm is None:
            person = next(self._people)
            draft = hands.begin_visit(self.desk, person.id_kind, person.id_number, person.name)
        else:
            draft = hands.begin_visit(self.desk, IdKind.USCC, firm.uscc)
        return hands.answer(self.desk, hands.choose(self.desk, draft, items), {"matter": "new"})

    def _accept(self, *cases: str) -> None:
        for case_id in cases:
            self.desk.counter.accept(case_id)

    def _ask(self, case_id: str) -> None:
        missing = self.desk.cases.detail(case_id).case.missing
        lines = tuple(SupplementLine(one.key, one.name, "未提交") for one in missing)
        self.desk.counter.ask_supplement(case_id, lines)

    def _grant(self, cases: list[str]) -> list[str]:
        self._accept(*cases)
        for case_id in cases:
            there = hands.work_through(self.city, case_id, lambda _case, _name: None)
            done = there.casework.grant(case_id, hands.AGREED)
            assert done.case.case is not None, "a decided case is known"
            if done.case.case.delivery == "in_production":
                there.casework.produce(case_id)
        return cases

    def _bring_to_approver(self, cases: list[str]) -> tuple[Desk, str]:
        """The desk of whoever decides, and the case that they have claimed."""
        self._accept(*cases)
        there = hands.work_through(self.city, cases[0], lambda _case, _name: None)
        return there, cases[0]

    def _park(self) -> Draft:
        draft = self._type(TEACHER, None)
        return self.desk.drafts.save(replace(draft, parked=True))
