"""Tables that are written regularly are read cell by cell, each markup once, and no page reads otherwise for it."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_reports import LAYOUTS, html_page, html_table, make_report, plain_html, tables, word_html

from disclosure.parse import html, html_regular
from disclosure.parse.html import read_html
from disclosure.parse.html_regular import cut_regular_tables
from disclosure.records import Content


def as_a_tree(page: str) -> Content:
    """What the page reads as when nothing is cut out of it."""
    with mock.patch.object(html, "cut_regular_tables", lambda page: (page, [])):
        return read_html(page)


def is_regular(cell: str) -> bool:
    return bool(cut_regular_tables(f"<table><tr><td>行政许可</td>{cell}</td></tr></table>")[1])


@pytest.mark.parametrize(
    "cell",
    [
        "<td width=60 style='border:none'><p class=MsoNormal><span lang=EN-US>0</span></p>",
        "<td><p><b><font face=宋体>1</font>.属于</b>国家秘密<o:p></o:p></p>",
        "<td><!--[if !supportEmptyParas]-->&nbsp;<!--[endif]-->",
        "<td>3<br>件<sup>①</sup>",
        "<td><span>5",
        "<td>5</b>",
        "<td><del>7</del>5",
        "</tr>\n<tr class=x><td rowspan='1' colspan=\"1\">3",
        "<th COLSPAN = 3 width='8%'>3</th><td>5",
        "<td title='<td>'>5",
    ],
)  # fmt: skip
def test_a_cell_that_is_written_regularly(cell: str) -> None:
    assert is_regular(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "<td style='display : none'>7",
        "<tr hidden><td>7",
        "<td title='</td>'>7",
        "<td><span title='a>5</span>",
        "<td><table><tr><td>5</table>",
        "<td><img src=5.gif>",
        "<td><script>5</script>",
        "<td><textarea>5",
        "<td><!-- <td> -->5",
        "<td>5<td>6",
        "7<td>5",
        "<form><td>5",
        "<td><svg>5",
        "<td><\u017fpan>5",  # a long s is no s to a browser
        f"<td>{'很' * 3_000}",
    ],
)  # fmt: skip
def test_a_table_with_anything_else_is_left_to_the_tree(cell: str) -> None:
    assert not is_regular(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "<td><p>{}</p>",
        "<td>{}<sup>1</sup>",
        "<td><sup>{}</sup>",
        "<td><del>{}</del>0",
        "<td><span style='display:none'>{}</span>7",
        "<td><span style='vertical-align:super'>{}</span>",
        "<td><input type=text value={}>",
        "<td><b>{}</b><b>{}</b>",
        "<td><ruby>{}<rt>9</rt></ruby>",
    ],
)
def test_another_figure_in_a_markup_that_is_known(cell: str) -> None:
    for figure in ("0", "7", "12", "7803652914"):
        page = f"<table><tr><td>规章</td>{cell.format(figure, figure)}</td></tr></table>"
        assert read_html(page).blocks == as_a_tree(page).blocks


@pytest.mark.parametrize(
    "around",
    [
        "<!-- {} -->",
        "<script>{}</script>",
        "<p title='{}",
        "<div title=\"{}\">5</div>",
        "<textarea>{}</textarea>",
        "<table><tr><td>栏目</td><td>{}</td></tr></table>",
        "<div style='display:none'>{}</div>",
        "<table><tr><td style='display:none'>{}</td></tr></table>",
        "<xmp>{}</xmp>",
        "<select>{}</select>",
        "<b>{}",
        "{}<table read-before=0></table>",
        "<!-- {} --><table read-before=0><tr><td>1</td><td>2</td></tr></table>",
    ],
)  # fmt: skip
def test_wherever_a_regular_table_stands(around: str) -> None:
    table = "<table border='1'><tr><td class='x'>规章</td><td>3</td></tr></table>"
    page = f"<p>前</p>{around.format(table)}<p class='y'>后</p>{table}"
    assert read_html(page) == as_a_tree(page)


ODD = st.sampled_from(
    ["<p>", "</p>", "<td>", "</td>", "<tr>", "</tr>", "<table>", "</table>", "<br>", "<!--", "-->", "<td title='",
     "<script>", "</script>", "<style>", "<sup>1</sup>", "<del>3</del>", "<span hidden>", "</span>", "<b>", "</b>",
     "<font x='>'>", "<img src=x>", "<template><td>6", "&nbsp", ";", "&#4", "<xmp>", "<plaintext>", "<textarea>", "<svg>",
     "<select>", "<th>7", "<th>7</th>", "<td colspan=2 colspan=3>", "<input value=3>", "'", '"', ">", "<", "<!", "<?x", "12",
     "<td rowspan=3>8</td>", "<tbody>", "</tbody>", "<tfoot>", "<caption>x</caption>", "<col>", "<form>", "<a href=x>", "\n"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    seed=st.integers(0, 50),
    layout=st.sampled_from([plain_html, word_html, LAYOUTS["layout_table_html"]]),
    odd=st.lists(st.tuples(st.floats(0, 1), ODD), min_size=1, max_size=5),
)
def test_a_page_reads_as_its_tree_does(seed, layout, odd) -> None:
    page = layout(make_report(seed))
    for where, piece in odd:
        at = int(where * len(page))
        page = page[:at] + piece + page[at:]
    assert read_html(page) == as_a_tree(page)


def test_the_tables_of_a_report_are_regular_in_the_layouts_that_editors_write() -> None:
    for layout in (plain_html, word_html, LAYOUTS["layout_table_html"]):
        assert len(cut_regular_tables(layout(make_report(1)))[1]) == 3


def test_what_is_known_is_kept_in_bounds() -> None:
    for width in range(11_000):
        cut_regular_tables(f"<table><tr><td width={width}>{width}</td><td>1</td></tr></table>")
    for known, most in ((html_regular._read, 10_000), (html_regular._known, 3_000)):
        assert known.cache_info().currsize <= most


def test_headers_in_cells_of_their_own_kind() -> None:
    made = make_report(1)
    page = html_page(made, map(html_table, tables(made)))
    headed = page.replace("<td rowspan=2 colspan=1>自然人</td>", "<th rowspan=2>自然人</th>")
    assert read_html(headed).blocks == read_html(page).blocks
