"""What a page's own style sheet hides or raises is read as it is seen."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from made_reports import as_document, html_page, html_table, lost, make_report, plain_html, tables
from test_parse_columns import half_blank

from disclosure.parse.page_styles import read_styles
from disclosure.parse.read import read_document


def styled(sheet: str, cell: str) -> tuple[Decimal | None, str | None]:
    """What is read where 行政许可 has this markup for its figure, on a page with this style sheet."""
    made = make_report(1)
    made.cells["proactive", "administrative_licensing", "decisions"] = "MARKUP"
    page = html_page(made, map(html_table, tables(made))).replace("MARKUP", cell)
    page = page.replace("</head>", f"<style>{sheet}</style></head>")
    cells = read_document(as_document(page)).cells
    found = next(each for each in cells if each.item == "administrative_licensing")
    return found.value, found.printed


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        (".hide{display:none}", "<span class=hide>9</span>12"),
        (".a,\n.b .hide { color:red; DISPLAY : none !important }", "<i class='b'><span class='x hide'>9</span></i>12"),
        ("<!-- #n{visibility:hidden} -->", "<b id='n'>9</b>12"),
        ("@media print{p{margin:0}} .off{opacity:0}", "<em class=off>9</em>12"),
        (".away{position:absolute;left:-9999px}", "<span class=away>9</span>12"),
        (".was{text-decoration:line-through}", "<span class=was>9</span>12"),
        ("span.MsoFootnoteReference{vertical-align:super}", "12<span class=MsoFootnoteReference>1</span>"),
        ("td i{display:none}", "<i>9</i>12"),
        ("@media screen { .x{display:none} }", "<span class=x>9</span>12"),
        ("@media all{p{margin:0}.x{display:none}}", "<span class=x>9</span>12"),
        ("@media print, only screen { .x{visibility:hidden} }", "<span class=x>9</span>12"),
        ("@media not print { .x{display:none} }", "<span class=x>9</span>12"),
        ("@layer a { @media screen { .x{display:none} } }", "<span class=x>9</span>12"),
        ("@media screen{.n{vertical-align:super}}", "12<span class=n>1</span>"),
        ("", "<span style='font-size:0'>9</span>12"),
        ("", "<span style='opacity:0'>9</span>12"),
        ("", "<span style='text-indent:-9999px'>9</span>12"),
        ("", "12<sup>注1</sup>"),
        ("", "12<sup>[1]</sup>"),
    ],
)  # fmt: skip
def test_what_is_not_seen_is_not_read(sheet: str, cell: str) -> None:
    assert styled(sheet, cell)[0] == 12


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        (".hide{display:none}", "<span class=hidden>1</span>2"),
        (".hide{display:none}", "<span class=hide style='display:inline'>1</span>2"),
        (".hide{display:none} .hide{display:block}", "<span class=hide>1</span>2"),
        (".n:hover{display:none}", "<span class=n>1</span>2"),
        ("@media print { .n{display:none} }", "<span class=n>1</span>2"),
        ("td i{display:none}", "<b>1</b>2"),
        *(
            (f"{no_selector}{{display:none}}", "<span class=n>1</span>2")
            for no_selector in (".n..n", ".n>>.n", "> .n", ".n .", ".", "#", "n-.n")
        ),
        ("@media print and (min-width:1px) { .n{display:none} }", "<span class=n>1</span>2"),
        ("@media not screen { .n{display:none} }", "<span class=n>1</span>2"),
        ("@media (max-width:600px) { .menu{display:none} }", "<span class=n>1</span>2"),
        (".n{display:none} @media screen{.n{display:inline}}", "<span class=n>1</span>2"),
        ("@font-face{a:b} @page{.n{display:none}}", "<span class=n>1</span>2"),
        ("", "<span style='font-size:0'><span style='font-size:12pt'>1</span></span>2"),
        ("", "<span style='opacity:0.9'>1</span>2"),
        ("", "<span style='font-size:0.8em'>1</span>2"),
    ],
)
def test_what_is_seen_is_read(sheet: str, cell: str) -> None:
    assert styled(sheet, cell)[0] == 12


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        ("@media (max-width:600px) { .x{a:b} .n{display:none} }", "<span class=n>9</span>12"),
        ("@media screen and (min-width:1px){.n{display:none}}", "<span class=n>9</span>12"),
        (".n{display:none} @media (min-width:9em){.n{display:inline}}", "<span class=n>9</span>12"),
        ("@media (min-width:9em){.n{vertical-align:super}}", "12<span class=n>1</span>"),
        ("@supports (display:grid){.n{display:none}}", "<span class=n>9</span>12"),
        ("@media (color){@media screen{.n{display:none}}}", "<b class=n>12</b>"),
    ],
)
def test_what_some_readers_see_and_others_do_not_is_no_figure(sheet: str, cell: str) -> None:
    assert styled(sheet, cell)[0] is None


def test_a_row_that_narrow_windows_hide_has_no_figures() -> None:
    made = make_report(1)
    rows = html_table(tables(made)[1]).replace(
        "<tr><td rowspan=1 colspan=3>一、", "<tr class=n><td rowspan=1 colspan=3>一、"
    )
    page = html_page(made, [html_table(tables(made)[0]), rows, html_table(tables(made)[2])])
    page = page.replace("</head>", "<style>@media (max-width:9em){.n{display:none}}</style></head>")
    assert "class=n" in page
    assert lost(made, read_document(as_document(page))) == 7


def test_no_rule_of_another_page_costs_the_short_way() -> None:
    page = "<style>.menu{display:none}</style><table><tr><td class=cell>1</td></tr></table>"
    assert not any(read_styles(page))


@pytest.mark.parametrize(
    "around", ["<div style='display:none'>{}</div>", "<div class=tab>{}</div>"]
)
def test_a_hidden_table_beside_a_shown_one_is_not_read(around: str) -> None:
    made, other = half_blank(1), make_report(2)
    hidden = "".join(re.findall(r"<table.*?</table>", plain_html(other)))
    page = plain_html(made).replace("<p>一、", f"{around.format(hidden)}<p>一、")
    page = page.replace("</head>", "<style>.tab{display:none}</style></head>")
    blank = sum(not printed for printed in made.cells.values())
    assert lost(made, read_document(as_document(page))) == blank


@pytest.mark.parametrize(
    "page",
    [
        "<style>" * 3000 + ".a{display:none}" + "<style " * 20000,
        "<style>.a{display:none}</style>" + "class=" * 20000,
        "<style>.a{display:none}" + "/*" * 20000 + "</style>",
        "<style>.a{display:none}" + "@a" * 20000 + "a" * 20000 + "</style>",
        "<style>.a{display:none}" + "@media screen{" * 12000 + "</style>",
    ],
    ids=["open sheets", "open attributes", "open comments", "open rules", "open media"],
)
def test_a_hostile_sheet_costs_no_more_than_its_length(page: str) -> None:
    assert not any(read_styles(page))
