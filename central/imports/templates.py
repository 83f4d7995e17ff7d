"""The workbooks for lists of one table: what each column is called, means and may hold.

Their examples stand among the explanations, not in the table: nobody imports them by mistake.
"""

from __future__ import annotations

from collections.abc import Callable

from central.imports import register_templates
from central.imports.calendar import DAY_KINDS
from central.imports.rows import LONGEST_CODE, LONGEST_ID, LONGEST_NAME, LONGEST_SOURCE
from central.imports.users import ROLE_WORDS
from central.imports.values import (
    FORM_WORDS,
    MOST_AMOUNT,
    MOST_COPIES,
    MOST_SEQ,
    NECESSITIES,
    SOURCE_WORDS,
    UNITS,
)
from central.imports.words import first_words
from central.staff import LONGEST_LOGIN
from clerk.locale import _
from exports.workbook.checks import Check, Day, Length, Whole, Words
from exports.workbook.template import TemplateColumn, TemplateSheet, build_template

Columns = tuple[TemplateColumn, ...]
_MOST_RENEWAL_DAYS = 99_999


def table_template(kind: str, departments: tuple[str, ...] = ()) -> bytes:
    """A workbook for `import KIND`, which offers these departments."""
    name, columns = TABLES[kind]
    return build_template([TemplateSheet(name=name, columns=columns(departments))])


def _column(head: str, told: str, example: str, check: Check | None = None) -> TemplateColumn:
    return TemplateColumn(head=head, told=told, example=example, check=check)


def _department(head: str, told: str, departments: tuple[str, ...]) -> TemplateColumn:
    """Those that are known are offered; without any, the cell takes a name."""
    check = Words(words=departments, only=False) if departments else Length(most=LONGEST_NAME)
    return _column(head, told, departments[0] if departments else "市水务局", check)


def _items(departments: tuple[str, ...]) -> Columns:
    return (
        _column(
            "事项编码",
            _("The item's code, as it is written; a row with a known code changes that item."),
            "310100891004",
            Length(most=LONGEST_CODE),
        ),
        _column("事项名称", _("What the item is called."), "取水许可", Length(most=LONGEST_NAME)),
        _department(
            "部门", _("The department that answers for it; a new one is made."), departments
        ),
        _column("事项类型", _("What kind of act it is."), "行政许可", Length(most=LONGEST_NAME)),
        _source(),
        *_limits_columns(),
    )


def _limits(departments: tuple[str, ...]) -> Columns:
    return (
        _column(
            "事项标识",
            _("What the list of materials calls the item; empty where there is none."),
            "water-1",
            Length(most=LONGEST_ID),
        ),
        _column("事项名称", _("The item's name, as in the list of items."), "取水许可"),
        _department("部门", _("The item's department, as in the list of items."), departments),
        _source(),
        *_limits_columns(),
    )


def _source() -> TemplateColumn:
    told = _("The place whose items these are; empty where they are the office's own.")
    return _column("来源", told, "", Length(most=LONGEST_SOURCE))


def _limits_columns() -> Columns:
    units = Words(words=first_words(UNITS))
    days = Whole(least=0, most=MOST_AMOUNT)
    return (
        _column("承诺时限", _("The promised limit; 0 is at once."), "5", days),
        _column("承诺时限单位", _("Its unit; empty means working days."), "工作日", units),
        _column("法定时限", _("The limit of the law; empty means 20 working days."), "20", days),
        _column("法定时限单位", _("Its unit; empty means working days."), "工作日", units),
    )


def _materials(_departments: tuple[str, ...]) -> Columns:
    return (
        _column(
            "事项编码",
            _("The item's code; all rows of one item make its list of materials."),
            "310100891004",
            Length(most=LONGEST_ID),
        ),
        _column("序号", _("Its place in the list."), "1", Whole(least=1, most=MOST_SEQ)),
        _column("材料名称", _("What it is called."), "取水许可申请书", Length(most=LONGEST_NAME)),
        _column(
            "必要性",
            _("Whether the case cannot do without it."),
            "必要",
            Words(words=first_words(NECESSITIES)),
        ),
        _column("原件复印件", _("Original, copy, or both."), "原件", Words(words=FORM_WORDS)),
        _column("份数", _("How many of them."), "1", Whole(least=0, most=MOST_COPIES)),
        _column(
            "介质", _("Paper or electronic."), "纸质", Words(words=("纸质", "电子"), only=False)
        ),
        _column("来源渠道", _("Who makes it."), "申请人", Words(words=SOURCE_WORDS, only=False)),
        _column("备注", _("What the applicant has to know of it."), ""),
    )


def _calendar(_departments: tuple[str, ...]) -> Columns:
    return (
        _column(
            "日期",
            _("A day. A year is told whole: all its holidays and all its make-up working days."),
            "2027-01-01",
            Day(),
        ),
        _column(
            "类型",
            _("节假日 (holiday) or 调休上班 (a weekend day that is worked)."),
            "节假日",
            Words(words=first_words(DAY_KINDS)),
        ),
        _column("节日", _("What the day is called; for the reader only."), "元旦"),
    )


def _licence_types(departments: tuple[str, ...]) -> Columns:
    return (
        _column("证照编码", _("A short name that stays."), "water", Length(most=LONGEST_CODE)),
        _column(
            "证照名称", _("As it stands on the licence."), "取水许可证", Length(most=LONGEST_NAME)
        ),
        _department("颁发部门", _("The department that issues and seals it."), departments),
        _column(
            "编号规则",
            _("How numbers are made: {n} or {n:08} once, {year} if wanted. Empty: a usual one."),
            "QS{year}{n:06}",
        ),
        _column("有效期", _("Months, a day, or 长期; empty: as the item says."), "60个月"),
        _column(
            "照面字段",
            _("Further lines, as 名称=form.KEY or 名称=fixed:文字, with semicolons between."),
            "许可范围=fixed:取水",
        ),
        _column(
            "可替代材料",
            _("Keys of shared materials that it stands for, with semicolons between."),
            "",
        ),
        _column(
            "延续提前天数",
            _("How many days before its end a renewal is due; empty: 30."),
            "30",
            Whole(least=0, most=_MOST_RENEWAL_DAYS),
        ),
    )


def _users(departments: tuple[str, ...]) -> Columns:
    return (
        _column(
            "登录名",
            _("What they sign in with; it stays."),
            "zhanggong",
            Length(most=LONGEST_LOGIN),
        ),
        _column("姓名", _("How others see them."), "张工", Length(most=LONGEST_NAME)),
        _column(
            "角色",
            _("What they are there for; several with semicolons between."),
            "承办人",
            Words(words=first_words(ROLE_WORDS), only=False),
        ),
        _department("部门", _("Their department; empty for the centre's own staff."), departments),
    )


TABLES: dict[str, tuple[str, Callable[[tuple[str, ...]], Columns]]] = {
    "items": ("事项清单", _items),
    "limits": ("办理时限", _limits),
    "materials": ("申请材料", _materials),
    "calendar": ("工作日历", _calendar),
    "licence-types": ("证照目录", _licence_types),
    "users": ("用户", _users),
    "people": ("人口库", register_templates.people),
    "organisations": ("法人库", register_templates.organisations),
    "licences": ("证照库", register_templates.licences),
}
"""The name of the sheet and its columns, by the kind of import."""
