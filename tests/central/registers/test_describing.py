"""A register is described, not coded: what a description may not be, and that it has no secret."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import msgspec
import pytest

from central.__main__ import main
from central.db import descriptions
from central.db.engine import open_database
from central.registers.description_text import write_description
from central.registers.examining import own_descriptions, read_descriptions
from clerk.errors import InputError

SAMPLES = sorted((one for one in files("central.sample").joinpath("registers").iterdir()), key=str)
TAX = next(one for one in SAMPLES if one.name == "tax.toml").read_text("utf-8")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: str(one.name))
def test_the_samples_are_descriptions(sample: Path) -> None:
    (described,) = read_descriptions(sample.read_bytes())
    assert described.outside
    assert described.auth.credential.partition(":")[0] in {"env", "file"}


def test_central_knows_what_is_seen_of_its_own() -> None:
    assert {one.id for one in own_descriptions()} == {
        *("population", "organisation", "licences", "cases", "representation"),
    }
    assert not any(one.outside for one in own_descriptions())


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ('id = "tax"', 'id = "T A X"', "id"),
        ('credential = "env:CLERK_REGISTER_TAX"', 'credential = "hunter2"', "auth.credential"),
        ('kind = "bearer"', 'kind = "none"', "auth.credential"),
        ("https://tax.gov.example/api", "http://u:p@tax.gov.example/api", "url"),
        ("https://tax.gov.example/api/v1/taxpayer/query", "ftp://tax.gov.example", "url"),
        ("taxpayer/query", "taxpayer?id=1", "url"),
        ('networks = ["10.0.0.0/8"]', 'networks = ["169.254.0.0/16"]', "networks"),
        ('networks = ["10.0.0.0/8"]', 'networks = ["anywhere"]', "networks"),
        ('number = "nsrsbh"\nname', 'number = ""\nname', "reply.number"),
        ("timeout_s = 4.0", "timeout_s = 400.0", "timeout_s"),
        ('fields = ["tax.status", "tax.owed"]', 'fields = ["tax.income"]', "see.fields"),
        ('key = "tax.owed"', 'key = "tax.status"', "fields.key"),
        ('purpose = "核验申请人纳税登记状态"', 'purpose = " "', "purpose"),
        ("timeout_s = 4.0", "timeout = 4.0", "$.register[0]"),
        ("[register.auth]", "[register.auth", "TOML"),
    ],
)
def test_what_cannot_work_or_is_not_safe_is_refused(old: str, new: str, at: str) -> None:
    assert old in TAX
    with pytest.raises(InputError) as told:
        read_descriptions(TAX.replace(old, new, 1).encode())
    assert (told.value.code, told.value.parameters["at"]) == ("register.description", at)


def test_plain_http_is_for_named_networks_only() -> None:
    plain = TAX.replace("https://", "http://")
    assert read_descriptions(plain.encode())
    with pytest.raises(InputError):
        read_descriptions(plain.replace('networks = ["10.0.0.0/8"]\n', "").encode())


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'central.db'}"
    assert run(url, "init") == 0
    return url


def run(url: str, *arguments: str) -> int:
    return main(["--language", "en", "--database", url, *arguments])


def test_loaded_shown_turned_off_and_on(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLERK_REGISTER_TAX", "a secret of tests")
    file = tmp_path / "tax.toml"
    file.write_text(TAX, "utf-8")
    assert run(url, "register", "load", str(file)) == 0
    assert "from now on" in capsys.readouterr().out
    assert run(url, "register", "load", str(file)) == 0
    assert "as before" in capsys.readouterr().out
    assert run(url, "register", "show", "tax") == 0
    shown = capsys.readouterr().out
    assert read_descriptions(shown.encode()) == read_descriptions(TAX.encode())
    assert run(url, "register", "off", "tax") == 0
    capsys.readouterr()
    assert run(url, "register", "list") == 0
    assert "not asked" in capsys.readouterr().out
    assert run(url, "register", "on", "tax") == 0
    assert run(url, "register", "off", "nothing") == 1
    database = open_database(url)
    with database.read() as connection:
        (stored,) = descriptions.list_all(connection)
    database.close()
    assert stored.active
    assert b"a secret of tests" not in stored.body
    assert b"a secret of tests" not in (tmp_path / "central.db").read_bytes()


def test_what_is_seen_of_an_own_register_is_set_without_an_address(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (population,) = (one for one in own_descriptions() if one.id == "population")
    narrow = msgspec.structs.replace(population, see=population.see[:1])
    file = tmp_path / "own.toml"
    file.write_text(write_description(narrow), "utf-8")
    assert run(url, "register", "load", str(file)) == 0
    file.write_bytes(file.read_bytes().replace(b"population", b"somebody"))
    assert run(url, "register", "load", str(file)) == 1
    assert "somebody" in capsys.readouterr().err


def test_the_address_and_the_credential_are_checked(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "tax.toml"
    file.write_text(TAX.replace("tax.gov.example", "localhost"), "utf-8")
    assert run(url, "register", "load", str(file)) == 0
    assert run(url, "register", "check", "tax") == 1
    told = capsys.readouterr().out
    assert "no credential" in told
    assert "not one that its description allows" in told
    assert "case" not in told, "that is said to a window"
