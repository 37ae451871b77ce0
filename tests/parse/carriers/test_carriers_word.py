"""What Word can hold: merges, tracked changes, marks, text boxes, hidden text. Made by hand, part by part."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from made_word import cell, package, paragraph, row, run, table

from disclosure.parse.word import read_word
from disclosure.records import Content, Grid, Text
from disclosure.unzip import Unzipped

SUPERSCRIPT = '<w:vertAlign w:val="superscript"/>'


def read(body: str, **parts: str) -> Content:
    return read_word(Unzipped(package(body, **parts)))


def texts(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Text)]


def grids(content: Content) -> list[list[list[str]]]:
    return [
        [[each.text for each in line] for line in block.rows]
        for block in content.blocks
        if isinstance(block, Grid)
    ]


PARAGRAPHS = {
    "plain": (run("总") + run("计"), "总计"),
    "inserted counts": (f"<w:ins>{run('12')}</w:ins>", "12"),
    "deleted does not": (f"{run('1')}<w:del><w:r><w:delText>2</w:delText></w:r></w:del>", "1"),
    "moved away does not": (f"{run('1')}<w:moveFrom>{run('2')}</w:moveFrom>", "1"),
    "moved here counts": (f"{run('1')}<w:moveTo>{run('2')}</w:moveTo>", "12"),
    "hidden does not": (run("1") + run("2", "<w:vanish/>"), "1"),
    "hidden switched off": (run("1") + run("2", '<w:vanish w:val="0"/>'), "12"),
    "hidden by its style": (run("1") + run("2", '<w:rStyle w:val="secret"/>'), "1"),
    "a raised digit is a mark": (run("12") + run("1", SUPERSCRIPT), "12[1]"),
    "in several runs": (run("12") + run("1", SUPERSCRIPT) + run("0", SUPERSCRIPT), "12[10]"),
    "a mark behind a word": (run("行政许可") + run("①", SUPERSCRIPT), "行政许可"),
    "raised by its style": (run("12") + run("1", '<w:rStyle w:val="mark"/>'), "12[1]"),
    "all of it raised": (run("12", SUPERSCRIPT), "12"),
    "a note's reference": (run("12") + '<w:r><w:footnoteReference w:id="2"/></w:r>', "12"),
    "a field's result": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE 7</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("12")}',
        "12",
    ),
    "a simple field": (f'<w:fldSimple w:instr="DATE">{run("12")}</w:fldSimple>', "12"),
    "a field within a field's code": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("7")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "12",
    ),
    "a field whose code never ends": (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{run("12")}',
        "12",
    ),
    "struck through by hand": (run("12", "<w:strike/>") + run("15"), "~12~15"),
    "struck through by its style": (run("12", '<w:rStyle w:val="struck"/>') + run("15"), "~12~15"),
    "hidden by a style's style": (run("1") + run("2", '<w:rStyle w:val="heir"/>'), "1"),
    "shown against its style": (
        run("1") + run("2", '<w:rStyle w:val="secret"/><w:vanish w:val="false"/>'),
        "12",
    ),
    "set a little higher": (run("12") + run("3", '<w:position w:val="2"/>'), "123"),
    "set much higher": (run("12") + run("3", '<w:position w:val="8"/>'), "12[3]"),
    "a link": (f"<w:hyperlink>{run('12')}</w:hyperlink>", "12"),
    "a content control": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('12')}</w:sdtContent></w:sdt>",
        "12",
    ),
    "a tab": (f"{run('1')}<w:r><w:tab/></w:r>{run('2')}", "1 2"),
    "a hyphen": (f"<w:r><w:noBreakHyphen/></w:r>{run('18')}", "-18"),
    "a symbol is not blank": ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "\uf0fc"),
    "pinyin above": (
        f"<w:r><w:ruby><w:rt>{run('yī')}</w:rt><w:rubyBase>{run('医')}</w:rubyBase></w:ruby></w:r>",
        "医",
    ),
    "a fraction is not one number": (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
        "1 2",
    ),
}
STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:styleId="secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    f'<w:style w:styleId="mark"><w:rPr>{SUPERSCRIPT}</w:rPr></w:style>'
    '<w:style w:styleId="struck"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:styleId="heir"><w:basedOn w:val="secret"/></w:style></w:styles>'
)


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_a_paragraph(name):
    inner, shown = PARAGRAPHS[name]
    assert texts(read(f"<w:p>{inner}</w:p>", word__styles=STYLES)) == [shown]


def test_a_paragraph_of_a_hidden_style():
    body = f'<w:p><w:pPr><w:pStyle w:val="secret"/></w:pPr>{run("1")}</w:p>{paragraph("2")}'
    assert texts(read(body, word__styles=STYLES)) == ["2"]


def test_a_page_kept_as_a_part_is_read():
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="h" Type="http://x/aFChunk" Target="page.html"/></Relationships>'
    )
    page = "<html><body><p>上</p><table><tr><td>规章</td><td>1</td></tr></table></body></html>"
    body = add(
        package('<w:altChunk w:id="h"/>'),
        {"word/_rels/document.xml.rels": relations, "word/page.html": page},
    )
    content = read_word(Unzipped(body))
    assert (texts(content), grids(content)) == (["上"], [[["规章", "1"]]])


def add(body: bytes, parts: dict[str, str]) -> bytes:
    packed = BytesIO(body)
    with zipfile.ZipFile(packed, "a") as zipped:
        for name, text in parts.items():
            zipped.writestr(name, text)
    return packed.getvalue()


def test_a_break_parts_lines():
    assert texts(read(f"<w:p>{run('一')}<w:r><w:br/></w:r>{run('二')}</w:p>")) == ["一", "二"]


def test_a_deleted_paragraph_end_joins_two_lines():
    deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    body = f"<w:p>{deleted}{run('1')}</w:p><w:p>{run('2')}</w:p>"
    assert texts(read(body)) == ["12"]


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent>{paragraph('行政许可')}</w:txbxContent>"
    body = (
        f"<w:p>{run('上')}<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r></w:p>{paragraph('下')}"
    )
    assert texts(read(body)) == ["上", "行政许可", "下"]


def test_pictures_are_counted():
    body = "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r><w:r><w:pict><v:imagedata/></w:pict></w:r></w:p>"
    assert read(body).pictures == 2


# --- tables --------------------------------------------------------------------------------------


def merged(kind: str = "continue") -> str:
    return f'<w:vMerge w:val="{kind}"/>'


def test_cells_keep_their_columns_and_spans():
    body = table(
        [
            row([cell(paragraph("甲"), properties=merged("restart")), cell(paragraph("乙"), properties='<w:gridSpan w:val="2"/>')]),
            row([cell(paragraph(""), properties="<w:vMerge/>"), cell(paragraph("1")), cell(paragraph("2"))]),
        ]
    )  # fmt: skip
    (grid,) = read(body).blocks
    assert isinstance(grid, Grid)
    assert [
        (c.text, c.row, c.column, c.rowspan, c.colspan) for line in grid.rows for c in line
    ] == [
        ("甲", 0, 0, 2, 1),
        ("乙", 0, 1, 1, 2),
        ("1", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
    ]
    assert grid.rows[1][0].place == "table 1, row 2, column 2"


def test_a_row_that_begins_further_right():
    body = table([row([cell(paragraph("1"))], '<w:gridBefore w:val="2"/>')])
    (grid,) = read(body).blocks
    assert isinstance(grid, Grid)
    assert grid.rows[0][0].column == 2


def test_cells_merged_across_in_the_old_way():
    body = table(
        [
            row([cell(paragraph("甲"), properties='<w:hMerge w:val="restart"/>'), cell(paragraph(""), properties="<w:hMerge/>"), cell(paragraph("1"))])
        ]
    )  # fmt: skip
    (grid,) = read(body).blocks
    assert isinstance(grid, Grid)
    assert [(c.text, c.column, c.colspan) for c in grid.rows[0]] == [("甲", 0, 2), ("1", 2, 1)]


def test_several_paragraphs_in_a_cell():
    body = table([row([cell(paragraph("结果") + paragraph("维持")), cell(paragraph("1"))])])
    assert grids(read(body)) == [[["结果\n维持", "1"]]]


def test_deleted_rows_and_cells_are_left_out():
    gone = '<w:del w:id="1"/>'
    body = table(
        [
            row([cell(paragraph("甲")), cell(paragraph("1"))]),
            row([cell(paragraph("乙")), cell(paragraph("2"))], gone),
            row([cell(paragraph("丙")), cell(paragraph("3"), properties="<w:cellDel/>"), cell(paragraph("4"))]),
        ]
    )  # fmt: skip
    assert grids(read(body)) == [[["甲", "1"], ["丙", "4"]]]


def test_a_hidden_row_is_left_out_by_name():
    content = read(table([row([cell(paragraph("甲")), cell(paragraph("1"))], "<w:hidden/>")]))
    assert content.blocks == ()
    assert [issue.kind for issue in content.issues] == ["hidden_row"]


def test_a_table_within_a_cell_is_a_table_of_its_own():
    inner = table([row([cell(paragraph("规章")), cell(paragraph("1"))])])
    outer = table(
        [
            row([cell(paragraph("首页")), cell(paragraph("政务公开"))]),
            row([cell(paragraph("菜单")), cell(inner + paragraph("注"))]),
        ]
    )
    content = read(outer)
    assert grids(content) == [[["首页", "政务公开"]], [["规章", "1"]]]
    assert texts(content) == ["菜单", "注"]


def test_a_table_of_one_cell_within_a_cell_is_only_a_frame():
    inner = table([row([cell(paragraph("12"))])])
    assert grids(read(table([row([cell(paragraph("规章")), cell(inner)])]))) == [[["规章", "12"]]]


def test_the_title_that_a_file_states():
    title = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>2023年政府信息公开年报</dc:title></c>'
    assert read(paragraph("一"), docProps__core=title).metadata == {
        "title": "2023年政府信息公开年报"
    }
    assert read(paragraph("一"), docProps__core=title.replace("信息公开", "x")).metadata == {}
