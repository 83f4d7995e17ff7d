"""What a scan is: complete and right, or it is none."""

from __future__ import annotations

from datetime import date

import pytest

from clerk.rules.numbers import format_case_number, neighbours
from clerk.rules.scanned import ScanKind, read_scanned
from tests.support.people import a_person

TODAY = date(2026, 6, 1)
RECEIPT = format_case_number(TODAY, 3, 12)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (RECEIPT, ScanKind.CASE),
        (f" {RECEIPT[:6]} {RECEIPT[6:]} ", ScanKind.CASE),
        (a_person(3).id_number, ScanKind.IDENTIFIER),
        ("https://city.example/verify?n=%E8%AE%B8%E5%8F%AF-1&c=4711", ScanKind.LICENCE),
        ("FOOD-LICENCE-2026-000001 7K3M9QXY", ScanKind.LICENCE),
        ("https://city.example/news?n=1", None),
        ("FOOD-LICENCE-2026-000001 7K3M9QX", None),
        ("FOOD-LICENCE-2026-000001 7K3M9QIL", None),
        ("https://[half", None),
        (RECEIPT[:-1] + str((int(RECEIPT[-1]) + 1) % 10), None),
        ("食品经营许可证核发", None),
        ("", None),
    ],
)
def test_what_was_scanned(text: str, kind: ScanKind | None) -> None:
    scanned = read_scanned(text, TODAY)
    assert (scanned.kind if scanned else None) is kind


def test_a_scan_tells_nobody_its_number() -> None:
    number = a_person(3).id_number
    assert number not in repr(read_scanned(number, TODAY))


def test_a_slip_of_one_digit_or_of_two_leads_back_to_the_number() -> None:
    other = str((int(RECEIPT[4]) + 1) % 10)
    assert RECEIPT in neighbours(RECEIPT[:4] + other + RECEIPT[5:])
    assert RECEIPT in neighbours(RECEIPT[:8] + RECEIPT[9] + RECEIPT[8] + RECEIPT[10:])
    assert neighbours("12") == ()
