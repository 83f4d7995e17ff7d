"""What is local to an item: handling by several bodies jointly has the law's longer limit."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from central.catalogue.publishing import publish
from central.db.engine import Connection, Database
from central.item_settings import change_item
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.item import Item
from clerk.contract.limits import Limit
from tests.support.cases import FOOD, MONDAY


def set_joint(database: Database, item: str, clock: SettableClock, *, joint: bool) -> Item:
    wanted = {"joint": joint}
    return database.commit(partial(change_item, item_id=item, wanted=wanted, clock=clock))


def test_joint_handling_has_forty_five_days(central: Central, clock: SettableClock) -> None:
    made = set_joint(central.database, FOOD.id, clock, joint=True)
    assert (made.statutory, made.version) == (Limit(45), FOOD.version + 1)
    assert set_joint(central.database, FOOD.id, clock, joint=False).statutory == Limit(20)


def test_a_limit_of_the_items_own_stays(central: Central, clock: SettableClock) -> None:
    def lay(connection: Connection) -> None:
        publish(connection, [replace(FOOD, statutory=Limit(30))], MONDAY)

    central.database.commit(lay)
    assert set_joint(central.database, FOOD.id, clock, joint=True).statutory == Limit(30)
