"""Scans are put to open cases, by the window or by whoever holds the step."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from clerk.contract.case import DeclineGround
from clerk.contract.command import AttachScan, ClaimCase, DeclineCase
from clerk.contract.scan import CASE_MOST_SCANS, MediaType, Scan
from tests.support.cases import CLERK, HANDLER, CaseStory
from tests.support.people import a_person

SCAN = Scan(sha256="ab" * 32, material="m1", media_type=MediaType.PNG.value, size=7, name="申请书")
ATTACH = AttachScan(scan=SCAN)


def test_the_window_attaches_in_any_open_stage() -> None:
    story = CaseStory().received().do(ATTACH, CLERK)
    assert [one.scan for one in story.case.scans] == [SCAN]
    assert story.case.scans[0].by.user == CLERK.id
    accepted = CaseStory().accepted().do(ATTACH, CLERK)
    assert accepted.case.scans


def test_a_closed_case_takes_no_scan() -> None:
    decline = DeclineCase(ground=DeclineGround.NOT_ELIGIBLE, reason="不符合条件")
    story = CaseStory().received().do(decline, CLERK)
    assert story.refused(ATTACH, CLERK) == "case.closed"


def test_a_department_needs_the_step() -> None:
    story = CaseStory().accepted()
    story.window = ""
    assert story.refused(ATTACH, CLERK) == "step.not_yours"
    assert story.refused(ATTACH, HANDLER) == "claim.none"
    story.do(ClaimCase(), HANDLER)
    assert story.do(ATTACH, HANDLER).case.scans[0].by.user == HANDLER.id


def test_the_same_scan_is_attached_once_to_a_material() -> None:
    story = CaseStory().received().do(ATTACH, CLERK)
    assert story.refused(ATTACH, CLERK) == "scan.attached_already"
    story.do(AttachScan(scan=replace(SCAN, material="m2")), CLERK)
    assert len(story.case.scans) == 2


@pytest.mark.parametrize(
    ("scan", "code"),
    [
        (replace(SCAN, sha256="AB" * 32), "scan.malformed"),
        (replace(SCAN, sha256="ab" * 31), "scan.malformed"),
        (replace(SCAN, size=0), "scan.malformed"),
        (replace(SCAN, pages=0), "scan.malformed"),
        (replace(SCAN, media_type="application/zip"), "scan.type"),
        (replace(SCAN, material="m9"), "material.not_of_item"),
    ],
)
def test_a_scan_that_will_not_do(scan: Scan, code: str) -> None:
    assert CaseStory().received().refused(AttachScan(scan=scan), CLERK) == code


def test_a_case_has_so_many_scans_and_no_more() -> None:
    story = CaseStory().received()
    for n in range(CASE_MOST_SCANS):
        story.do(AttachScan(scan=replace(SCAN, sha256=f"{n:064x}")), CLERK)
    assert story.refused(ATTACH, CLERK) == "scan.too_many"


def test_a_number_in_the_name_of_a_file_is_never_kept() -> None:
    number = a_person().id_number
    named = AttachScan(scan=replace(SCAN, name=f"扫描  {number}.jpg"))
    (kept,) = CaseStory().received().do(named, CLERK).case.scans
    assert number not in kept.scan.name
    assert kept.scan.name.startswith("扫描 ")
