"""Whoever holds a licence verifies it without a token; nobody counts the register out."""

from __future__ import annotations

from datetime import timedelta

import httpx
import msgspec
import pytest

from central.jobs.sealing import sweep_sealing
from central.licensing.digits import check_digits
from central.licensing.verifying import mask_name
from central.visits import MOST
from clerk.clock import SettableClock
from clerk.contract.command import Approve, Propose, ReleaseResult
from clerk.contract.licence import LicenceStatus
from clerk.contract.licence_life import LicenceAct, LicencePlan
from clerk.contract.verification import PaperState, SealState, Verified, VerifiedPaper
from tests.support.cases import CLERK, HANDLER, HEAD
from tests.support.central import MakeDesk, read
from tests.support.granting import Granted
from tests.support.seals import PASSPHRASE, install

RELEASE = ReleaseResult(collector="本人", collector_id="", collector_kind="self", signature="签")


@pytest.fixture
def town(make_desk: MakeDesk, central: object, monkeypatch: pytest.MonkeyPatch) -> Granted:
    from central.service import Central

    assert isinstance(central, Central)
    monkeypatch.setenv("CLERK_SEAL_PASSPHRASE", PASSPHRASE)
    install(central.database)
    return Granted(central, make_desk)


def ask(town: Granted, number: str, code: str, **headers: str) -> httpx.Response:
    return town.window.http.get("/verify", params={"n": number, "c": code}, headers=headers)


def code_of(town: Granted, number: str) -> str:
    with town.central.database.read() as connection:
        return check_digits(connection, "food-licence", number)


def test_status_today_with_the_holders_name_masked(town: Granted) -> None:
    case_id = town.grant()
    assert sweep_sealing(town.central) == 1
    town.act(town.window, case_id, RELEASE, CLERK)
    case = town.case(case_id)
    code = code_of(town, case.licence)
    told = read(ask(town, case.licence, code), Verified)
    assert (told.number, told.status) == (case.licence, LicenceStatus.VALID)
    assert told.holder == mask_name(case.applicant.name) != case.applicant.name
    assert case.applicant.id_number not in ask(town, case.licence, code).text
    plan = LicencePlan(act=LicenceAct.SUSPEND, reason="整改", basis="某法")
    town.act(town.department, case_id, Propose(plan=plan), HANDLER)
    town.act(town.department, case_id, Approve(proposal=town.case(case_id).proposals[0].n), HEAD)
    assert read(ask(town, case.licence, code), Verified).status is LicenceStatus.SUSPENDED


def test_wrong_digits_and_no_number_are_told_alike(town: Granted) -> None:
    number = town.case(town.grant()).licence
    answers = [
        ask(town, number, "00000000"),
        ask(town, "FOOD-LICENCE-2026-000099", code_of(town, number)),
        ask(town, "x" * 5000, ""),
        town.window.http.get("/verify"),
    ]
    for one in answers:
        assert (one.status_code, msgspec.json.decode(one.content)["code"]) == (
            404,
            "verification.unknown",
        )


def test_a_phone_gets_a_page_in_which_nothing_is_markup(town: Granted) -> None:
    number = town.case(town.grant()).licence
    page = ask(town, number, code_of(town, number), accept="text/html,*/*")
    assert page.headers["content-type"].startswith("text/html")
    assert "有效" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    unknown = ask(town, "<script>", "1", accept="text/html")
    assert (unknown.status_code, "<script>" in unknown.text) == (404, False)


def test_what_is_typed_stands_in_no_address_and_what_a_qr_says_still_opens(town: Granted) -> None:
    """A desk asks with a message, a person with the form of the page."""
    number = town.case(town.grant()).licence
    code = code_of(town, number)
    posted = town.window.http.post("/verify", json={"number": number, "code": code})
    assert read(posted, Verified) == read(ask(town, number, code), Verified)
    page = town.window.http.get("/verify", headers={"accept": "text/html"})
    assert (page.status_code, 'method="post" action="verify"' in page.text) == (200, True)
    for typed, status, told, again in (
        (code, 200, "有效", False),
        ("00000000", 404, "未查到", True),
    ):
        answer = town.window.http.post(
            "/verify", data={"n": f" {number} ", "c": typed}, headers={"accept": "text/html"}
        )
        assert (answer.status_code, f"<h1>{told}</h1>" in answer.text) == (status, True)
        assert ('method="post"' in answer.text) is again, "a wrong one is typed once more, there"
        assert "?" not in str(answer.url)


def test_one_address_asks_so_often_and_others_go_on(town: Granted, clock: SettableClock) -> None:
    statuses = {ask(town, "X", "1").status_code for _ in range(MOST)}
    assert statuses == {404}
    refused = ask(town, "X", "1")
    assert (refused.status_code, "retry-after" in refused.headers) == (429, True)
    assert ask(town, "X", "1", **{"x-forwarded-for": "192.0.2.7"}).status_code == 404
    clock.put(clock.now() + timedelta(minutes=1, seconds=1))
    assert ask(town, "X", "1").status_code == 404


def test_a_file_is_known_by_its_hash_and_the_seal_by_its_certificate(town: Granted) -> None:
    case_id = town.grant()
    sweep_sealing(town.central)
    paper = town.case(case_id).licence_paper
    assert paper is not None
    with town.central.database.read() as connection:
        from central.db import seals

        seal = seals.find_in_use(connection, "market")
    assert seal is not None

    def look(sha256: str, certificate: str) -> VerifiedPaper:
        answer = town.window.http.get(f"/verify/papers/{sha256}", params={"seal": certificate})
        return read(answer, VerifiedPaper)

    told = look(paper.sha256, seal.id)
    assert (told.paper, told.seal) == (PaperState.CURRENT, SealState.IN_USE)
    assert told.licence is not None
    assert told.licence.number == town.case(case_id).licence
    stranger = look("0" * 64, "1" * 64)
    assert (stranger.paper, stranger.seal) == (PaperState.UNKNOWN, SealState.UNKNOWN)
    assert stranger.licence is None
