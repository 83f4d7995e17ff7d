"""The call that asks a register of others: it waits in the loop, not in a thread."""

from __future__ import annotations

from functools import partial

from central.http.asked import Asked
from central.registers import section
from central.registers.section import Prepared
from central.service import Central
from clerk.contract.register import AskRegister, RegisterAnswer


async def ask_register(central: Central, asked: Asked) -> RegisterAnswer:
    """What one register says within a look."""
    ask = asked.decode(AskRegister)
    return await section.ask_register(
        central, partial(_prepare, central, asked, ask), anew=ask.anew
    )


def _prepare(central: Central, asked: Asked, ask: AskRegister) -> Prepared:
    with central.database.read() as connection:
        caller = asked.get_caller(connection)
        return section.prepare(connection, asked.path["look"], ask, caller)
