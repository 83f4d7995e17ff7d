"""One picture of every printed form, for docs/forms.md: python -m tests.support.form_pictures.

Each is also what the tests read by an independent tool, so that no form goes unseen.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image

from clerk.files import write_atomic
from exports.papers.forms import Paper
from exports.papers.render import render_pictures
from tests.exports.papers.gallery import AGAIN, GALLERY

FOLDER = Path(__file__).parents[2] / "docs" / "pictures" / "forms"
DPI = 72
SHADES = 16
FRAME = 255


def take(paper: Paper, folder: Path, name: str) -> int:
    """Draw the pages of a paper side by side, in few shades of grey; how many there are."""
    pages = [Image.open(io.BytesIO(one)).convert("L") for one in render_pictures(paper, DPI)]
    sheet = Image.new("L", (sum(one.width for one in pages), pages[0].height), FRAME)
    left = 0
    for page in pages:
        sheet.paste(page, (left, 0))
        left += page.width
    held = io.BytesIO()
    sheet.quantize(SHADES).save(held, "PNG", optimize=True)
    write_atomic(folder / f"{name}.png", held.getvalue())
    return len(pages)


def main() -> None:
    """Write one of each form, or into another folder than the documents' own all of them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, paper in GALLERY.items():
        if folder == FOLDER and name.endswith(AGAIN):
            continue
        pages = take(paper, folder, name)
        sys.stdout.write(f"{name}: {pages}\n")


if __name__ == "__main__":
    main()
