"""Pages name other reports, other agencies and other days: none of them becomes this report's in silence."""

from __future__ import annotations

from datetime import date

import pytest
from test_parse_metadata import read

OURS = "临江市医疗保障局"
TITLE = f"{OURS}2023年政府信息公开工作年度报告"
PERIOD = "本报告所列数据的统计期限自2023年1月1日起至12月31日止。"
BODY = ["一、总体情况", "我局认真贯彻。", "六、其他需要报告的事项", "无。"]
THEIRS = "青山县民政局2022年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("lines", "head", "agency", "year"),
    [
        ([THEIRS, TITLE, PERIOD, *BODY], "", OURS, 2023),
        ([THEIRS, TITLE, *BODY], TITLE, OURS, 2023),
        ([THEIRS, TITLE, *BODY, OURS, "2024年1月5日"], "", OURS, 2023),
        ([THEIRS, TITLE, *BODY], "", None, None),
        (["2024年政府信息公开工作年度报告", TITLE, PERIOD, *BODY], "", OURS, 2023),
        (["2024年政府信息公开工作年度报告", TITLE, *BODY], TITLE, OURS, 2023),
        ([*BODY, "相关链接", THEIRS], "", None, None),
        ([TITLE, PERIOD, *BODY, THEIRS], "", OURS, 2023),
        ([THEIRS, PERIOD, *BODY, OURS, "2024年1月5日"], "", OURS, 2023),
        ([THEIRS, f"关于{OURS}2023年政府信息公开工作情况的报告", PERIOD, *BODY], "", OURS, 2023),
        (["临江市人民政府", TITLE.removeprefix(OURS), *BODY, OURS, "2024年1月5日"], "", None, 2023),
        ([f"关于公布{TITLE}的通知", *BODY], "", OURS, 2023),
        ([f"【年报】{TITLE}", *BODY], "", OURS, 2023),
        ([f"首页政务公开政府信息公开年报{TITLE}", *BODY], "", None, 2023),
        ([f"{OURS}2022-2023年政府信息公开工作年度报告", *BODY], "", None, None),
        ([f"{OURS}政府信息公开工作2023年度报告", *BODY], "", OURS, 2023),
        (BODY, f"{OURS}政府信息公开工作年度报告（2023年度）-市政府网", OURS, 2023),
        (["2023年，在临江市人民政府办公室坚强领导下，"], "", None, 2023),
        (["2023年，上级医疗保障局持续指导，"], "", None, 2023),
    ],
)
def test_which_title_is_its_own(
    lines: list[str], head: str, agency: str | None, year: int | None
) -> None:
    found = read(*lines, title=head)
    assert (found.agency, found.report_year) == (agency, year)


@pytest.mark.parametrize(
    ("lines", "signature", "agency"),
    [
        (["临江市医疗", "保障局2023年政府信息公开工作年度报告"], OURS, OURS),
        (["临", "江市医疗保障局2023年政府信息公开工作年度报告"], OURS, OURS),
        (["临江市医疗", "保障局2023年政府信息公开工作年度报告"], "", None),
        (
            ["大湖街道办事处2023年政府信息公开工作年度报告"],
            "临江市大湖街道办事处",
            "大湖街道办事处",
        ),
        (["商务部2023年政府信息公开工作年度报告"], "", "商务部"),
    ],
)
def test_the_end_of_a_name_is_no_name(lines: list[str], signature: str, agency: str | None) -> None:
    signed = [signature, "2024年1月5日"] if signature else []
    assert read(*lines, *BODY, *signed).agency == agency


def test_titles_that_differ_are_reported() -> None:
    found = read(THEIRS, TITLE, *BODY)
    assert {issue.kind for issue in found.issues} == {"years_differ", "agencies_differ"}


def test_two_reports_one_below_the_other_are_nobody_s() -> None:
    found = read(TITLE, *BODY, OURS, "2024年1月5日", THEIRS, *BODY, "青山县民政局", "2023年1月5日")
    assert (found.agency, found.report_year) == (None, None)


def test_a_report_printed_twice_beside_links_keeps_its_year() -> None:
    theirs = TITLE.replace("2023", "2022")
    found = read(theirs, TITLE, PERIOD, *BODY, theirs, TITLE, PERIOD, *BODY)
    assert (found.agency, found.report_year, found.title) == (OURS, 2023, TITLE)


@pytest.mark.parametrize(
    ("head", "title"), [(f"{TITLE}-年报", TITLE), ("", TITLE.removeprefix(OURS))]
)
def test_a_title_on_two_lines_is_one_where_the_page_says_so(head: str, title: str) -> None:
    found = read(OURS, TITLE.removeprefix(OURS), PERIOD, *BODY, title=head)
    assert (found.agency, found.title) == (OURS, title)


def test_two_periods_are_two_reports() -> None:
    found = read(TITLE, PERIOD, *BODY, PERIOD.replace("2023", "2022"))
    assert (found.report_year, found.period_start) == (None, None)
    assert [issue.kind for issue in found.issues] == ["years_differ"]


def test_a_plan_s_years_are_no_period_of_the_data() -> None:
    found = read(TITLE, PERIOD, "2019年1月1日至2023年12月31日，累计公开80条。")
    assert found.period_start == date(2023, 1, 1)


@pytest.mark.parametrize(
    ("lines", "agency", "signed_on"),
    [
        ([OURS, "2024年1月5日", "青山县民政局", "2024-02-03"], OURS, date(2024, 1, 5)),
        ([OURS, "临江市卫生健康委员会", "2024年1月5日"], None, date(2024, 1, 5)),
        ([OURS, "二0二四年一月五日"], OURS, date(2024, 1, 5)),
    ],
)
def test_the_signature_is_the_first_behind_the_last_heading(
    lines: list[str], agency: str | None, signed_on: date
) -> None:
    found = read("2023年政府信息公开工作年度报告", *BODY, *lines)
    assert (found.agency, found.signed_on) == (agency, signed_on)


@pytest.mark.parametrize(
    "lines",
    [
        ["临江市大数据中心", "2024-01-20", "2023年政府信息公开工作年度报告", *BODY],
        ["2023年政府信息公开工作年度报告", BODY[0], "临江市中医院", "2023年5月3日", *BODY[2:]],
    ],
)
def test_a_name_above_a_date_elsewhere_is_no_signature(lines: list[str]) -> None:
    found = read(*lines)
    assert (found.agency, found.signed_on) == (None, None)


@pytest.mark.parametrize(
    "line",
    ["更新时间", "访问时间", "当前时间", "截止时间", "申请时间", "成文日期", "申请公开日期"],
)
def test_other_days_are_not_that_of_publication(line: str) -> None:
    assert read(f"{line}：2025-05-05", TITLE, *BODY).published_on is None


def test_publication_beside_other_days() -> None:
    found = read("成文日期：2024-01-30 发布日期：2024-01-31", TITLE, *BODY)
    assert found.published_on == date(2024, 1, 31)
