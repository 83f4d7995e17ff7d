"""Lists that are kept: a desk keeps no number of a person in them."""

from __future__ import annotations

import pytest

from clerk.errors import InputError
from services.bootstrap import Desk
from services.saved_lists import SavedList
from tests.support.people import a_person


def test_no_list_holds_the_number_of_a_person(desk: Desk) -> None:
    person = a_person()
    for number in (person.id_number, person.phone):
        for one in (
            SavedList(name=number, queue="all"),
            SavedList(name="x", queue="", text=number),
        ):
            with pytest.raises(InputError, match=r"list\.personal"):
                desk.saved_lists.keep(one)
    desk.saved_lists.keep(SavedList(name="x", queue="all", text=person.name))
    assert [one.text for one in desk.saved_lists.all()] == [person.name]
