"""Tables of a page's own beside the form's: months, channels, a summary in the form's own words."""

from __future__ import annotations

import pytest
from made_reports import HEADINGS, as_document, html_table, lost, make_report, plain_html
from test_parse_columns import half_blank

from disclosure.parse.read import read_document


def table(*rows: str) -> str:
    return html_table([[(text, 1, 1) for text in row.split()] for row in rows])


SUMMARY = table(
    "指标 数量", "规范性文件 99", "行政许可 88", "本年新收政府信息公开申请数量 44", "予以公开 22"
)
TWO_YEARS = table("项目 本年 上年", "本年新收政府信息公开申请数量 44 43", "予以公开 22 21")
CHANNELS = table("方式 自然人 法人或其他组织 总计", "当面申请 9 9 18", "重复申请 7 7 14")
MONTHS = table(
    "月份 1月 2月 3月 4月 5月 6月 7月", "其他 9 9 9 9 9 9 9", "总计 63 63 63 63 63 63 63"
)
UNITS = table("单位 行政许可 行政处罚", "一科 9 9", "二科 8 8")
YEARS = table("年度 本年新收申请 结转下年度 行政处罚", "2021 9 9 9", "2022 8 8 8")


@pytest.mark.parametrize("summary", [SUMMARY, TWO_YEARS, CHANNELS, MONTHS, UNITS, YEARS])
@pytest.mark.parametrize("before", ["一、总体情况", HEADINGS[1], "五、存在的主要问题及改进情况"])
@pytest.mark.parametrize("seed", range(2))
def test_another_table_changes_nothing(summary: str, before: str, seed: int) -> None:
    made = half_blank(seed)
    page = plain_html(made).replace(f"<p>{before}</p>", f"<p>{before}</p>{summary}")
    blank = sum(not printed for printed in made.cells.values())
    report = read_document(as_document(page))
    assert lost(made, report) == blank
    assert set(report.copies.values()) == {1}


def test_what_is_left_out_is_named() -> None:
    page = plain_html(make_report(1)).replace("<p>一、", f"{SUMMARY}<p>一、")
    report = read_document(as_document(page))
    assert "other_table" in {issue.kind for issue in report.issues}


def test_a_row_that_stands_nowhere_else_stays_in_doubt() -> None:
    made = make_report(1)
    page = (
        plain_html(made)
        .replace("一、本年新收政府信息公开申请数量", "一、新收数")
        .replace("<p>一、", f"{TWO_YEARS}<p>一、")
    )
    states = {
        cell.state for cell in read_document(as_document(page)).cells if cell.item == "received_new"
    }
    assert states == {"ambiguous"}
