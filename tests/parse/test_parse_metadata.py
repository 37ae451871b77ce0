"""Who reports on which year, as titles, sentences and signatures print it."""

from __future__ import annotations

from datetime import date

import pytest
from made_reports import as_document, make_report, plain_html
from opencc import OpenCC

from disclosure.parse.dates import find_dates, find_year
from disclosure.parse.metadata import Metadata, read_metadata
from disclosure.parse.read import read_document
from disclosure.parse.scripts import simplify
from disclosure.records import Content, Text


def read(*lines: str, **metadata: str) -> Metadata:
    blocks = tuple(Text(line, f"line {number}") for number, line in enumerate(lines, 1))
    return read_metadata(Content(blocks, "text", metadata))


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        (["临江市医疗保障局", "2022年政府信息公开工作年度报告"], "临江市医疗保障局", 2022),
        (["关于临江市医疗保障局2022年政府信息公开工作年度报告"], "临江市医疗保障局", 2022),
        (["临江市医疗保障局政府信息公开工作年度报告（2022年）"], "临江市医疗保障局", 2022),
        (["临江市医疗保障局政府信息公开2022年度工作报告"], "临江市医疗保障局", 2022),
        (["惠济区医疗保障局 2024 年政府信息公开工作年度报告"], "惠济区医疗保障局", 2024),
        (["2019年上海市人民政府办公厅政府信息公开工作年度报告"], "上海市人民政府办公厅", 2019),
        (
            ["2023年政府信息公开工作年度报告(上海市崇明区医疗保障局)"],
            "上海市崇明区医疗保障局",
            2023,
        ),
        (["新洲区医疗保障局2025年政府信息", "公开工作年度报告"], "新洲区医疗保障局", 2025),
        (["临江市医疗保障局2022年度政府信息公开年度报告"], "临江市医疗保障局", 2022),
        (["临江市医疗保障局2022年政府信息公开年报"], "临江市医疗保障局", 2022),
        (["临江市医疗保障局关于2022年政府信息公开工作年度报告"], "临江市医疗保障局", 2022),
        (["临江市医疗保障局二〇二二年政府信息公开工作年度报告"], "临江市医疗保障局", 2022),
        (
            ["首页", "当前位置：政务公开", "临江市医疗保障局2022年政府信息公开工作年度报告"],
            "临江市医疗保障局",
            2022,
        ),
        (
            ["2022年政府信息公开工作年度报告", "本报告由临江市医疗保障局编制。"],
            "临江市医疗保障局",
            2022,
        ),
        (["2022年,临江市医疗保障局坚持以人民为中心。"], "临江市医疗保障局", 2022),
        (
            [
                "2022年政府信息公开工作年度报告",
                "我局认真贯彻。",
                "临江市医疗保障局",
                "2023年1月20日",
            ],
            "临江市医疗保障局",
            2022,
        ),
        (["2022年，市医保局持续提升工作站位。"], None, 2022),
        (["临江市医疗保障局关于2022年政府信息公开工作的年度报告"], "临江市医疗保障局", 2022),
        (["根据要求，现公布2022年政府信息公开工作年度报告。"], None, None),
        (["甲县大云镇", "2022年政府信息公开工作年度报告"], "甲县大云镇", 2022),
        (["甲县", "2022年政府信息公开工作年度报告"], None, 2022),
        (["各单位：", "现将有关事项通知如下"], None, None),
    ],
)
def test_agency_and_year(lines: list[str], agency: str | None, year: int | None) -> None:
    found = read(*lines)
    assert (found.agency, found.report_year) == (agency, year)


def test_a_year_printed_two_ways_is_not_taken() -> None:
    found = read(
        "临江市医疗保障局2022年政府信息公开工作年度报告",
        "本报告中所列数据的统计期限自2021年1月1日起至12月31日止。",
    )
    assert found.report_year is None
    assert [issue.kind for issue in found.issues] == ["years_differ"]


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("统计期限为2025年1月1日至2025年12月31日。", date(2025, 1, 1), date(2025, 12, 31)),
        ("统计期限自2023年1月1日起至12月31日止。", date(2023, 1, 1), date(2023, 12, 31)),
        ("统计周期为 2024 年 1 月 1 日至 12 月 31 日。", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_the_period(sentence: str, start: date, end: date) -> None:
    found = read(sentence)
    assert (found.period_start, found.period_end) == (start, end)


@pytest.mark.parametrize(
    "lines",
    [
        ["临江市医疗保障局", "2023年1月20日"],
        ["临江市医疗保障局", "（2023年1月20日）"],
        ["临江市医疗保障局", "二〇二三年一月二十日"],
        ["无其他事项。 临江市医疗保障局 2023年1月20日 附件下载"],
    ],
)
def test_the_signature(lines: list[str]) -> None:
    assert read("六、其他需要报告的事项", *lines).signed_on == date(2023, 1, 20)


def test_the_date_of_publication_as_the_page_states_it() -> None:
    assert read("发布日期：2020-01-31").published_on == date(2020, 1, 31)
    assert read("正文", pubdate="2026-03-10 12:56").published_on == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2023-01-20 10:00", [date(2023, 1, 20)]),
        ("2023/1/20", [date(2023, 1, 20)]),
        ("二○二四年一月十日", [date(2024, 1, 10)]),
        ("二〇二三年十二月三十一日", [date(2023, 12, 31)]),
        ("2023年2月30日", []),
        ("１月", []),
    ],
)
def test_dates(text: str, dates: list[date]) -> None:
    assert find_dates(text) == dates


@pytest.mark.parametrize(
    ("text", "year"), [("2023", 2023), ("２０２３", 2023), ("二〇一○", 2010), ("abcd", None)]
)
def test_years(text: str, year: int | None) -> None:
    assert find_year(text) == year


def test_a_page_title_gives_the_year_where_nothing_else_does() -> None:
    found = read("正文", title="2024年政府信息公开工作年度报告_市医保局")
    assert (found.report_year, found.agency) == (2024, None)


@pytest.mark.parametrize(
    ("printed", "simplified"),
    [
        ("乾安县人民政府", "乾安县人民政府"),
        ("杭州市临安区於潜镇", "杭州市临安区於潜镇"),
        ("乾縣醫療保障局", "乾县医疗保障局"),
        ("屬於國家秘密", "属于国家秘密"),
    ],
)
def test_names_of_simplified_texts_stay_as_printed(printed: str, simplified: str) -> None:
    assert simplify(printed) == simplified


def test_every_traditional_character_is_made_simplified_wherever_it_stands() -> None:
    converter = OpenCC("t2s")
    planes = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF))
    for first, last in planes:
        for character in map(chr, range(first, last + 1)):
            converted = converter.convert(character)
            alone_is_a_variant = character in "乾於瞭藉著甯祕"  # of Simplified names too
            expected = character if alone_is_a_variant else converted
            assert simplify(f"政府{character}") == f"政府{expected}"


@pytest.mark.parametrize("colon", ["", "：", ":"])
@pytest.mark.parametrize("name", ["索引号", "索 引 号"])
def test_fields_whose_names_and_values_stand_in_cells_beside_each_other(
    name: str, colon: str
) -> None:
    index = "11210300MB1685697R/2024-00012"
    rows = (
        f"<tr><td>{name}{colon}</td><td>{index}</td><td>分类{colon}</td><td>年报</td></tr>"
        f"<tr><td>发布机构{colon}</td><td>某中心</td>"
        f"<td>发布日期{colon}</td><td>2024-01-20</td></tr>"
    )
    page = plain_html(make_report(1)).replace("<body>", f"<body><table>{rows}</table>")
    report = read_document(as_document(page))
    assert report.published_on == date(2024, 1, 20)
    assert ("index_number", index) in {(fact.kind, fact.value) for fact in report.facts}
