"""Pages of a bootstrap that are under way while the one before them is written."""

from __future__ import annotations

from clerk.contract.sync import BootstrapPage
from clerk.errors import UnreachableError
from services.ahead import Ahead, AskBootstrap
from storage.arriving import Arrived, read_page
from tests.support.cases import MONDAY

PAGES = 5


class Town:
    """Pages 1 to 5, and which of them were asked for."""

    def __init__(self, *broken: str) -> None:
        self.asked: list[str] = []
        self.broken = broken

    def ask(self, place: AskBootstrap) -> BootstrapPage:
        self.asked.append(place.key)
        if place.key in self.broken:
            raise UnreachableError("line.down")
        following = int(place.key) + 1
        next_key = str(following) if following <= PAGES else ""
        return BootstrapPage(generation="g", position=7, next_key=next_key, items=())

    @staticmethod
    def read(page: BootstrapPage) -> Arrived:
        return read_page(page, None, MONDAY)

    def begin(self) -> Ahead:
        return Ahead(AskBootstrap(key="1", position=7), self.ask, self.read)


def test_only_who_may_go_on_fetches_the_page_after_it() -> None:
    town = Town()
    arrived, second = town.begin().go_on().wait()
    assert arrived is not None
    assert second is not None
    assert second.place == AskBootstrap(key=arrived.page.next_key, position=7)
    assert second.wait()[1] is None
    assert town.asked == ["1", "2"], "the third is fetched once the second is taken"
    _arrived, third = second.go_on().wait()
    assert third is not None
    assert third.wait()[0] is not None
    assert town.asked == ["1", "2", "3"]


def test_each_page_is_asked_for_once_and_in_order() -> None:
    town = Town()
    ahead: Ahead | None = town.begin()
    taken = 0
    while ahead is not None:
        arrived, ahead = ahead.go_on().wait()
        assert arrived is not None
        taken += 1
    assert taken == PAGES
    assert town.asked == ["1", "2", "3", "4", "5"]


def test_what_did_not_come_is_left_to_whoever_needs_it() -> None:
    town = Town("2")
    arrived, second = town.begin().go_on().wait()
    assert arrived is not None
    assert second is not None
    assert second.go_on().wait() == (None, None)
    assert town.asked == ["1", "2"]
