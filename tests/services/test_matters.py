"""Matters are read page by page: what is owed first, and in the end what one reading has."""

from __future__ import annotations

from msgspec.structs import replace

from services.bootstrap import Desk
from tests.support.desk import Hall, OpenDesk
from tests.support.matters import INQUIRY, REPLY


def test_pages_of_matters_join_and_what_is_owed_comes_first(
    desk: Desk, hall: Hall, open_at: OpenDesk
) -> None:
    market = open_at("market", department="market", login="market-handler")
    for number in range(4):
        desk.matters.take(replace(INQUIRY, text=f"第{number}件"))
    desk.sync.run_once()
    market.sync.run_once()
    for one in market.matters.list().matters[:2]:
        market.matters.move(one, REPLY)
    market.sync.run_once()
    desk.sync.run_once()
    hall.stop()
    desk.matters.take(replace(INQUIRY, text="断网"))
    whole = desk.matters.list()
    assert whole.next is None
    assert [one.matter.is_open for one in whole.matters] == [True] * 3 + [False] * 2
    read = desk.matters.list(1)
    pages = [read]
    while read.next is not None:
        read = desk.matters.read_on(read, 1)
        pages.append(read)
    assert [len(one.matters) for one in pages] == [2, 3, 4, 5, 5]
    assert any(one.waiting for one in pages[0].matters), "what waits is there at once"
    assert all(one.matter.is_open for one in pages[1].matters)
    assert read.matters == whole.matters
