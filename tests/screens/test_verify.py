"""At the desk: a licence verified by its number, by its file, and a forged one found."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter

from central.jobs.sealing import verification_address
from central.licensing.digits import check_digits
from screens.verify.screen import VerifyScreen
from services.bootstrap import Desk
from tests.screens.story import Person, at
from tests.screens.test_wedge import scan
from tests.services.test_licences import grant, seal
from tests.support.desk import Hall, OpenDesk
from tests.support.screens import LARGE, SMALL
from tests.support.seals import PASSPHRASE, install


@pytest.fixture
def licence(
    hall: Hall, desk: Desk, open_at: OpenDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Path:
    monkeypatch.setenv("CLERK_SEAL_PASSPHRASE", PASSPHRASE)
    install(hall.central.database)
    case_id = grant(desk, open_at("market", department="market"))
    seal(hall)
    desk.session.sign_in("counter", "paper-and-seal")
    desk.sync.run_once()
    genuine = tmp_path / "g.pdf"
    genuine.write_bytes(desk.licences.print_licence(case_id).read_bytes())
    return genuine


@pytest.fixture
def forged(licence: Path) -> Path:
    """The licence with a page appended, as a revision of its own."""
    writer = PdfWriter(io.BytesIO(licence.read_bytes()), incremental=True)
    writer.add_blank_page(595, 842)
    path = licence.with_name("f.pdf")
    writer.write(path)
    return path


async def look(person: Person, text: str) -> str:
    """Type into the line, and read what is said."""
    screen = person.app.screen
    assert isinstance(screen, VerifyScreen)
    screen.licence.value = text
    screen.licence.focus()
    await person.press("enter")
    return person.text


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_by_its_file_and_what_a_forger_makes_of_it(
    desk: Desk, licence: Path, forged: Path, size: tuple[int, int]
) -> None:
    async with at(desk, "counter", size) as person:
        await person.press("shift+f4")
        assert not person.toasts, "nothing was scanned yet"
        told = await look(person, str(licence))
        assert "Genuine, and valid today" in told
        assert "its seal in use" in told
        assert "the paper that is in force" in told
        told = await look(person, str(forged))
        assert "Not genuine" in told
        assert "Something was added after the seal" in told


@pytest.mark.usefixtures("licence")
async def test_a_scan_of_its_qr_verifies_it_from_wherever_one_is(hall: Hall, desk: Desk) -> None:
    """What the QR says: an address, and number with check digits where the office has none."""
    number = "FOOD-LICENCE-2026-000001"
    with hall.central.database.read() as connection:
        code = check_digits(connection, "food-licence", number)
    async with at(desk, "counter", LARGE) as person:
        for keys in ((), ("f2",), ("ctrl+underscore",)):
            for qr in (
                f"{number} {code}",
                verification_address("https://city.example", number, code),
            ):
                await person.press(*keys)
                await scan(person, qr)
                assert person.front == "VerifyScreen", qr
                assert "Genuine, and valid today" in person.text
                while person.front != "HomeScreen":
                    await person.press("escape")


async def test_by_its_number_and_when_the_line_is_down(
    hall: Hall, desk: Desk, licence: Path
) -> None:
    number = "FOOD-LICENCE-2026-000001"
    with hall.central.database.read() as connection:
        code = check_digits(connection, "food-licence", number)
    async with at(desk, "counter", LARGE) as person:
        await person.press("shift+f4")
        assert "Genuine, and valid today" in await look(person, f"{number} {code}")
        address = f"https://licences.example/verify?n={number}&c={code}"
        assert "Genuine, and valid today" in await look(person, address)
        assert "no licence with this number" in await look(person, f"{number} 00000000")
        await person.press("escape")
        hall.stop()
        told = await look(person, str(licence))
        assert "central has not confirmed it" in told
        assert "covers the whole file" in told
