"""A list of users: all of them are added, or nobody is; a second time changes nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from central.db import users
from central.imports.users import ROLE_WORDS
from central.secrets import fits
from clerk.contract.user import Role, User
from clerk.locale.problems import tell
from tests.central.imports.files import write_workbook
from tests.central.imports.flows.city import City

HEAD: list[object] = ["登录名", "姓名", "角色", "部门", "窗口"]
LI: list[object] = ["li.na", "李娜", "窗口人员；主管", "", "3号"]
ZHAO: list[object] = ["zhao", "赵强", "承办人", "市消防救援支队", ""]


def people(city: City) -> dict[str, User]:
    """Who was added by a list."""
    known = city.within(users.list_all)
    return {one.login: one for one in known if one.login in {"li.na", "zhao", "sun"}}


def passwords(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["Login"]: row["First password"] for row in csv.DictReader(file)}


def test_everybody_on_a_list_is_added_with_a_password_of_their_own(city: City) -> None:
    path = write_workbook(city.folder / "staff.xlsx", [HEAD, LI, ZHAO])
    status, told = city.run("import", "users", path)
    assert status == 0, told
    assert "rows read: 2; 2 new, 0 changed, 0 unchanged, 0 refused" in told
    added = people(city)
    assert added["li.na"].roles == (Role.COUNTER, Role.MANAGER)
    assert (added["zhao"].name, added["zhao"].department) == ("赵强", "fire")
    handed = city.folder / "staff-passwords.csv"
    given = passwords(handed)
    assert handed.stat().st_mode & 0o077 == 0
    assert len(set(given.values())) == len(given) == 2
    found = city.within(lambda one: users.find_by_login(one, "zhao"))
    assert found is not None
    assert fits(found[1], given["zhao"])
    assert all(one not in told for one in given.values())
    status, told = city.run("import", "users", path)
    assert status == 0, told
    assert "0 new, 0 changed, 2 unchanged" in told
    assert people(city) == added
    assert list(city.folder.glob("staff-passwords*")) == [handed], "nobody got another password"


def test_a_text_does_the_same(city: City) -> None:
    path = city.text("staff.csv", "账号,姓名,角色,部门\nli.na,李娜,counter、manager,\n")
    assert city.run("import", "users", path)[0] == 0
    assert people(city)["li.na"].roles == (Role.COUNTER, Role.MANAGER)


@pytest.mark.parametrize(
    ("row", "cell", "code"),
    [
        (["a b", "孙", "主管", ""], "A3", "user.login_invalid"),
        (["", "孙", "主管", ""], "A3", "user.login_invalid"),
        (["li.na", "孙", "主管", ""], "A3", "user.login_twice"),
        (["sun", "", "主管", ""], "B3", "user.name_missing"),
        (["sun", "孙", "", ""], "C3", "user.role_missing"),
        (["sun", "孙", "主管；局长", ""], "C3", "user.role_unknown"),
        (["sun", "孙", "系统管理员；审计员", ""], "C3", "user.offices_separated"),
        (["sun", "孙", "审核人", ""], "D3", "user.department_missing"),
        (["sun", "孙", "审核人", "气象局"], "D3", "flow.department_unknown"),
    ],
)
def test_one_wrong_row_keeps_everybody_out(
    city: City, row: list[object], cell: str, code: str
) -> None:
    path = write_workbook(city.folder / "staff.xlsx", [HEAD[:4], LI[:4], row])
    status, told = city.run("import", "users", path)
    assert status == 1, told
    assert "Nobody was added" in told
    assert people(city) == {}
    assert not list(city.folder.glob("*passwords*"))
    comment = load_workbook(city.folder / "staff-errors.xlsx")["Sheet"][cell].comment
    assert comment is not None
    assert tell(code).remedy in comment.text


def test_a_list_changes_nobody_who_is_there(city: City) -> None:
    assert city.run("import", "users", write_workbook(city.folder / "a.xlsx", [HEAD, LI]))[0] == 0
    before = people(city)
    other: list[object] = [LI[0], LI[1], "窗口人员", "", ""]
    path = write_workbook(city.folder / "b.xlsx", [HEAD, other, ZHAO])
    assert city.run("import", "users", path)[0] == 1
    assert people(city) == before
    assert load_workbook(city.folder / "b-errors.xlsx")["Sheet"]["C2"].comment is not None
    assert city.run("user", "disable", "li.na")[0] == 0
    assert city.run("import", "users", city.folder / "a.xlsx")[0] == 1


def test_every_role_has_a_word() -> None:
    assert set(ROLE_WORDS.values()) == set(Role)
