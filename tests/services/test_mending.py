"""What central refused is compared with the case, sent again in other words, or let go of."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from central.__main__ import main
from clerk.clock import SettableClock
from clerk.contract.answer import Conclusion
from clerk.contract.bundle import DraftProject
from clerk.contract.case import DeclineGround, MaterialState, Stage, SupplementLine, Ticked
from clerk.contract.command import (
    AnyCommand,
    AttachScan,
    DeclineCase,
    HandInSupplement,
    PassStep,
)
from clerk.contract.item import Bundle, BundleNode, Option
from clerk.errors import InputError, RefusedError, StoreError, UnreachableError
from clerk.rules.bundle.place import place_of
from clerk.rules.retyping import with_parts, with_texts
from clerk.rules.spot import Facet
from services.bootstrap import Desk
from services.mending import Conflict
from storage import outbox
from tests.support.cases import FOOD
from tests.support.desk import PASSWORD, SIGN, Hall, OpenDesk, open_paper, type_walk_in
from tests.support.scans import encoded, picture, put


@pytest.fixture
def market(open_at: OpenDesk) -> Desk:
    """The desk of the department, with its handler."""
    return open_at("market", department="market", login="market-handler")


def receive(desk: Desk) -> str:
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD, m1=MaterialState.MISSING)).cases
    desk.sync.run_once()
    return case.case_id


def refused(desk: Desk) -> int:
    """The number of the only act that central refused."""
    (entry,) = (one for one in desk.sync.outbox() if one.is_refused)
    return entry.n


def force(desk: Desk, case_id: str, command: AnyCommand) -> None:
    """Send what this desk's own rules would have kept back, as an older program may."""
    with desk._store.begin() as connection:
        outbox.append(
            connection,
            command_id=f"forced-{outbox.last_n(connection)}",
            case_id=case_id,
            base_version=1,
            command=command,
            user=desk.session.get_user().id,
            at=desk.clock.now(),
            window=desk.enrolled.window,
        )
    desk.sync.run_once()


def execute(hall: Hall, statement: str, **values: object) -> None:
    """Change a row at central."""
    hall.central.database.commit(lambda connection: connection.execute(text(statement), values))


def give_role(hall: Hall, login: str, role: str) -> None:
    """Somebody has another role from now on."""
    execute(hall, "update users set roles = :role where login = :login", role=role, login=login)


def forget_first_number(hall: Hall) -> None:
    """Central knows no more that it lent the first number."""
    execute(hall, "update number_leases set first = first + 1")


def move(hall: Hall, desk: Desk, window: str) -> None:
    """Give a desk another window."""
    device = desk.enrolled.device
    assert main(["--database", hall.url, "desk", "move", device, "--window", window]) == 0


def clash(desk: Desk, market: Desk) -> tuple[str, Conflict]:
    """The department passes a case on while the window withdraws it."""
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    desk.counter.accept(case.case_id)
    market.sync.run_once()
    market.casework.claim(case.case_id)
    desk.counter.withdraw(case.case_id, "改期办理")
    with pytest.raises(RefusedError):
        market.casework.pass_step(case.case_id, "现场合格")
    market.sync.run_once()
    return case.case_id, market.mending.look(refused(market))


def test_who_changed_what_meanwhile(desk: Desk, market: Desk) -> None:
    _case, found = clash(desk, market)
    assert found.entry.answer is not None
    assert found.entry.answer.conclusion is Conclusion.CONFLICT
    assert found.entry.answer.changed_by == "窗口甲"
    assert (found.comparable, found.outdated, found.by) == (True, False, "市监handler")
    spots = {one.spot.facet: one for one in found.differences}
    stage = spots[Facet.STAGE]
    assert (stage.before, stage.now) == (Stage.ACCEPTED, Stage.WITHDRAWN)
    assert stage.change is not None
    assert stage.change.by.name == "窗口甲"
    assert spots[Facet.OPINION].mine == "现场合格"
    assert spots[Facet.REASON].now == "改期办理"
    assert len(found.meanwhile) == 1
    assert found.still is not None
    assert found.still.code == "case.wrong_stage"


def test_what_is_not_here_yet_is_told(desk: Desk, market: Desk) -> None:
    case_id = receive(desk)
    accepted_by = desk  # the department has not heard of the decline when it is refused
    market.sync.run_once()
    accepted_by.counter.decline(case_id, DeclineGround.NOT_ELIGIBLE, "主体不符")
    with pytest.raises(RefusedError):
        market.casework.claim(case_id)
    assert market.mending.look(refused(market)).outdated
    market.sync.run_once()
    assert not market.mending.look(refused(market)).outdated


def test_sent_again_in_other_words_it_is_done(
    desk: Desk, market: Desk, clock: SettableClock
) -> None:
    """The claim ran out and somebody else has the case; later it is free again."""
    (case,) = desk.intake.receive(type_walk_in(desk, FOOD)).cases
    desk.sync.run_once()
    desk.counter.accept(case.case_id)
    market.sync.run_once()
    market.casework.claim(case.case_id)
    clock.put(clock.now() + timedelta(hours=3))
    with pytest.raises(RefusedError):
        market.casework.pass_step(case.case_id, "现场合格")
    n = refused(market)
    before = market.mending.look(n)
    assert before.still is not None, "the claim has run out"
    market.casework.claim(case.case_id)
    again = market.mending.look(n)
    assert again.still is None
    done = market.mending.send_again(n, with_texts(again.entry.command, {"opinion": "同意上报"}))
    assert done.case.case is not None
    assert done.case.case.done[-1].opinion == "同意上报"
    assert not [one for one in market.sync.outbox() if one.is_refused]
    with pytest.raises(StoreError, match=r"outbox\.not_refused"):
        market.mending.look(n)


def test_a_part_of_a_supplement_is_sent_again_with_its_paper(
    hall: Hall, desk: Desk, open_at: OpenDesk
) -> None:
    case_id = receive(desk)
    desk.counter.ask_supplement(case_id, (SupplementLine("m1", "申请书", "未签字"),))
    ticks = tuple(
        Ticked(key=key, name=name, state=MaterialState.PROVIDED, originals=1)
        for key, name in (("m1", "申请书"), ("no-such", "别的"))
    )
    with pytest.raises(InputError):
        desk.counter.hand_in(case_id, ticks)
    force(desk, case_id, HandInSupplement(materials=ticks))
    n = refused(desk)
    look = desk.mending.look(n)
    assert look.still is not None
    assert look.still.field == "no-such", "the typing can be mended"
    done = desk.mending.send_again(n, with_parts(look.entry.command, {"m1"}))
    assert done.case.case is not None
    assert done.case.case.stage is Stage.RECEIVED
    assert not desk.sync.outbox()
    decline = DeclineCase(ground=DeclineGround.NOT_ELIGIBLE, reason=" ")
    force(desk, case_id, decline)
    n = refused(desk)
    done = desk.mending.send_again(n, with_texts(decline, {"reason": "主体不符"}))
    assert done.paper is not None
    assert "主体不符" in open_paper(done.paper)


def test_refused_once_more_there_is_one_refusal(desk: Desk, market: Desk) -> None:
    _case, found = clash(desk, market)
    other = with_texts(found.entry.command, {"opinion": "另有意见"})
    with pytest.raises(RefusedError):
        market.mending.send_again(found.entry.n, other)
    n = refused(market)
    assert n > found.entry.n
    assert market.mending.look(n).entry.command == PassStep(opinion="另有意见")


def test_with_the_line_down_the_refused_one_stays(hall: Hall, desk: Desk, market: Desk) -> None:
    _case, found = clash(desk, market)
    hall.stop()
    with pytest.raises(UnreachableError, match=r"line\.down"):
        market.mending.send_again(found.entry.n, found.entry.command)
    assert refused(market) == found.entry.n
    assert len(market.sync.outbox()) == 1


def test_what_another_typed_is_not_sent_in_ones_own_name(desk: Desk, market: Desk) -> None:
    _case, found = clash(desk, market)
    market.session.sign_in("market-reviewer", PASSWORD)
    with pytest.raises(InputError, match=r"outbox\.of_another"):
        market.mending.send_again(found.entry.n, found.entry.command)
    assert market.mending.look(found.entry.n).by == "市监handler"


def test_after_the_lease_nothing_is_compared(
    desk: Desk, market: Desk, clock: SettableClock
) -> None:
    _case, found = clash(desk, market)
    clock.put(clock.now() + timedelta(days=2))
    locked = market.mending.look(found.entry.n)
    assert not locked.comparable
    assert not locked.differences
    assert locked.entry.command == PassStep(opinion="现场合格"), "one's own typing stays"


def test_a_refused_receipt_is_a_draft_again(hall: Hall, desk: Desk, tmp_path: Path) -> None:
    """Central lost the number, and the desk was moved: it comes back with all that was typed."""
    draft = type_walk_in(desk, FOOD, m3=MaterialState.DEFERRED)
    line = next(one.key for one in desk.intake.view(draft).lines if one.material.key == "m1")
    scan = desk.scanner.add_to_draft(
        draft.id, line, put(tmp_path / "s", "a.jpg", encoded(picture()))
    )
    hall.stop()
    (first,) = desk.intake.receive(draft).cases
    move(hall, desk, "w2")
    hall.start()
    forget_first_number(hall)
    desk.sync.run_once()
    kinds = {type(one.command).__name__ for one in desk.sync.outbox() if one.is_refused}
    assert kinds == {"ReceiveCase", "AttachScan"}
    n = next(one.n for one in desk.sync.outbox() if one.is_refused)
    assert desk.enrolled.window == "w2"
    assert not desk.mending.look(n).comparable
    again = desk.reopening.reopen(n)
    assert not desk.sync.outbox()
    assert again.window == "w2"
    assert (again.id_text, again.name, again.phone) == (draft.id_text, draft.name, draft.phone)
    assert again.items == draft.items
    due = again.ticks["布局图"].due
    assert due is not None, "the day that was promised on the receipt is kept"
    promised = msgspec.structs.replace(draft.ticks["布局图"], due=due)
    assert again.ticks == draft.ticks | {"布局图": promised}
    assert [one.sha256 for one in desk.scanner.of_draft(again.id)] == [scan.sha256]
    desk.scans.send_all()
    assert [one.sha256 for one in desk.scanner.of_draft(again.id)] == [scan.sha256], "it stays"
    desk.sync.run_once()  # the new window's numbers come
    (second,) = desk.intake.receive(desk.drafts.get(again.id)).cases
    assert second.number != first.number
    desk.sync.run_once()
    desk.scans.send_all()
    assert desk.cases.detail(second.case_id).case.stage is Stage.RECEIVED
    assert hall.count("blobs") == hall.count("case_scans") == 1
    assert not desk.sync.outbox()
    with pytest.raises(StoreError, match=r"outbox\.not_refused"):
        desk.reopening.reopen(n)


def test_a_refused_receipt_keeps_its_place_in_its_bundle_application(desk: Desk) -> None:
    """Central does not know the bundle any more; what was typed goes on in the same project."""
    node = BundleNode(item="food", stage="s1", main=True, name="食品经营许可")
    bundle = Bundle(
        id="open-a-shop",
        version=1,
        name="开店一件事",
        lead_department="market",
        stages=(Option("s1", "开办"),),
        nodes=(node,),
    )
    draft = desk.projects.put_into(
        type_walk_in(desk, FOOD),
        DraftProject(id="p1", title="江畔小店", bundle=bundle, together=True),
        ("food",),
    )
    desk.drafts.save(draft)
    desk.intake.receive(draft)
    desk.sync.run_once()
    again = desk.reopening.reopen(refused(desk))
    assert again.bundle == "open-a-shop"
    assert again.project is not None
    place = place_of(again.project, "food")
    assert place is not None
    assert (place.project, place.title, place.together) == ("p1", "江畔小店", True)
    assert (place.stage, place.main, place.after) == ("s1", True, ())


def test_a_visit_comes_back_without_what_was_taken(hall: Hall, desk: Desk) -> None:
    draft = type_walk_in(desk, FOOD, SIGN)
    _food, sign = desk.intake.receive(draft).cases
    forget_first_number(hall)
    desk.sync.run_once()
    assert desk.cases.detail(sign.case_id).case.stage is Stage.RECEIVED
    again = desk.reopening.reopen(refused(desk))
    assert [one.item for one in again.items] == ["food"]
    assert again.id == draft.id, "it is the same visit"
    (late,) = desk.intake.receive(again).cases
    desk.sync.run_once()
    record = desk.cases.detail(late.case_id).case
    assert record.application == desk.cases.detail(sign.case_id).case.application


def test_a_scan_of_ones_own_window_is_queued_again(hall: Hall, desk: Desk, tmp_path: Path) -> None:
    case_id = receive(desk)
    scan = desk.scanner.add_to_case(case_id, "m1", put(tmp_path / "s", "a.jpg", encoded(picture())))
    give_role(hall, "counter", "handler")
    desk.sync.run_once()
    n = refused(desk)
    give_role(hall, "counter", "counter")
    desk.sync.run_once()
    desk.mending.send_again(n, AttachScan(scan=scan))
    desk.sync.run_once()
    desk.scans.send_all()
    assert [one.scan for one in desk.scans.of_case(case_id)] == [scan]
    assert hall.count("blobs") == 1
