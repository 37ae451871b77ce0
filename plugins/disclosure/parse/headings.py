"""The headings of the six statutory sections, wherever they stand: on lines of their own, framed, or within a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from disclosure.form import SECTIONS, Template
from disclosure.parse.labels import mark
from disclosure.parse.shapes import place_of, shape_of
from disclosure.records import Block, Fact, Text

# A heading that goes on in its own line, or words of it that the form does not have.
_NUMBERED = re.compile(r"\s*(?P<numeral>[一二三四五六七])\s*[、.．，,]\s*(?P<words>\S.{0,60})")
_LONGEST = 40  # characters of a heading alone on its line
_NUMERAL = re.compile(r"\s*[一二三四五六七]\s*[、.．，,]")
_WORDS = (
    (1, re.compile(r"^(总体|概况|概述|基本)")),
    (2, re.compile(r"^(行政机关)?主动公开")),
    (3, re.compile(r"收到和处理|^(政府信息)?依申请公开")),
    (4, re.compile(r"行政法?复议")),
    (5, re.compile(r"问题|不足|改进")),
    (6, re.compile(r"^其他")),
)


def read_headings(blocks: Iterable[Block], template: Template) -> Iterator[Fact]:
    """The six headings in the order in which they are first met, and which of them have a numeral."""
    met: dict[int, tuple[bool, str]] = {}
    for line, place in _lines(blocks):
        number, has_numeral = _section_of(line, template)
        if number and number not in met:
            met[number] = (has_numeral, place)
    if len(met) < len(SECTIONS):
        _sections_in_running_text(blocks, met)
    for number, (has_numeral, place) in met.items():
        yield Fact("section", str(number), place)
        if has_numeral:
            yield Fact("numeral", str(number), place)
    yield Fact("sections", "".join(map(str, met)), "document")


# Where line breaks were lost, a heading stands within a paragraph; its numeral and its words give it away.
_ANYWHERE = re.compile(
    r"[一二三四五六七]\s*、\s*(?:(?P<s1>总体情况)|(?P<s2>(?:行政机关)?主动公开政府信息)|(?P<s3>(?:行政机关)?收到和处理政府信息)"
    r"|(?P<s4>[^。、]{0,14}行政法?复议)|(?P<s5>[^。、]{0,8}存在的?(?:主要)?问题)|(?P<s6>其他需要报告))"
)


def _sections_in_running_text(blocks: Iterable[Block], met: dict[int, tuple[bool, str]]) -> None:
    found: dict[int, tuple[bool, str]] = {}
    for block in blocks:
        for match in _ANYWHERE.finditer(block.text) if isinstance(block, Text) else ():
            number = int(str(match.lastgroup)[1])
            found.setdefault(number, (True, block.place))
    if len(found) > len(met):
        met.clear()
        met.update(found)


def _lines(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """Every paragraph, and every row of a grid with a single printed cell: a heading may be framed."""
    for block in blocks:
        if isinstance(block, Text):
            yield block.text, block.place
            continue
        for row, position in shape_of(block).alone:
            cell = block.rows[row][position]
            yield cell.text, place_of(cell, block)


def _section_of(line: str, template: Template) -> tuple[int | None, bool]:
    numbered = _NUMBERED.match(line)
    if len(line) <= _LONGEST:
        section = mark(line.strip(), template).section
        if section:
            return section.number, bool(_NUMERAL.match(line))
    if numbered:
        words = "".join(numbered["words"].split())
        return next((n for n, pattern in _WORDS if pattern.search(words)), None), True
    return None, False
