"""Drafts as typed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from clerk.contract.case import MaterialState
from clerk.contract.draft import ChosenItem, Tick
from clerk.errors import StoreError
from storage import drafts
from storage.store import Store
from tests.support.cases import MONDAY
from tests.support.storage import make_draft, open_store


def test_a_draft_comes_back_as_typed(tmp_path: Path) -> None:
    draft = replace(
        make_draft(1),
        items=(ChosenItem("food", 3),),
        ticks={"m1": Tick(state=MaterialState.PROVIDED, originals=1)},
        fields={"area": "80"},
        parked=True,
    )
    store = open_store(tmp_path)
    with store.begin() as conn:
        drafts.save(conn, make_draft(1, "王"))
        drafts.save(conn, draft)
    store.close()
    again = open_store(tmp_path)
    with again.read() as conn:
        assert drafts.get(conn, draft.id) == draft
        assert drafts.list_all(conn) == (draft,)
    again.close()


def test_the_draft_touched_last_is_first(store: Store) -> None:
    with store.begin() as conn:
        for place in (1, 3, 2):
            drafts.save(conn, make_draft(place, at=MONDAY + timedelta(seconds=place)))
        drafts.save(conn, replace(make_draft(4), user="somebody else"))
        assert [one.id for one in drafts.list_all(conn, user="u-clerk")] == [
            "draft-3",
            "draft-2",
            "draft-1",
        ]
        assert len(drafts.list_all(conn)) == 4


def test_a_discarded_draft_is_gone(store: Store) -> None:
    with store.begin() as conn:
        drafts.save(conn, make_draft(1))
        drafts.discard(conn, "draft-1")
        assert drafts.find(conn, "draft-1") is None
        with pytest.raises(StoreError, match=r"draft\.unknown"):
            drafts.get(conn, "draft-1")
