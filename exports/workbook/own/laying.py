"""A workbook that central keeps, laid out as a file for as long as it is filled."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clerk.contract.report_template import TemplateFile


@contextmanager
def laid_out(file: TemplateFile) -> Iterator[Path]:
    """The workbook under its own name, in a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="clerk-template-") as folder:
        path = Path(folder) / f"{file.template.name}.xlsx"
        path.write_bytes(file.data)
        yield path
