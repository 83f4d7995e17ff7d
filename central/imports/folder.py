"""What an import is given: one file, or a folder of files that are read in the order of names."""

from __future__ import annotations

from pathlib import Path

from central.imports.error_file import SUFFIX
from central.imports.returned import is_returned
from clerk.errors import InputError

_READ = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls"})
"""An old workbook is named, so that it is refused with its remedy and not passed over."""


def find_files(path: Path) -> tuple[Path, ...]:
    """The files to read; what was handed back, hidden ones and Excel's locks are none."""
    if not path.is_dir():
        return (path,)
    found = sorted(one for one in path.rglob("*") if _is_read(one, path))
    if not found:
        raise InputError("import.folder_empty", folder=path.name)
    return tuple(found)


def _is_read(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    return (
        not hidden
        and path.is_file()
        and path.suffix.lower() in _READ
        and not path.name.endswith(SUFFIX)
        and not is_returned(path)
    )
