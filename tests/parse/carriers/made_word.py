"""Word documents made by hand, part by part, so that a test decides every merge, mark and tracked change in them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from parse.made_reports import HEADINGS, MadeReport, Row, closing, opening, tables

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
_LINED = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
PORTRAIT, LANDSCAPE = (11906, 16838), (16838, 11906)  # twentieths of a point
_MARGIN = 1134


def package(body: str, **parts: str) -> bytes:
    """A DOCX whose document has the given body; more parts by name, with "/" written as "__"."""
    document = (
        f'<?xml version="1.0"?><w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>'
    )
    entries = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": document,
    } | {f"{name.replace('__', '/')}.xml": text for name, text in parts.items()}
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in entries.items():
            zipped.writestr(name, text)
    return packed.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, properties: str = "", size: int = 21, align: str = "left") -> str:
    return (
        f'<w:p><w:pPr>{properties}<w:jc w:val="{align}"/></w:pPr>'
        f'{run(text, f"""<w:sz w:val="{size}"/>""") if text else ""}</w:p>'
    )


def cell(content: str, width: int = 900, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def row(cells: Iterable[str], properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Sequence[int] = (), is_lined: bool = True) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    borders = f"<w:tblBorders>{_LINED}</w:tblBorders>" if is_lined else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


# --- whole reports -------------------------------------------------------------------------------


def word_report(
    made: MadeReport,
    page: tuple[int, int] = PORTRAIT,
    size: int = 18,
    is_lined: bool = True,
    repeats_header: bool = False,
    splits_rows: bool = True,
    align: str = "center",
) -> bytes:
    """A made-up report as Word holds it. `size` is in half points."""
    wide = page[0] - 2 * _MARGIN
    parts = [
        paragraph(text, align="center" if not at else "left")
        for at, text in enumerate(opening(made))
    ]
    first, third, fourth = tables(made)
    widths = (
        [wide * 4 // 10, *[wide * 6 // 10 // (_width(first) - 1)] * (_width(first) - 1)],
        [wide // 11, wide // 11, wide * 28 // 100, *[wide * 53 // 100 // 7] * 7],
        [wide // 15] * 15,
    )
    for heading, rows, columns in zip(HEADINGS, (first, third, fourth), widths, strict=True):
        parts.append(paragraph(heading))
        header = 3 if repeats_header and rows is third else 0
        parts.append(_form_table(rows, columns, size, is_lined, header, splits_rows, align))
    parts += [paragraph(text) for text in closing(made)]
    section = (
        f'<w:sectPr><w:pgSz w:w="{page[0]}" w:h="{page[1]}"/><w:pgMar w:top="{_MARGIN}" '
        f'w:bottom="{_MARGIN}" w:left="{_MARGIN}" w:right="{_MARGIN}"/></w:sectPr>'
    )
    return package("".join(parts) + section)


def _width(rows: Sequence[Row]) -> int:
    return sum(colspan for _, _, colspan in rows[0])


def _form_table(
    rows: Sequence[Row],
    widths: Sequence[int],
    size: int,
    is_lined: bool,
    header: int,
    splits_rows: bool,
    align: str,
) -> str:
    printed = []
    open_above: dict[int, tuple[int, int]] = {}  # column → rows still to come, columns across
    for number, cells in enumerate(rows):
        column, written = 0, []
        waiting = list(cells)
        while waiting or column in open_above:
            if column in open_above:
                left, across = open_above.pop(column)
                written.append((column, "", across, "<w:vMerge/>"))
                if left > 1:
                    open_above[column] = (left - 1, across)
                column += across
                continue
            text, down, across = waiting.pop(0)
            written.append(
                (column, text, across, '<w:vMerge w:val="restart"/>' if down > 1 else "")
            )
            if down > 1:
                open_above[column] = (down - 1, across)
            column += across
        settings = ("<w:tblHeader/>" if number < header else "") + (
            "" if splits_rows else "<w:cantSplit/>"
        )
        printed.append(
            row(
                (
                    cell(
                        paragraph(text, size=size, align=align),
                        sum(widths[at : at + across]),
                        f'<w:gridSpan w:val="{across}"/>{merge}<w:vAlign w:val="center"/>',
                    )
                    for at, text, across, merge in written
                ),
                settings,
            )
        )
    return table(printed, widths, is_lined)
