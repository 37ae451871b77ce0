"""The printed numbers behind a failure: 1 + 0 ≠ 0 + 0, and where a side is long, the cells in it that are not 0."""

from __future__ import annotations

import re
from decimal import Decimal

from disclosure.alerts.findings import Cells, Failure
from disclosure.alerts.memory import plain
from disclosure.alerts.words import label

FAILED = {"=": "≠", "<>": "=", ">=": "<", "<=": ">", "<": "≥", ">": "≤"}
RELATION = re.compile(r"^\(([^()=<>]+)\) (=|<>|>=|<=|<|>) \(([^()=<>]+)\)$")
TERM = re.compile(r"\s*([+-])?\s*(?:([a-z][a-z0-9_]*)|(\d+))\s*")
SHORT = 4  # terms; a longer side is shown as its total
NAMED = 5  # cells of a long side that are named

Terms = list[tuple[str, str, Decimal | None]]  # sign, code (empty for a number), value


def numbers_of(failure: Failure, cells: Cells) -> str:
    """Given a failure and its report's cells, return both sides as printed."""
    relations = _relations(failure.formula)
    for left, sign, right in relations:
        lhs, rhs = (_terms(side, failure.subject, cells) for side in (left, right))
        if lhs and rhs:
            return f"{_side(lhs, failure.lhs)} {FAILED[sign]} {_side(rhs, failure.rhs)}"
    sign = FAILED[relations[0][1]] if relations else "≠"
    return two_sides(plain(failure.lhs), plain(failure.rhs), sign)


def two_sides(lhs: str, rhs: str, sign: str = "≠") -> str:
    """Two sides alone; a rule about one value has no right side."""
    return f" {sign} ".join(side for side in (lhs, rhs) if side)


def _relations(formula: str) -> list[tuple[str, str, str]]:
    """Left, sign and right of each entry of a rule, such as `(upheld + other) = (total) where …; …`."""
    entries = (entry.split(" where ")[0].strip() for entry in formula.split("; "))
    found = (RELATION.match(entry) for entry in entries)
    return [(match[1], match[2], match[3]) for match in found if match]


def _terms(side: str, subject: str, cells: Cells) -> Terms:
    """The terms of a side for a subject; empty where one of them is neither a number nor a cell."""
    terms: Terms = []
    position = 0
    while position < len(side):
        term = TERM.match(side, position)
        if term is None:
            return []
        sign, code, number = term[1] or "+", term[2] or "", term[3]
        value = (Decimal(number), number) if number else _find(code, subject, cells)
        if value is None:
            return []
        terms.append((sign, code, value[0]))
        position = term.end()
    return terms


def _find(code: str, subject: str, cells: Cells) -> tuple[Decimal | None, str | None] | None:
    """The one cell whose item is the code and whose column is the subject, or the other way round."""
    subjects = set(re.split(r"[./:|]", subject))
    found = [
        cell
        for (_, item, column), cell in cells.items()
        if (item == code and column in subjects) or (column == code and item in subjects)
    ]
    return found[0] if len(found) == 1 else None


def _side(terms: Terms, total: Decimal | None) -> str:
    if not terms or any(value is None for _, _, value in terms):
        return plain(total)
    if len(terms) <= SHORT:
        written = " ".join(f"{sign} {plain(value)}" for sign, _, value in terms)
        return written.removeprefix("+ ")
    parts = [f"{label(code)} {plain(value)}" for _, code, value in terms if value]
    named = "；".join(parts[:NAMED]) + ("；…" if len(parts) > NAMED else "")
    return f"{plain(total)}（{named}）" if named else plain(total)
