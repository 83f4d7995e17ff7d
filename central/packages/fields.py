"""The closed list of sources, and the fields that each can give."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from clerk.rules.identifiers import mask_identifier
from clerk.rules.identifiers.masking import scrub

RECORD = "record"
"""The key of every row: a keyed hash of the entry's own key, other for each subscriber."""
_HIDDEN = "***"


class SourceKind(StrEnum):
    """Where rows come from."""

    CASES = "cases"
    LICENCES = "licences"
    ITEMS = "items"
    STATISTICS = "statistics"


class Kind(StrEnum):
    """What a value is, in the words of the open format."""

    STRING = "string"
    INTEGER = "integer"
    DATE = "date"


class Personal(StrEnum):
    """How a field tells of a person."""

    NO = "no"
    NUMBER = "number"
    NAME = "name"
    MAYBE = "maybe"
    """A licence's number: for some types it is the holder's own."""


class Field(msgspec.Struct, frozen=True):
    """One field of a source."""

    name: str
    title: str
    kind: Kind = Kind.STRING
    personal: Personal = Personal.NO

    @property
    def may_be_masked(self) -> bool:
        """Whether a masked value is still one of its kind."""
        return self.kind is Kind.STRING

    def mask(self, value: str) -> str:
        """So much of a value as does not name anybody."""
        if not value:
            return value
        if self.personal is Personal.NUMBER:
            return mask_identifier(value)
        if self.personal is Personal.MAYBE:
            return scrub(value)
        return value[0] + _HIDDEN if self.personal is Personal.NAME else _HIDDEN


class Source(msgspec.Struct, frozen=True):
    """What a source gives, what its rows are told apart by, and how they may be selected."""

    fields: tuple[Field, ...]
    key: tuple[str, ...]
    selects: frozenset[str]


_DATE, _INTEGER = Kind.DATE, Kind.INTEGER
_DAYS = frozenset({"since", "until"})

SOURCES: dict[SourceKind, Source] = {
    SourceKind.CASES: Source(
        fields=(
            Field("number", "办件编号"),
            Field("item", "事项编码"),
            Field("item_name", "事项名称"),
            Field("department", "部门"),
            Field("window", "窗口"),
            Field("stage", "阶段"),
            Field("outcome", "办理结果"),
            Field("delivery", "送达"),
            Field("applicant_number", "申请人证件号码", Kind.STRING, Personal.NUMBER),
            Field("received_on", "收件日期", _DATE),
            Field("accepted_on", "受理日期", _DATE),
            Field("declined_on", "不予受理日期", _DATE),
            Field("decided_on", "办结日期", _DATE),
            Field("released_on", "送达日期", _DATE),
            Field("promised_due", "承诺办结日期", _DATE),
            Field("statutory_due", "法定办结日期", _DATE),
        ),
        key=("number",),
        selects=_DAYS | {"departments"},
    ),
    SourceKind.LICENCES: Source(
        fields=(
            Field("type", "证照类型"),
            Field("type_name", "证照类型名称"),
            Field("number", "证照编号", Kind.STRING, Personal.MAYBE),
            Field("holder_kind", "持证主体证件类型"),
            Field("holder_number", "持证主体代码", Kind.STRING, Personal.NUMBER),
            Field("holder_name", "持证主体", Kind.STRING, Personal.NAME),
            Field("issuer", "颁发机构"),
            Field("issued_on", "颁发日期", _DATE),
            Field("valid_until", "有效期至", _DATE),
            Field("status", "状态"),
        ),
        key=("type", "number"),
        selects=_DAYS | {"types"},
    ),
    SourceKind.ITEMS: Source(
        fields=(
            Field("id", "事项标识"),
            Field("code", "事项编码"),
            Field("name", "事项名称"),
            Field("department", "部门"),
            Field("department_name", "部门名称"),
            Field("type_name", "事项类型"),
            Field("version", "版本", _INTEGER),
            Field("effective_on", "生效日期", _DATE),
            Field("statutory_limit", "法定时限", _INTEGER),
            Field("statutory_unit", "法定时限单位"),
            Field("promised_limit", "承诺时限", _INTEGER),
            Field("promised_unit", "承诺时限单位"),
            Field("materials", "材料数", _INTEGER),
        ),
        key=("id",),
        selects=_DAYS | {"departments"},
    ),
    SourceKind.STATISTICS: Source(
        fields=(
            Field("month", "收件月份"),
            Field("department", "部门"),
            Field("item", "事项编码"),
            Field("received", "收件数", _INTEGER),
            Field("accepted", "受理数", _INTEGER),
            Field("declined", "不予受理数", _INTEGER),
            Field("decided", "办结数", _INTEGER),
            Field("granted", "准予数", _INTEGER),
            Field("refused", "不予许可数", _INTEGER),
            Field("late", "超过法定时限办结数", _INTEGER),
        ),
        key=("month", "department", "item"),
        selects=_DAYS | {"departments"},
    ),
}
