"""The figures behind a label in running text: which of the text they are, and where each begins."""

from __future__ import annotations

import re
from functools import lru_cache

from disclosure.form import APPLICANT_TYPES
from disclosure.parse.figures import looks_like_a_figure
from disclosure.parse.shapes import shape_of_text
from disclosure.records import LineShape

# Figures after a label: numbers with their signs, units and notes, apart or run together. Digits are given back to the
# next label's ordinal alone, as in 00000002.其他: of 12) no 1 is left.
_ORDINAL_AHEAD = r"(?=[1-8１-８][.．、]\s*[属其危保本没补信重要无申])"
_UNIT = r"(?:元|万元|件|(?:[ \t]件|条|次|个|项|份|宗|起|人次|人)(?=[\s|*]|$))?"
_MARK = r"(?:(?:[①-⑳¹²³⁰⁴-⁹*+＋]|\[[^\[\]\s]{1,4}\]){1,2}(?=[\s|]|$))?"
_NUMBER = (
    rf"[0-9０-９]+?{_ORDINAL_AHEAD}"
    rf"|[0-9０-９]++(?:[,.，．][0-9０-９]++)*+{_UNIT}{_MARK}(?![.．、)）](?!\d))"
)
# A dash of the keyboard is a list's bullet too: not where words or an ordinal follow.
_NO_NUMBER = (
    r"(?:[/／—－–−]{1,2}|无|不适用)(?=[\s|]|$)"
    r"|--?(?=[ \t]*(?:[|\n]|$)|[ \t]+(?![0-9][.．、])(?:[0-9０-９/／—－–−+\-]|无|不适用))"
)
RUN = re.compile(
    rf"(?:[\s|]*(?:[+\-−－＋]?(?:{_NUMBER})|{_NO_NUMBER})"
    r"(?:[（(][^（）()\n]{0,20}[）)](?=[\s|\d]|$))?)+"
)
_PIECE = re.compile(r"(?:[（(][^（）()\n]{0,20}[）)]|[^\s|])+(?:[ \t]件(?=[\s|*]|$))?")
# 12·5 goes on too, and so does whatever other sign a digit follows, or a character that cannot be read.
SENTENCE_GOES_ON = re.compile(
    r"[，,。；;：:％%万亿余多年月日个项次人份宗起条为\ufffd]|[^\w\s|（()）]{1,2}[0-9０-９]"
    r"|[ \t\u3000]*(?:件|元|万元|[条次个项份宗起人])?[ \t\u3000]*[，,。；;]"
    r"|[ \t\u3000]*(?:[/／—－–−]|无(?!正当)|不适用)(?=[\u4e00-\u9fff])"  # a cell that ran into the next label
)


def end_of_cells(text: str, start: int, stop: int) -> int | None:
    """Where a row of table three ends that has a cell in each line, some of them no figures; None where it is none."""
    if stop - start > _LONGEST_CELLS or not _LINE_BREAK.match(text, start):
        return None
    if stop < len(text):
        stop = text.rfind("\n", start, stop)  # the next label's line has its ordinal too
    cells = list(_CELL.finditer(text, start, stop))
    if len(cells) != len(APPLICANT_TYPES) or not looks_like_a_figure(cells[-1][0]):
        return None  # a word behind six figures may be the next header's
    words = [cell[0] for cell in cells if not looks_like_a_figure(cell[0])]
    is_row = len(words) <= _MOST_WORDS and max(map(len, words), default=0) <= _LONGEST_WORD
    return cells[-1].end() if is_row else None


_LONGEST_CELLS = 120  # characters of seven cells and the white space between them
_MOST_WORDS = 2
_LONGEST_WORD = 4  # 若干, 约30, 1.2万


def without_page_number(text: str, start: int, end: int) -> int:
    """Where a row's figures end: a short one alone on a line of its own, below a line of several, is a page's number."""
    last = text.rfind("\n", start, end)
    if last < 0 or not _PAGE_NUMBER.fullmatch(text, last, end) or _cell_lines(text, start, end):
        return end
    if _SET_OFF.search(text, last, end):
        return last
    lines = map(figures_of, text[start:last].split("\n"))
    first = next((line for line in lines if line), [])
    return last if len(first) > 1 else end


_PAGE_NUMBER = re.compile(r"\s*[\-—–－]?\s*\d{1,3}\s*(?:[\-—–－]|[ ][/／][ ]\d{1,3})?\s*")
_SET_OFF = re.compile(r"\d\s*[\-—–－/／]")  # — 3 —, 3 / 7


SHORT = 100  # characters of a row that may come again: most are a label alone, or before zeros


@lru_cache(maxsize=20_000)
def cut_row(row: str, label: int) -> tuple[tuple[str, ...], tuple[int, ...], LineShape]:
    """A row whose label is so long, as cells: their texts, where in it each begins, and their shape."""
    behind = _cell_lines(row, label, len(row)) or list(_PIECE.finditer(row, label))
    texts = (row[:label], *[piece[0] for piece in behind])
    return texts, (0, *[piece.start() for piece in behind]), shape_of_text(texts)


def figures_of(text: str) -> list[str]:
    """The figures in what stands behind a label, each with its note."""
    return _PIECE.findall(text)


def _cell_lines(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The lines below a label, where each is a cell: nearly all hold one figure, so that two in one are a space within.
    Empty where no line holds two, or more of them do."""
    if not _LINE_BREAK.match(text, start):
        return []
    lines = list(_CELL.finditer(text, start, end))
    several = sum(bool(_WITHIN.search(line[0])) for line in lines)
    return lines if 0 < 3 * several <= len(lines) else []


_LINE_BREAK = re.compile(r"[ \t]*\n")
_CELL = re.compile(r"[^\s|](?:[^\n|]*[^\s|])?")
_WITHIN = re.compile(r"\d\s+\d")
