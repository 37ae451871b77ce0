"""Where each cell of a Word table stands: its true column and spans, from what its row and the rows above state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from disclosure.parse.markup import Element, attribute, child, local

_WIDEST = 1000  # a larger span is a mistake or an attack
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})


@dataclass(slots=True)
class Slot:
    """A cell's element and the place it takes in the table."""

    element: Element
    column: int
    colspan: int
    rowspan: int = 1


def read_slots(rows: Sequence[Element]) -> list[list[Slot]]:
    """Given a table's printed rows, return the cells that begin in each. A merged cell stands where it begins."""
    table: list[list[Slot]] = []
    open_above: dict[int, Slot] = {}  # column → the cell that a continuing one belongs to
    for row in rows:
        slots: list[Slot] = []
        open_here: dict[int, Slot] = {}
        previous: Slot | None = None
        column = _number(child(row, "trPr", "gridBefore"), 0)
        for element in _cells(row):
            properties = child(element, "tcPr")
            colspan = max(_number(_property(properties, "gridSpan"), 1), 1)
            above = open_above.get(column)
            down = _merge(properties, "vMerge")
            if _merge(properties, "hMerge") == "continue" and previous is not None:
                previous.colspan += colspan if previous in slots else 0
            elif down == "continue" and above is not None and above.colspan == colspan:
                above.rowspan += 1
                open_here[column] = previous = above
            else:
                slot = previous = Slot(element, column, colspan)
                slots.append(slot)
                if down:
                    open_here[column] = slot
            column += colspan
        table.append(slots)
        open_above = open_here
    return table


def _cells(row: Element) -> list[Element]:
    """The row's cells, without those that a tracked change deleted."""
    found, stack = [], list(reversed(row))
    while stack:
        element = stack.pop()
        if local(element) == "tc":
            if child(element, "tcPr", "cellDel") is None:
                found.append(element)
        elif local(element) in _WRAPPERS:
            stack.extend(reversed(element))
    return found


def _property(properties: Element | None, name: str) -> Element | None:
    return None if properties is None else child(properties, name)


def _merge(properties: Element | None, name: str) -> str:
    """ "restart", "continue" (which a merge says by saying nothing) or "" where the cell is not merged."""
    merge = _property(properties, name)
    if merge is None:
        return ""
    return "restart" if attribute(merge, "val") == "restart" else "continue"


def _number(element: Element | None, default: int) -> int:
    text = (attribute(element, "val") or "") if element is not None else ""
    return min(int(text), _WIDEST) if text.isdecimal() else default
