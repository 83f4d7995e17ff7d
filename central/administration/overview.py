"""The whole system at one look, for administrators at their own desk and nobody else."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version

from central.access import Caller, demand_role
from central.administration import data, desks, reports
from central.db import backups, meta, offices, users
from central.db.engine import Connection
from central.service import Central
from clerk.contract.administration import Overview, ServiceState
from clerk.errors import RefusedError
from clerk.rules.administering import ADMINISTRATORS
from clerk.sync.scope import ADMINISTRATION


def show_overview(central: Central, connection: Connection, caller: Caller) -> Overview:
    """Read all of it. Raises RefusedError for anybody else, and at any other desk."""
    demand_role(caller.user, ADMINISTRATORS)
    if caller.device.department != ADMINISTRATION:
        raise RefusedError("session.elsewhere")
    return Overview(
        at=caller.now,
        service=_show_service(central, connection),
        catalogue=data.show_catalogue(connection),
        desks=desks.list_states(connection, central.attempts, caller.now),
        users=users.list_all(connection),
        departments={one.id: one.name for one in offices.list_departments(connection)},
        schedules=reports.list_states(connection, caller.now),
        loads=data.list_loads(connection),
        registers=data.list_registers(connection),
        packages=data.list_packages(connection),
        coming=tuple(data.list_coming(connection)),
    )


def _show_service(central: Central, connection: Connection) -> ServiceState:
    taken = backups.find_last(connection)
    restored = meta.find(connection, meta.RESTORED_AT)
    return ServiceState(
        program=version("clerk"),
        generation=meta.get(connection, meta.GENERATION),
        on_server=not central.database.on_sqlite,
        waiting=len(central.wakeups),
        backed_up_at=taken.at if taken else None,
        backup=taken.path if taken else "",
        restored_at=datetime.fromisoformat(restored) if restored else None,
    )
