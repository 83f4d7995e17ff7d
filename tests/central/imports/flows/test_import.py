"""Flows and bundles from files: refused with the place and the remedy, or published as versions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clerk.clock import SystemClock
from clerk.contract.item import Act, JointRule, Signer, Silence
from clerk.contract.limits import Limit
from clerk.locale import use_language
from clerk.locale.problems import tell
from clerk.rules.flow import terms_of
from tests.central.imports.flows.city import City
from tests.support.cases import CaseStory

WITHDRAW = ("catalogue", "withdraw", "food", "--reason", "取消")
GOOD = (
    {"item": "食品经营许可", "name": "承办", "act": "承办", "limit": "3"},
    {
        "name": "联合核查",
        "act": "审核",
        "limit": "5",
        "signers": "消防；文旅",
        "rule": "2",
        "joint_limit": "4",
        "silence": "视为不同意",
    },
    {"name": "批准", "act": "批准", "limit": "2", "may_decide": "是", "may_send_back": "否"},
)


def test_a_flow_is_published_as_the_items_next_version(city: City) -> None:
    status, told = city.run("import", "flows", city.flows(*GOOD))
    assert status == 0, told
    assert "flows.xlsx: 1 read, 1 published as new versions." in told
    item = city.item()
    assert (item.version, [step.name for step in item.flow]) == (2, ["承办", "联合核查", "批准"])
    assert [step.act for step in item.flow] == [Act.HANDLE, Act.REVIEW, Act.APPROVE]
    joint = item.flow[1].joint
    assert joint is not None
    assert joint.signers == (Signer("fire", "市消防救援支队"), Signer("culture", "市文化和旅游局"))
    assert (joint.rule, joint.quorum, joint.limit) == (JointRule.QUORUM, 2, Limit(4))
    assert joint.silence is Silence.OBJECTION
    assert (item.flow[2].may_decide, item.flow[2].may_send_back) == (True, False)
    assert city.item(1).flow == ()
    status, told = city.run("import", "flows", city.flows(*GOOD))
    assert (status, city.item().version) == (0, 2)
    assert "0 published" in told


def test_toml_says_the_same(city: City) -> None:
    path = city.text(
        "flows.toml",
        """
        [[flows]]
        item = "食品经营许可"
        [[flows.steps]]
        name = "承办"
        act = "handle"
        limit = 3
        [[flows.steps]]
        name = "联合核查"
        act = "review"
        limit = 5
        signers = ["消防", "文旅"]
        rule = 2
        joint_limit = 4
        silence = "objection"
        [[flows.steps]]
        name = "批准"
        act = "approve"
        limit = 2
        may_decide = true
        may_send_back = false
        """,
    )
    assert city.run("import", "flows", path)[0] == 0
    told = city.item().flow
    city.run("import", "flows", city.flows(*GOOD))
    assert city.item().version == 2
    assert city.item().flow == told


def test_steps_may_name_the_next_one(city: City) -> None:
    first, second, third = GOOD
    rows = (
        {**first, "next": "联合核查"},
        third,
        {**second, "next": "批准"},
    )
    assert city.run("import", "flows", city.flows(*rows))[0] == 0
    assert [step.name for step in city.item().flow] == ["承办", "联合核查", "批准"]


@pytest.mark.parametrize(
    ("at", "change", "place", "code", "parameters"),
    [
        (0, {"item": "没有"}, "row 3, column 事项", "flow.item_unknown", {"item": "没有"}),
        (
            0,
            {"item": "同名事项"},
            "row 3, column 事项",
            "flow.item_ambiguous",
            {"item": "同名事项", "count": 2},
        ),
        (0, {"act": "盖章"}, "row 3, column 办理", "flow.act_unknown", {"text": "盖章"}),
        (
            0,
            {"department": "气象局"},
            "row 3, column 承办部门",
            "flow.department_unknown",
            {"department": "气象局"},
        ),
        (
            1,
            {"signers": "气象局"},
            "row 4, column 会签部门",
            "flow.department_unknown",
            {"department": "气象局"},
        ),
        (
            1,
            {"rule": "3"},
            "row 4, column 会签规则",
            "flow.joint_unmeetable",
            {"step": "联合核查", "quorum": 3, "count": 2},
        ),
        (
            1,
            {"rule": "0"},
            "row 4, column 会签规则",
            "flow.joint_unmeetable",
            {"step": "联合核查", "quorum": 0, "count": 2},
        ),
        (1, {"rule": "多数"}, "row 4, column 会签规则", "flow.rule_unknown", {"text": "多数"}),
        (1, {"signers": ""}, "row 4, column 会签部门", "flow.joint_nobody", {"step": "联合核查"}),
        (
            1,
            {"signers": "消防；fire"},
            "row 4, column 会签部门",
            "flow.joint_twice",
            {"step": "联合核查"},
        ),
        (
            1,
            {"department": "消防"},
            "row 4, column 会签部门",
            "flow.joint_lead",
            {"step": "联合核查"},
        ),
        (
            1,
            {"silence": "随便"},
            "row 4, column 逾期未反馈",
            "flow.silence_unknown",
            {"text": "随便"},
        ),
        (1, {"name": "承办"}, "row 4, column 步骤", "flow.step_twice", {"step": "承办"}),
        (2, {"may_decide": "否"}, "row 5, column 可决定", "flow.last_undecided", {"step": "批准"}),
        (2, {"may_decide": "也许"}, "row 5, column 可决定", "flow.yes_or_no", {"text": "也许"}),
        (
            2,
            {"limit": "13"},
            "row 5, column 时限",
            "flow.limit_beyond",
            {"step": "批准", "days": 21, "most": 20},
        ),
        (2, {"limit": "很快"}, "row 5, column 时限", "flow.limit_unreadable", {"text": "很快"}),
        (0, {"next": "批准"}, "row 4, column 步骤", "flow.unreachable", {"step": "联合核查"}),
        (0, {"next": "归档"}, "row 3, column 下一步", "flow.next_unknown", {"step": "归档"}),
    ],
)
def test_every_refusal_names_its_place_and_its_remedy(  # noqa: PLR0917 - each is a column
    city: City,
    at: int,
    change: dict[str, str],
    place: str,
    code: str,
    parameters: dict[str, object],
) -> None:
    rows = [dict(one) for one in GOOD]
    rows[at] |= change
    status, told = city.run("import", "flows", city.flows(*rows))
    use_language("en")
    sentence = str(tell(code, parameters))
    assert (status, city.item().version) == (1, 1)
    assert f"sheet “流程”, {place}: {sentence}" in told
    assert "nothing was published" in told


def test_a_circle_is_told_as_a_way(city: City) -> None:
    rows = [dict(one) for one in GOOD]
    for row, following in zip(rows, ("联合核查", "批准", "联合核查"), strict=True):
        row["next"] = following
    status, told = city.run("import", "flows", city.flows(*rows))
    assert status == 1
    assert "联合核查 → 批准 → 联合核查" in told


def test_in_toml_the_place_is_a_path(city: City) -> None:
    path = city.text(
        "flows.toml", '[[flows]]\nitem = "food"\n[[flows.steps]]\nname = "批"\nact = "盖章"\n'
    )
    status, told = city.run("import", "flows", path)
    assert status == 1
    assert "flows[0].steps[0].act: " in told
    for content, place in (
        ("flows = 3", "flows is no array of tables"),
        ('[[flows]]\nitem = "food"\nsteps = [{nmae = "x"}]', "flows[0].steps[0].nmae"),
        ("flows = [", "flows.toml is no TOML"),
    ):
        status, told = city.run("import", "flows", city.text("flows.toml", content))
        assert status == 1
        assert place in told


def test_a_flow_waits_for_its_day_beside_what_else_comes_on_it(city: City) -> None:
    day = SystemClock().now().date() + timedelta(days=30)
    assert city.run(*WITHDRAW, "--on", day.isoformat())[0] == 0
    status, told = city.run("import", "flows", city.flows(*GOOD), "--on", day.isoformat())
    assert status == 0
    assert f"1 take effect on {day}" in told
    before = city.item()
    assert city.bring(day - timedelta(days=1)) == 0
    assert city.item() == before
    assert city.bring(day) == 1
    after = city.item()
    assert [step.name for step in after.flow] == ["承办", "联合核查", "批准"]
    assert after.retired, "what waited for that day already is not undone"
    over = city.run("import", "flows", city.flows(*GOOD), "--on", "2020-01-01")
    assert over[0] == 1
    assert "is over" in over[1]


def test_a_preview_draws_and_publishes_nothing(city: City) -> None:
    status, told = city.run("import", "flows", city.flows(*GOOD), "--preview")
    assert (status, city.item().version) == (0, 1)
    assert "│ 联合核查 · review" in told
    assert "1 can be published; nothing was." in told
    assert "Nobody in the department" not in told


def test_a_step_that_nobody_may_do_is_a_warning(city: City) -> None:
    rows = [*GOOD[:2], {**GOOD[2], "department": "文旅"}]
    status, told = city.run("import", "flows", city.flows(*rows))
    assert status == 0
    assert "Warning: sheet “流程”, row 5, column 承办部门: " in told
    assert city.item().flow[2].department == "culture"


def test_removing_a_step_strands_no_case_that_stands_in_it(city: City) -> None:
    assert city.run("import", "flows", city.flows(*GOOD))[0] == 0
    story = CaseStory(city.item()).accepted()
    assert story.case.step == "s1"
    assert city.run("import", "flows", city.flows({**GOOD[0], **GOOD[2]}))[0] == 0
    assert [step.name for step in city.item().flow] == ["批准"]
    assert story.case.terms == terms_of(city.item(2))
    present = story.case.present_step
    assert present is not None
    assert present.name == "承办"


def test_a_file_that_is_none(city: City) -> None:
    assert city.run("import", "flows", city.folder / "nowhere.xlsx")[0] == 1
    empty = city.text("flows.toml", "")
    status, told = city.run("import", "flows", empty)
    assert status == 1
    assert "The file has no flow." in told
