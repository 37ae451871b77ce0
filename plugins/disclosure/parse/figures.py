"""A printed figure becomes a value and a state. The reading policy is the table in README.md; nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from disclosure.records import Cell, State


class Figure(NamedTuple):
    """What one cell's text says. `value` is None unless the state is "number"."""

    value: Decimal | None
    state: State


BLANK = Figure(None, "blank")
NOT_APPLICABLE = Figure(None, "not_applicable")
UNREADABLE = Figure(None, "unreadable")
AMBIGUOUS = Figure(None, "ambiguous")

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_NOTHING = frozenset({"/", "//", "-", "--", "—", "——", "–", "−", "无", "不适用"})
_UNITS = "件|条|次|个|项|份|宗|起|人次|人"
_NUMBER = r"(?P<sign>[+\-−]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?"
_NOTE = r"(?:\([^()]*\)|\[[^\[\]]*\]|\*+)?"
_COUNT = re.compile(rf"{_NUMBER}(?:{_UNITS})?{_NOTE}")
_AMOUNT = re.compile(rf"{_NUMBER}(?P<unit>元|千元|万元|亿元)?{_NOTE}")
# Amounts are asked for in 万元 (10,000 yuan).
_IN_10K_CNY = {
    "元": Decimal("0.0001"),
    "千元": Decimal("0.1"),
    "万元": Decimal(1),
    "亿元": Decimal(10000),
}
_APART = re.compile(r"\d\s+\d")
_BRACKETS = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=20_000)
def read_figure(printed: str, unit: str = "件") -> Figure:
    """Given a cell's text and its column's unit (件, or what amounts are in), return what it says, amounts in 万元.

    A blank is not zero; a dash is not a minus sign; a number with a space inside is two readings, so none.
    """
    text = clean(printed)
    if not text:
        return BLANK
    if _APART.search(_BRACKETS.sub("", text)):
        return AMBIGUOUS
    text = "".join(text.split())
    if text in _NOTHING:
        return NOT_APPLICABLE
    match = (_AMOUNT if unit in _IN_10K_CNY else _COUNT).fullmatch(text)
    if match is None:
        return UNREADABLE
    # 00 and 012 are several cells' digits run together as likely as one odd number.
    if len(match["whole"]) > 1 and match["whole"].startswith("0"):
        return AMBIGUOUS
    return Figure(_value(match, unit), "number")


def read_cells(
    table: str,
    keys: Sequence[tuple[str, str]],
    units: Sequence[str],
    texts: Sequence[str],
    printed: Iterable[str],
    sources: Iterable[str],
    ways: Iterable[str | None] | None = None,
) -> list[Cell]:
    """Given cells of the form in columns, their items and columns first, return them with what their texts say. `ways` are
    their `resolved_by`."""
    if not keys:
        return []
    items, columns = zip(*keys, strict=True)
    values, states = zip(*map(read_figure, texts, units), strict=True)
    tables, ways = repeat(table, len(keys)), ways or repeat(None, len(keys))
    fields = (tables, items, columns, values, states, printed, sources, ways)
    # A report has two hundred of them, and Cell(…) takes three times as long.
    return list(map(tuple.__new__, repeat(Cell), zip(*fields, strict=True)))


def _value(match: re.Match[str], unit: str) -> Decimal:
    value = Decimal(match["whole"].replace(",", "") + (match["decimals"] or ""))
    if match["sign"] in ("-", "−"):
        value = -value
    if unit in _IN_10K_CNY:
        value *= _IN_10K_CNY[match["unit"] or unit]
    return value


def ascii_digits(piece: str) -> str:
    """A piece of figures with its full-width digits and signs as the others are; marks of notes stay what they are."""
    return piece if piece.isascii() else piece.translate(_HALF_WIDTH)


_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，＋－", "0123456789.,+-")


def clean(printed: str) -> str:
    """The text without what is no part of a figure: invisible characters, and note marks such as ① or ².

    Note marks go before full-width digits are folded, or 12① would become 121.
    """
    if printed.isascii():
        return printed.strip()
    text = "".join(c for c in printed.translate(_INVISIBLE) if unicodedata.category(c) != "No")
    if not text.strip() and printed.translate(_INVISIBLE).strip():
        return printed.strip()  # a mark alone is text that is no figure, not a blank
    return unicodedata.normalize("NFKC", text).strip()


def looks_like_a_figure(printed: str) -> bool:
    """Whether a text can only be a figure's place: blank, a dash, or a number with its sign, unit and note."""
    # Most texts are words, and told by their first character: only 无 and 不适用 stand for a figure.
    if "\u4e00" <= printed[:1] <= "\u9fff" and printed[0] not in "无不":
        return False
    return _looks_like_a_figure(printed)


@lru_cache(maxsize=20_000)
def _looks_like_a_figure(printed: str) -> bool:
    text = clean(printed)
    return not text or text in _NOTHING or bool(_LIKE_A_NUMBER.fullmatch(text))


_LIKE_A_NUMBER = re.compile(rf"[+\-−—–]{{0,2}}\d[\d,.\s]*(?:{_UNITS}|元|千元|万元|亿元)?\s*{_NOTE}")
