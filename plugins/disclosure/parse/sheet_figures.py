"""A number stored in a spreadsheet becomes the text that its cell stands for.

The stored value counts, not the rounding that a format shows: 4068.208 under the format 0 is 4068.208. Units that a
format adds (251000 shown as 251000元) are part of what is printed; a format that shows another number, such as one
scaled by thousands, or nothing, makes a text that is no figure.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

BUILT_IN = {
    **dict.fromkeys((9, 10), "0%"),
    **dict.fromkeys((*range(14, 18), 22, *range(27, 37), *range(50, 59)), "yyyy-m-d"),
    **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), "h:mm"),
}
"""Formats that are known by number only, in so far as they change what a number is."""

_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_LAST_DAY = 2_958_465  # 9999-12-31
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|([\u3000-\u9fff\uff00-\uffef%])')
_NOT_SHOWN = re.compile(r"\[[^\]]*\]|_.|\*.")  # colours, currencies, padding
_CONDITION = re.compile(r"\[[<>=]")
_GENERAL = "G/通用格式"  # what Chinese programs call it, and some write
_CURRENCY = re.compile(r"[¥￥$]")


def figure_text(
    value: float, number_format: str, is_1904: bool = False, shows_zeros: bool = True
) -> str:
    """Given a stored number and its cell's format, return the text it is read as."""
    number_format = number_format.replace(_GENERAL, "General")
    kind, before, after = _meaning(number_format or "General", (value > 0) - (value < 0))
    if not value and not shows_zeros:
        return "0 〔zeros are not shown〕"
    if kind == "date":
        return _date_text(value, is_1904)
    if kind == "percent":
        return f"{plain(value * 100)}%"
    if kind == "other":
        return f"{plain(value)} 〔{number_format}〕"
    return f"{before}{plain(value)}{after}"


def plain(value: float) -> str:
    """The shortest decimal that is the number, to the fifteen digits a spreadsheet keeps: 17 for 17.0, 0.3 for 0.1+0.2."""
    if value.is_integer() and abs(value) < 10**16:
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f") if value == value else "NaN"


@lru_cache(maxsize=1000)
def _meaning(number_format: str, sign: int) -> tuple[str, str, str]:
    """What a format makes of a number (plain, percent, date, other), and the words it sets before and after."""
    sections = _NOT_SHOWN.sub("", number_format).split(";")
    if _CONDITION.search(
        number_format
    ):  # which section counts is not worked out: all must mean the same
        meanings = {_of_section(section, sign) for section in sections}
        return meanings.pop() if len(meanings) == 1 else ("other", "", "")
    of_sign = {1: 0, -1: 1, 0: 2}[sign]
    return _of_section(sections[of_sign if of_sign < len(sections) else 0], sign)


def _of_section(section: str, sign: int) -> tuple[str, str, str]:
    bare = _LITERAL.sub(lambda match: "%" if match[0] == "%" else "", section)
    if re.search(r"[yYdDhHsS]|(?<![a-zA-Z])[mM]{1,5}(?![a-zA-Z])", bare) and "General" not in bare:
        return ("date" if re.search(r"[yYdD]", bare) else "other"), "", ""
    if "%" in bare:
        return "percent", "", ""
    if "!" in section or re.search(r"[0#?],+(?:$|[^0#?,])", bare) or "E+" in bare or "/" in bare:
        return "other", "", ""
    if not section.strip() or (not sign and not re.search(r"[0?@\-—]|General", section)):
        return "other", "", ""  # nothing is shown
    first = re.search(r"[0#?]|General|@", section)
    if not first:
        return "plain", "", ""
    last = max(match.end() for match in re.finditer(r"[0#?.]|General|@", section))
    return "plain", _words(section[: first.start()]), _words(section[last:])


def _words(part: str) -> str:
    text = "".join(match[1] or match[2] or match[3] or "" for match in _LITERAL.finditer(part))
    return _CURRENCY.sub("", text).strip(" -+()")


def _date_text(value: float, is_1904: bool) -> str:
    if not 0 <= value <= _LAST_DAY:
        return plain(value)
    day = (_EPOCH_1904 if is_1904 else _EPOCH) + timedelta(days=min(int(value), _LAST_DAY - 1462))
    return f"{day.year}年{day.month}月{day.day}日"
