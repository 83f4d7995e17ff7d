"""One working day of the demo city, from the first walk-in to the manager's workbook."""

from __future__ import annotations

from pathlib import Path

from clerk.contract.case import DeclineGround, DocumentKind, SupplementLine
from clerk.contract.draft import Draft
from clerk.contract.identity import IdKind
from clerk.contract.rating import Chosen, Level
from clerk.contract.report import Period
from clerk.locale import _, listed
from clerk.rules.case import Case
from clerk.rules.identifiers import mask_identifier
from clerk.rules.numbers import spaced
from services.bootstrap import Desk
from services.demo import evidence, hands
from services.demo.city import WINDOW, City
from services.demo.telling import Teller
from services.intake import ReceivedVisit
from services.release import Collector

RESTAURANT = ("食品经营许可", "公共场所卫生许可")
NURSE = ("护士执业注册",)
AID = ("最低生活保障对象认定",)
SIGNED = "已当面签收"


def play_day(city: City, teller: Teller) -> None:
    """Play it through; what fails, fails loudly."""
    day = _Day(city, teller)
    day.open_window()
    evidence.look_up(city, day.window, teller)
    restaurant = day.take_in_restaurant()
    day.decide(restaurant)
    day.seal(restaurant)
    evidence.refuse_what_is_over(city, day.window, teller)
    day.cut_the_line()
    day.ask_supplement()
    day.decline()
    day.hand_out(restaurant)
    day.be_rated()
    day.come_again()
    day.count()


class _Day:
    """The scenes, in order; each says what it does and checks nothing that central checks."""

    def __init__(self, city: City, teller: Teller) -> None:
        self.city = city
        self.teller = teller
        self.window: Desk = city.desk(WINDOW)

    def open_window(self) -> None:
        self.teller.scene(_("The window opens"))
        user = self.window.session.sign_in(self.city.told.counter[0], self.city.told.password)
        self.window.sync.run_once()
        self._level()
        self.teller.say(
            _("{name} signs in at {window}; {items} items of {departments} departments.").format(
                name=user.name,
                window=self.window.enrolled.window_name,
                items=self.window.catalogue.count(),
                departments=len(self.window.catalogue.departments()),
            )
        )

    def take_in_restaurant(self) -> ReceivedVisit:
        """A firm, two items of two departments, one paper shared, one exempted."""
        self.teller.scene(_("A firm applies for two items of two departments"))
        firm = self.city.told.organisations[0]
        draft = hands.begin_visit(self.window, IdKind.USCC, firm.uscc)
        assert draft.card is not None, "the line is up"
        self.teller.say(
            _("{number}: the register knows {name}; {count} licences held.").format(
                number=mask_identifier(firm.uscc),
                name=draft.card.name,
                count=len(draft.card.licences),
            )
        )
        draft = hands.choose(self.window, draft, RESTAURANT)
        draft = hands.answer(self.window, draft, {"matter": "new"})
        draft = hands.tick_all(self.window, draft)
        self._tell_checklist(draft)
        visit = hands.receive(self.window, draft)
        self._tell_receipt(visit)
        for one in visit.cases:
            self._accept(one.case_id)
        return visit

    def decide(self, visit: ReceivedVisit) -> None:
        """Two departments, three people in each case."""
        self.teller.scene(_("The departments decide"))
        for one in visit.cases:
            desk = hands.work_through(self.city, one.case_id, self._tell_step)
            done = desk.casework.grant(one.case_id, hands.AGREED)
            case = done.case.case
            assert case is not None, "a decided case is known"
            self.teller.say(
                _("{item}: granted, licence {licence}.").format(
                    item=case.terms.name, licence=case.licence or "–"
                )
            )
            self._keep(done.paper, f"decision-{case.number}")
            if case.delivery == "in_production":
                desk.casework.produce(one.case_id)

    def seal(self, visit: ReceivedVisit) -> None:
        """Each licence is sealed by its department, printed and verified."""
        self.teller.scene(_("The licences are sealed, and anybody can verify them"))
        for one in visit.cases:
            licence = hands.await_seal(self.window, one.case_id)
            case = self.window.cases.detail(one.case_id).case
            self._keep(licence, f"licence-{case.number}")
            evidence.verify(self.window, licence, self.teller)

    def cut_the_line(self) -> None:
        """Central is killed; the window goes on."""
        self.teller.scene(_("The line goes down, the window goes on"))
        self.city.central.kill()
        person = self.city.told.people[2]
        draft = hands.begin_visit(self.window, person.id_kind, person.id_number, person.name)
        draft = hands.choose(self.window, draft, NURSE)
        draft = hands.tick_all(self.window, hands.answer(self.window, draft, {}))
        visit = hands.receive(self.window, draft)
        self._tell_receipt(visit)
        waiting = self.window.sync.status().waiting
        self.teller.say(
            _("{count} act waits on this machine; the law's five days allow it.").format(
                count=waiting
            )
        )
        self.city.central.start()
        self.window.sync.retry_now()
        self._level()
        self.teller.say(_("Central is back: the case has arrived and can be accepted."))
        self._accept(visit.cases[0].case_id)

    def ask_supplement(self) -> None:
        """Papers are missing: everything is told once; they come, and the case is accepted."""
        self.teller.scene(_("Papers are missing: told once, brought, accepted"))
        person = self.city.told.people[3]
        draft = hands.begin_visit(self.window, person.id_kind, person.id_number)
        draft = hands.answer(self.window, hands.choose(self.window, draft, NURSE), {})
        lacking = [line.name for line in self.window.intake.view(draft).lines if line.required]
        draft = hands.tick_all(self.window, draft, leave_out=lacking[-1:])
        case_id = hands.receive(self.window, draft).cases[0].case_id
        self._level()
        missing = self.window.cases.detail(case_id).case.missing
        lines = tuple(SupplementLine(one.key, one.name, "未提交") for one in missing)
        notice = self.window.counter.ask_supplement(case_id, lines)
        names = listed(one.name for one in missing)
        self.teller.say(_("The notice asks for: {names}.").format(names=names))
        self._keep(notice.paper, "supplement-notice")
        hands.hand_in_all(self.window, case_id)
        self._accept(case_id)

    def decline(self) -> None:
        """Not this office's business: on paper, with the right body."""
        self.teller.scene(_("Not this office's business: declined on paper"))
        person = self.city.told.people[4]
        draft = hands.begin_visit(self.window, person.id_kind, person.id_number)
        draft = hands.answer(self.window, hands.choose(self.window, draft, AID), {})
        case_id = hands.receive(self.window, hands.tick_all(self.window, draft)).cases[0].case_id
        self._level()
        done = self.window.counter.decline(
            case_id, DeclineGround.NOT_THIS_OFFICE, "申请人户籍地不在本市。", "户籍地县级民政部门"
        )
        self.teller.say(_("The notice names the right body and the remedies."))
        self._keep(done.paper, "decline-notice")

    def hand_out(self, visit: ReceivedVisit) -> None:
        """The receipt is scanned; everything that is ready goes out at once."""
        self.teller.scene(_("The firm's agent collects at the same window"))
        self._level()
        ready = self.window.release.ready(visit.cases[0].number)
        self.teller.say(
            _("The receipt is scanned: {count} results are ready.").format(count=len(ready))
        )
        agent = self.city.told.organisations[0].representative
        collector = Collector(
            name=agent.name, kind="agent", id_number=agent.id_number, signature=SIGNED
        )
        handed = self.window.release.release([case.id for case in ready], collector)
        assert not handed.failed, "what is ready is handed over"
        for n, paper in enumerate(handed.papers, 1):
            self._keep(paper, f"proof-of-delivery-{n}")

    def be_rated(self) -> None:
        """What is chosen goes sealed to central, and nobody here sees it."""
        self.teller.scene(_("The visitor rates the service"))
        visit = self.window.ratings.invite()
        self.window.ratings.give(visit, Chosen(level=Level.VERY_GOOD, indicators=("517",)))
        self._level()
        self.teller.say(
            _("{items}: rated at the window; the window is not shown how.").format(
                items=listed(visit.items)
            )
        )

    def come_again(self) -> None:
        """The licence issued today exempts at the next intake."""
        self.teller.scene(_("The firm comes again: nothing is asked twice"))
        firm = self.city.told.organisations[0]
        draft = hands.begin_visit(self.window, IdKind.USCC, firm.uscc)
        assert draft.card is not None, "the line is up"
        for licence in draft.card.licences:
            if licence.case_id:
                self.teller.say(
                    _("The library holds {type} {number} since today.").format(
                        type=licence.type_name, number=licence.number
                    )
                )
        self.window.drafts.discard(draft.id)

    def count(self) -> None:
        """The manager's figures, and the workbook."""
        self.teller.scene(_("The manager counts the day"))
        self.window.session.sign_in(self.city.told.manager, self.city.told.password)
        period = Period(self.window.today, self.window.today)
        total = self.window.reports.figures(period).total
        self.teller.say(
            _(
                "Received {received}, accepted {accepted}, declined {declined}, "
                "decided {decided}, on time {on_time}, in hand {in_hand}."
            ).format(
                received=total["received"],
                accepted=total["accepted"],
                declined=total["declined"],
                decided=total["decided"],
                on_time=total["on_time"],
                in_hand=total["in_hand"],
            )
        )
        self._keep(self.window.reports.export(period), "workbook")

    def _accept(self, case_id: str) -> None:
        self._level()
        done = self.window.counter.accept(case_id)
        case = done.case.case
        assert case is not None, "an accepted case is known"
        paper = next(one for one in case.documents if one.kind is DocumentKind.ACCEPTANCE)
        self.teller.say(
            _("{item}: accepted, {number}.").format(item=case.terms.name, number=paper.number)
        )
        self._keep(done.paper, f"acceptance-{case.number}")

    def _level(self) -> None:
        """Send and fetch until nothing is left."""
        self.window.sync.run_once()

    def _keep(self, paper: Path | None, name: str) -> None:
        assert paper is not None, "this act leaves a paper"
        self.teller.keep(paper, name)

    def _tell_checklist(self, draft: Draft) -> None:
        visit = self.window.intake.view(draft)
        shared = [line.name for line in visit.lines if len({one.item for one in line.serves}) > 1]
        exempted = [line.name for line in visit.lines if line.exempted]
        self.teller.say(
            _("{count} papers in one list; asked once for both: {shared}.").format(
                count=len(visit.lines), shared=listed(shared)
            )
        )
        self.teller.say(
            _("Not needed, held by the city: {exempted}.").format(exempted=listed(exempted))
        )

    def _tell_receipt(self, visit: ReceivedVisit) -> None:
        for one in visit.cases:
            self.teller.say(_("Case number {number}.").format(number=spaced(one.number)))
        self._keep(visit.receipt, "receipt")

    def _tell_step(self, case: Case, name: str) -> None:
        step = case.present_step
        assert step is not None, "an undecided case stands in a step"
        self.teller.say(
            _("{item}: {step} by {name}.").format(item=case.terms.name, step=step.name, name=name)
        )
