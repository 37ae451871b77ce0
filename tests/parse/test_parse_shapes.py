"""Where figures stand is worked out once for all tables of a shape: figures never change it, and no table is told by it
what another one printed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_reports import LAYOUTS, as_document, make_report, piped_text, plain_html

from disclosure.errors import ReportError
from disclosure.form import TEMPLATES
from disclosure.parse import glued, html_regular, placing, rows, shapes, splits, stretches
from disclosure.parse.formats import read_content
from disclosure.parse.layout import read_lines
from disclosure.parse.read import read_document
from disclosure.records import Report

SHAPES = (
    rows._read_shape,
    placing._place_rows,
    shapes._shape,
    shapes._line_shape,
    stretches._sign_of,
    html_regular._read,
    html_regular._known,
    html_regular._lay_out,
    splits._splits,
    glued.look_at,
)


def forget() -> None:
    for known in SHAPES:
        known.cache_clear()


@pytest.fixture(autouse=True)
def begin_without_shapes() -> Iterator[None]:
    forget()
    yield
    forget()


def shapes_of(body: str) -> list[stretches.Shape]:
    template = TEMPLATES["2021-30"]
    lines = read_lines(read_content(as_document(body)).blocks, template)
    return [stretch.shape for stretch in stretches.read_stretches(lines, template)]


@pytest.mark.parametrize("layout", [plain_html, piped_text], ids=["html", "pipes"])
def test_reports_laid_out_alike_have_the_same_shapes_whatever_their_figures(layout):
    assert shapes_of(layout(make_report(1))) == shapes_of(layout(make_report(2)))


def test_a_blank_a_word_and_another_span_make_another_shape():
    page = plain_html(make_report(1))
    assert len({str(shapes_of(each)) for each in (
        page,
        page.replace("<td rowspan=1 colspan=1>0</td>", "<td rowspan=1 colspan=1></td>", 1),
        page.replace("<td rowspan=1 colspan=1>0</td>", "<td rowspan=1 colspan=1>若干</td>", 1),
        page.replace("<td rowspan=1 colspan=1>0</td>", "<td rowspan=1 colspan=2>0</td>", 1),
    )}) == 4  # fmt: skip


def test_the_second_report_of_a_shape_is_not_worked_out_again():
    for seed in (1, 2):
        read_document(as_document(plain_html(make_report(seed))))
    assert rows._read_shape.cache_info().misses == 3  # a stretch a table
    assert rows._read_shape.cache_info().hits == 3


def read(body: bytes) -> Report | str:
    try:
        return read_document(as_document(body))
    except ReportError as error:
        return error.message


@settings(max_examples=25, deadline=None)
@given(
    seeds=st.lists(st.integers(0, 10**6), min_size=2, max_size=3),
    template=st.sampled_from(sorted(TEMPLATES)),
    layout=st.sampled_from(sorted(LAYOUTS)),
    where=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 200),
    blanks=st.sampled_from([0.0, 0.2]),
)
def test_a_report_reads_alike_whatever_was_read_before_it(
    seeds: list[int], template: str, layout: str, where: float, length: int, blanks: float
) -> None:
    bodies = []
    for seed in seeds:
        body = LAYOUTS[layout](make_report(seed, template, blanks)).encode()
        at = int(where * len(body))
        bodies += [body, body[:at] + body[at + length :]]
    one_after_another = [read(body) for body in bodies]
    for body, known in zip(bodies, one_after_another, strict=True):
        forget()
        assert read(body) == known


@pytest.mark.parametrize("printed", ["77", "88"])
def test_an_issue_shows_the_figures_of_its_own_document(printed):
    told = []
    for figure in ("66", printed):
        page = f"""<table><tr><td colspan=5>第二十条第（一）项</td></tr>
            <tr><td>信息内容<td>本年制发件数<td>备注<td>本年废止件数<td>现行有效件数</tr>
            <tr><td>规章<td>1<td>{figure}<td>2<td>3</tr></table>"""
        issues = read_document(as_document(page)).issues
        told = [issue.message for issue in issues if issue.kind == "unknown_column"]
    assert told == [f"{printed}: under a header the form does not have"]
