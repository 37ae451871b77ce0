"""What styles a page's cells goes before the page is read, and no page reads otherwise for it."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_reports import html_page, html_table, make_report, plain_html, tables, word_html

from disclosure.parse import html, unstyled
from disclosure.parse.html import read_html
from disclosure.parse.unstyled import unstyle


def of_cell(markup: str) -> str:
    return unstyle(f"<table><tr><td>名</td>{markup}</td></tr></table>").split("</td>")[1]


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        (
            "<td width=60 style='border:none'><p class=MsoNormal><span lang=EN-US>0</span></p>",
            "<td><p>0</p>",
        ),
        ("<td><p><b><font face=宋体>1</font>.属于</b>国家秘密<o:p></o:p></p>", "<td><p>1.属于国家秘密</p>"),
        ("</tr><tr class=x><td rowspan='1' colspan=\"1\">3", "</tr><tr><td>3"),
        ("<td COLSPAN = 3 width='8%'>3<br>件", "<td COLSPAN=3>3<br>件"),
    ],
)  # fmt: skip
def test_styling_goes_and_what_parts_texts_stays(cell: str, left: str) -> None:
    assert of_cell(cell) == left


@pytest.mark.parametrize(
    "cell",
    [
        "<td><span style='display : none'>7</span>5",
        "<td><span style='vertical-align:super'>1</span>",
        "<td><span hidden>7</span>5",
        "<td><span>1<sup>1</sup></span>",
        "<td><span>5</b></span>",  # another cell may have begun it
        "<td><span>5",
        "<td><span title='a>b'>5</span>",
        "<td><span title=\"<td>\">5</span>",
        "<td><span style='display&#58;none'>5</span>",
        "<td><span>&</span>nbsp;5",
        "<td><span\u3000class=x>5</span>",
        "<td><\u017fpan>5</\u017fpan>",  # a long s is no s to a browser
        "<td><!-- <span>7</span> -->5",
        "<th>5</th><td><span>5</span>",
    ],
)  # fmt: skip
def test_what_is_not_plain_stays_as_it_stands(cell: str) -> None:
    assert of_cell(cell) == cell


def test_another_figure_in_a_known_markup_is_itself() -> None:
    cells = [of_cell(f"<td><span>{figure}</span>") for figure in (7, 12, "０", 7)]
    assert cells == ["<td>7", "<td>12", "<td>０", "<td>7"]


ODD = st.sampled_from(
    ["<p>", "</p>", "<td>", "</td>", "<tr>", "</tr>", "<table>", "</table>", "<br>", "<!--", "-->", "<td title='",
     "<script>", "</script>", "<style>", "<sup>1</sup>", "<del>3</del>", "<span hidden>", "</span>", "<b>", "</b>",
     "<font x='>'>", "<img src=x>", "<template><td>6", "&nbsp", ";", "&#4", "<xmp>", "<plaintext>", "<textarea>", "<svg>",
     "<select>", "<th>7", "<td colspan=2 colspan=3>", "<input value=3>", "'", '"', ">", "<", "<!", "<?x", "12"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    seed=st.integers(0, 50),
    layout=st.sampled_from([plain_html, word_html]),
    odd=st.lists(st.tuples(st.floats(0, 1), ODD), min_size=1, max_size=5),
)
def test_a_page_reads_as_it_is_written(seed, layout, odd) -> None:
    page = layout(make_report(seed))
    for where, piece in odd:
        at = int(where * len(page))
        page = page[:at] + piece + page[at:]
    with mock.patch.object(html, "unstyle", lambda page: page):
        as_written = read_html(page)
    assert read_html(page) == as_written


def test_a_site_of_any_length_is_kept_in_bounds() -> None:
    for width in range(6_000):
        unstyle(f"<td width={width}>{width}</td>")
    assert unstyled._unstyled.cache_info().currsize <= 5_000
    assert unstyled._plain.cache_info().currsize <= 2_000


def test_a_page_of_capitals() -> None:
    made = make_report(1)
    page = html_page(made, map(html_table, tables(made)))
    capitals = page.replace("<td", "<TD CLASS=x").replace("</td>", "</TD>").replace("<tr", "<TR")
    assert read_html(capitals).blocks == read_html(page).blocks
    assert unstyle("<TR><TD CLASS=x>5</TD>") == "<TR><TD>5</TD>"
