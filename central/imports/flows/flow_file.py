"""Flows out of a file: its rows become the steps of items, checked whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from central.db import items
from central.db.engine import Connection
from central.imports.flows.names import Names
from central.imports.flows.records import (
    Complaint,
    Layout,
    Record,
    read_table,
    read_toml_file,
    read_workbook,
    split_list,
    toml_record,
)
from central.imports.values import read_limit
from clerk.contract.item import Act, Item, Joint, JointRule, Signer, Silence, Step
from clerk.contract.limits import Limit
from clerk.rules.flow import role_of
from clerk.rules.flow_check import check_flow, follow

FLOWS = Layout(
    name="flows",
    sheets=("流程", "flows", "办理流程"),
    columns={
        "item": ("事项", "事项名称", "事项编码", "实施编码"),
        "item_department": ("事项部门", "实施主体", "所属部门"),
        "name": ("步骤", "步骤名称", "环节", "环节名称"),
        "act": ("办理", "办理动作", "动作", "角色"),
        "department": ("承办部门", "办理部门", "部门"),
        "limit": ("时限", "步骤时限", "办理时限"),
        "unit": ("时限单位", "单位"),
        "next": ("下一步", "下一环节"),
        "may_send_back": ("可退回", "是否可退回"),
        "may_decide": ("可决定", "是否可决定", "可办结"),
        "signers": ("会签部门", "联审部门", "协办部门"),
        "rule": ("会签规则", "联审规则"),
        "joint_limit": ("会签时限", "联审时限"),
        "silence": ("逾期未反馈", "逾期视为"),
    },
    required=("item", "name", "act"),
)
ACTS = {
    **dict.fromkeys(("承办", "办理", "handle", "承办人", "handler"), Act.HANDLE),
    **dict.fromkeys(("审核", "review", "审核人", "reviewer"), Act.REVIEW),
    **dict.fromkeys(("批准", "审批", "决定", "approve", "批准人", "approver"), Act.APPROVE),
}
YES_OR_NO = {
    **dict.fromkeys(("是", "可", "可以", "有", "yes", "true", "1", "√"), True),
    **dict.fromkeys(("否", "不可", "不可以", "无", "no", "false", "0", "×"), False),
}
RULES = {
    **dict.fromkeys(("", "全部", "全部同意", "all"), JointRule.ALL),
    **dict.fromkeys(("任一", "任一同意", "any"), JointRule.ANY),
}
SILENCES = {
    **dict.fromkeys(("", "视为同意", "同意", "consent"), Silence.CONSENT),
    **dict.fromkeys(("视为不同意", "不同意", "objection"), Silence.OBJECTION),
}


class FoundFlow(msgspec.Struct, frozen=True, kw_only=True):
    """The flow of one item as a file has it."""

    item: Item
    steps: tuple[Step, ...]


class FlowFile(msgspec.Struct, frozen=True, kw_only=True):
    """All flows of a file, and everything that is wrong with it."""

    flows: tuple[FoundFlow, ...]
    complaints: tuple[Complaint, ...]

    @property
    def usable(self) -> bool:
        """Whether nothing keeps it out."""
        return all(one.warning for one in self.complaints)


def read_flow_records(path: Path) -> list[Record]:
    """The rows of a file, a workbook or TOML; those of one item follow one another."""
    if path.suffix.lower() != ".toml":
        return _filled(read_workbook(path, FLOWS))
    found = []
    for at, flow in read_table(read_toml_file(path).get("flows", []), "flows"):
        head = {name: text for name, text in flow.items() if name != "steps"}
        for place, step in read_table(flow.get("steps", []), f"{at}.steps"):
            found.append(toml_record({**head, **step}, place, FLOWS))
    return found


def read_flows(connection: Connection, records: Sequence[Record]) -> FlowFile:
    """The flows of the records, against the catalogue as it is now."""
    reading = _Reading(Names(connection))
    grouped: dict[str, list[Record]] = {}
    for record in records:
        item_id = reading.item_of(record)
        if item_id:
            grouped.setdefault(item_id, []).append(record)
    known = items.find_current(connection, grouped)
    flows = [reading.flow_of(known[item_id], rows) for item_id, rows in grouped.items()]
    if not records:
        reading.complaints.append(Complaint("", "flow.none_in_file"))
    return FlowFile(flows=tuple(flows), complaints=tuple(reading.complaints))


def _filled(records: list[Record]) -> list[Record]:
    """An empty cell of the item means the item above."""
    filled: list[Record] = []
    for record in records:
        one = record
        if not record["item"] and filled:
            above = {name: filled[-1][name] for name in ("item", "item_department")}
            one = msgspec.structs.replace(record, cells={**record.cells, **above})
        filled.append(one)
    return filled


class _Reading:
    """One file being read."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self.complaints: list[Complaint] = []

    def item_of(self, record: Record) -> str:
        """The item that a row is about; what is wrong with it is noted."""
        found = self._names.find_items(record["item"], record["item_department"])
        if len(found) == 1:
            return found[0]
        code = "flow.item_ambiguous" if found else "flow.item_unknown"
        self._refuse(record, "item", code, item=record["item"], count=str(len(found)))
        return ""

    def flow_of(self, item: Item, records: list[Record]) -> FoundFlow:
        """The steps of an item, in order."""
        records = self._in_order(records)
        steps = tuple(self._step(record, item, f"s{at}") for at, record in enumerate(records, 1))
        for fault in check_flow(steps, item.statutory):
            record = records[min(fault.step, len(records) - 1)]
            self._refuse(record, fault.column, fault.code, **fault.parameters)
        return FoundFlow(item=item, steps=steps)

    def _in_order(self, records: list[Record]) -> list[Record]:
        """As they stand, or as each names the next one."""
        if not any(record["next"] for record in records):
            return records
        places = {record["name"]: at for at, record in enumerate(records)}
        for record in records:
            if record["next"] and record["next"] not in places:
                self._refuse(record, "next", "flow.next_unknown", step=record["next"])
        following = [places.get(record["next"]) for record in records]
        order, back = follow(following)
        if back is not None:
            way = " → ".join(records[at]["name"] for at in (*order[order.index(back) :], back))
            self._refuse(records[order[-1]], "next", "flow.cycle", way=way)
        for at, record in enumerate(records):
            if at not in order:
                self._refuse(record, "name", "flow.unreachable", step=record["name"])
        return [records[at] for at in order]

    def _step(self, record: Record, item: Item, key: str) -> Step:
        act = ACTS.get(record["act"].lower())
        if act is None:
            self._refuse(record, "act", "flow.act_unknown", text=record["act"])
        if not record["name"]:
            self._refuse(record, "name", "flow.name_missing")
        step = Step(
            key=key,
            name=record["name"],
            act=act or Act.HANDLE,
            department=self._department(record, "department", record["department"]),
            limit=self._limit(record, "limit", record["unit"]),
            may_send_back=self._yes(record, "may_send_back", default=True),
            may_decide=self._yes(record, "may_decide", default=False),
            joint=self._joint(record),
        )
        lead = step.department or item.department
        if not self._names.is_staffed(lead, role_of(step)):
            told = {"step": step.name, "role": role_of(step).value}
            nobody = record.complain("department", "flow.nobody", told)
            self.complaints.append(msgspec.structs.replace(nobody, warning=True))
        # The item's own department is left empty, so that the flow follows the item.
        return msgspec.structs.replace(
            step, department="" if step.department == item.department else step.department
        )

    def _joint(self, record: Record) -> Joint | None:
        told = ("signers", "rule", "joint_limit", "silence")
        if not any(record[name] for name in told):
            return None
        rule, quorum = self._rule(record)
        silence = SILENCES.get(record["silence"].lower())
        if silence is None:
            self._refuse(record, "silence", "flow.silence_unknown", text=record["silence"])
        return Joint(
            signers=tuple(self._signers(record)),
            rule=rule,
            quorum=quorum,
            limit=self._limit(record, "joint_limit", record["unit"]) or Joint(signers=()).limit,
            silence=silence or Silence.CONSENT,
        )

    def _signers(self, record: Record) -> Iterator[Signer]:
        for name in split_list(record["signers"].replace("、", ";")):
            found = self._department(record, "signers", name)
            if found:
                yield Signer(found, self._names.departments[found].name)

    def _rule(self, record: Record) -> tuple[JointRule, int]:
        text = record["rule"].lower()
        if text in RULES:
            return RULES[text], 0
        digits = "".join(one for one in text if one.isdecimal())
        if digits:
            return JointRule.QUORUM, int(digits)
        self._refuse(record, "rule", "flow.rule_unknown", text=record["rule"])
        return JointRule.ALL, 0

    def _department(self, record: Record, column: str, name: str) -> str:
        if not name:
            return ""
        found = self._names.find_departments(name)
        if len(found) == 1:
            return found[0]
        code = "flow.department_ambiguous" if found else "flow.department_unknown"
        self._refuse(record, column, code, department=name)
        return ""

    def _limit(self, record: Record, column: str, unit: str) -> Limit | None:
        text = record[column]
        limit = read_limit(text, unit) if text else None
        if text and limit is None:
            self._refuse(record, column, "flow.limit_unreadable", text=text)
        return limit

    def _yes(self, record: Record, column: str, *, default: bool) -> bool:
        text = record[column].lower()
        if text and text not in YES_OR_NO:
            self._refuse(record, column, "flow.yes_or_no", text=record[column])
        return YES_OR_NO.get(text, default and not text)

    def _refuse(self, record: Record, column: str, code: str, **parameters: str) -> None:
        self.complaints.append(record.complain(column, code, parameters))
