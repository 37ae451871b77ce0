"""What pages set before and behind the form's labels: ordinals of any style, units, marks of notes."""

from __future__ import annotations

import pytest

from disclosure.form import TEMPLATES
from disclosure.parse.labels import mark

TEMPLATE = TEMPLATES["2021-30"]


@pytest.mark.parametrize(
    "label",
    [
        "①属于国家秘密",
        "❶属于国家秘密",
        "1属于国家秘密",
        "1)属于国家秘密",
        "1）属于国家秘密",
        "⑴属于国家秘密",
        "⒈属于国家秘密",
        "㈢不予公开1.属于国家秘密",
        "〔三〕不予公开 1.属于国家秘密",
        "三）不予公开1.属于国家秘密",
        "1.属于国家秘密。",
        "1.属于国家秘密：",
        "1.属于国家秘密①",
        "1.属于国家秘密¹",
        "1.属于国家秘密[1]",
        "1.属于国家秘密[注1]",
        "1.属于国家秘密（件）",
        "1.属于国家秘密（单位：件）",
        "\ue0041.属于国家秘密",
        "\u200e1.属于国家秘密",
    ],
)
def test_a_row_is_known_whatever_stands_around_its_words(label: str) -> None:
    assert mark(label, TEMPLATE).items == {("applications", "denied_state_secret")}


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("本年度制发件数", "issued"),
        ("制发件数", "issued"),
        ("本年度废止件数", "repealed"),
        ("现行有效件数（件）", "in_force"),
        ("收费金额（万元）", "amount_10k_cny"),
    ],
)
def test_a_column_is_known_by_its_words(label: str, column: str) -> None:
    assert mark(label, TEMPLATE).columns == {("proactive", column)}


@pytest.mark.parametrize(
    "label",
    ["行政处罚212件", "12行政处罚", "行政许可。行政处罚。", "上年现行有效件数", "行政事业性收费（元）", "[1]", "①"],
)  # fmt: skip
def test_what_is_no_label_of_the_form(label: str) -> None:
    found = mark(label, TEMPLATE)
    assert not found.items
    assert not found.columns
