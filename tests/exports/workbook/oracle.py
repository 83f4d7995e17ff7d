"""A reader of the workbook that knows COUNTIFS, SUMIFS and SUM, and nothing of how it was made."""

from __future__ import annotations

import io
import operator
import re
from datetime import date, datetime

import openpyxl
import python_calamine
from openpyxl.utils import column_index_from_string

Row = list[object]
_EPOCH = date(1899, 12, 30)
_CALL = re.compile(r"=(COUNTIFS|SUMIFS|SUM)\((.*)\)")
_HOLDS = {"=": operator.eq, ">=": operator.ge, "<=": operator.le}
_AREA = re.compile(r"\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)")


def to_number(value: object) -> float | None:
    """A cell as a spreadsheet compares it: days are numbers, empty cells are nothing."""
    match value:
        case datetime():
            return float((value.date() - _EPOCH).days)
        case date():
            return float((value - _EPOCH).days)
        case int() | float():
            return float(value)
        case _:
            return None


class Oracle:
    """Evaluates the formulas of a workbook from its text and from what calamine reads."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        self.sheets: dict[str, list[Row]] = {
            name: [list(row) for row in read.get_sheet_by_name(name).to_python()]
            for name in read.sheet_names
        }
        self._met: dict[tuple[str, str, float], list[bool]] = {}

    def column_of(self, name: str) -> list[object]:
        """The cells of a named range."""
        sheet, area = self.book.defined_names[name].attr_text.rsplit("!", 1)
        found = _AREA.fullmatch(area)
        assert found is not None
        assert found[1] == found[3]
        place = column_index_from_string(found[1]) - 1
        rows = self.sheets[sheet.strip("'")][int(found[2]) - 1 : int(found[4])]
        return [row[place] for row in rows]

    def value_of(self, sheet: str, place: str) -> float | None:
        """What a cell's COUNTIFS, SUMIFS or SUM comes to, or its number."""
        content = self.book[sheet][place].value
        call = _CALL.fullmatch(content) if isinstance(content, str) else None
        if call is None:
            return to_number(content)
        arguments = call[2].split(",")
        if call[1] == "SUM":
            cells = self.book[sheet][arguments[0]]
            return sum(self.value_of(sheet, row[0].coordinate) or 0 for row in cells)
        if call[1] == "SUMIFS":
            added = [to_number(cell) or 0 for cell in self.column_of(arguments[0])]
            rows = self.rows_meeting(sheet, arguments[1:])
            return sum(number for number, met in zip(added, rows, strict=True) if met)
        return float(sum(self.rows_meeting(sheet, arguments)))

    def rows_meeting(self, sheet: str, arguments: list[str]) -> list[bool]:
        """For each row whether every range meets its test."""
        columns = [
            self._meeting(name, *self.read_test(sheet, test))
            for name, test in zip(arguments[::2], arguments[1::2], strict=True)
        ]
        return [all(row) for row in zip(*columns, strict=True)]

    def read_test(self, sheet: str, test: str) -> tuple[str, float]:
        """Sign and bound of a criterion such as 1, $A7, or ">="&name."""
        sign = "="
        if test.startswith('"'):
            sign, name = test[1:].split('"&')
            sheet_name, place = self.book.defined_names[name].attr_text.rsplit("!", 1)
            bound = self.value_of(sheet_name.strip("'"), place.replace("$", ""))
        else:
            bound = (
                self.value_of(sheet, test.replace("$", "")) if test.startswith("$") else float(test)
            )
        assert bound is not None
        return sign, bound

    def _meeting(self, name: str, sign: str, bound: float) -> list[bool]:
        """For each cell of a range whether it meets a test; many formulas ask the same."""
        asked = (name, sign, bound)
        if asked not in self._met:
            holds = _HOLDS[sign]
            numbers = [to_number(cell) for cell in self.column_of(name)]
            self._met[asked] = [one is not None and holds(one, bound) for one in numbers]
        return self._met[asked]
