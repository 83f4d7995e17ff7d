"""The parts of an xlsx around its rows: what opens and closes a sheet, styles, the table of them.

As in ECMA-376 Part 1; a cell without a reference stands to the right of the one before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

DATE, MOMENT, HEAD, QUOTED = 1, 2, 3, 4
"""Numbers of the styles in styles.xml; 0 is plain."""

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def open_sheet(widths: Sequence[float], *, selected: bool) -> str:
    """What comes before the rows: the head is frozen, the columns have their widths."""
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(widths, 1)
    )
    front = ' tabSelected="1"' if selected else ""
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"{front}>'
        '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
    )


def close_sheet(area: str) -> str:
    """What comes after them: the filter, and the print set-up."""
    return (
        f'</sheetData><autoFilter ref="{area}"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
        "</worksheet>"
    )


def letter_of(place: int) -> str:
    """The letters of a column, counted from 1; no other library is loaded for them."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def frame(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The other files of the archive, for sheets of these titles."""
    numbers = range(1, len(titles) + 1)
    yield "[Content_Types].xml", _content_types(numbers)
    yield "_rels/.rels", _relations([(1, "officeDocument", "xl/workbook.xml")])
    sheets = [(n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    styles = (len(titles) + 1, "styles", "styles.xml")
    yield "xl/_rels/workbook.xml.rels", _relations([*sheets, styles])
    yield "xl/workbook.xml", _workbook(titles)
    yield "xl/styles.xml", _STYLES


def _content_types(numbers: Sequence[int]) -> str:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in numbers]
    listed = "".join(
        f'<Override PartName="{path}" ContentType="{_TYPE}.{kind}+xml"/>' for path, kind in parts
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relations(listed: Sequence[tuple[int, str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{path}"/>'
        for n, kind, path in listed
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _workbook(titles: Sequence[str]) -> str:
    sheets, heads = [], []
    for place, title in enumerate(titles):
        sheets.append(
            f'<sheet name={quoteattr(title)} sheetId="{place + 1}" r:id="rId{place + 1}"/>'
        )
        quoted = escape("'" + title.replace("'", "''") + "'")
        heads.append(
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">'
            f"{quoted}!$1:$1</definedName>"
        )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{"".join(sheets)}</sheets>'
        f"<definedNames>{''.join(heads)}</definedNames></workbook>"
    )


_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFDDE6F0"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" '
    'applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
