"""What the workbooks for flows and bundles look like, with an example to write over."""

from __future__ import annotations

from central.imports.flows.bundle_file import LONGEST_ID, MAIN_OR_NOT, NODES, STAGES
from central.imports.flows.flow_file import ACTS, FLOWS, RULES, SILENCES, YES_OR_NO
from central.imports.flows.records import Layout
from central.imports.rows import LONGEST_NAME
from central.imports.values import MOST_AMOUNT, UNITS
from central.imports.words import first_words
from clerk.locale import _
from exports.workbook.checks import Check, Length, Whole, Words
from exports.workbook.template import TemplateColumn, TemplateSheet, build_template

_FLOW_ROWS = (
    ("食品经营许可", "", "承办", "承办", "", "3", "工作日", "", "是", "否", "", "", "", ""),
    (
        *("", "", "联合核查", "审核", "", "5", "工作日", "", "是", "否"),
        *("市消防救援支队；市卫生健康委员会", "全部", "5", "视为同意"),
    ),
    ("", "", "批准", "批准", "", "2", "工作日", "", "是", "是", "", "", "", ""),
)
_STAGE_ROWS = (
    ("restaurant", "开餐饮店一件事", "市市场监督管理局", "国发〔2024〕3号", "主体登记"),
    ("", "", "", "", "准营"),
)
_NODE_ROWS = (
    ("restaurant", "主体登记", "个体工商户设立登记", "", "主", ""),
    ("", "准营", "食品经营许可", "", "主", "个体工商户设立登记"),
    (
        *("", "", "城镇污水排入排水管网许可", "市住房和城乡建设局", "辅"),
        "个体工商户设立登记；食品经营许可",
    ),
)


def flow_template(departments: tuple[str, ...] = ()) -> bytes:
    """A workbook for `import flows`, which offers these departments."""
    checks = flow_checks(departments)
    return build_template([_sheet(FLOWS, _FLOW_ROWS, _flow_notes(), checks)])


def bundle_template(departments: tuple[str, ...] = ()) -> bytes:
    """A workbook for `import bundles`, which offers these departments."""
    checks, notes = bundle_checks(departments), _bundle_notes()
    sheets = [_sheet(STAGES, _STAGE_ROWS, notes, checks), _sheet(NODES, _NODE_ROWS, notes, checks)]
    return build_template(sheets)


def flow_checks(departments: tuple[str, ...] = ()) -> dict[str, Check]:
    """What the cells of a flow may hold, in the words that the import takes."""
    yes_or_no = Words(words=first_words(YES_OR_NO))
    known = Words(words=departments, only=False) if departments else Length(most=LONGEST_NAME)
    return {
        "item": Length(most=LONGEST_NAME),
        "item_department": known,
        "name": Length(most=LONGEST_NAME),
        "act": Words(words=first_words(ACTS)),
        "department": known,
        "limit": Whole(least=0, most=MOST_AMOUNT),
        "unit": Words(words=first_words(UNITS)),
        "may_send_back": yes_or_no,
        "may_decide": yes_or_no,
        "rule": Words(words=first_words(RULES), only=False),
        "joint_limit": Whole(least=0, most=MOST_AMOUNT),
        "silence": Words(words=first_words(SILENCES)),
    }


def bundle_checks(departments: tuple[str, ...] = ()) -> dict[str, Check]:
    """What the cells of a bundle may hold, in the words that the import takes."""
    known = Words(words=departments, only=False) if departments else Length(most=LONGEST_NAME)
    return {
        "id": Length(most=LONGEST_ID),
        "item": Length(most=LONGEST_NAME),
        "lead_department": known,
        "department": known,
        "main": Words(words=first_words(MAIN_OR_NOT)),
    }


def _sheet(
    layout: Layout,
    rows: tuple[tuple[str, ...], ...],
    notes: dict[str, str],
    checks: dict[str, Check],
) -> TemplateSheet:
    columns = tuple(
        TemplateColumn(
            head=names[0],
            told=notes[key],
            example=next((row[place] for row in rows if row[place]), ""),
            check=checks.get(key),
        )
        for place, (key, names) in enumerate(layout.columns.items())
    )
    return TemplateSheet(name=layout.sheets[0], columns=columns, rows=rows)


def _flow_notes() -> dict[str, str]:
    return {
        "item": _("The item's name or code; empty means the item of the row above."),
        "item_department": _("The item's department, where two items have one name."),
        "name": _("What the step is called."),
        "act": _("承办 (handle), 审核 (review) or 批准 (approve): it says whose role the step is."),
        "department": _("Who does the step; empty means the item's own department."),
        "limit": _("How long the step may take; together no more than the item's legal limit."),
        "unit": _("工作日, 自然日, 工作小时 or 小时; empty means working days."),
        "next": _("The step that follows, where the rows are not in order."),
        "may_send_back": _("是 or 否: whether the step may ask for a supplement."),
        "may_decide": _("是 or 否: whether the step decides. The last one has to."),
        "signers": _("Departments that countersign, with semicolons between."),
        "rule": _("全部 (all), 任一 (any one), or how many must agree, such as 2."),
        "joint_limit": _("How long each of them has to speak; empty means five days."),
        "silence": _("What silence counts as: 视为同意 (consent) or 视为不同意 (objection)."),
    }


def _bundle_notes() -> dict[str, str]:
    return {
        "id": _("The bundle's own short name, the same in every version."),
        "bundle": _("What the bundle is called."),
        "lead_department": _("The department that leads."),
        "basis": _("The rules that it comes from, with semicolons between."),
        "stage": _("The stages in their order."),
        "item": _("The item's name or code."),
        "department": _("The item's department, where two items have one name."),
        "main": _("主 for a main item, 辅 for an auxiliary one."),
        "after": _("The items that must be granted first, with semicolons between."),
    }
