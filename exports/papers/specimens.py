"""Specimens of every form, filled by the types of its fields, to try a changed form with.

A form that sets its specimens (with all that it may hold, and with nothing that it need not) will
set what a window fills in. The people in them are invented.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum

import msgspec

from clerk.clock import OFFICE_ZONE
from exports.papers.case_sheet import CaseSheet
from exports.papers.clock_forms import ExtensionNotice, StopNotice
from exports.papers.correction_forms import CorrectionNotice
from exports.papers.correction_list import CorrectionList
from exports.papers.custody_forms import TransferSlip
from exports.papers.forms import (
    AcceptanceNotice,
    Decision,
    DeclineNotice,
    DeliveryProof,
    Paper,
    Receipt,
    Refusal,
    SupplementNotice,
    WithdrawalNotice,
)
from exports.papers.journal_forms import DayForm, ShiftForm
from exports.papers.licence_forms import LicenceNotice
from exports.papers.loss_forms import LossNotice
from exports.papers.supervision_forms import SupervisionNotice

FORMS: tuple[type[Paper], ...] = (
    *(Receipt, AcceptanceNotice, SupplementNotice, DeclineNotice, Decision, Refusal),
    *(DeliveryProof, WithdrawalNotice, StopNotice, ExtensionNotice, CorrectionNotice),
    *(CorrectionList, TransferSlip, ShiftForm, DayForm, LicenceNotice, SupervisionNotice),
    *(CaseSheet, LossNotice),
)
"""What an office may change. A licence and its seal are a department's, and signed."""

_AT = datetime(2026, 3, 5, 9, 30, tzinfo=OFFICE_ZONE)
_CASE_NUMBER = "260305101000121"
_TEXTS = {
    "act": "received", "what": "name", "type": "received", "number": "样例〔2026〕1号",
    "case_number": _CASE_NUMBER, "sheet": "JB101260305173000", "basis": "《样例办法》第一条",
}  # fmt: skip
_NO_APPLICANT = {"applicant": "", "masked_id": ""}


def specimens(form: type[Paper]) -> Iterator[Paper]:
    """The form with all that it may hold, and with what it must hold alone."""
    given: dict[str, object] = dict(_NO_APPLICANT) if form is SupervisionNotice else {}
    if form is TransferSlip:
        given["number"] = "JJ260305ABCDEFGH1"
    yield form(**(_fill(form, whole=True) | given))
    sparse = _fill(form, whole=False) | given
    if form is StopNotice:
        sparse["hearing"] = _fill(form, whole=True)["hearing"]
    if form is CorrectionNotice:
        sparse["undone"] = True
    if form is DeclineNotice:
        sparse["right_body"] = "样例机关"
    yield form(**sparse)


def _fill(form: type[msgspec.Struct], *, whole: bool) -> dict[str, typing.Any]:
    hints = typing.get_type_hints(form)
    return {
        field.name: _value(field.name, hints[field.name], form)
        for field in msgspec.structs.fields(form)
        if whole or field.required
    }


def _value(name: str, kind: object, form: type[msgspec.Struct]) -> object:  # noqa: PLR0911 - by kind
    arguments = typing.get_args(kind)
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        return _value(name, next(one for one in arguments if one is not type(None)), form)
    if typing.get_origin(kind) is tuple:
        return (_value(name, arguments[0], form),)
    assert isinstance(kind, type), "a field of a form has a plain type"
    if issubclass(kind, msgspec.Struct):
        return kind(**_fill(kind, whole=True))
    if issubclass(kind, Enum):
        return next(iter(kind))
    if kind is bool:
        return True
    if issubclass(kind, date):
        return _AT if issubclass(kind, datetime) else _AT.date()
    if kind is int:
        return 1
    masked = "masked" in name
    number = _CASE_NUMBER if name == "number" and not issubclass(form, Paper) else None
    return "6201**********1234" if masked else number or _TEXTS.get(name, f"样例{name}")
