"""What our coverage lacks is told when a gap opens, counted while it stands, and never laid at an agency's door by guess."""

from __future__ import annotations

from dataclasses import replace

import pytest
from generated_mart import CHONGMING, Agency, Expected, Mart
from test_digest import Nights, html_of, nights, rows_of, text_of

__all__ = ["nights"]

OVERDUE = Mart(expected=(Expected("chongming", "missing"),))
SILENT = Mart(silences=(("chongming-ybj", "silent", None, "2026-11-17 18:00", "failed", 1),))
BARREN = Mart(
    silences=(
        ("chongming-ybj", "no_reports", "http://a.example/list.html", "2026-11-20 18:00", "no_reports", None),
    )
)  # fmt: skip


def counts_of(message) -> str:
    return text_of(message).partition("=====")[0]


@pytest.mark.parametrize(
    ("mart", "heading", "line"),
    [
        (
            OVERDUE,
            "agencies past the filing date",
            "上海市崇明区医疗保障局: no report on 2025, due by 2026-01-31; its list names 2022 (site chongming-ybj)",
        ),
        (
            SILENT,
            "sites silent for longer than their habit",
            "chongming-ybj: no list read since 2026-11-18 (failed); its longest silence before: 1 days",
        ),
        (
            BARREN,
            "list pages without a report",
            "http://a.example/list.html: since 2026-11-21 (site chongming-ybj)",
        ),
        (
            Mart(evidence="printed"),
            "agencies that no site file names",
            "上海市崇明区医疗保障局: prints this name on its report on 2023 (site chongming-ybj)",
        ),
        (
            Mart(region_code=None),
            "agencies without a region",
            "上海市崇明区医疗保障局: site chongming-ybj",
        ),
    ],
)  # fmt: skip
def test_a_gap_is_told_with_what_to_do_once_and_then_counted(nights, mart, heading, line):
    message = nights.pass_over(mart)
    assert message["Subject"] == "[disclosure] 1 gap in coverage · 2026-11-22"
    text = text_of(message)
    assert f"       1  {heading} (1 new)" in text
    _, _, told = text.partition("Coverage\n")
    assert f"{heading}\n" in told
    assert line in told
    assert heading in html_of(message)
    assert [row[0] for row in rows_of(message)[1:]] == ["coverage"]
    assert nights.pass_over(mart) is None
    failing = nights.pass_over(replace(mart, outcomes=CHONGMING.outcomes))
    assert f"       1  {heading}\n" in text_of(failing)
    assert "Coverage\n" not in text_of(failing)


def test_a_gap_that_opens_again_is_told_again(nights):
    nights.pass_over(SILENT)
    assert nights.pass_over(Mart()) is None
    assert "1 gap in coverage" in nights.pass_over(SILENT)["Subject"]


@pytest.mark.parametrize("status", ["unread", "not_reached", "not_due", "published", "late"])
def test_only_an_agency_whose_lists_were_read_and_name_no_report_is_overdue(nights, status):
    mart = Mart(expected=(Expected("chongming", status),), outcomes=CHONGMING.outcomes)
    assert "past the filing date" not in text_of(nights.pass_over(mart))


def test_where_our_crawl_cannot_say_it_is_counted_as_that(nights):
    mart = Mart(expected=(Expected("chongming", "not_reached"),), outcomes=CHONGMING.outcomes)
    assert "       1  agencies of which nothing can be said" in text_of(nights.pass_over(mart))


def test_only_the_year_that_was_last_due_is_told(nights):
    years = (
        Expected("chongming", "missing", 2023, "2024-01-31"),
        Expected("chongming", "published", 2024, "2025-01-31"),
        Expected("chongming", "not_due", 2025),
    )
    assert "all is well" in nights.pass_over(Mart(expected=years))["Subject"]


def test_an_agency_that_misses_another_year_is_told_again(nights):
    nights.pass_over(OVERDUE)
    later = Mart(expected=(Expected("chongming", "missing", 2026, "2027-01-31"),))
    assert "no report on 2026" in text_of(nights.pass_over(later))


def test_of_hundreds_of_overdue_agencies_the_mail_has_a_line_a_province(nights):
    others = tuple(
        Agency(f"a{n}", f"机关{n:03}", "辽宁省" if n % 2 else "河南省", f"site-{n}", f"r{n}")
        for n in range(300)
    )
    mart = Mart(others=others, expected=tuple(Expected(one.key, "missing") for one in others))
    message = nights.pass_over(mart)
    text = text_of(message)
    assert "      河南省: 150: 机关000, 机关002, 机关004, 机关006, …" in text
    assert "      辽宁省: 150: 机关001, " in text
    assert len(rows_of(message)) == 301


def test_in_chinese_too(tmp_path):
    text = text_of(Nights(tmp_path, language="zh").pass_over(OVERDUE))
    assert "上海市崇明区医疗保障局：未见 2025 年度报告，期限 2026-01-31；列表所载年度：2022" in text
