"""The office changes a form: tried when it is saved, heard of by desks, never in a clerk's way."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from central.__main__ import main
from central.office_forms import get_forms, keep
from clerk.contract.case import DocumentKind
from clerk.contract.office_form import OfficeForms
from clerk.locale import use_language
from exports.papers.render import render
from exports.papers.sources import read_shipped
from exports.papers.specimens import FORMS, specimens
from services.bootstrap import Desk
from tests.screens.story import accept
from tests.support.cases import FOOD
from tests.support.desk import Hall, open_paper


def save(hall: Hall, path: Path, act: str = "save") -> int:
    """What somebody at central types."""
    return main(["--language", "en", "--database", hall.url, "form", act, str(path)])


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.template)
def test_every_shipped_form_sets_its_specimens(form: type) -> None:
    for paper in specimens(form):
        assert render(paper).startswith(b"%PDF")


def test_a_form_is_taken_changed_saved_and_printed_with(
    desk: Desk, hall: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "acceptance.typ"
    assert save(hall, path, "take") == 0
    path.write_text(
        path.read_text(encoding="utf-8").replace("特此通知", "咨询电话 12345，特此通知")
    )
    assert save(hall, path) == 0
    desk.sync.run_once()
    (case_id,) = accept(desk, FOOD)
    told = open_paper(desk.papers.print_paper(case_id, DocumentKind.ACCEPTANCE))
    assert "咨询电话 12345" in told
    assert main(["--database", hall.url, "form", "drop", path.name]) == 0
    desk.sync.run_once()
    capsys.readouterr()
    assert save(hall, Path(path.name), "drop") == 0, "what is shipped is no mistake"
    assert capsys.readouterr().out == "acceptance.typ is the shipped form.\n"
    assert save(hall, Path("acceptence.typ"), "drop") != 0
    assert "one of these: acceptance.typ, " in capsys.readouterr().err
    told = open_paper(desk.papers.print_paper(case_id, DocumentKind.ACCEPTANCE))
    assert "咨询电话" not in told


@pytest.mark.parametrize(
    ("name", "wrong", "told"),
    [
        ("acceptance.typ", "#seal(", "acceptance.typ is wrong in line"),
        ("acceptance.typ", "#data.nothing_like_it", "acceptance.typ is wrong in line"),
        ("base.typ", "#let x = [", "base.typ is wrong in line"),
        ("nothing.typ", "", "no form that can be changed"),
    ],
)
def test_a_wrong_form_is_not_kept_and_its_line_is_named(
    hall: Hall,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    name: str,
    wrong: str,
    told: str,
) -> None:
    source = read_shipped().get(name, b"").decode()
    path = tmp_path / name
    path.write_text(source + wrong + "\n", encoding="utf-8")
    assert save(hall, path) == 1
    said = capsys.readouterr().err
    use_language("en")
    assert told in said
    if source:
        assert f"line {source.count(chr(10)) + 1}:" in said
    with hall.central.database.read() as connection:
        assert get_forms(connection).forms == {}


def test_a_form_that_fails_at_a_desk_gives_way_to_the_shipped_one(desk: Desk, hall: Hall) -> None:
    """Kept by a newer central, say: the paper comes out, and the desk says what is wrong."""
    now = hall.clock.now() + timedelta(seconds=1)
    forms = OfficeForms(forms={"acceptance.typ": '#import "base.typ": *\n#of-tomorrow()'})
    wrong = partial(keep, forms=forms, changed="acceptance.typ", now=now)
    hall.central.database.commit(wrong)
    desk.sync.run_once()
    (case_id,) = accept(desk, FOOD)
    told = open_paper(desk.papers.print_paper(case_id, DocumentKind.ACCEPTANCE))
    assert "受理通知书" in told
    fault = desk.press.fault
    assert fault is not None
    assert (fault.code, fault.parameters["line"]) == ("form.wrong", 2)
