"""Letting go of what registers said once it is too old to be shown to anybody."""

from __future__ import annotations

from datetime import timedelta

from central.db import descriptions, register_answers
from central.db.engine import Connection
from central.registers.known import decode
from central.service import Central


def sweep_old_answers(central: Central) -> int:
    """Forget what is older than each description allows; how much that was. Twice is once."""
    now = central.clock.now()

    def forget(connection: Connection) -> int:
        forgotten = 0
        for one in descriptions.list_all(connection):
            before = now - timedelta(seconds=decode(one.body).older_s)
            forgotten += register_answers.forget_older(connection, one.id, before)
        return forgotten

    return central.database.commit(forget)
