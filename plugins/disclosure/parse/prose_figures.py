"""A figure in running text: its number, its unit, and how sure the text itself is of it.

`1.5万`, `219,626`, `30余`, `近64000`, `三` and `两` are numbers; `3-5`, `2 0` and a number with a foreign sign beside it are
not read, for they have two readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

LARGEST = (
    Decimal(10) ** 12
)  # from there on, as with more than six decimals, it is no count of a report's
APART = "\x00"  # stands for a space between two digits: which number it is, nobody can tell

UNITS = (
    "人次",
    "件次",
    "件",
    "条",
    "篇",
    "次",
    "人",
    "名",
    "户",
    "期",
    "场",
    "起",
    "宗",
    "例",
    "个",
    "份",
    "项",
    "元",
    "%",
)
_ASCII = frozenset("0123456789")
_POWERS = {
    "十": 10,
    "百": 100,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"两": 2}

# The first sign alone says whether a number may begin: so the search is quick.
_WORDS = "零一二两三四五六七八九十百"
_FIGURE = re.compile(
    rf"(?P<number>[0-9{_WORDS}](?<![0-9][0-9])(?:(?<=[0-9])(?:[0-9]{{0,2}}(?:,[0-9]{{3}})+|[0-9]*)(?:\.[0-9]+)?(?![0-9.])|(?<![0-9])[{_WORDS}]*))"
    r"(?P<more>余|多)?(?P<power>百万|千万|万|亿)?(?P<more_after>余|多)?"
    rf"(?P<unit>{'|'.join(UNITS)})?(?P<after>以上|左右|上下|之多)?"
    rf"(?![0-9\-~—–～年月日号时{APART}])"
)
# Behind these a number is part of something else: a range, a decimal, 第3次, 〔2020〕.
_NOT_BEHIND = frozenset(f"0123456789.,-~—–～第/〔{APART}")
_RANGE = re.compile(r"[0-9件条次人篇期场起宗][至到]$")
_BEFORE = (
    "大约",
    "约",
    "接近",
    "将近",
    "近",
    "不足",
    "不到",
    "超过",
    "超",
    "突破",
    "逾",
    "不少于",
    "至少",
)
_NOT_NEARLY = ("最近", "附近")
_QUALIFIERS = {
    "大约": "about", "约": "about", "左右": "about", "上下": "about",
    "接近": "nearly", "将近": "nearly", "近": "nearly", "不足": "less_than", "不到": "less_than",
}  # fmt: skip


class Figure(NamedTuple):
    """A number as a clause prints it, with where it begins and ends there."""

    value: Decimal
    unit: str  # empty where none is printed
    qualifier: str  # exact, about, more_than, less_than, nearly, rounded (printed in 万 or 亿)
    start: int
    end: int

    @property
    def lower_bound(self) -> Decimal | None:
        return self.value if self.qualifier in ("exact", "more_than", "stated_none") else None


def figures_of(clause: str) -> Iterator[Figure]:
    """Given a clause without spaces, yield its figures from left to right."""
    for match in _FIGURE.finditer(clause):
        value = _value(match["number"])
        is_spelled = match["number"][0] not in _ASCII
        if value is None or (is_spelled and not match["unit"]):  # 一是, 二十大
            continue
        value = _plain(value * _POWERS.get(match["power"] or "", 1))
        if value >= LARGEST or value != round(value, 6):
            continue
        start = match.start()
        near = clause[max(start - 3, 0) : start]
        if near and (near[-1] in _NOT_BEHIND or (near[-1] in "至到" and _RANGE.search(near))):
            continue
        words = _words_before(near)
        yield Figure(
            value=value,
            unit=match["unit"] or "",
            qualifier=_qualifier(words, match),
            start=start - len(words),
            end=match.end(),
        )


def _words_before(near: str) -> str:
    if near.endswith(_BEFORE) and not near.endswith(_NOT_NEARLY):
        return next(words for words in _BEFORE if near.endswith(words))
    return ""


def _qualifier(before: str, match: re.Match[str]) -> str:
    said = _QUALIFIERS.get(before or match["after"] or "")
    if said:
        return said
    if before or match["after"] or match["more"] or match["more_after"]:
        return "more_than"
    return "rounded" if match["power"] else "exact"


def _plain(value: Decimal) -> Decimal:
    """19.9万 is 199000 and not 199000.0."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def _value(printed: str) -> Decimal | None:
    if printed[0] in _ASCII:
        return Decimal(printed.replace(",", ""))
    number = spelled_number(printed)
    return None if number is None else Decimal(number)


def spelled_number(printed: str) -> int | None:
    """十二 is 12, 一百零五 is 105. None for what is no number in words below a thousand: 二〇, 十百, 三四."""
    if printed == "零":
        return 0
    number, digit, least = 0, None, 1_000
    for sign in printed:
        power = _POWERS.get(sign)
        if power is None:
            if digit is not None and digit != 0:
                return None
            digit = _DIGITS[sign]
        elif power >= least or digit == 0:
            return None
        else:
            number += (digit or 1) * power
            digit, least = None, power
    return number + (digit or 0) if digit != 0 else None
