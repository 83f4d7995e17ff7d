"""Times a receipt against a bare Typst page of the same text: python -m bench.receipt.

The goal is at most 1.5 times the bare page, and at most 60 KB. Each is timed as the first of a
process, which is what a desk waits for once a day, and as a later one.
"""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import pypdf

from exports.papers.render import render
from tests.exports.papers.samples import make_case, make_materials, make_receipt

ROUNDS = 40
COLD_ROUNDS = 5
MOST_RATIO = 1.5
MOST_BYTES = 60_000
BARE = """
#set page(paper: "a4", margin: 22mm)
#set text(font: "Noto Sans SC", size: 10.5pt, lang: "zh", region: "cn")
#for line in sys.inputs.text.split("\\n") [#line \\ ]
"""
COLD = """
import sys
from time import process_time
from tests.exports.papers.samples import make_receipt
receipt = make_receipt()
began = process_time()
if sys.argv[1] == "receipt":
    from exports.papers.render import render
    render(receipt)
else:
    from pathlib import Path
    from bench.receipt import BarePage
    page = BarePage(Path(sys.argv[1]))
    began = process_time()
    page.set_text(sys.argv[2])
print((process_time() - began) * 1000)
"""


class BarePage:
    """A page of Typst with the shipped font and no form."""

    def __init__(self, folder: Path) -> None:
        """Keep the page's source in a folder."""
        self._folder = folder
        self._page = folder / "bare.typ"
        self._page.write_text(BARE, encoding="utf-8")
        self._compile: Callable[..., object] | None = None

    def set_text(self, text: str) -> bytes:
        """A PDF of the text; the first call reads the fonts, as the first receipt does."""
        if self._compile is None:
            import typst

            from exports.papers.fonts import get_folder

            fonts = [str(get_folder())]
            self._compile = typst.Compiler(
                root=str(self._folder), font_paths=fonts, ignore_system_fonts=True
            ).compile
        inputs = {"text": text}
        made = self._compile(input=str(self._page), format="pdf", sys_inputs=inputs, pdf_tags=False)
        assert isinstance(made, bytes)
        return made


def read_text(data: bytes) -> str:
    """The text of a PDF, to be set again on bare pages."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def best_ms(first: Callable[[int], object], second: Callable[[int], object]) -> tuple[float, float]:
    """The best round of each of two works in processor time, in turns: both meet the same load."""
    best = [float("inf"), float("inf")]
    for number in range(ROUNDS):
        for place, work in enumerate((first, second)):
            began = process_time()
            work(number)
            best[place] = min(best[place], (process_time() - began) * 1000)
    return best[0], best[1]


def best_cold_ms(*arguments: str) -> float:
    """The best of a few fresh processes."""
    command = [sys.executable, "-c", COLD, *arguments]
    return min(
        float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(COLD_ROUNDS)
    )


def show(name: str, receipt_ms: float, bare_ms: float) -> None:
    """One line with the ratio and its goal."""
    ratio = receipt_ms / bare_ms
    print(
        f"{name:<26} {receipt_ms:7.2f} ms   bare {bare_ms:7.2f} ms   "
        f"ratio {ratio:.2f} (goal {MOST_RATIO})"
    )


def bench_later(bare: BarePage) -> None:
    """Receipts of a process that has made one, and their sizes."""
    for name, cases in (
        ("later, two cases", ()),
        ("later, 40 materials", (make_case(0, make_materials(40)),)),
    ):
        receipts = [
            make_receipt(applicant=f"张{number:03d}", cases=cases) for number in range(ROUNDS)
        ]
        made = [render(receipt) for receipt in receipts]
        texts = [read_text(data) for data in made]
        show(name, *best_ms(
            lambda number, receipts=receipts: render(receipts[number]),  # type: ignore[misc]
            lambda number, texts=texts: bare.set_text(texts[number]),  # type: ignore[misc]
        ))  # fmt: skip
        print(
            f"{'':<26} {len(made[0])} bytes (goal {MOST_BYTES}), "
            f"bare {len(bare.set_text(texts[0]))} bytes"
        )


def main() -> None:
    """First and later receipts."""
    with TemporaryDirectory() as folder:
        text = read_text(render(make_receipt()))
        show("first of a process", best_cold_ms("receipt"), best_cold_ms(folder, text))
        bench_later(BarePage(Path(folder)))


if __name__ == "__main__":
    main()
