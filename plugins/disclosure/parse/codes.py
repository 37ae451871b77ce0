"""Codes that a document prints of its agency: 统一社会信用代码 (GB 32100) and 索引号. The only door to python-stdnum in parse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stdnum.cn import uscc

from disclosure.parse.shapes import shape_of
from disclosure.records import Content, Fact, GridShape, Text

_CODE = r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}"
_LABELLED = re.compile(r"统一社会信用代码[\s:：]*([0-9A-Z]{18})(?![0-9A-Z])")
_INDEX = re.compile(r"索\s*引\s*号[\s:：]*([0-9A-Za-z][0-9A-Za-z/_\-—]{5,60})")
_LEADS = re.compile(rf"{_CODE}(?![0-9A-Z])")
_TOP = 40  # lines in which a page prints its fields
_FIELDS = 6  # rows of a table in which it does


def read_codes(content: Content) -> Iterator[Fact]:
    """Given a document's blocks, yield credit_code or credit_code_wrong (labelled as one, with a wrong check character),
    index_number, and index_code for a valid code that an 索引号 begins with."""
    for text, place in _fields(content):
        labelled = _LABELLED.search(text)
        if labelled:
            kind = "credit_code" if uscc.is_valid(labelled[1]) else "credit_code_wrong"
            yield Fact(kind, labelled[1], place)
        index = _INDEX.search(text)
        if index:
            yield Fact("index_number", index[1], place)
            # Internal numbers have eighteen characters too: only a valid check character makes one a code.
            code = _LEADS.match(index[1])
            if code and uscc.is_valid(code.group()):
                yield Fact("index_code", code.group(), place)


def _fields(content: Content) -> Iterator[tuple[str, str]]:
    for name in ("索引号", "统一社会信用代码"):
        if content.metadata.get(name):
            yield f"{name}：{content.metadata[name]}", "metadata"
    lines = 0
    for block in content.blocks:
        if isinstance(block, Text):
            lines += 1
            if lines > _TOP:
                return
            yield block.text, block.place
        else:
            for number in _rows_with_codes(shape_of(block)):
                printed = (cell.text.strip() for cell in block.rows[number])
                yield "：".join(filter(None, printed)), block.place


@lru_cache(maxsize=500)
def _rows_with_codes(shape: GridShape) -> list[int]:
    texts = ["".join(line.texts) for line in shape.lines[:_FIELDS]]
    return [number for number, text in enumerate(texts) if "索" in text or "信用代码" in text]
