"""Bundles out of a file: stages and items with what each waits for, checked whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

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
from clerk.contract.item import Bundle, BundleNode, LegalBasis, Option
from clerk.rules.bundle.graph import check_graph

LONGEST_ID = 64
_BUNDLE = {
    "id": ("一件事编号", "编号"),
    "bundle": ("一件事", "一件事名称"),
    "lead_department": ("牵头部门",),
    "basis": ("依据", "设定依据"),
}
STAGES = Layout(
    name="stages",
    sheets=("阶段", "stages"),
    columns={**_BUNDLE, "stage": ("阶段", "阶段名称")},
    required=("id", "stage"),
)
NODES = Layout(
    name="nodes",
    sheets=("事项", "一件事事项", "nodes", "items"),
    columns={
        "id": ("一件事编号", "编号"),
        "stage": ("阶段", "阶段名称"),
        "item": ("事项", "事项名称", "事项编码"),
        "department": ("部门", "事项部门", "实施主体"),
        "main": ("主辅", "主审批", "是否主审批事项"),
        "after": ("等待", "前置事项", "依赖"),
    },
    required=("id", "stage", "item"),
)
_AUXILIARY = ("", "辅", "辅助", "辅助审批事项", "并行", "并联", "否", "false", "0")
MAIN_OR_NOT = {
    **dict.fromkeys(("主", "主审批", "主审批事项", "是", "main", "true", "1"), True),
    **dict.fromkeys(_AUXILIARY, False),
}
_TOP = ("id", "name", "lead_department", "stages", "nodes", "legal_basis")


class BundleRecords(msgspec.Struct, frozen=True):
    """The rows of a file."""

    stages: list[Record]
    nodes: list[Record]


class BundleFile(msgspec.Struct, frozen=True, kw_only=True):
    """All bundles of a file, and everything that is wrong with it."""

    bundles: tuple[Bundle, ...]
    complaints: tuple[Complaint, ...]

    @property
    def usable(self) -> bool:
        """Whether nothing keeps it out."""
        return all(one.warning for one in self.complaints)


def read_bundle_records(path: Path) -> BundleRecords:
    """The rows of a workbook, or of TOML with one bundle at the top or several `[[bundles]]`."""
    if path.suffix.lower() != ".toml":
        stages = _filled(read_workbook(path, STAGES))
        return BundleRecords(stages, _filled(read_workbook(path, NODES)))
    plain = read_toml_file(path)
    tables = list(read_table(plain["bundles"], "bundles")) if "bundles" in plain else [("", plain)]
    found = BundleRecords([], [])
    for at, one in tables:
        _read_tables(found, one, f"{at}." if at else "")
    return found


def read_bundles(connection: Connection, records: BundleRecords) -> BundleFile:
    """The bundles of the records, against the catalogue as it is now."""
    reading = _Reading(Names(connection))
    ids = dict.fromkeys(record["id"] for record in records.stages)
    for record in records.nodes:
        if record["id"] not in ids:
            reading.refuse(record, "id", "bundle.id_unknown", bundle=record["id"])
    bundles = [
        reading.bundle_of(
            one,
            [record for record in records.stages if record["id"] == one],
            [record for record in records.nodes if record["id"] == one],
        )
        for one in ids
    ]
    if not bundles:
        reading.complaints.append(Complaint("", "bundle.none_in_file"))
    return BundleFile(bundles=tuple(bundles), complaints=tuple(reading.complaints))


def _read_tables(found: BundleRecords, plain: dict[str, object], at: str) -> None:
    head = {
        "id": plain.get("id", ""),
        "bundle": plain.get("name", ""),
        "lead_department": plain.get("lead_department", ""),
        "basis": _basis(plain.get("legal_basis", []), at),
    }
    for place, stage in read_table(plain.get("stages", []), f"{at}stages"):
        told = {**head, "stage": stage.get("label", stage.get("key", ""))}
        found.stages.append(toml_record(told, place, STAGES))
    labels = {
        str(one.get("key", "")): one.get("label", "")
        for _, one in read_table(plain.get("stages", []), f"{at}stages")
    }
    for place, node in read_table(plain.get("nodes", []), f"{at}nodes"):
        key = str(node.get("stage", ""))
        told = {**node, "id": head["id"], "stage": labels.get(key, key)}
        found.nodes.append(toml_record(told, place, NODES))


def _basis(value: object, at: str) -> list[str]:
    return [
        " ".join(str(part) for part in (one.get("law", ""), one.get("article", "")) if part)
        for _, one in read_table(value, f"{at}legal_basis")
    ]


def _filled(records: list[Record]) -> list[Record]:
    """An empty cell of the bundle or the stage means the one above."""
    filled: list[Record] = []
    for record in records:
        one = record
        if filled:
            above = {name: filled[-1][name] for name in ("id", "stage") if not record[name]}
            one = msgspec.structs.replace(record, cells={**record.cells, **above})
        filled.append(one)
    return filled


class _Reading:
    """One file being read."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self.complaints: list[Complaint] = []

    def bundle_of(self, bundle_id: str, stages: list[Record], nodes: list[Record]) -> Bundle:
        """One bundle; what is wrong with it is noted."""
        head = stages[0]
        name = next((one["bundle"] for one in stages if one["bundle"]), "")
        if not bundle_id or len(bundle_id) > LONGEST_ID:
            self.refuse(head, "id", "bundle.id_wrong", most=str(LONGEST_ID))
        if not name:
            self.refuse(head, "bundle", "bundle.name_missing")
        keys = {record["stage"]: f"s{at}" for at, record in enumerate(stages, 1)}
        found = [(record, self._item(record)) for record in nodes]
        placed = [(record, item) for record, item in found if item]
        own = {item for _, item in placed}
        bundle = Bundle(
            id=bundle_id,
            version=0,
            name=name,
            lead_department=self._lead(stages),
            stages=tuple(Option(keys[one["stage"]], one["stage"]) for one in stages),
            nodes=tuple(self._node(record, item, keys, own) for record, item in placed),
            legal_basis=tuple(
                LegalBasis(law) for one in stages[:1] for law in split_list(one["basis"])
            ),
        )
        for fault in check_graph(bundle):
            record = stages[fault.stage] if fault.stage >= 0 else placed[fault.node][0]
            column = "stage" if "stage" in fault.code else "after"
            self.refuse(record, column, fault.code, **fault.parameters)
        return bundle

    def _node(self, record: Record, item: str, keys: dict[str, str], own: set[str]) -> BundleNode:
        main = record["main"].lower()
        if main not in MAIN_OR_NOT:
            self.refuse(record, "main", "bundle.main_or_not", text=record["main"])
        return BundleNode(
            item=item,
            name=record["item"].rpartition("/")[2],
            stage=keys.get(record["stage"], record["stage"]),
            main=MAIN_OR_NOT.get(main, False),
            after=tuple(dict.fromkeys(self._awaited(record, own))),
        )

    def _awaited(self, record: Record, own: set[str]) -> list[str]:
        """What a row waits for, among the items of this very bundle; a stranger stays as told."""
        awaited = []
        for name in split_list(record["after"]):
            found = [one for one in self._names.find_items(name) if one in own]
            if len(found) > 1:
                self.refuse(record, "after", "bundle.item_ambiguous", item=name)
            awaited.append(found[0] if found else name)
        return awaited

    def _item(self, record: Record) -> str:
        found = self._names.find_items(record["item"], record["department"])
        if len(found) == 1:
            return found[0]
        code = "bundle.item_ambiguous" if found else "bundle.item_unknown"
        self.refuse(record, "item", code, item=record["item"])
        return ""

    def _lead(self, stages: Sequence[Record]) -> str:
        name = next((one["lead_department"] for one in stages if one["lead_department"]), "")
        found = self._names.find_departments(name)
        if len(found) == 1:
            return found[0]
        self.refuse(stages[0], "lead_department", "bundle.lead_unknown", department=name)
        return ""

    def refuse(self, record: Record, column: str, code: str, **parameters: str) -> None:
        """Note what is wrong in a cell."""
        self.complaints.append(record.complain(column, code, parameters))
