"""Years and dates as these reports print them: 2023年1月20日, 2026-03-10 12:56, 二〇二四年一月十日, 二○一○年."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    "○零ＯOo◯0", "0"
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_FULL_WIDTH_DIGIT = re.compile("[０-９]")  # looked for first: translating takes ten times as long
_WRITTEN_YEAR = re.compile(r"[一二][〇○零ＯOo◯0一二三四五六七八九]{3}(?=年)")
_DATE = re.compile(
    r"([12]\d{3})\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})(?!\d)"
    r"|([12]\d{3})\s*年\s*([一二三四五六七八九十]{1,2})\s*月\s*([一二三四五六七八九十]{1,3})\s*日"
)


def normal_digits(text: str) -> str:
    """Text with full-width digits folded and written-out years as digits, so that 二〇二四年 is 2024年."""
    folded = text.translate(_FULL_WIDTH) if _FULL_WIDTH_DIGIT.search(text) else text
    return _WRITTEN_YEAR.sub(lambda match: "".join(_DIGITS[c] for c in match[0]), folded)


@lru_cache(maxsize=1_000)
def find_year(text: str) -> int | None:
    """The year that a text of four digits, of any kind, names."""
    digits = "".join(_DIGITS.get(c, c) for c in unicodedata.normalize("NFKC", text))
    return int(digits) if re.fullmatch(r"[12]\d{3}", digits) else None


def find_dates(text: str) -> list[date]:
    """Every date in a text, in order. What is no day of the calendar is no date."""
    found = []
    for match in _DATE.finditer(normal_digits(text)):
        year, month, day = match.groups()[:3] if match[1] else match.groups()[3:]
        try:
            found.append(date(int(year), _number(month), _number(day)))
        except ValueError:
            continue
    return found


def _number(text: str) -> int:
    """12, 十二, 二十 or 三十一 as a number."""
    if text.isdecimal():
        return int(text)
    tens, _, ones = text.rpartition("十")
    ten = (int(_DIGITS[tens]) if tens else 1) * 10 if "十" in text else 0
    return ten + (int(_DIGITS[ones]) if ones else 0)
