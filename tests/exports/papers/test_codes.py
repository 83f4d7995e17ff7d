"""The codes drawn as SVG."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
import segno
import zxingcpp
from PIL import Image

from exports.papers.code128 import code128_modules
from exports.papers.codes import draw_code128, draw_qr


def test_code128_has_quiet_zones_and_one_path() -> None:
    root = ET.fromstring(draw_code128("260305101000127"))  # noqa: S314 - our own
    assert len(root) == 1
    assert root[0].attrib["d"].startswith("M10 0h")


@pytest.mark.parametrize(
    "text",
    [
        "260305101000127",
        "26030510100012",
        "JB101260305173000",
        "JJ260601ABCD1234",
        "12",
        "1234x99",
        "~ !",
    ],
)
def test_a_code128_is_read_back(text: str) -> None:
    modules = [0] * 10 + code128_modules(text) + [0] * 10
    row = bytes(0 if one else 255 for one in modules for _ in range(3))
    picture = Image.frombytes("L", (len(row), 60), row * 60)
    (found,) = zxingcpp.read_barcodes(picture)
    assert (found.format.name, found.text) == ("Code128", text)


def test_qr_draws_every_dark_module() -> None:
    text = "260305101000127"
    root = ET.fromstring(draw_qr(text))  # noqa: S314 - our own
    runs = root[0].attrib["d"].split("M")[1:]
    drawn = sum(int(run.split("h")[1].split("v")[0]) for run in runs)
    matrix = segno.make_qr(text, error="m", boost_error=False, mask=2).matrix
    assert drawn == sum(map(sum, matrix))
