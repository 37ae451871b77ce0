"""What a spreadsheet stores, and what it is read as."""

from __future__ import annotations

import pytest
from made_sheet import DAY, LINED, PERCENT, PLAIN, THOUSANDS, YUAN, number, words, workbook

from disclosure.parse.old_sheet import read_old_sheet
from disclosure.parse.sheet_figures import figure_text
from disclosure.parse.sheet_xml import read_sheets
from disclosure.records import Content, Grid, Text
from disclosure.unzip import Unzipped


def read(rows: str, **rest: str) -> Content:
    return read_sheets(Unzipped(workbook(rows, **rest)))


def shown(content: Content) -> list[object]:
    """Texts as they are, grids as lists of rows."""
    return [
        block.text
        if isinstance(block, Text)
        else [[each.text for each in line] for line in block.rows]
        for block in content.blocks
    ]


@pytest.mark.parametrize(
    ("stored", "style", "text"),
    [
        ("17", PLAIN, "17"),
        ("17.0", PLAIN, "17"),
        ("4068.208", PLAIN, "4068.208"),
        ("0.1", PLAIN, "0.1"),
        ("0.30000000000000004", PLAIN, "0.3"),
        ("1.5E-5", PLAIN, "0.000015"),
        ("-18", PLAIN, "-18"),
        ("0.125", PERCENT, "12.5%"),
        ("251000", YUAN, "251000元"),
        ("251000", THOUSANDS, "251000 〔0.00,〕"),
        ("45311", DAY, "2024年1月20日"),
    ],
)
def test_a_stored_number(stored, style, text):
    content = read(f"<row>{words('A1', '行政许可')}{number('B1', stored, style)}</row>")
    assert shown(content) == [[["行政许可", text]]]


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("General", "12"),
        ("G/通用格式", "12"),
        ('[$-804]G/通用格式"件"', "12件"),
        ("#,##0_ ;[Red]-#,##0\\ ", "12"),
        ("0_);[Red]\\(0\\)", "12"),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ', "12"),
        ("[$¥-804]#,##0.00", "12"),
        ("0件", "12件"),
        ('0"万元"', "12万元"),
        ("# ?/?", "12 〔# ?/?〕"),
        ("0!.0", "12 〔0!.0〕"),
        ("@", "12"),
        ("[$-804]yyyy年m月d日", "1900年1月11日"),
        (";;;", "12 〔;;;〕"),
        ("[>=10000]0!.0,;0", "12 〔[>=10000]0!.0,;0〕"),
        ("[Red][>100]0;0", "12"),
    ],
)
def test_a_number_format(number_format, text):
    assert figure_text(12.0, number_format) == text


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("General", "0"),
        ("#,##0", "0"),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0"),
        ("0;-0;;@", "0 〔0;-0;;@〕"),
        ("#,###", "0 〔#,###〕"),
    ],
)
def test_a_zero_that_is_not_shown_is_neither_a_zero_nor_a_blank(number_format, text):
    assert figure_text(0.0, number_format) == text


def test_a_sheet_that_shows_no_zeros():
    views = '<sheetViews><sheetView showZeros="0"/></sheetViews>'
    rows = f"<row>{words('A1', '甲')}{number('B1', '0')}{number('C1', '10')}</row>"
    assert shown(read(rows, before=views)) == [[["甲", "0 〔zeros are not shown〕", "10"]]]


def test_a_row_and_a_column_of_no_size_are_hidden():
    rows = f'<row r="1">{words("A1", "甲")}{number("B1", "1")}{number("C1", "2")}</row><row r="2" ht="0">{words("A2", "乙")}</row>'
    content = read(rows, before='<cols><col min="2" max="2" width="0"/></cols>')
    assert shown(content) == [[["甲", "2"]]]


def test_a_formula_is_its_stored_value():
    cells = '<c r="B1"><f>SUM(C1:D1)</f><v>5</v></c><c r="C1"><f>1+1</f></c>'
    assert shown(read(f"<row>{words('A1', '总计')}{cells}</row>")) == [[["总计", "5", "=1+1"]]]


def test_merged_cells_span():
    rows = f'<row r="1">{words("A1", "行政复议")}{words("D1", "x")}</row><row r="2">{"".join(number(f"{c}2", "1") for c in "ABCD")}</row>'
    content = read(rows, after='<mergeCells><mergeCell ref="A1:C1"/></mergeCells>')
    (grid,) = content.blocks
    assert isinstance(grid, Grid)
    assert [(c.text, c.column, c.colspan) for c in grid.rows[0]] == [
        ("行政复议", 0, 3),
        ("x", 3, 1),
    ]
    assert grid.rows[1][3].place == "sheet 表三, cell D2"


def test_a_heading_is_text_and_a_row_of_blanks_a_row():
    rows = (
        f'<row r="1">{words("A1", "一、总体情况")}</row>'
        f'<row r="2">{words("A2", "行政许可", LINED)}<c r="B2" s="{LINED}"/></row>'
        f'<row r="3">{words("A3", "行政处罚", LINED)}{number("B3", "3", LINED)}</row>'
    )
    assert shown(read(rows)) == ["一、总体情况", [["行政许可", ""], ["行政处罚", "3"]]]


def test_hidden_cells_are_left_out_by_name():
    rows = f'<row r="1">{words("A1", "甲")}{number("B1", "1")}{number("C1", "2")}</row><row r="2" hidden="1">{words("A2", "乙")}{number("C2", "3")}</row>'
    content = read(rows, before='<cols><col min="2" max="2" hidden="1"/></cols>')
    assert shown(content) == [[["甲", "2"]]]
    assert [(i.kind, i.where) for i in content.issues] == [("hidden_cells", "sheet 表三")]
    assert "B1" in content.issues[0].message
    assert "A2" in content.issues[0].message


def test_a_hidden_sheet_is_left_out_by_name():
    content = read(f"<row>{words('A1', '甲')}</row>", state="hidden")
    assert content.blocks == ()
    assert [issue.kind for issue in content.issues] == ["hidden_sheet"]


def test_a_raised_digit_is_a_mark():
    rich = '<c r="B1" t="inlineStr"><is><r><t>12</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></is></c>'
    assert shown(read(f"<row>{words('A1', '甲')}{rich}</row>")) == [[["甲", "12[1]"]]]


def test_text_struck_through_is_no_figure():
    rich = (
        '<c r="B1" t="inlineStr"><is><r><rPr><strike/></rPr><t>12</t></r><r><t>15</t></r></is></c>'
    )
    assert shown(read(f"<row>{words('A1', '甲')}{rich}</row>")) == [[["甲", "~12~15"]]]


FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>
<style:style style:name="S" style:family="text"><style:text-properties style:text-position="33% 58%"/></style:style>
<style:style style:name="K" style:family="text"><style:text-properties style:text-line-through-type="single"
 style:text-line-through-style="solid"/></style:style></office:automatic-styles><office:body><office:spreadsheet>
<table:table table:name="a"><table:table-row>
<table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>12<text:span text:style-name="S">1</text:span></text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p><text:span text:style-name="K">12</text:span>15</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document>"""


def test_an_old_sheet_has_marks_and_struck_text_too(office):
    body = office({"a.fods": FLAT.encode()}, "xls:MS Excel 97")["a"]
    assert shown(read_old_sheet(body)) == [[["甲", "12[1]", "~12~15"]]]
