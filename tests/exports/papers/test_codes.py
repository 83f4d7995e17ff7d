"""The codes drawn as SVG."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import segno

from exports.papers.codes import draw_code128, draw_qr


def test_code128_has_quiet_zones_and_one_path() -> None:
    root = ET.fromstring(draw_code128("260305101000127"))  # noqa: S314 - our own
    assert len(root) == 1
    assert root[0].attrib["d"].startswith("M10 0h")


def test_qr_draws_every_dark_module() -> None:
    text = "260305101000127"
    root = ET.fromstring(draw_qr(text))  # noqa: S314 - our own
    runs = root[0].attrib["d"].split("M")[1:]
    drawn = sum(int(run.split("h")[1].split("v")[0]) for run in runs)
    matrix = segno.make_qr(text, error="m", boost_error=False).matrix
    assert drawn == sum(map(sum, matrix))
