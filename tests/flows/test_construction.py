"""The sixty real items of one city's construction projects, walked through their four stages.

The items, their limits and their materials are the reference data's; which stage an item is of,
and what it waits for, stands in `construction_60.toml`, written from 国办发〔2019〕11号.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from central.__main__ import main
from central.db.engine import Connection
from central.jobs.silence import sweep_silence
from central.staff import add_user
from clerk.clock import SettableClock
from clerk.contract.case import ClockState, Delivery, Outcome, Stage, Stance
from clerk.contract.proposal import Procedure, StopPlan
from clerk.contract.user import Role, User
from clerk.errors import RefusedError
from clerk.rules.case import Case
from screens.dialogs import MarkLines
from screens.project.screen import ProjectScreen
from services.bootstrap import Desk
from tests.flows.town import WINDOW, Town
from tests.support.cases import MONDAY
from tests.support.desk import Hall
from tests.support.storyteller import PASSWORD, Clerk, Official, sit_down

BUNDLE = Path(__file__).with_name("construction_60.toml")
FILES = ("items.csv", "item_limits.csv", "item_materials.csv")
DAY = timedelta(days=1)

PROPOSAL, SITE, LAND, STUDY = (
    "政府投资项目项目建议书审批",
    "选址意见书",
    "建设用地(含临时用地)规划许可证核发",
    "政府投资项目可行性研究报告审批",
)
RELICS, WORKS, DESIGN = (
    "建设工程文物保护和考古许可",
    "建设（含临时建设）工程规划许可证核发",
    "政府性投资项目概算和初步设计审批",
)
DRAWINGS, PERMIT = "施工图联合审查", "建筑工程施工许可证核发"
CHECK, RECORD = "规划条件核实", "建设工程竣工验收备案"
SIGNERS = ("唐山市自然资源和规划局", "唐山市应急管理局")
JOINT_FLOW = f"""
[[flows]]
item = "唐山市住房和城乡建设局/{RECORD}"
[[flows.steps]]
name = "联合验收"
act = "approve"
limit = 5
may_decide = true
signers = ["{SIGNERS[0]}", "{SIGNERS[1]}"]
rule = "all"
joint_limit = 3
"""
ONE_STEP = """
[[flows]]
item = "{item}"
[[flows.steps]]
name = "批准"
act = "approve"
may_decide = true
"""


class Project:
    """One project of a firm: the window, the departments' desks, and its cases by item."""

    def __init__(self, town: Town, hall: Hall, clock: SettableClock) -> None:
        self.town, self.hall, self.clock = town, hall, clock
        self.window = town.desk(WINDOW, hall)
        self.window.sync.run_once()
        self.window.session.sign_in(town.told.counter[0], PASSWORD)
        self._offices: dict[str, tuple[str, Desk]] = {}

    def case(self, item: str) -> Case:
        """The newest case of an item."""
        self.window.sync.run_once()
        queues = {one.key: one for one in self.window.cases.queues()}
        rows = self.window.cases.page(self.window.cases.query_of(queues["all"]))
        found = next(row for row in rows if row.item_name == item)
        return self.window.cases.detail(found.id).case

    def office(self, department: str) -> Desk:
        """The desk of a department, with somebody who may decide signed in today."""
        if department not in self._offices:
            login = f"approver-{len(self._offices)}"
            hire = partial(_hire, login=login, department=department)
            self.hall.central.database.commit(hire)
            self._offices[department] = login, self.town.enrol(login, department, self.hall)
        login, desk = self._offices[department]
        desk.session.sign_in(login, PASSWORD)
        desk.sync.run_once()
        return desk

    def accept(self, *items: str) -> None:
        for item in items:
            self.window.counter.accept(self.case(item).id)

    def grant(self, *items: str) -> None:
        """One after another, as their departments would."""
        for item in items:
            case = self.case(item)
            office = self.office(case.terms.department)
            office.casework.claim(case.id)
            office.casework.grant(case.id, "准予")

    def named(self, item: str) -> str:
        """The department of an item, by its id."""
        return self.case(item).terms.department


def _hire(connection: Connection, login: str, department: str) -> None:
    wanted = User(id="", login=login, name=login, roles=(Role.APPROVER,), department=department)
    add_user(connection, wanted, PASSWORD, MONDAY)


@pytest.fixture
def real_bundle(town: Town, reference_data: Path, tmp_path: Path) -> None:
    """The three files, a flow for each of the main items, and the bundle of all sixty."""
    url = f"sqlite:///{town.database}"
    flows = tmp_path / "flows.toml"
    walked = {
        "唐山市行政审批局": (PROPOSAL, STUDY, RELICS, DESIGN),
        "唐山市自然资源和规划局": (
            SITE,
            LAND,
            WORKS,
            CHECK,
            "用地预审意见",
            "国有建设用地使用权批准",
        ),
        "唐山市住房和城乡建设局": (DRAWINGS, PERMIT),
    }
    steps = [
        ONE_STEP.format(item=f"{department}/{item}")
        for department, items in walked.items()
        for item in items
    ]
    flows.write_text("".join(steps) + JOINT_FLOW, "utf-8")
    for kind, file in (
        *(("items", reference_data / name) for name in FILES),
        ("flows", flows),
        ("bundles", BUNDLE),
    ):
        assert main(["--language", "en", "--database", url, "import", kind, str(file)]) == 0


async def choose(clerk: Clerk, *marked: str, title: str = "") -> None:
    """Take items of the bundle in: a new project by its title, else the one there is."""
    firm_dialogs = ("ctrl+y", "enter") if title else ("enter",)
    await clerk.goes_to("items")
    await clerk.types("gcjsxmsp")
    assert "工程建设项目审批（六十事项）" in clerk.reads("#items-found")
    while "▸ 工程建设项目审批（六十事项）" not in clerk.reads("#items-found"):
        await clerk.presses("down")
    await clerk.presses("enter")
    if title:
        await clerk.pastes(title)
    await clerk.presses(*firm_dialogs)
    dialog = clerk.walk.app.screen
    assert isinstance(dialog, MarkLines), clerk.sees
    at = 0
    for place, line in enumerate(dialog.lines):
        name = line.label[2:].rpartition(" (")[0]
        if (name in marked) != line.marked:
            await clerk.presses(*["down"] * (place - at), "space")
            at = place
    await clerk.presses("enter")


async def visit(project: Project, *items: str, title: str = "", later: str = "") -> None:
    """One visit, from the number of the firm to the receipt; all but one item are accepted."""
    async with sit_down(project.window, Clerk, project.town.told.counter[0]) as clerk:
        await clerk.begins()
        await clerk.pastes(project.town.told.organisations[0].uscc)
        await clerk.presses("enter")
        await choose(clerk, *items, title=title)
        await clerk.goes_to("line:")
        await clerk.ticks_all()
        assert clerk.reads("#verdict").startswith("✓ Complete"), clerk.sees
        await clerk.receives()
        await clerk.rests()
    project.window.session.sign_in(project.town.told.counter[0], PASSWORD)
    project.accept(*(one for one in items if one != later))


FIRST = (PROPOSAL, SITE, "用地预审意见", STUDY, "国有建设用地使用权批准", LAND, RELICS, WORKS)


@pytest.mark.timeout(900)
@pytest.mark.sim
async def test_the_real_bundle_walks_through_its_stages(
    real_bundle: None, town: Town, hall: Hall, clock: SettableClock
) -> None:
    project = Project(town, hall, clock)
    await visit(project, *FIRST, title="三号教学楼", later=SITE)
    waiting = project.case(WORKS)
    assert [one.name for one in waiting.waits_for] == [LAND, RELICS]
    assert (waiting.stage, waiting.clock) == (Stage.ACCEPTED, ClockState.NOT_STARTED)
    assert project.case(PROPOSAL).clock is ClockState.RUNNING
    assert len(project.case(SITE).materials) == 6

    await look_at_the_whole(project, waiting)

    clock.put(clock.now() + DAY)
    project.grant(PROPOSAL, SITE)
    await refuse(project, RELICS)
    held = project.case(WORKS)
    assert [one.name for one in held.held_by] == [RELICS]
    assert project.case(STUDY).held_by == ()
    await tell_at_the_window(project, held)

    # Asked for anew and granted: what was held goes on.
    await visit(project, RELICS)
    project.grant("用地预审意见", STUDY, "国有建设用地使用权批准", LAND, RELICS)
    freed = project.case(WORKS)
    assert (freed.waits_for, freed.clock) == ((), ClockState.RUNNING)
    stop_for_experts(project, freed)
    project.grant(WORKS)

    await visit(project, DESIGN, DRAWINGS, PERMIT)
    assert {one.name for one in project.case(DRAWINGS).waits_for} == {DESIGN}
    project.grant(DESIGN, DRAWINGS)
    assert project.case(PERMIT).clock is ClockState.RUNNING
    project.grant(PERMIT)

    await visit(project, CHECK, RECORD)
    project.grant(CHECK)
    await inspect_together(project)
    done = project.case(RECORD)
    assert (done.outcome, done.delivery) == (Outcome.GRANTED, Delivery.AT_WINDOW)
    whole = project.window.projects.show(_project_of(done))
    main = [one for one in whole.project.items if one.main]
    assert all(one.case and one.case.outcome is Outcome.GRANTED for one in main)
    assert whole.plan.finish == clock.now().date()


def _project_of(case: Case) -> str:
    assert case.place is not None
    return case.place.project


async def look_at_the_whole(project: Project, waiting: Case) -> None:
    """On one page: what can be done at the earliest, and by which chain. Then a drawing lacks."""
    async with sit_down(project.window, Clerk, project.town.told.counter[0]) as clerk:
        await clerk.opens(waiting.number)
        assert clerk.is_told(f"Waits for: {LAND}, {RELICS}", "#case-bundle")
        await clerk.presses("enter", "enter")
        assert isinstance(clerk.walk.app.screen, ProjectScreen)
        assert "三号教学楼" in clerk.sees
        path = clerk.reads("#project-path")
        assert path.startswith(f"Critical path ★: {PROPOSAL} → ")
        assert path.endswith(f"{CHECK} → {RECORD}")
        await clerk.goes_back()
        await clerk.goes_back()
        await ask_for_a_supplement(clerk, project)


def stop_for_experts(project: Project, case: Case) -> None:
    """An expert review stops the clock: proposed by one, approved by another, ended early."""
    office = project.office(case.terms.department)
    first = office.session.get_user().login
    due = project.window.cases.detail(case.id).timing.statutory_due
    assert due is not None
    office.casework.claim(case.id)
    plan = StopPlan(
        procedure=Procedure.EXPERT_REVIEW, basis="城乡规划法", planned_days=10, reason="方案评审"
    )
    office.proposals.propose(case.id, plan)
    hire = partial(_hire, login="second-approver", department=case.terms.department)
    project.hall.central.database.commit(hire)
    office.session.sign_in("second-approver", PASSWORD)
    (proposal,) = office.cases.detail(case.id).case.proposals
    assert office.proposals.approve(case.id, proposal.n).paper, "the applicant's notice"
    stopped = project.case(WORKS)
    assert stopped.clock is ClockState.STOPPED
    project.clock.put(project.clock.now() + 2 * DAY)
    project.window.session.sign_in(project.town.told.counter[0], PASSWORD)
    office.session.sign_in(first, PASSWORD)
    office.casework.claim(case.id)
    office.proposals.resume(case.id, stopped.open_stops[0].n, "方案可行")
    resumed = project.case(WORKS)
    assert resumed.clock is ClockState.RUNNING
    calendar = office.catalogue.calendar()
    later = project.window.cases.detail(case.id).timing.statutory_due
    # It stood for two days; the first is the day that the limit began on, which never counts.
    assert later == calendar.working_day_after(due, 1)


async def ask_for_a_supplement(clerk: Clerk, project: Project) -> None:
    """A drawing has no seal: asked for once, mended, and accepted."""
    await clerk.opens(project.case(SITE).number)
    await clerk.presses("ctrl+k", "space", "enter")
    await clerk.answers_dialog("图纸未盖章")
    assert project.case(SITE).stage is Stage.SUPPLEMENTING
    await clerk.presses("ctrl+u", "space", "enter")
    assert project.case(SITE).stage is Stage.RECEIVED
    await clerk.accepts()
    assert project.case(SITE).stage is Stage.ACCEPTED


async def refuse(project: Project, item: str) -> None:
    """The department says no, with its reason, at its own keyboard."""
    case = project.case(item)
    office = project.office(case.terms.department)
    user = office.session.get_user()
    async with sit_down(office, Official, user.login, background=False) as official:
        await official.claims(case.number)
        await official.presses("ctrl+n")
        await official.answers_dialog("地下有古墓葬，须另行选址", "不同意")
        assert official.is_told("The case is refused.", "#case-said")
    office.session.sign_in(user.login, PASSWORD)


async def tell_at_the_window(project: Project, held: Case) -> None:
    """The window sees whom to tell, and why."""
    queue = next(one for one in project.window.cases.queues() if one.key == "held")
    rows = project.window.cases.page(project.window.cases.query_of(queue))
    assert [row.id for row in rows] == [held.id]
    async with sit_down(project.window, Clerk, project.town.told.counter[0]) as clerk:
        await clerk.opens(held.number)
        assert clerk.is_told(f"Held up: {RELICS} came to nothing.", "#case-bundle")
        await clerk.presses("enter", "enter")
        assert "held up by a refusal" in clerk.sees
        assert "never, as things are" in clerk.sees
    project.window.session.sign_in(project.town.told.counter[0], PASSWORD)


async def inspect_together(project: Project) -> None:
    """Joint acceptance inspection: one department agrees, one lets its limit pass, one leads."""
    case = project.case(RECORD)
    planning = project.office(project.named(CHECK))
    user = planning.session.get_user()
    async with sit_down(planning, Official, user.login, background=False) as official:
        assert "To countersign" in official.sees
        await official.presses("enter")
        assert official.is_told(RECORD, "#case-name")
        assert official.is_told("joint review: all must agree", "#case-flow")
        await official.presses("ctrl+a", "enter")
        await official.answers_dialog("规划指标符合")
        assert official.is_told("The opinion is given.", "#case-said")
    lead = project.office(case.terms.department)
    who = lead.session.get_user().login
    lead.casework.claim(case.id)
    with pytest.raises(RefusedError, match=r"joint\.open"):
        lead.casework.grant(case.id, "通过")
    project.clock.put(project.clock.now() + 7 * DAY)
    assert sweep_silence(project.hall.central) == 1
    project.window.session.sign_in(project.town.told.counter[0], PASSWORD)
    lead.session.sign_in(who, PASSWORD)
    project.grant(RECORD)
    assert [one.stance for one in project.case(RECORD).opinions] == [Stance.AGREE, None]
