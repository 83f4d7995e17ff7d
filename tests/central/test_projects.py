"""Bundle applications at central: opened, gone on with, told of one another, handed over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from msgspec.structs import replace

from central.catalogue.bundles import publish_bundles
from central.catalogue.publishing import publish
from central.db import cases, feed
from central.db.engine import Connection
from central.db.watched import list_counts
from central.jobs.silence import sweep_silence
from central.service import Central
from central.watching.following import sweep_watched
from clerk.clock import SettableClock
from clerk.contract.bundle import DraftProject, Place, Standing
from clerk.contract.case import ClockState, DeclineGround, Outcome, Stage, Stance
from clerk.contract.command import (
    AcceptCase,
    Approve,
    ChooseHandover,
    ClaimCase,
    DecideCase,
    DeclineCase,
    GiveOpinion,
    PassStep,
    Propose,
    ReceiveCase,
    ReleaseResult,
    WithdrawCase,
)
from clerk.contract.identity import IdKind
from clerk.contract.item import Act, Bundle, BundleNode, Item, Joint, Option, Result, Signer, Step
from clerk.contract.limits import Limit
from clerk.contract.project import FindProjects, Project, Projects
from clerk.contract.proposal import ActUndone, CorrectPlan
from clerk.contract.session import Ready, ReadyQuery
from clerk.contract.user import User
from clerk.rules.bundle.place import place_of
from clerk.rules.case import Case, fold
from tests.support.cases import ALL_ROUND, CLERK, FOOD, HEAD, MONDAY, receive_command
from tests.support.central import (
    MANAGER,
    OTHER_CLERK,
    STRANGER,
    MakeDesk,
    TalkingDesk,
    read,
    read_problem,
)
from tests.support.people import a_person

STEP = Step(key="decide", name="批准", act=Act.APPROVE, may_decide=True)
JOINT = Step(
    key="joint",
    name="联合验收",
    act=Act.APPROVE,
    may_decide=True,
    joint=Joint(signers=(Signer("culture", "市文化和旅游局"),), limit=Limit(5)),
)


def an_item(key: str, name: str, step: Step = STEP) -> Item:
    return replace(FOOD, id=key, version=1, name=name, flow=(step,), result=Result())


ITEMS = (
    an_item("land", "用地许可"),
    an_item("relics", "文物许可"),
    an_item("works", "工程许可"),
    an_item("trees", "树木许可"),
    an_item("final", "联合验收", JOINT),
)
BUNDLE = Bundle(
    id="construction",
    version=1,
    name="工程建设项目审批",
    lead_department="market",
    stages=(Option("s1", "用地"), Option("s2", "工程"), Option("s3", "验收")),
    nodes=(
        BundleNode(item="land", stage="s1", main=True),
        BundleNode(item="relics", stage="s1", main=False),
        BundleNode(item="works", stage="s2", main=True, after=("land", "relics")),
        BundleNode(item="trees", stage="s2", main=False, after=("relics",)),
        BundleNode(item="final", stage="s3", main=True, after=("works",)),
    ),
)


class Town:
    """A window, a department, and the cases of one project by their items."""

    def __init__(self, central: Central, make_desk: MakeDesk, clock: SettableClock) -> None:
        self.central = central
        self.window = make_desk(window="w1")
        self.office = make_desk(department="market")
        self.clock = clock
        self.ids: dict[str, str] = {}
        self.bundle = central.database.commit(lay)
        self.window.sign_in(CLERK.login)

    def receive(self, item: str, desk: TalkingDesk | None = None, **changes: object) -> str:
        """Take one item in; the code of the refusal, or nothing."""
        asked = replace(self.command(item), **changes)
        case_id, answer = (desk or self.window).receive(asked)
        if answer.refusal:
            return answer.refusal.code
        self.ids[item] = case_id
        return ""

    def place(self, item: str, project: str = "p1", *, together: bool = False) -> Place:
        place = self.command(item, project, together=together).place
        assert place is not None
        return place

    def command(self, item: str, project: str = "p1", *, together: bool = False) -> ReceiveCase:
        draft = DraftProject(id=project, title="三号教学楼", bundle=self.bundle, together=together)
        return replace(
            receive_command(), number="", item=item, item_version=1, place=place_of(draft, item)
        )

    def accept(self, item: str) -> None:
        assert self.window.act(self.ids[item], AcceptCase(), CLERK).refusal is None

    def decide(self, item: str, outcome: Outcome = Outcome.GRANTED) -> str:
        assert self.office.act(self.ids[item], ClaimCase(), ALL_ROUND).refusal is None
        command = DecideCase(outcome=outcome, opinion="意见", reason="不符合规划")
        answer = self.office.act(self.ids[item], command, ALL_ROUND)
        return answer.refusal.code if answer.refusal else ""

    def take_back(self, item: str, desk: TalkingDesk, by: User, approver: User) -> None:
        """Undo the last act of an item's case."""
        plan = CorrectPlan(act=self.case(item).acts[-1].n, amendment=ActUndone(), reason="核查有误")
        assert desk.act(self.ids[item], Propose(plan=plan), by).refusal is None
        proposal = self.case(item).proposals[-1].n
        assert desk.act(self.ids[item], Approve(proposal=proposal), approver).refusal is None

    def case(self, item: str) -> Case:
        with self.central.database.read() as connection:
            record = cases.find_record(connection, self.ids[item])
        assert record is not None
        return fold(record)

    def show(self, desk: TalkingDesk | None = None) -> Project:
        return read((desk or self.window).get("/projects/p1"), Project)


def lay(connection: Connection) -> Bundle:
    changes = publish(connection, ITEMS, MONDAY).changes
    feed.announce(connection, [*changes, *publish_bundles(connection, [BUNDLE])])
    nodes = tuple(
        replace(node, name=item.name) for node, item in zip(BUNDLE.nodes, ITEMS, strict=True)
    )
    return replace(BUNDLE, nodes=nodes)


@pytest.fixture
def town(central: Central, make_desk: MakeDesk, clock: SettableClock) -> Town:
    return Town(central, make_desk, clock)


def test_items_wait_for_what_they_depend_on_and_are_freed(town: Town) -> None:
    for item in ("works", "land", "relics", "trees"):
        assert town.receive(item) == ""
        town.accept(item)
    assert [one.item for one in town.case("works").waits_for] == ["land", "relics"]
    assert town.case("land").waits_for == ()
    assert town.case("land").clock is ClockState.RUNNING
    assert town.decide("works") == "bundle.waits"
    assert town.decide("land") == ""
    assert [one.item for one in town.case("works").waits_for] == ["relics"]
    assert town.decide("relics") == ""
    assert town.case("works").clock is ClockState.RUNNING
    assert town.decide("works") == ""


def test_on_the_board_nobody_is_late_who_must_wait(town: Town) -> None:
    for item in ("works", "land"):
        town.receive(item)
        town.accept(item)
    town.clock.put(MONDAY.replace(month=8))
    sweep_watched(town.central)
    with town.central.database.read() as connection:
        lights = {(one.light, one.statutory_light): one.count for one in list_counts(connection)}
    assert lights == {("red", "red"): 1, ("none", "none"): 1}


def test_an_auxiliary_item_taken_in_first_is_waited_for(town: Town) -> None:
    town.receive("relics")
    town.receive("trees")
    assert [one.item for one in town.case("trees").waits_for] == ["relics"]


def test_a_refusal_holds_who_depends_on_it_and_nobody_else(town: Town) -> None:
    for item in ("relics", "land", "works", "trees"):
        town.receive(item)
        town.accept(item)
    assert town.decide("relics", Outcome.REFUSED) == ""
    assert [one.item for one in town.case("trees").held_by] == ["relics"]
    assert [one.item for one in town.case("works").held_by] == ["relics"]
    assert town.case("land").held_by == ()
    withdrawn = town.window.act(town.ids["trees"], WithdrawCase(reason="改址"), CLERK)
    assert withdrawn.refusal is None
    assert town.receive("relics") == ""
    assert town.case("works").held_by == ()
    assert [one.item for one in town.case("works").waits_for] == ["relics", "land"][::-1]
    told = {one.item: one.standing for one in town.show().items}
    assert told["relics"] is Standing.OPEN
    assert told["trees"] is Standing.FAILED


def test_an_act_taken_back_is_told_to_who_waits_for_it(town: Town) -> None:
    for item in ("relics", "land", "works"):
        town.receive(item)
    for item in ("relics", "works"):
        town.accept(item)
    declined = DeclineCase(ground=DeclineGround.NOT_ELIGIBLE, reason="不符")
    assert town.window.act(town.ids["land"], declined, CLERK).refusal is None
    assert town.decide("relics", Outcome.REFUSED) == ""
    assert [one.item for one in town.case("works").held_by] == ["land", "relics"]
    town.take_back("land", town.window, CLERK, MANAGER)
    assert [one.item for one in town.case("works").held_by] == ["relics"]
    town.take_back("relics", town.office, ALL_ROUND, HEAD)
    assert town.case("works").held_by == ()
    assert [one.item for one in town.case("works").waits_for] == ["land", "relics"]
    town.accept("land")
    assert [town.decide(item) for item in ("land", "relics", "works")] == ["", "", ""]


def test_an_application_has_each_item_once_and_one_applicant(town: Town) -> None:
    assert town.receive("land") == ""
    assert town.receive("land") == "bundle.in_hand"
    other = replace(
        town.command("works"),
        applicant=replace(receive_command().applicant, id_number=a_person(2).id_number),
    )
    assert town.window.receive(other)[1].refusal.code == "bundle.applicant_other"  # type: ignore[union-attr]
    nameless = replace(town.place("works", "p2"), title=" ")
    assert town.receive("works", place=nameless) == "bundle.title_missing"
    unknown = replace(town.place("works", "p3"), version=9)
    assert town.receive("works", place=unknown) == "bundle.unknown"
    stranger = replace(town.command("works"), item="food", item_version=3)
    assert town.window.receive(stranger)[1].refusal.code == "bundle.not_in"  # type: ignore[union-attr]


def test_the_graph_is_centrals_whatever_a_desk_says(town: Town) -> None:
    forged = replace(town.place("works"), after=(), title="别的名字")
    town.receive("land")
    town.receive("works", place=forged)
    place = town.case("works").place
    assert place is not None
    assert [one.item for one in place.after] == ["land", "relics"]
    assert place.title == "三号教学楼"


def test_an_application_keeps_to_its_version_of_the_bundle(town: Town) -> None:
    town.receive("land")
    free = tuple(replace(node, after=()) for node in BUNDLE.nodes)
    changed = replace(BUNDLE, nodes=free)
    (change,) = town.central.database.commit(partial(publish_bundles, bundles=[changed]))
    assert change.version == 2
    assert town.central.database.commit(partial(publish_bundles, bundles=[changed])) == ()
    town.receive("works")
    assert town.case("works").waits_for != ()
    assert town.show().bundle.version == 1


def test_another_window_goes_on_with_it(town: Town, make_desk: MakeDesk) -> None:
    town.receive("land")
    elsewhere = make_desk(window="w2")
    elsewhere.sign_in(OTHER_CLERK.login)
    person = FindProjects(
        id_kind=IdKind.RESIDENT, id_number=a_person().id_number, subject="draft-1"
    )
    answer = elsewhere.call("/projects/find", person)
    (project,) = read(answer, Projects).projects
    assert a_person().id_number.encode() not in answer.content
    assert a_person().name.encode() not in answer.content
    assert {one.key for one in project.given} == {"申请书", "id-card", "布局图"}
    number = town.case("land").number
    receipt = FindProjects(case_number=number)
    assert read(elsewhere.call("/projects/find", receipt), Projects).projects == (project,)
    assert town.receive("works", elsewhere, window="w2") == ""
    assert town.case("works").window == "w2"
    read_problem(elsewhere.call("/projects/find", FindProjects()), 422)
    nobody = FindProjects(id_kind=IdKind.RESIDENT, id_number=a_person().id_number)
    assert read_problem(elsewhere.call("/projects/find", nobody), 422).code == (
        "lookup.subject_missing"
    )


def test_a_department_sees_the_whole_of_what_it_has_a_case_in(
    town: Town, make_desk: MakeDesk
) -> None:
    town.receive("land")
    town.office.sign_in(ALL_ROUND.login)
    town.window.sign_in(CLERK.login)
    assert town.show(town.office) == town.show()
    elsewhere = make_desk(department="culture")
    elsewhere.sign_in(STRANGER.login)
    problem = read_problem(elsewhere.get("/projects/p1"), 404)
    assert problem.code == "project.unknown"


def test_results_are_handed_over_together_where_the_applicant_wants_it(town: Town) -> None:
    release = ReleaseResult(
        collector=a_person().name, collector_id="", collector_kind="self", signature="已签"
    )
    for item in ("land", "relics"):
        town.receive(item, place=town.place(item, together=True))
        town.accept(item)
    assert town.decide("land") == ""
    town.window.sign_in(CLERK.login)
    person = ReadyQuery(id_kind=IdKind.RESIDENT, id_number=a_person().id_number)
    ready = read(town.window.call("/cases/ready", person), Ready)
    assert ready.held_back == {town.ids["land"]: ("文物许可",)}
    held = town.window.act(town.ids["land"], release, CLERK)
    assert held.refusal
    assert held.refusal.code == "bundle.together"
    assert held.refusal.parameters["names"] == "文物许可"
    assert town.window.act(town.ids["land"], ChooseHandover(together=False), CLERK).refusal is None
    assert not town.show().together
    assert town.case("relics").place.together is False  # type: ignore[union-attr]
    assert town.window.act(town.ids["land"], release, CLERK).refusal is None


def test_silence_is_recorded_once(town: Town, make_desk: MakeDesk) -> None:
    for item in ("land", "relics", "works", "final"):
        town.receive(item)
        town.accept(item)
    for item in ("land", "relics", "works"):
        assert town.decide(item) == ""
    assert town.decide("final") == "joint.open"
    culture = make_desk(department="culture")
    town.clock.put(MONDAY.replace(day=9))
    assert sweep_silence(town.central) == 1
    assert sweep_silence(town.central) == 0
    assert [one.stance for one in town.case("final").opinions] == [None]
    for desk in (culture, town.office):
        desk.hello()
        desk.sessions.clear()
    late = culture.act(town.ids["final"], GiveOpinion(stance=Stance.AGREE, opinion="好"), STRANGER)
    assert late.refusal
    assert late.refusal.code == "joint.said_already"
    assert town.decide("final") == ""


def test_a_department_countersigns_from_its_own_desk(town: Town, make_desk: MakeDesk) -> None:
    town.receive("final")
    town.accept("final")
    culture = make_desk(department="culture")
    speaks = GiveOpinion(stance=Stance.OBJECT, opinion="档案不全")
    assert culture.act(town.ids["final"], speaks, STRANGER).refusal is None
    assert town.case("final").stage is Stage.ACCEPTED
    assert sweep_silence(town.central) == 0
    passes = town.office.act(town.ids["final"], PassStep(opinion="x"), ALL_ROUND)
    assert passes.refusal


def test_what_happens_at_once_misses_nothing(town: Town, make_desk: MakeDesk) -> None:
    """Two grants and a receipt at one moment: whatever comes first, the last one is told all."""
    offices = [town.office, make_desk(department="market")]
    window = make_desk(window="w2")
    for project in ("p1", "p2", "p3"):
        for item in ("land", "relics"):
            town.receive(item, place=town.place(item, project))
            town.accept(item)
        for office, item in zip(offices, ("land", "relics"), strict=True):
            assert office.act(town.ids[item], ClaimCase(), ALL_ROUND).refusal is None

        def grant(office: TalkingDesk, item: str) -> None:
            command = DecideCase(outcome=Outcome.GRANTED, opinion="准予")
            assert office.act(town.ids[item], command, ALL_ROUND).refusal is None

        with ThreadPoolExecutor(3) as pool:
            place = town.place("works", project)
            receiving = pool.submit(town.receive, "works", window, window="w2", place=place)
            granting = [
                pool.submit(grant, office, item)
                for office, item in zip(offices, ("land", "relics"), strict=True)
            ]
            for one in granting:
                one.result()
            assert receiving.result() == ""
        assert town.case("works").waits_for == ()
        assert set(town.case("works").before.values()) == {Standing.GRANTED}
