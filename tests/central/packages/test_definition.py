"""Definitions of datasets that cannot hold, each refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from central.db import packages
from central.service import Central
from clerk.errors import InputError
from tests.central.packages.datasets import TOML, define


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('owner = "market"', 'owner = "nobody"', "dataset.owner_unknown owner"),
        ('source = "licences"', 'source = "select *"', "dataset.unreadable "),
        ('name = "licences"', 'name = "../licences"', "dataset.name name"),
        ('name = "licences"', 'name = "cases"', "dataset.twice datasets.toml"),
        ('id = "culture"', 'id = "tax"', "dataset.twice subscribers"),
        ('purpose = "核验证照"', 'purpose = " "', "dataset.untold title, purpose"),
        (
            'agreement = "数据共享协议 2026-12"',
            'agreement = ""',
            "dataset.untold subscribers.culture",
        ),
        ('masked = ["issuer"]', 'masked = ["phone"]', "dataset.field_unknown subscribers.culture"),
        (
            'masked = ["issuer"]',
            'masked = ["issued_on"]',
            "dataset.not_maskable subscribers.culture",
        ),
        (
            'left_out = ["holder_name"]',
            'left_out = ["number"]',
            "dataset.terms_contradict subscribers.tax",
        ),
        ('fields = ["number", ', 'fields = ["phone", ', "dataset.field_unknown fields"),
        ('departments = ["market"]', 'types = ["x"]', "dataset.not_selected_by select.types"),
    ],
)
def test_a_wrong_definition_is_refused_with_its_place(
    central: Central, tmp_path: Path, old: str, new: str, fault: str
) -> None:
    assert old in TOML
    with pytest.raises(InputError) as caught:
        define(central, tmp_path, TOML.replace(old, new, 1))
    code, _, place = fault.partition(" ")
    assert caught.value.code == code
    assert place in str(caught.value.parameters["place"])
    with central.database.read() as connection:
        assert packages.list_datasets(connection) == []
