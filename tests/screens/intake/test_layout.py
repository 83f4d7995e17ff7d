"""At 80 x 24 and at 160 x 50 every label is whole, and no wide character breaks a column."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from clerk.locale import use_language
from screens.intake.cells import pack_cells, pad_cells, wrap_cells
from screens.intake.part import Part
from services.bootstrap import Desk
from tests.screens.intake.conftest import HALL_ITEM, STALL_ITEM, OpenIntake
from tests.screens.intake.test_checklist import NEW, begin
from tests.support.screens import LARGE, SMALL, screen_lines, settle

FRAME = "│╭╮╰╯─▌ \n"


def plain(text: str) -> str:
    """Without frames and line ends: a label that runs over two lines is whole again."""
    return "".join(character for character in text if character not in FRAME)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_no_label_is_cut(intake: OpenIntake, desk: Desk, size: tuple[int, int]) -> None:
    draft = begin(desk, "dance-hall", "stall", seed=2, answers=NEW)
    labels = [item.name for item in (HALL_ITEM, STALL_ITEM)]
    labels += [one.name for one in HALL_ITEM.materials]
    labels += [one.question for one in HALL_ITEM.situations]
    labels += [one.label for one in HALL_ITEM.fields]
    labels += ["ID number", "Applicant", "Agent's ID number", "Originals", "Copies"]
    async with intake(draft.id, size) as walk:
        seen = ""
        for part in walk.app.screen.query(Part):
            part.enter()
            await settle(walk.pilot)
            lines = screen_lines(walk.app)
            assert {cell_len(line) for line in lines} == {size[0]}, "no column is broken"
            seen += plain(walk.text)
        assert [one for one in labels if plain(one) not in seen] == []


async def test_a_wide_terminal_shows_rail_and_card(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", seed=2, answers=NEW, focus="items")
    async with intake(draft.id, LARGE) as walk:
        assert walk.app.screen.query_one("#rail").region.width > 0
        assert walk.app.screen.query_one("#card-beside").region.x > LARGE[0] // 2
        assert not walk.app.screen.query_one("#card-inside").display
        rail = walk.read("#rail").split("\n\n")
        assert rail[0] == "  ✓ 1 · ID number"
        assert rail[2] == "▸ ✓ 3 · Items"
        assert rail[4] == "  ○ 5 · Checklist"


async def test_a_small_terminal_has_the_card_in_its_part(intake: OpenIntake, desk: Desk) -> None:
    draft = begin(desk, "dance-hall", seed=2)
    async with intake(draft.id, SMALL) as walk:
        assert walk.app.screen.query_one("#card-inside").display
        assert not walk.app.screen.query_one("#rail").display


@pytest.mark.parametrize("width", [2, 3, 7, 20])
def test_wrapping_loses_nothing_and_keeps_the_width(width: int) -> None:
    for text in ("经营场所使用证明（不动产权证书或者租赁合同）", "two words 和中文 mixed", ""):
        lines = wrap_cells(text, width)
        assert plain("".join(lines)) == plain(text)
        assert all(cell_len(line) <= width for line in lines)


def test_names_are_packed_whole_and_the_rest_is_counted() -> None:
    names = ["营业执照", "身份证", "租赁合同"]
    assert pack_cells("Missing:", names, 40, 2, str) == ["Missing: 营业执照, 身份证, 租赁合同"]
    assert pack_cells("Missing:", names, 20, 3, str) == ["Missing: 营业执照,", "身份证, 租赁合同"]
    assert pack_cells("Missing:", names, 20, 1, "+{}".format) == ["Missing: +3"]
    use_language("zh_CN")
    assert pack_cells("缺少：", names, 24, 1, "另{}项".format) == ["缺少：营业执照、另2项"]
    assert pack_cells("缺少：", names, 40, 2, str) == ["缺少：营业执照、身份证、租赁合同"]
    assert pad_cells("证", 4, right=True) == "  证"
