"""Workbooks made by hand, so that a test decides what is stored in each cell."""

from __future__ import annotations

import zipfile
from io import BytesIO

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="170" formatCode="0&quot;元&quot;"/>'
    '<numFmt numFmtId="171" formatCode="0.00,"/><numFmt numFmtId="172" formatCode="yyyy/m/d"/></numFmts>'
    '<borders><border/><border><left style="thin"/></border></borders>'
    '<cellXfs><xf numFmtId="0" borderId="0"/><xf numFmtId="0" borderId="1"/><xf numFmtId="10"/>'
    '<xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/></cellXfs></styleSheet>'
)
PLAIN, LINED, PERCENT, YUAN, THOUSANDS, DAY = range(6)


def workbook(rows: str, after: str = "", before: str = "", state: str = "visible") -> bytes:
    """An XLSX with one sheet 表三, given its rows' XML and what stands before and after them."""
    relations = f'<Relationships xmlns="{_PACKAGE}">'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'{relations}<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="表三" sheetId="1" state="{state}" r:id="s1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{relations}<Relationship Id="s1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="s2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>',
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in parts.items():
            zipped.writestr(name, text)
    return packed.getvalue()


def number(at: str, stored: str, style: int = PLAIN) -> str:
    return f'<c r="{at}" s="{style}"><v>{stored}</v></c>'


def words(at: str, text: str, style: int = PLAIN) -> str:
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'
