"""The reading policy, one row for each thing that stands in a cell."""

from decimal import Decimal

import pytest

from disclosure.parse.figures import looks_like_a_figure, read_figure


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("20", 20),
        ("0", 0),
        (" 3 ", 3),
        ("\xa00", 0),
        ("1,234", 1234),
        ("1，234", 1234),
        ("１２", 12),
        ("+3", 3),
        ("−18", -18),
        ("－15", -15),
        ("-2", -2),
        ("3件", 3),
        ("3 件", 3),
        ("22（其中修订 16 件）", 22),
        ("55（含自然失效 29 件）", 55),
        ("12①", 12),
        ("12²", 12),
        ("7*", 7),
        ("2\u200b1", 21),
    ],
)
def test_a_count(printed: str, value: int) -> None:
    figure = read_figure(printed)
    assert (figure.value, figure.state) == (Decimal(value), "number")


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("4166.241619", "4166.241619"),
        ("0.35", "0.35"),
        ("251000元", "25.1"),
        ("251000", "251000"),
        ("160.5964万元", "160.5964"),
        ("1.2亿元", "12000"),
        ("73802895.90元", "7380.28959"),
    ],
)
def test_an_amount_in_ten_thousand_yuan(printed: str, value: str) -> None:
    assert read_figure(printed, "万元").value == Decimal(value)


@pytest.mark.parametrize(
    ("printed", "state"),
    [
        ("", "blank"),
        ("\xa0", "blank"),
        ("\u3000", "blank"),
        ("\u200b", "blank"),
        ("/", "not_applicable"),
        ("-", "not_applicable"),
        ("—", "not_applicable"),
        ("——", "not_applicable"),
        ("无", "not_applicable"),
        ("不适用", "not_applicable"),
        ("--253", "unreadable"),
        ("—18", "unreadable"),
        ("O", "unreadable"),
        ("〇", "unreadable"),
        ("若干", "unreadable"),
        ("①", "unreadable"),
        ("1,23", "unreadable"),
        ("3.", "unreadable"),
        ("约20", "unreadable"),
        ("251000元", "unreadable"),  # money in a column of counts
        ("1 00", "ambiguous"),
        ("1\n0", "ambiguous"),
        ("00", "ambiguous"),
        ("012", "ambiguous"),
    ],
)
def test_what_is_no_number_is_null_with_its_state(printed: str, state: str) -> None:
    figure = read_figure(printed)
    assert (figure.value, figure.state) == (None, state)


@pytest.mark.parametrize("text", ["", "0", "1 00", "—", "--253", "3件", "22（其中修订 16 件）"])
def test_texts_that_stand_where_figures_do(text: str) -> None:
    assert looks_like_a_figure(text)


@pytest.mark.parametrize(
    "text", ["1.属于国家秘密", "5.要求行政机关确认", "2023年，全局共", "规章", "（七）总计"]
)
def test_texts_that_do_not(text: str) -> None:
    assert not looks_like_a_figure(text)
