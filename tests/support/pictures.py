"""The pictures of the documents, taken anew of the real program: `make pictures`.

A demo city is founded in a folder of its own; keys are pressed on real screens over a real
central. Days, numbers and names differ from one time to the next: all of them are invented.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, chdir
from pathlib import Path

from clerk.contract.case import DocumentKind
from clerk.files import write_atomic
from clerk.locale import use_language
from exports.papers.forms import Paper
from exports.papers.render import render_pictures
from screens.app import ClerkApp
from screens.demo import SeatApp
from services.bootstrap import Desk
from services.demo import hands
from services.demo.city import City
from services.demo.day import RESTAURANT
from services.forms import Desktop, notice_of, receipt_of
from services.release import Collector
from tests.support.picture_month import Month
from tests.support.picture_registers import take_registers
from tests.support.picture_scenes import Prepared
from tests.support.picture_svg import make_self_contained
from tests.support.screens import Walk, settle

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
SIZE = (120, 34)
"""The smallest window in which everything stands side by side."""

PAPER_DPI = 80


class Photographer:
    """Walks through the city and keeps what the screens show."""

    def __init__(self, city: City, prepared: Prepared, folder: Path) -> None:
        """Take pictures of this city into this folder."""
        self.city = city
        self.prepared = prepared
        self.folder = folder

    async def take_all(self) -> None:
        """Every screen, in the order of a visit."""
        await self._take_seats()
        async with self._sit(self.prepared.desk) as walk:
            await walk.type(self.city.told.counter[0])
            self._shoot("sign-in", walk)
            await self._enter(walk)
            await walk.press("right", "right", "right")
            self._shoot("home", walk)
            await self._take_walk_in(walk)
            await self._take_receipt(walk)
            await self._take_release(walk)
        await self._take_case()
        async with self._sit(self.prepared.desk) as walk:
            await self._sign_in(walk, self.city.told.counter[0])
            await self._take_sync(walk)
        async with self._sit(self.prepared.desk) as walk:
            await self._sign_in(walk, self.city.told.manager)
            await walk.press("f7")
            self._shoot("report", walk)

    async def _take_seats(self) -> None:
        app = SeatApp(self.city)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            self._keep("seats", app.export_screenshot(title="clerk demo", simplify=True))

    async def _take_walk_in(self, walk: Walk) -> None:
        """Two items of two departments, half way through the checklist."""
        await walk.press("f2")
        await walk.scan(self.prepared.firm.uscc)
        await walk.press("enter", "ctrl+down")
        for name in RESTAURANT:
            await walk.scan(name)
            await walk.press("enter")
        await walk.press("enter")
        while walk.place.startswith("answer:"):
            await walk.press("1")
        await walk.press("space", "down", "down", "space", "down", "space", "down")
        self._shoot("intake", walk)

    async def _take_receipt(self, walk: Walk) -> None:
        """The rest is filled in, the receipt given, the first case accepted."""
        await walk.press("escape")
        desk = self.prepared.desk
        newest = desk.drafts.list()[0]
        desk.drafts.save(hands.tick_all(desk, newest))
        walk.app.open_intake(newest.id)
        await settle(walk.pilot)
        await walk.press("ctrl+r")
        await asyncio.to_thread(self.prepared.level)
        await walk.press("ctrl+y")
        self._shoot("received", walk)
        await walk.press("escape")

    async def _take_release(self, walk: Walk) -> None:
        """The receipt of somebody whose two results are ready is scanned."""
        number = self.prepared.desk.cases.detail(self.prepared.ready[0]).case.number
        await walk.press("f4")
        await walk.scan(number)
        await walk.press("enter")
        self._shoot("release", walk)

    async def _take_case(self) -> None:
        """The page of a case before whoever decides it."""
        desk, case_id = self.prepared.deciding
        login = desk.session.get_user().login
        async with self._sit(desk) as walk:
            await self._sign_in(walk, login)
            walk.app.open_case(case_id)
            await settle(walk.pilot)
            self._shoot("case", walk)

    async def _take_sync(self, walk: Walk) -> None:
        """Central is away; two walk-ins wait on this machine."""
        self.city.central.kill()
        await asyncio.to_thread(self.prepared.receive_without_line)
        await walk.press("f6", "f5", "enter")
        self._shoot("sync", walk)
        self.city.central.start()
        await asyncio.to_thread(self.prepared.level)

    def take_papers(self) -> None:
        """The receipt of a visit and the proof of its delivery."""
        desk = self.prepared.desk
        first = self.prepared.ready[0]
        case = desk.cases.detail(first).case
        collector = Collector(name=case.applicant.name, signature="本人签收")
        desk.session.sign_in(self.city.told.counter[0], self.city.told.password)
        desk.release.release(self.prepared.ready, collector)
        at = Desktop(
            centre=desk.enrolled.centre,
            window=desk.enrolled.window_name,
            clerk=desk.session.get_user().name,
            calendar=desk.catalogue.calendar(),
            now=desk.clock.now(),
        )
        records = [desk.cases.detail(one).record for one in self.prepared.ready]
        self._print("receipt", receipt_of(records, at, query_password="280164"))
        self._print("delivery", notice_of(records[0], DocumentKind.DELIVERY, at))

    async def _sign_in(self, walk: Walk, login: str) -> None:
        await walk.type(login)
        await self._enter(walk)

    async def _enter(self, walk: Walk) -> None:
        await walk.press("enter")
        await walk.type(self.city.told.password)
        await walk.press("enter")

    @asynccontextmanager
    async def _sit(self, desk: Desk) -> AsyncIterator[Walk]:
        """A desk with nobody at it, its window open."""
        await asyncio.to_thread(desk.session.sign_out)
        await asyncio.to_thread(desk.sync.run_once)
        app = ClerkApp(desk, idle_s=0)
        async with app.run_test(size=SIZE) as pilot:
            await settle(pilot)
            yield Walk(pilot, app)

    def _shoot(self, name: str, walk: Walk) -> None:
        self._keep(name, walk.app.export_screenshot(title=walk.app.place(), simplify=True))

    def _keep(self, name: str, svg: str) -> None:
        self._write(f"{name}.svg", make_self_contained(svg).encode())

    def _print(self, name: str, paper: Paper) -> None:
        self._write(f"{name}.png", render_pictures(paper, PAPER_DPI)[0])

    def _write(self, name: str, content: bytes) -> None:
        write_atomic(self.folder / name, content)
        sys.stdout.write(f"{name}  {len(content) // 1024} KB\n")


async def take_board(month: Month, folder: Path) -> None:
    """The supervision board of a city with some weeks behind it, and why a date is what it is."""
    await asyncio.to_thread(month.desk.session.sign_out)
    app = ClerkApp(month.desk, idle_s=0)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        walk = Walk(pilot, app)
        for text in (month.told.manager, month.told.password):
            await walk.type(text)
            await walk.press("enter")
        for name, keys in (
            ("supervision", ("f10",)),
            ("explain", ("enter", "enter", "enter", "right")),
        ):
            await walk.press(*keys)
            svg = app.export_screenshot(title=app.place(), simplify=True)
            write_atomic(folder / f"{name}.svg", make_self_contained(svg).encode())
            sys.stdout.write(f"{name}  {len(svg) // 1024} KB\n")


def main() -> None:
    """Found a city, take its pictures, and leave nothing else behind."""
    use_language("zh_CN")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Month(Path(folder)) as month:
        asyncio.run(take_board(month, FOLDER))
        asyncio.run(take_registers(month, FOLDER))
    if "--board" in sys.argv:
        return
    # From inside its folder the city is known by a short name, and pictures show no other path.
    with tempfile.TemporaryDirectory() as folder, chdir(folder), City(Path("demo-city")) as city:
        photographer = Photographer(city, Prepared(city, Path("papers")), FOLDER)
        asyncio.run(photographer.take_all())
        photographer.take_papers()


if __name__ == "__main__":
    main()
