"""The columns that an import knows, under the names that real files give them."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

import msgspec

_BRACKETED = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")
_MARKS = re.compile(r"[\s*_:：、,，.。/-]+")


class Shape(StrEnum):
    """What a file is about, told by its columns."""

    ITEMS = "items"
    LIMITS = "limits"
    MATERIALS = "materials"
    PEOPLE = "people"
    ORGANISATIONS = "organisations"
    LICENCES = "licences"
    CALENDAR = "calendar"
    USERS = "users"


class Columns(msgspec.Struct, frozen=True):
    """The columns of a shape: other names of each, and those without which nothing works."""

    aliases: dict[str, tuple[str, ...]]
    required: tuple[str, ...]


_PLACE = ("来源", "数据来源", "来源地区", "所属地区")
_DEPARTMENT = (
    "部门",
    "部门名称",
    "实施主体",
    "实施机构",
    "所属部门",
    "主管部门",
    "承办部门",
    "实施部门",
)
_ITEM_NAME = (
    "item",
    "item_name",
    "事项",
    "事项名称",
    "名称",
    "办理事项",
    "服务事项",
    "政务服务事项名称",
)
_ITEM_ID = ("事项标识", "事项id", "事项序号", "事项主键")

_ITEM = {
    "source": _PLACE,
    "region_code": ("行政区划代码", "行政区划", "区划代码", "行政区划编码"),
    "region": ("地区", "区划名称", "行政区划名称"),
    "department": _DEPARTMENT,
    "name": _ITEM_NAME,
    "code": ("item_code", "事项编码", "实施编码", "编码", "事项代码", "实施清单编码"),
    "task_type_name": ("type", "type_name", "事项类型", "类型", "事项类别", "权力类型"),
    "item_id": _ITEM_ID,
    "promise": ("promised", "承诺时限", "承诺办结时限", "承诺期限", "承诺办理时限"),
    "unit": ("promised_unit", "承诺时限单位", "承诺办结时限单位", "时限单位", "单位"),
    "statutory": ("法定时限", "法定办结时限", "法定期限", "法定办理时限"),
    "statutory_unit": ("法定时限单位", "法定办结时限单位"),
}

KNOWN = {
    Shape.ITEMS: Columns(_ITEM, required=("name", "department")),
    Shape.LIMITS: Columns(_ITEM, required=("name", "department", "promise")),
    Shape.MATERIALS: Columns(
        aliases={
            "source": _PLACE,
            "item_id": (*_ITEM_ID, "item_code", "事项编码", "实施编码", "事项代码"),
            "seq": ("number", "序号", "材料序号", "排序"),
            "material": (
                "material_name",
                "材料",
                "材料名称",
                "申请材料",
                "申请材料名称",
                "申报材料",
            ),
            "necessity": ("required", "必要性", "是否必要", "材料必要性", "必要性描述"),
            "orig_or_copy": ("original_or_copy", "原件复印件", "原件或复印件", "材料形态", "形式"),
            "copies": ("份数", "材料份数", "数量", "纸质材料份数"),
            "medium": ("介质", "材料介质", "材料形式", "介质要求"),
            "source_channel": ("来源渠道", "材料来源", "材料来源渠道"),
            "note": ("备注", "说明", "填报须知", "受理标准"),
        },
        required=("item_id", "material"),
    ),
    Shape.PEOPLE: Columns(
        aliases={
            "id_number": ("id", "身份证号", "身份证号码", "公民身份号码", "证件号码", "证件号"),
            "id_kind": ("kind", "证件类型", "证件种类"),
            "name": ("姓名", "名字"),
            "sex": ("gender", "性别"),
            "birth_date": ("born", "出生日期", "生日", "出生年月日"),
            "address": ("住址", "地址", "户籍地址", "居住地址", "户籍所在地"),
            "phone": ("mobile", "电话", "手机", "手机号", "手机号码", "联系电话", "联系方式"),
        },
        required=("id_number", "name"),
    ),
    Shape.ORGANISATIONS: Columns(
        aliases={
            "uscc": ("统一社会信用代码", "社会信用代码", "信用代码", "统一代码"),
            "name": ("名称", "企业名称", "机构名称", "单位名称", "法人名称", "组织名称"),
            "kind": ("type", "类型", "企业类型", "机构类型", "主体类型"),
            "representative_name": (
                "representative",
                "法定代表人",
                "法人代表",
                "负责人",
                "法定代表人姓名",
            ),
            "representative_id": ("法定代表人证件号码", "法定代表人身份证号", "负责人身份证号"),
            "address": ("住所", "地址", "注册地址", "经营场所", "住址"),
            "phone": ("mobile", "电话", "联系电话", "手机"),
            "established_on": ("founded", "成立日期", "注册日期", "登记日期"),
            "status": ("状态", "登记状态", "经营状态", "企业状态"),
        },
        required=("uscc", "name"),
    ),
    Shape.LICENCES: Columns(
        aliases={
            "type": ("licence_type", "证照类型", "证照名称", "证照目录", "证照类型名称"),
            "number": ("licence_number", "证照编号", "证照号码", "证号", "编号"),
            "holder_number": (
                "持证主体代码",
                "持证人证件号码",
                "持有人证件号码",
                "持证者号码",
                "持证主体证件号码",
            ),
            "holder_kind": ("持证主体证件类型", "证件类型", "持证主体代码类型"),
            "holder_name": ("持证主体", "持证主体名称", "持证人", "持有人", "持证者名称"),
            "issuer": ("颁发机构", "发证机关", "证照颁发机构", "颁证单位"),
            "issued_on": ("颁发日期", "发证日期", "颁证日期", "证照颁发日期"),
            "valid_until": ("有效期至", "有效期截止日期", "证照有效期截止日期", "有效期止"),
            "status": ("状态", "证照状态"),
        },
        required=("type", "number", "holder_number", "holder_name", "issued_on"),
    ),
    Shape.CALENDAR: Columns(
        aliases={
            "date": ("day", "日期"),
            "kind": ("type", "类型", "类别"),
            "name": ("名称", "节日", "节日名称"),
        },
        required=("date", "kind"),
    ),
    Shape.USERS: Columns(
        aliases={
            "login": ("登录名", "账号", "帐号", "用户名", "登录账号"),
            "name": ("姓名", "名字"),
            "roles": ("role", "角色", "岗位角色", "权限"),
            "department": _DEPARTMENT,
        },
        required=("login", "name", "roles"),
    ),
}


def plain_header(text: str) -> str:
    """A header without width, case, blanks, asterisks and what stands in brackets (必填)."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return _MARKS.sub("", _BRACKETED.sub("", wide))


def find_columns(header: list[str], shape: Shape) -> dict[str, int]:
    """Which column stands where, by our names; the first of two alike counts."""
    known = {
        plain_header(alias): name
        for name, aliases in KNOWN[shape].aliases.items()
        for alias in (name, *aliases)
    }
    found: dict[str, int] = {}
    for index, text in enumerate(header):
        name = known.get(plain_header(text))
        if name is not None:
            found.setdefault(name, index)
    return found


def is_complete(found: dict[str, int], shape: Shape) -> bool:
    """Whether every column is there that the shape cannot do without."""
    return all(name in found for name in KNOWN[shape].required)


def find_shape(header: list[str], shapes: tuple[Shape, ...]) -> Shape | None:
    """Which of these shapes a header has.

    A list with promised limits is one of limits only if it says nothing else of its items.
    """
    found = [shape for shape in shapes if is_complete(find_columns(header, shape), shape)]
    if Shape.MATERIALS in found:
        return Shape.MATERIALS
    if Shape.LIMITS in found and Shape.ITEMS in found:
        told = find_columns(header, Shape.ITEMS)
        return Shape.ITEMS if "code" in told or "task_type_name" in told else Shape.LIMITS
    return found[0] if found else None
