"""Enrolment: a one-time code makes a new desk known by its public key."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from central.db import audit, devices, offices
from central.db.devices import Device, EnrolmentCode
from central.db.engine import Connection
from central.secrets import hash_code, new_code
from central.sync.signature import read_public_key
from clerk.contract.ids import new_id
from clerk.contract.sync import Enrol, Enrolled
from clerk.errors import InputError, RefusedError
from clerk.sync.scope import ADMINISTRATION, AUDIT

CODE_LASTS = timedelta(days=7)


def give_code(
    connection: Connection, window: str, department: str, now: datetime, *, audit_desk: bool = False
) -> str:
    """A one-time code for a desk at a window, of a department, of auditors or administrators.

    For the last, ADMINISTRATION stands for the department.
    """
    demand_one_place(connection, window, department, audit_desk=audit_desk)
    code = new_code()
    row = EnrolmentCode(window=window, department=department, until=now + CODE_LASTS)
    devices.add_code(connection, hash_code(code), row, now)
    subject = window or department or AUDIT
    entry = audit.Entry(at=now, actor="console", action="enrolment.code_given", subject=subject)
    audit.append(connection, entry)
    return code


def demand_one_place(
    connection: Connection, window: str, department: str, *, audit_desk: bool
) -> None:
    """Refuse what is not one place: a window, a department, the auditors', administrators'."""
    if [bool(window), bool(department), audit_desk].count(True) != 1:
        raise InputError("enrolment.window_or_department")
    if window:
        offices.get_window(connection, window)
    elif department and department != ADMINISTRATION:
        offices.get_department(connection, department)


def enrol(connection: Connection, message: Enrol, now: datetime) -> Enrolled:
    """Make a desk known; the same desk asking again, whose answer was lost, gets it again."""
    read_public_key(message.public_key)
    code_hash = hash_code(message.code)
    code = devices.find_code(connection, code_hash)
    if code is None or code.until <= now:
        raise RefusedError("enrolment.code_unknown")
    if code.device:
        return describe_place(connection, _demand_same(connection, code, message))
    device = Device(
        id=new_id(int(now.timestamp() * 1000), os.urandom),
        public_key=message.public_key,
        incarnation=1,
        hello_count=0,
        last_n=0,
        window=code.window,
        department=code.department,
        scope_version=1,
    )
    devices.add(connection, device, message.name, now)
    devices.use_code(connection, code_hash, device.id, now)
    entry = audit.Entry(at=now, actor=device.id, action="device.enrolled", subject=device.id)
    audit.append(connection, entry)
    return describe_place(connection, device)


def _demand_same(connection: Connection, code: EnrolmentCode, message: Enrol) -> Device:
    device = devices.find(connection, code.device)
    if device is None or device.public_key != message.public_key:
        raise RefusedError("enrolment.code_used")
    return device


def describe_place(connection: Connection, device: Device) -> Enrolled:
    """Where a desk belongs."""
    if not device.window and device.department in {"", ADMINISTRATION}:
        return Enrolled(
            device=device.id, incarnation=device.incarnation, department=device.department
        )
    if not device.window:
        return Enrolled(
            device=device.id,
            incarnation=device.incarnation,
            department=device.department,
            department_name=offices.get_department(connection, device.department).name,
        )
    window = offices.get_window(connection, device.window)
    return Enrolled(
        device=device.id,
        incarnation=device.incarnation,
        window=window.id,
        window_name=window.name,
        window_number=window.number,
        centre=window.centre,
    )
