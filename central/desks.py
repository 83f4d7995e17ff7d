"""The desks as an administrator sees them: listed, moved, disabled, let back in."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from central.access import scope_of
from central.db import audit, devices
from central.db.devices import Device, ListedDevice
from central.db.engine import Connection, note_touched
from central.sync.enrol import demand_one_place
from clerk.errors import InputError
from clerk.sync.scope import AUDIT


def list_desks(connection: Connection) -> tuple[ListedDevice, ...]:
    """Every desk that was ever enrolled, the newest last."""
    return devices.list_all(connection)


def move_desk(
    connection: Connection,
    device_id: str,
    window: str,
    department: str,
    now: datetime,
    *,
    audit_desk: bool = False,
) -> None:
    """Give a desk another place: it begins again there, and forgets what it saw before."""
    demand_one_place(connection, window, department, audit_desk=audit_desk)
    device = _get(connection, device_id)
    moved = replace(
        device, window=window, department=department, scope_version=device.scope_version + 1
    )
    devices.move(connection, moved)
    _note(connection, device, "device.moved", now, place=window or department or AUDIT)


def disable_desk(connection: Connection, device_id: str, now: datetime) -> None:
    """Let a desk in no more: it hands its outbox over and destroys its store."""
    device = _get(connection, device_id)
    if not device.disabled:
        devices.disable(connection, device.id, now)
        _note(connection, device, "device.disabled", now)


def release_desk(connection: Connection, device_id: str, now: datetime) -> None:
    """Let a quarantined desk in again: a person has found out which of the two is the real one."""
    device = _get(connection, device_id)
    if not device.quarantined:
        raise InputError("device.not_quarantined", device=device.id)
    devices.release(connection, device.id)
    _note(connection, device, "device.released", now)


def _get(connection: Connection, device_id: str) -> Device:
    """A desk by its id, or by how it begins where that is enough."""
    device = devices.find_by_prefix(connection, device_id)
    if device is None:
        raise InputError("device.not_one", device=device_id)
    return device


def _note(
    connection: Connection, device: Device, action: str, now: datetime, **detail: str
) -> None:
    """Put it down, and wake the desk that waits: it finds out with its next page."""
    entry = audit.Entry(
        at=now, actor="console", action=action, subject=device.id, detail=dict(detail)
    )
    audit.append(connection, entry)
    note_touched(connection, scope_of(device))
