"""What running text shows beside its figures: numbers written otherwise, digits that were lost, a denied fee."""

from __future__ import annotations

import pytest
from made_reports import as_document

from disclosure.parse.read import read_document

_REPORT = (
    "某市医疗保障局2023年政府信息公开工作年度报告\n一、总体情况\n{}\n"
    "第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t5\n"
)


def _found(kind: str, sentence: str) -> list[str]:
    facts = read_document(as_document(_REPORT.format(sentence))).facts
    return [fact.value for fact in facts if fact.kind == kind]


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("访问750,524次，关注1,219,626人。", ["750,524", "1,219,626"]),
        ("开展了三次培训，发布十二篇稿件。", ["三次", "十二篇"]),
        ("公开二十一件。", ["二十一件"]),
        ("一次性告知，二次供水，一条热线，三条要求，两个方面。", []),
        ("根据《条例》第二十条、第十五条。", []),
        ("编号12,3456。", []),
    ],
)
def test_numbers_with_commas_or_in_words_are_noted_and_ordinals_are_not(
    sentence: str, numbers: list[str]
) -> None:
    assert _found("spelled_number", sentence) == numbers


@pytest.mark.parametrize(
    ("sentence", "lost"),
    [
        ("统计期限自年月日起。", ["自年月日"]),
        ("数据自20231月1日起，至202312月31日止。", ["20231月1日", "202312月31日"]),
        ("数据自202311日至12月31日止。", ["202311日至"]),
        ("自2023  1  1  日起。", ["2023  1  1  日"]),
        ("自2023年1月1日起，至12月31日止，编号1202311日至。", []),
    ],
)
def test_a_date_without_its_digits_or_signs_is_noted(sentence: str, lost: list[str]) -> None:
    assert _found("digits_lost", sentence) == lost


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("本年度未收取信息处理费。", ["未收取信息处理费"]),
        ("没有收取信息公开处理费。", ["没有收取信息公开处理费"]),
        ("无信息处理费。", ["无信息处理费"]),
        ("信息处理费0元。", ["信息处理费0元"]),
        ("信息处理费为0。", ["信息处理费为0"]),
        ("收取信息处理费20元，另收信息处理费为0.5万元。", []),
    ],
)
def test_a_denied_fee_is_noted(sentence: str, denied: list[str]) -> None:
    assert _found("fee_denied", sentence) == denied
