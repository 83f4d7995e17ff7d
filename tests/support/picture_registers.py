"""Pictures of looks: somebody looked up, a licence verified, and what the auditor is told of it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from central.db import licences
from central.licensing.digits import check_digits
from clerk.files import write_atomic
from screens.app import ClerkApp
from services.bootstrap import Desk
from tests.support.picture_month import Month
from tests.support.picture_svg import make_self_contained
from tests.support.screens import Walk, settle

SIZE = (120, 34)


async def take_registers(month: Month, folder: Path) -> None:
    """The card of a look for no case of one's own, the verdict on a licence, the finding."""
    firm = month.told.organisations[3].uscc
    async with _sit(month.desk, month.told.counter[0], month.told.password) as walk:
        await walk.press("shift+f2")
        await walk.scan(firm)
        await walk.press("enter")
        await walk.scan("消防支队来电核实法定代表人，其门店报警")
        await walk.press("enter")
        _shoot("lookup", walk, folder)
        await walk.press("escape", "shift+f4")
        await walk.scan(_told_number(month))
        await walk.press("enter")
        _shoot("verify", walk, folder)
    await asyncio.to_thread(month.audit.sync.run_once)
    async with _sit(month.audit, month.told.auditor, month.told.password) as walk:
        _shoot("findings", walk, folder)


def _told_number(month: Month) -> str:
    """Number and check digits of a licence that holds, as they stand on its paper."""
    with month.central.database.read() as connection:
        held = licences.list_held(connection, [one.uscc for one in month.told.organisations])
        today = month.clock.now().date()
        one = next(one for one in held if one.holds_on(today))
        return f"{one.number} {check_digits(connection, one.type, one.number)}"


@asynccontextmanager
async def _sit(desk: Desk, login: str, password: str) -> AsyncIterator[Walk]:
    await asyncio.to_thread(desk.session.sign_out)
    app = ClerkApp(desk, idle_s=0)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        walk = Walk(pilot, app)
        for text in (login, password):
            await walk.type(text)
            await walk.press("enter")
        yield walk


def _shoot(name: str, walk: Walk, folder: Path) -> None:
    svg = walk.app.export_screenshot(title=walk.app.place(), simplify=True)
    write_atomic(folder / f"{name}.svg", make_self_contained(svg).encode())
    sys.stdout.write(f"{name}  {len(svg) // 1024} KB\n")
