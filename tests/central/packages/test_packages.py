"""Datasets defined, published, pulled with keys, and read by the standard's own tool."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy import select

from central.blobs.store import BlobStore
from central.db import audit, catalogue, licences, packages
from central.db.engine import Connection
from central.db.package_schema import package_keys
from central.db.packages import Release
from central.db.schema import audit as audit_table
from central.packages import publishing
from central.packages.keys import give_key, revoke_key
from central.packages.publishing import Publisher
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.identity import IdKind
from clerk.contract.licence import Licence, LicenceStatus
from clerk.errand import Errand
from clerk.errors import CancelledError, InputError, StoreError
from tests.central.packages.datasets import TOML, define
from tests.support.cases import CLERK, FOOD, receive_command
from tests.support.central import NOBODY, TalkingDesk, hold_licence, read_problem
from tests.support.people import a_person, an_organisation


def publish(central: Central, name: str) -> tuple[Release, ...]:
    publisher = Publisher(central.database, central.blobs)
    return publisher.publish(name, central.clock.now(), "tester")


class AtTheLast(Errand):
    """Called off when it is asked for the last time."""

    def make_sure(self) -> None:
        assert self.cancel()
        super().make_sure()


def key_for(central: Central, dataset: str, subscriber: str = "tax", days: int = 30) -> str:
    told = (central.clock.now(), "tester")
    return central.database.commit(
        lambda connection: give_key(connection, dataset, subscriber, days, told)
    )[1]


def pull(url: str, key: str, path: str, **more: str) -> httpx.Response:
    headers = more | ({"Authorization": f"Bearer {key}"} if key else {})
    return httpx.get(f"{url}/packages/{path}", headers=headers, trust_env=False, verify=NOBODY)


def rows_of(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


def add_licence(central: Central, number: str, name: str = "某公司") -> None:
    licence = Licence(
        id=f"licence-{number}",
        type="food-licence",
        type_name="",
        number=number,
        holder_name=name,
        issuer="市市场监督管理局",
        issued_on=central.clock.now().date(),
        valid_until=central.clock.now().date() + timedelta(days=365),
    )
    uscc = an_organisation().uscc
    central.database.commit(lambda one: licences.add(one, licence, IdKind.USCC, uscc))


def actions(central: Central) -> list[tuple[str, str, str, dict[str, str]]]:
    with central.database.read() as connection:
        rows = connection.execute(select(audit_table).order_by(audit_table.c.seq)).all()
        assert audit.find_break(connection) is None
    return [
        (row.action, row.actor, row.subject, json.loads(row.detail))
        for row in rows
        if row.action.startswith("package.")
    ]


@pytest.fixture
def furnished(central: Central, tmp_path: Path, enrolled_device: TalkingDesk) -> Central:
    """Two licences, two cases, and four datasets over them."""
    central.database.commit(lambda one: hold_licence(one, a_person().id_number))
    add_licence(central, "JY1")
    enrolled_device.sign_in(CLERK.login)
    for _ in range(2):
        enrolled_device.receive(receive_command())
    define(central, tmp_path)
    return central


DATASETS = ("licences", "cases", "items", "statistics")
VALIDATE = """
import json, os, sys
from frictionless import validate

reports = []
for folder in sys.argv[1:]:
    os.chdir(folder)
    reports.append(validate("datapackage.json").to_dict())
json.dump(reports, sys.stdout)
"""
"""One process for all packages: to load the validator takes longer than all it does."""


def test_the_standards_own_tool_finds_nothing_wrong(
    furnished: Central, central_url: str, tmp_path: Path
) -> None:
    """Published, pulled over a socket, and handed to the Frictionless validator as it came."""
    pulled = [tmp_path / name for name in DATASETS]
    for name, folder in zip(DATASETS, pulled, strict=True):
        assert publish(furnished, name)
        pull_all(central_url, key_for(furnished, name), f"{name}/newest", folder)
    spoilt = [shutil.copytree(one, tmp_path / f"spoilt-{one.name}") for one in pulled]
    for folder in spoilt:
        data = folder / "data.csv"
        data.write_bytes(data.read_bytes() + b"one more row")
    reports = dict(zip([*pulled, *spoilt], validate(*pulled, *spoilt), strict=True))
    for folder in pulled:
        report = reports[folder]
        assert report["valid"], report
        assert [(task["name"], task["type"], task["warnings"]) for task in report["tasks"]] == [
            ("data", "table", []),
            ("changes", "table", []),
        ]
        assert len((folder / "data.csv").read_text("utf-8").splitlines()) > 1
        assert len((folder / "changes.csv").read_text("utf-8").splitlines()) == 1, "the first"
    assert not any(reports[folder]["valid"] for folder in spoilt), "and it does find what is wrong"


def test_it_finds_nothing_wrong_with_what_is_masked_and_has_changed(
    furnished: Central, central_url: str, tmp_path: Path
) -> None:
    """Added, changed and removed rows, of a subscriber who gets most of it masked."""
    publish(furnished, "licences")
    add_licence(furnished, "JY2", '引号"与,逗号\n换行有限公司')
    furnished.database.commit(lambda one: licences.revoke(one, "JY1", ""))
    publish(furnished, "licences")
    chosen = 'source = "licences"\nselect = { types = ["food-licence"] }'
    gone = TOML.replace('source = "licences"', chosen)
    define(furnished, tmp_path, gone)
    publish(furnished, "licences")
    key = key_for(furnished, "licences", "culture")
    changes_of = {"2": 2, "3": 1}
    for version in changes_of:
        pull_all(central_url, key, f"licences/{version}", tmp_path / version)
    reports = validate(*(tmp_path / version for version in changes_of))
    for (version, changes), report in zip(changes_of.items(), reports, strict=True):
        assert report["valid"], report
        folder = tmp_path / version
        told = json.loads((folder / "datapackage.json").read_text("utf-8"))["clerk"]["changes"]
        assert sum(told.values()) == changes, (version, told)


def pull_all(url: str, key: str, version: str, folder: Path) -> None:
    folder.mkdir()
    for file in ("datapackage.json", "data.csv", "changes.csv"):
        answer = pull(url, key, f"{version}/{file}")
        assert answer.status_code == 200
        (folder / file).write_bytes(answer.content)


def validate(*folders: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-c", VALIDATE, *map(str, folders)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=100)
    return list(json.loads(done.stdout))


def test_each_subscriber_gets_what_the_agreement_says(furnished: Central, central_url: str) -> None:
    publish(furnished, "licences")
    person, body = a_person(), an_organisation()
    tax = rows_of(pull(central_url, key_for(furnished, "licences"), "licences/newest/data.csv"))
    culture_key = key_for(furnished, "licences", "culture")
    culture = rows_of(pull(central_url, culture_key, "licences/newest/data.csv"))
    assert {row["holder_number"] for row in tax} == {person.id_number, body.uscc}
    assert all("holder_name" not in row for row in tax)
    told = json.dumps(culture, ensure_ascii=False)
    assert person.id_number not in told, "not as a number of a licence either"
    assert person.name not in told
    assert body.uscc not in told
    assert {row["issuer"] for row in culture} == {"***"}
    assert {row["holder_name"][1:] for row in culture} == {"***"}
    assert not {row["record"] for row in tax} & {row["record"] for row in culture}, "not joined"
    described = pull(central_url, culture_key, "licences/1/datapackage.json").json()
    assert described["clerk"]["masked"] == ["number", "holder_number", "holder_name", "issuer"]
    assert described["clerk"]["agreement"] == "数据共享协议 2026-12"
    assert described["contributors"] == [{"title": "市市场监督管理局", "role": "publisher"}]
    data = next(one for one in described["resources"] if one["name"] == "data")
    content = pull(central_url, culture_key, "licences/1/data.csv").content
    assert data["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert (data["bytes"], data["rows"]) == (len(content), 2)


def test_what_has_changed_since_a_version(furnished: Central, central_url: str) -> None:
    key = key_for(furnished, "licences")
    assert [one.version for one in publish(furnished, "licences")] == [1, 1]
    assert publish(furnished, "licences") == (), "nothing has changed"
    add_licence(furnished, "JY2")

    def revoke(connection: Connection) -> None:
        licences.revoke(connection, "JY1", "")

    furnished.database.commit(revoke)
    second = publish(furnished, "licences")
    assert {(one.version, one.added, one.changed, one.removed) for one in second} == {(2, 1, 1, 0)}
    before = {row["record"]: row for row in rows_of(pull(central_url, key, "licences/1/data.csv"))}
    after = {row["record"]: row for row in rows_of(pull(central_url, key, "licences/2/data.csv"))}
    for row in rows_of(pull(central_url, key, "licences/2/changes.csv")):
        change = row.pop("change")
        assert change == ("changed" if row["record"] in before else "added")
        before[row["record"]] = row
    assert before == after, "the first version and the changes are the second"
    assert {row["status"] for row in after.values()} == {
        LicenceStatus.VALID.value,
        LicenceStatus.REVOKED.value,
    }
    described = pull(central_url, key, "licences/2/datapackage.json").json()
    first = pull(central_url, key, "licences/1/datapackage.json").json()
    assert described["clerk"]["changesSince"] == "1"
    assert described["clerk"]["changesSinceId"] == first["id"]
    assert described["clerk"]["changes"] == {"added": 1, "changed": 1, "removed": 0}


def test_what_is_gone_is_told_as_gone(furnished: Central, central_url: str, tmp_path: Path) -> None:
    key = key_for(furnished, "items")
    publish(furnished, "items")
    retired = msgspec.structs.replace(FOOD, version=FOOD.version + 1, retired=True)
    now = furnished.clock.now()
    furnished.database.commit(lambda one: catalogue.add_item(one, retired, "other", now))
    (release,) = publish(furnished, "items")
    assert (release.added, release.changed, release.removed) == (0, 0, 1)
    (row,) = rows_of(pull(central_url, key, "items/newest/changes.csv"))
    assert (row["change"], row["name"]) == ("removed", "")


def test_new_terms_hold_from_the_next_version(
    furnished: Central, central_url: str, tmp_path: Path
) -> None:
    publish(furnished, "licences")
    define(furnished, tmp_path, TOML.replace('left_out = ["holder_name"]', 'left_out = ["issuer"]'))
    publish(furnished, "licences")
    key = key_for(furnished, "licences")
    described = pull(central_url, key, "licences/2/datapackage.json").json()
    assert described["clerk"]["definition"] == 2
    assert described["clerk"]["changesSince"] is None, "other columns: take the whole"
    assert rows_of(pull(central_url, key, "licences/2/changes.csv")) == []
    assert "issuer" not in rows_of(pull(central_url, key, "licences/2/data.csv"))[0]


def test_the_record_of_the_day_is_what_was_pulled(furnished: Central, central_url: str) -> None:
    publish(furnished, "licences")
    key = key_for(furnished, "licences")
    listed = httpx.get(
        f"{central_url}/packages",
        headers={"Authorization": f"Bearer {key}"},
        trust_env=False,
        verify=NOBODY,
    )
    assert listed.json()["versions"] == [1]
    for file in ("datapackage.json", "data.csv"):
        pull(central_url, key, f"licences/newest/{file}")
    pull(central_url, key, "licences/9/data.csv")
    pulled = [
        (action, actor, subject, detail.get("file"))
        for action, actor, subject, detail in actions(furnished)
        if action in {"package.pulled", "package.refused"}
    ]
    assert pulled == [
        ("package.pulled", "tax", "licences/1", "datapackage.json"),
        ("package.pulled", "tax", "licences/1", "data.csv"),
        ("package.refused", "tax", "licences", None),
    ]


def test_a_pull_that_broke_off_goes_on(furnished: Central, central_url: str) -> None:
    """Only while it is the same file: what is newest may be another one by now."""
    publish(furnished, "licences")
    key, path = key_for(furnished, "licences"), "licences/newest/data.csv"
    whole = pull(central_url, key, path)
    etag, size = whole.headers["etag"], len(whole.content)
    rest = pull(central_url, key, path, Range="bytes=9-", **{"If-Range": etag})
    assert (rest.status_code, rest.content) == (206, whole.content[9:])
    assert rest.headers["content-range"] == f"bytes 9-{size - 1}/{size}"
    for asked in ({"Range": f"bytes={size}-"}, {"Range": "bytes=9-", "If-Range": '"other"'}):
        again = pull(central_url, key, path, **asked)
        assert (again.status_code, again.content) == (200, whole.content)
    assert [one[0] for one in actions(furnished)].count("package.pulled") == 4, "each on record"


def test_a_key_opens_its_own_dataset_for_its_time(
    furnished: Central, central_url: str, clock: SettableClock, tmp_path: Path
) -> None:
    for name in ("licences", "cases"):
        publish(furnished, name)
    key = key_for(furnished, "licences")
    for path in ("cases/newest/data.csv", "licences/x/data.csv", "licences/1/data.txt"):
        assert read_problem(pull(central_url, key, path), 404).code == "package.unknown"
    for wrong in ("", "nonsense", key[:-1]):
        answer = pull(central_url, wrong, "licences/1/data.csv")
        assert read_problem(answer, 401).code == "package.key_unknown"
    with furnished.database.read() as connection:
        stored = connection.execute(select(package_keys)).one()
    assert key not in str(stored)
    clock.put(clock.now() + timedelta(days=30))
    answer = pull(central_url, key, "licences/1/data.csv")
    assert read_problem(answer, 403).code == "package.key_ended"
    fresh = key_for(furnished, "licences")
    with furnished.database.read() as connection:
        key_id = packages.list_keys(connection)[-1].id
    told = (clock.now(), "tester")
    furnished.database.commit(lambda one: revoke_key(one, key_id, told))
    answer = pull(central_url, fresh, "licences/1/data.csv")
    assert read_problem(answer, 403).code == "package.key_ended"
    with pytest.raises(InputError, match=r"package\.no_such_key"):
        furnished.database.commit(lambda one: revoke_key(one, key_id, told))


def test_an_agreement_that_is_over_closes_the_door(
    furnished: Central, central_url: str, clock: SettableClock, tmp_path: Path
) -> None:
    publish(furnished, "licences")
    clock.put(clock.now() + timedelta(days=180))
    key = key_for(furnished, "licences", "culture", days=100)
    assert pull(central_url, key, "licences/1/data.csv").status_code == 200
    clock.put(clock.now() + timedelta(days=60))
    answer = pull(central_url, key, "licences/1/data.csv")
    assert read_problem(answer, 403).code == "package.agreement_ended"
    add_licence(furnished, "JY7")
    assert [one.subscriber for one in publish(furnished, "licences")] == ["tax"]


def test_old_versions_are_thrown_away(
    furnished: Central, central_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "KEPT", 2)
    key = key_for(furnished, "licences")
    for number in range(3):
        add_licence(furnished, f"JY1{number}")
        publish(furnished, "licences")
    assert pull(central_url, key, "licences/1/data.csv").status_code == 404
    assert pull(central_url, key, "licences/2/data.csv").status_code == 200
    folder = furnished.blobs.folder
    assert folder is not None
    assert len(list((folder / "packages" / "licences" / "tax").rglob("data.csv"))) == 2


def test_a_dataset_is_taken_back(furnished: Central, central_url: str) -> None:
    publish(furnished, "licences")
    key = key_for(furnished, "licences")
    publisher = Publisher(furnished.database, furnished.blobs)
    publisher.withdraw("licences", furnished.clock.now(), "tester")
    answer = pull(central_url, key, "licences/1/data.csv")
    assert read_problem(answer, 403).code == "package.key_ended"
    folder = furnished.blobs.folder
    assert folder is not None
    assert not [one for one in (folder / "packages").rglob("*") if one.is_file()]
    with pytest.raises(InputError, match=r"dataset\.unknown"):
        publish(furnished, "licences")


def test_a_dataset_without_its_store_is_not_published(furnished: Central, tmp_path: Path) -> None:
    broken = tmp_path / "a file"
    broken.write_bytes(b"")
    publisher = Publisher(furnished.database, BlobStore(f"file://{broken}"))
    with pytest.raises(StoreError, match=r"blobs\.url"):
        publisher.publish("licences", furnished.clock.now(), "tester")
    with furnished.database.read() as connection:
        assert packages.list_versions(connection, "licences", "tax") == []


def test_a_version_called_off_leaves_nothing_in_the_store(
    furnished: Central, tmp_path: Path
) -> None:
    def laid() -> list[Path]:
        return [one for one in tmp_path.rglob("packages/**/*") if one.is_file()]

    publisher = Publisher(furnished.database, furnished.blobs)
    with pytest.raises(CancelledError):
        publisher.publish("licences", furnished.clock.now(), "tester", AtTheLast())
    assert not laid()
    assert publish(furnished, "licences")[0].version == 1
    assert laid()
