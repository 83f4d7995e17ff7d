"""What befalls a licence reaches library, papers and desks, and ends what it exempted from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from central.db import audit, licence_papers, licences
from central.jobs.licence_ends import sweep_licence_ends
from central.jobs.sealing import sweep_sealing
from clerk.clock import SettableClock
from clerk.contract.case import DocumentKind, MaterialState, Ticked
from clerk.contract.command import Approve, Propose, ReleaseResult
from clerk.contract.licence import Licence, LicenceStatus
from clerk.contract.licence_life import LicenceAct, LicenceGround, LicencePlan
from clerk.contract.user import User
from clerk.rules.case import fold
from tests.support.cases import APPROVER, CLERK, HANDLER, HEAD, all_provided, receive_command
from tests.support.central import MakeDesk, read_case
from tests.support.granting import Granted
from tests.support.seals import PASSPHRASE, install

RELEASE = ReleaseResult(collector="本人", collector_id="", collector_kind="self", signature="签")
REVOKE = LicencePlan(act=LicenceAct.REVOKE, reason="以虚假材料取得", ground=LicenceGround.DECEPTION)


class Town(Granted):
    """A licence that was handed out."""

    def hand_out(self) -> str:
        case_id = self.grant()
        sweep_sealing(self.central)
        self.act(self.window, case_id, RELEASE, CLERK)
        return case_id

    def carry(self, case_id: str, plan: LicencePlan, approver: User = HEAD) -> None:
        self.act(self.department, case_id, Propose(plan=plan), HANDLER)
        proposal = self.case(case_id).proposals[-1].n
        self.act(self.department, case_id, Approve(proposal=proposal), approver)

    def licence(self, case_id: str) -> Licence:
        with self.central.database.read() as connection:
            found = licences.find_of_case(connection, self.case(case_id).licence, case_id)
        assert found is not None
        return found

    def exempting(self, evidence: str) -> MaterialState:
        """What central makes of an intake that is exempted by this licence."""
        exempted = Ticked(key="m2", name="身份证", state=MaterialState.EXEMPTED, evidence=evidence)
        ticks = tuple(exempted if one.key == "m2" else one for one in all_provided())
        command = replace(receive_command(ticks), number="")
        case_id, answer = self.window.receive(command)
        assert answer.refusal is None
        return next(one.state for one in self.case(case_id).materials if one.key == "m2")


@pytest.fixture
def town(central: object, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("CLERK_SEAL_PASSPHRASE", PASSPHRASE)
    from central.service import Central

    assert isinstance(central, Central)
    install(central.database)
    from central.db import catalogue
    from clerk.contract.licence import LicenceType

    kind = LicenceType(id="food-licence", name="食品经营许可证", replaces=("id-card",))
    central.database.commit(lambda one: catalogue.put_licence_type(one, kind))
    return Town(central, make_desk)


def test_suspended_or_revoked_it_exempts_no_more_and_desks_hear_of_it(town: Town) -> None:
    case_id = town.hand_out()
    licence = town.licence(case_id)
    assert licence.replaces == ("id-card",)
    assert town.exempting(licence.id) is MaterialState.EXEMPTED
    suspend = LicencePlan(act=LicenceAct.SUSPEND, reason="整改", basis="某法第十条")
    town.carry(case_id, suspend)
    assert town.exempting(licence.id) is MaterialState.MISSING
    town.carry(case_id, LicencePlan(act=LicenceAct.RESUME, reason="整改完成"))
    assert town.exempting(licence.id) is MaterialState.EXEMPTED
    town.carry(case_id, REVOKE)
    assert town.exempting(licence.id) is MaterialState.MISSING
    assert town.licence(case_id).status is LicenceStatus.REVOKED
    case = town.case(case_id)
    told = [one.number for one in case.documents if one.kind is DocumentKind.LICENCE]
    assert told == ["市监证〔2026〕1号", "市监证〔2026〕2号", "市监证〔2026〕3号"]
    assert case.licence_paper is None
    with town.central.database.read() as connection:
        paper = licence_papers.find_newest(connection, licence.id)
        assert paper is not None
        assert paper.state == "void"
        assert audit.find_break(connection) is None
    pulled = [one for one in town.window.pull().items if getattr(one, "id", "") == case_id]
    seen = fold(read_case(pulled[-1]))  # type: ignore[arg-type]
    assert seen.licence_status is LicenceStatus.REVOKED


def test_corrected_and_reissued_it_gets_another_paper_under_the_same_number(town: Town) -> None:
    case_id = town.hand_out()
    number = town.case(case_id).licence
    town.carry(case_id, LicencePlan(act=LicenceAct.REISSUE, reason="遗失"), APPROVER)
    assert town.case(case_id).sealing
    assert sweep_sealing(town.central) == 1
    rename = LicencePlan(act=LicenceAct.CORRECT, reason="姓名有误", holder="王小明")
    town.carry(case_id, rename, APPROVER)
    assert sweep_sealing(town.central) == 1
    case = town.case(case_id)
    assert case.licence_paper is not None
    assert (case.licence, case.licence_paper.issue) == (number, 3)
    assert town.licence(case_id).holder_name == "王小明"
    with town.central.database.read() as connection:
        paper = licence_papers.find_by_hash(connection, case.licence_paper.sha256)
    assert paper is not None
    for told in ("王小明", "更正"):
        assert told in paper.body.decode()


def test_time_ends_it_once(town: Town, clock: SettableClock) -> None:
    case_id = town.hand_out()
    last = town.licence(case_id).valid_until
    assert last == date(2031, 5, 31)
    assert sweep_licence_ends(town.central) == 0
    clock.put(clock.now().replace(year=2031) + timedelta(days=1))
    assert sweep_licence_ends(town.central) == 1
    assert sweep_licence_ends(town.central) == 0
    assert town.licence(case_id).status is LicenceStatus.EXPIRED
    assert town.case(case_id).licence_status is LicenceStatus.EXPIRED
