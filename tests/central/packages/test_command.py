"""`clerk-central package` as somebody at the console meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from central.__main__ import main
from clerk.locale import use_language
from clerk.locale.problems import tell

TOML = """
[[datasets]]
name = "items"
title = "事项"
owner = "{owner}"
purpose = "公开"
source = "items"
subscribers = [{{ id = "tax", title = "税务局", purpose = "查阅", agreement = "公开" }}]
"""


def test_defined_published_opened_and_closed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use_language("en")
    url = f"sqlite:///{tmp_path / 'central.db'}"

    def call(*arguments: str) -> tuple[int, str]:
        status = main(["--language", "en", "--database", url, *arguments])
        told = capsys.readouterr()
        return status, told.out + told.err

    assert call("init")[0] == 0
    assert call("seed", "--people", "3", "--organisations", "2")[0] == 0
    owner = call("departments")[1].split("\t")[0].split()[0]
    path = tmp_path / "datasets.toml"
    path.write_text(TOML.format(owner="nobody"), "utf-8")
    refused = tell("dataset.owner_unknown", {"dataset": "items"})
    status, told = call("package", "define", str(path))
    assert (status, str(refused) in told) == (1, True)
    path.write_text(TOML.format(owner=owner), "utf-8")
    assert call("package", "define", str(path)) == (0, "items: definition 1 holds\n")
    assert call("package", "define", str(path)) == (0, "items: unchanged\n")
    assert "nothing published yet" in call("package", "list")[1]
    status, told = call("package", "publish")
    assert status == 0
    assert told.startswith("items 1 for tax: ")
    assert call("package", "publish", "items")[1].startswith("items: nothing has changed")
    assert call("package", "publish", "other")[0] == 1
    assert "tax\t公开\t\t1\t" in call("package", "list")[1]
    status, told = call("package", "key", "add", "items", "tax", "--days", "7")
    key, sentence = told.splitlines()
    assert key.startswith("clerk-package-")
    key_id = sentence.split()[1]
    listed = call("package", "key", "list")[1]
    assert listed.startswith(f"{key_id}\titems\ttax\t")
    assert listed.endswith("\tnever\n")
    assert key not in listed
    assert call("package", "key", "add", "items", "nobody")[0] == 1
    assert call("package", "key", "add", "items", "tax", "--days", "900")[0] == 1
    assert call("package", "key", "revoke", key_id) == (
        0,
        f"Key {key_id} opens nothing any more.\n",
    )
    assert call("package", "key", "list")[1].endswith("\tnever\trevoked\n")
    assert call("package", "key", "revoke", key_id)[0] == 1
    assert call("package", "withdraw", "items") == (0, "items is taken back.\n")
    assert call("package", "list") == (0, "No data package is defined yet.\n")
    assert call("package", "withdraw", "items")[0] == 1
