"""The workbooks for registers: people, organisations, licences.

The numbers in the examples are those that the standards themselves print (GB 11643, GB 32100).
"""

from __future__ import annotations

from central.imports.rows import LONGEST_NAME
from clerk.locale import _
from exports.workbook.checks import Check, Day, Length, Words
from exports.workbook.template import TemplateColumn

Columns = tuple[TemplateColumn, ...]
_NUMBER = Length(most=32)
_ADDRESS = Length(most=500)
_PERSON, _BODY = "11010519491231002X", "91350100M000100Y43"


def people(_departments: tuple[str, ...]) -> Columns:
    """The population register."""
    kinds = Words(
        words=("居民身份证", "港澳台居民居住证", "外国人永久居留身份证", "通行证", "护照")
    )
    return (
        _column("证件号码", _("The ID number, as text; a known one changes that row."), _PERSON),
        _column("证件类型", _("What sort of document; empty: told by the number."), "", kinds),
        _column("姓名", _("As it stands on the document."), "样例甲", Length(most=200)),
        _column("性别", _("Empty: told by the number."), "", Words(words=("男", "女"))),
        _column("出生日期", _("Empty: told by the number."), "", Day()),
        _column("住址", _("Where they are registered."), "样例路1号", _ADDRESS),
        _column("电话", _("As text."), "", _NUMBER),
    )


def organisations(_departments: tuple[str, ...]) -> Columns:
    """The organisation register."""
    return (
        _column(
            "统一社会信用代码",
            _("The unified social credit code, as text; a known one changes that row."),
            _BODY,
        ),
        _column("名称", _("As it is registered."), "样例有限公司", Length(most=200)),
        _column("类型", _("What sort of body it is."), "有限责任公司", Length(most=64)),
        _column("法定代表人", _("Who speaks for it."), "样例甲", Length(most=LONGEST_NAME)),
        _column("法定代表人证件号码", _("Their ID number, as text."), _PERSON),
        _column("住所", _("Where it is registered."), "样例路1号", _ADDRESS),
        _column("电话", _("As text."), "", _NUMBER),
        _column("成立日期", _("When it was founded."), "2020-01-02", Day()),
        _column("状态", _("Its state in the register."), "存续", Length(most=32)),
    )


def licences(departments: tuple[str, ...]) -> Columns:
    """The licence library."""
    issuers = Words(words=departments, only=False) if departments else Length(most=LONGEST_NAME)
    return (
        _column("证照类型", _("Its name or short name in the licence catalogue."), "取水许可证"),
        _column("证照编号", _("The number of the licence; a known one changes that row."), "ZZ1"),
        _column("持证主体代码", _("The holder's number, as text."), _BODY),
        _column("持证主体", _("The holder's name."), "样例有限公司", Length(most=200)),
        _column("颁发机构", _("Who issued it."), "市市场监督管理局", issuers),
        _column("颁发日期", _("When it was issued."), "2020-01-02", Day()),
        _column("有效期至", _("Its last day; 长期 or empty: without end."), "长期"),
        _column("证照状态", _("Empty: valid."), "有效", Words(words=("有效", "暂停", "吊销"))),
    )


def _column(head: str, told: str, example: str, check: Check | None = None) -> TemplateColumn:
    return TemplateColumn(head=head, told=told, example=example, check=check or _NUMBER)
