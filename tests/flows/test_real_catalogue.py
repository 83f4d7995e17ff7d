"""The real catalogue files: imported as they are, fetched by a desk, and one item run through."""

from __future__ import annotations

from pathlib import Path

import pytest

from central.__main__ import main
from central.db.engine import Connection
from central.seed.staff import DepartmentStaff
from central.staff import add_user
from clerk.contract.case import Outcome
from clerk.contract.user import Role, User
from clerk.rules.flow import DEFAULT_FLOW
from services.bootstrap import Desk
from tests.flows.town import WINDOW, Town
from tests.support.cases import MONDAY
from tests.support.desk import Hall, open_paper
from tests.support.storyteller import PASSWORD, Clerk, Official, sit_down

FILES = ("items.csv", "item_limits.csv", "item_materials.csv")
ITEM, INITIALS = "企业退休人员档案关系接收", "qytxrydagxjs"
"""An item of the files with three materials and a promised limit of one working day."""


@pytest.fixture
def imported(town: Town, reference_data: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command said of the three files."""
    for name in FILES:
        given = ("import", "items", str(reference_data / name))
        url = f"sqlite:///{town.database}"
        assert main(["--language", "en", "--database", url, *given]) == 0
    return capsys.readouterr().out


async def test_a_walk_in_on_an_item_of_the_real_files(
    imported: str, town: Town, hall: Hall
) -> None:
    assert "items.csv: rows read: 1202; 1202 new, 0 changed, 0 unchanged, 0 refused." in imported
    assert "item_limits.csv: rows read: 67; 67 new" in imported
    assert "item_materials.csv: rows read: 447; 447 new" in imported
    window = town.desk(WINDOW, hall)
    shipped = window.catalogue.count()
    async with sit_down(window, Clerk, town.told.counter[0]) as clerk:
        await clerk.fetches()
        assert window.catalogue.count() == shipped + 1202
        await clerk.begins()
        await clerk.pastes(town.told.people[0].id_number)
        await clerk.presses("enter")
        await clerk.chooses(INITIALS)
        assert clerk.is_told(ITEM, "#items-chosen")
        assert clerk.is_told("promised: 1 working day", "#items-chosen")
        await clerk.presses("enter")
        await clerk.ticks_all()
        assert clerk.reads("#verdict").startswith("✓ Complete")
        (number,) = await clerk.receives()
        await clerk.accepts()
        (notice,) = clerk.papers("#received-cases")
        assert ITEM in open_paper(notice).replace("\n", "")
    await decide(town, hall, window, number)


async def decide(town: Town, hall: Hall, window: Desk, number: str) -> None:
    """Handle, review, approve: the flow of an item that came without one."""
    found = window.cases.find_by_number(number)
    assert found is not None
    case = window.cases.detail(found.id).case
    assert case.terms.flow == DEFAULT_FLOW
    staff = employ(hall, case.terms.department)
    desk = town.enrol("department", case.terms.department, hall)
    for login in (staff.handler, staff.reviewer):
        async with sit_down(desk, Official, login) as official:
            await official.claims(number)
            await official.passes_on("材料齐全")
            assert official.is_told("The case moved on.", "#case-said")
    async with sit_down(desk, Official, staff.approver) as approver:
        await approver.claims(number)
        await approver.grants("同意")
        (decision,) = approver.papers("#case-said")
        assert ITEM in open_paper(decision).replace("\n", "")
    window.sync.run_once()
    assert window.cases.detail(found.id).case.outcome is Outcome.GRANTED


def employ(hall: Hall, department: str) -> DepartmentStaff:
    """Three people for a department that was made as it was met in the file."""
    staff = DepartmentStaff("real.handler", "real.reviewer", "real.approver", "real.head")
    roles = (Role.HANDLER, Role.REVIEWER, Role.APPROVER)

    def add(connection: Connection) -> None:
        for login, role in zip((staff.handler, staff.reviewer, staff.approver), roles, strict=True):
            wanted = User(id="", login=login, name=login, roles=(role,), department=department)
            add_user(connection, wanted, PASSWORD, MONDAY)

    hall.central.database.commit(add)
    return staff
