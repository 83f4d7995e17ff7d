"""Reading identity numbers: tables of what a counter meets. All numbers are invented."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.iso7064 import mod_11_10

from clerk.contract.identity import IdKind
from clerk.rules import specimens
from clerk.rules.identifiers.organisation import USCC_ALPHABET, org_code_check_character
from clerk.rules.identifiers.problem import ProblemCode
from clerk.rules.identifiers.reading import Reading, read_identifier
from tests.support.people import TODAY, resident_numbers, social_credit_codes


def resident(body: str) -> str:
    return body + str(ric.calc_check_digit(body + "0"))


def other_last(number: str) -> str:
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def codes(reading: Reading) -> list[str]:
    return [problem.code.value for problem in reading.problems]


def warned(reading: Reading) -> list[str]:
    return [warning.code.value for warning in reading.warnings]


RESIDENT = resident("62019919900307124")
CREDIT = specimens.invent_uscc(Random(1), "620199")
REGISTRATION = "62019960098553" + mod_11_10.calc_check_digit("62019960098553")
ORG_CODE = "A2143569-" + org_code_check_character("A2143569")

RECOGNISED = [
    (RESIDENT, IdKind.RESIDENT),
    (resident("81000019900307123"), IdKind.HMT_RESIDENCE),
    (resident("82000019900307123"), IdKind.HMT_RESIDENCE),
    (resident("83000019900307123"), IdKind.HMT_RESIDENCE),
    (resident("96284019900307123"), IdKind.FOREIGN_PERMANENT_RESIDENCE),
    ("USA621190030710", IdKind.FOREIGN_PERMANENT_RESIDENCE),
    ("E12345678", IdKind.PASSPORT),
    ("C01X00T47", IdKind.PASSPORT),
    ("H1234567800", IdKind.TRAVEL_PERMIT),
    ("1234567801(B)", IdKind.TRAVEL_PERMIT),
]


@pytest.mark.parametrize(("text", "kind"), RECOGNISED)
def test_recognises_the_document(text: str, kind: IdKind) -> None:
    reading = read_identifier(text, today=TODAY)
    assert reading.kind is kind
    assert reading.valid
    assert not reading.warnings


@pytest.mark.parametrize(
    "text",
    [
        RESIDENT[:6] + " " + RESIDENT[6:14] + "-" + RESIDENT[14:],
        "".join(chr(ord(digit) + 0xFEE0) for digit in RESIDENT),
        RESIDENT + "\r\n",
        "\u200b" + RESIDENT + "\u3000",
        RESIDENT[:6] + "\u2014" + RESIDENT[6:],
    ],
)
def test_takes_what_scanners_and_keyboards_give(text: str) -> None:
    assert read_identifier(text, today=TODAY).number == RESIDENT


def test_takes_a_small_x() -> None:
    number = next(
        found for n in range(1000) if (found := resident(f"62019919900307{n:03d}")).endswith("X")
    )
    reading = read_identifier(number.lower(), today=TODAY)
    assert reading.valid
    assert reading.number == number


def test_explains_a_wrong_check_digit() -> None:
    wrong = other_last(RESIDENT)
    (problem,) = read_identifier(wrong, today=TODAY).problems
    assert problem.code is ProblemCode.CHECK_DIGIT
    assert problem.parameters == {"position": 18, "expected": RESIDENT[-1]}


REFUSED = [
    ("", None, ["identifier.empty"]),
    ("  - ", None, ["identifier.empty"]),
    ("hello", None, ["identifier.unknown"]),
    (RESIDENT[:-1], None, ["identifier.length"]),
    (RESIDENT + "1", None, ["identifier.length"]),
    (CREDIT + "1", None, ["identifier.length"]),
    (CREDIT[:8] + CREDIT[9:], None, ["identifier.length"]),
    (resident("62019919900230123"), None, ["identifier.birth_date"]),
    (resident("62019920270101123"), None, ["identifier.birth_future"]),
    ("620199900307124", None, ["identifier.old_resident"]),
    ("620199900307124", IdKind.RESIDENT, ["identifier.old_resident"]),
    (REGISTRATION, None, ["identifier.old_registration"]),
    (other_last(REGISTRATION), IdKind.OLD_REGISTRATION, ["identifier.check_digit"]),
    (ORG_CODE, None, ["identifier.old_org_code"]),
    (
        other_last(ORG_CODE),
        IdKind.OLD_ORG_CODE,
        ["identifier.check_digit", "identifier.old_org_code"],
    ),
    ("H12345678", None, ["identifier.ambiguous"]),
    ("12345678", None, ["identifier.ambiguous"]),
    ("ABCDEFG", IdKind.PASSPORT, ["identifier.form"]),
    ("E1234567890", IdKind.PASSPORT, ["identifier.length"]),
    ("E1234_678", IdKind.PASSPORT, ["identifier.character"]),
    ("X123", IdKind.TRAVEL_PERMIT, ["identifier.form"]),
    ("USA621190133110", None, ["identifier.birth_date"]),
    (RESIDENT, IdKind.HMT_RESIDENCE, ["identifier.kind_mismatch"]),
    (resident("81000019900307123"), IdKind.RESIDENT, ["identifier.kind_mismatch"]),
    (CREDIT, IdKind.RESIDENT, ["identifier.character"]),
    (CREDIT[:4] + "O" + CREDIT[5:], IdKind.USCC, ["identifier.character"]),
    (CREDIT[:2] + "A" + CREDIT[3:], IdKind.USCC, ["identifier.character"]),
    (other_last(CREDIT), IdKind.USCC, ["identifier.check_digit"]),
]


@pytest.mark.parametrize(("text", "kind", "expected"), REFUSED)
def test_says_what_is_wrong(text: str, kind: IdKind | None, expected: list[str]) -> None:
    reading = read_identifier(text, kind, today=TODAY)
    assert not reading.valid
    assert codes(reading)[: len(expected)] == expected


def test_names_the_position_of_an_illegal_character() -> None:
    reading = read_identifier(RESIDENT[:4] + "O" + RESIDENT[5:], IdKind.RESIDENT, today=TODAY)
    assert [problem.parameters for problem in reading.problems] == [{"position": 5}]


def test_says_once_that_too_much_was_typed() -> None:
    assert codes(read_identifier(RESIDENT + "ylxy", today=TODAY)) == ["identifier.length"]


def test_counts_what_is_there_and_what_is_needed() -> None:
    (problem,) = read_identifier(RESIDENT[:-2], today=TODAY).problems
    assert problem.parameters == {"have": 16, "need": "18"}


def test_an_ambiguous_number_is_read_with_the_kind_that_the_clerk_says() -> None:
    candidates = read_identifier("M12345678", today=TODAY).candidates
    assert candidates == (IdKind.TRAVEL_PERMIT, IdKind.PASSPORT)
    for kind in candidates:
        assert read_identifier("M12345678", kind, today=TODAY).valid


WARNED = [
    (resident("99010219900307123"), IdKind.FOREIGN_PERMANENT_RESIDENCE, "region_unknown"),
    (resident("19010219900307123"), IdKind.RESIDENT, "region_unknown"),
    (resident("62019919000307123"), IdKind.RESIDENT, "age_unlikely"),
]


@pytest.mark.parametrize(("text", "kind", "warning"), WARNED)
def test_only_warns_of_what_may_be_right(text: str, kind: IdKind, warning: str) -> None:
    reading = read_identifier(text, kind, today=TODAY)
    assert reading.valid
    assert warned(reading) == [f"identifier.{warning}"]


def test_120_years_are_possible() -> None:
    born = TODAY.replace(year=TODAY.year - 120)
    reading = read_identifier(resident(f"620199{born:%Y%m%d}123"), today=TODAY)
    assert reading.valid
    assert not reading.warnings


def test_born_today_is_possible() -> None:
    assert read_identifier(resident(f"620199{TODAY:%Y%m%d}123"), today=TODAY).valid


@given(resident_numbers())
def test_every_correct_resident_number_is_read(number: str) -> None:
    reading = read_identifier(number, IdKind.RESIDENT, today=TODAY)
    assert reading.valid
    assert not reading.warnings


@given(social_credit_codes())
def test_every_correct_credit_code_is_read(code: str) -> None:
    reading = read_identifier(code, today=TODAY)
    assert (reading.kind, reading.valid) == (IdKind.USCC, True)


@given(resident_numbers(), st.integers(0, 16), st.integers(1, 9))
def test_a_wrong_digit_is_never_taken_for_a_person(number: str, at: int, by: int) -> None:
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert not read_identifier(wrong, IdKind.RESIDENT, today=TODAY).valid


@given(resident_numbers(), st.integers(0, 16))
def test_swapped_neighbours_are_found(number: str, at: int) -> None:
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if swapped != number:
        assert not read_identifier(swapped, IdKind.RESIDENT, today=TODAY).valid


@given(social_credit_codes(), st.integers(8, 16), st.integers(1, 30))
def test_a_wrong_character_is_never_taken_for_a_credit_code(code: str, at: int, by: int) -> None:
    other = USCC_ALPHABET[(USCC_ALPHABET.index(code[at]) + by) % len(USCC_ALPHABET)]
    wrong = code[:at] + other + code[at + 1 :]
    assert not read_identifier(wrong, IdKind.USCC, today=TODAY).valid


def test_a_mistyped_person_is_seldom_recognised_as_an_organisation() -> None:
    """One in 31 carries a credit code's check character by chance; the build decides instead."""
    chance, taken = Random(1), 0
    for person in (specimens.invent_person(chance) for _ in range(5000)):
        at = chance.randrange(17)
        digit = str((int(person.id_number[at]) + chance.randrange(1, 10)) % 10)
        wrong = person.id_number[:at] + digit + person.id_number[at + 1 :]
        taken += read_identifier(wrong, today=TODAY).valid
    assert taken <= 5


@given(st.text(max_size=30), st.sampled_from([None, *IdKind]))
def test_anything_typed_is_answered_without_repeating_it(text: str, kind: IdKind | None) -> None:
    reading = read_identifier(text, kind, today=TODAY)
    for told in (*reading.problems, *reading.warnings):
        for value in told.parameters.values():
            assert len(reading.number) <= 5 or reading.number not in str(value)


@given(st.text(max_size=30), st.sampled_from([None, *IdKind]))
def test_reading_again_changes_nothing(text: str, kind: IdKind | None) -> None:
    number = read_identifier(text, kind, today=TODAY).number
    assert read_identifier(number, kind, today=TODAY).number == number
