"""Departments and windows."""

from __future__ import annotations

import msgspec
from sqlalchemy import select

from central.db import dialect
from central.db.engine import Connection
from central.db.feed import Change
from central.db.schema import departments, windows
from clerk.contract.item import Department, Window
from clerk.contract.sync import EntityKind
from clerk.decoding import decode
from clerk.errors import InputError


def put_department(connection: Connection, department: Department) -> Change:
    """Add or change a department; announce what is returned."""
    row = {"id": department.id, "name": department.name, "version": department.version}
    dialect.put(connection, departments, {**row, "body": msgspec.json.encode(department)})
    return Change(kind=EntityKind.DEPARTMENT, id=department.id, version=department.version)


def put_window(connection: Connection, window: Window) -> Change:
    """Add or change a window; announce what is returned."""
    row = {"id": window.id, "number": window.number, "name": window.name}
    body = {"version": window.version, "body": msgspec.json.encode(window)}
    dialect.put(connection, windows, row | body)
    return Change(kind=EntityKind.WINDOW, id=window.id, version=window.version)


def find_department(connection: Connection, department_id: str) -> Department | None:
    """A department by its id."""
    statement = select(departments.c.body).where(departments.c.id == department_id)
    body = connection.execute(statement).scalar()
    return None if body is None else decode(body, Department)


def get_department(connection: Connection, department_id: str) -> Department:
    """A department by its id; an unknown one is bad input."""
    department = find_department(connection, department_id)
    if department is None:
        raise InputError("department.unknown", department=department_id)
    return department


def list_departments(connection: Connection) -> tuple[Department, ...]:
    """All departments, by their ids."""
    statement = select(departments.c.body).order_by(departments.c.id)
    return tuple(decode(body, Department) for body in connection.execute(statement).scalars())


def list_windows(connection: Connection) -> tuple[Window, ...]:
    """All windows, by their numbers."""
    statement = select(windows.c.body).order_by(windows.c.number)
    return tuple(decode(body, Window) for body in connection.execute(statement).scalars())


def find_window(connection: Connection, window_id: str) -> Window | None:
    """A window by its id."""
    body = connection.execute(select(windows.c.body).where(windows.c.id == window_id)).scalar()
    return None if body is None else decode(body, Window)


def get_window(connection: Connection, window_id: str, *, lock: bool = False) -> Window:
    """A window by its id, kept from others on demand; an unknown one is bad input."""
    statement = select(windows.c.body).where(windows.c.id == window_id)
    body = connection.execute(statement.with_for_update() if lock else statement).scalar()
    if body is None:
        raise InputError("window.unknown", window=window_id)
    return decode(body, Window)


def list_window_names(connection: Connection) -> dict[str, str]:
    """The names of all windows by id."""
    rows = connection.execute(select(windows.c.id, windows.c.name))
    return {row.id: row.name for row in rows}
