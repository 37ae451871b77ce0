"""The printed numbers behind a failure: 1 + 0 ≠ 0 + 0, and where a side is long, the cells in it that are not 0."""

from __future__ import annotations

import re
from decimal import Decimal

from disclosure.alerts.findings import Cells, Failure
from disclosure.alerts.memory import plain
from disclosure.alerts.words import label
from disclosure.form import TEMPLATES

FAILED = {"=": "≠", "==": "≠", "<>": "=", ">=": "<", "<=": ">", "<": "≥", ">": "≤"}
RELATION = re.compile(r"^([^=<>]+?)\s*(==|=|<>|>=|<=|<|>)\s*([^=<>]+)$")
TERM = re.compile(r"\s*([+-])?\s*(?:([a-z][a-z0-9_]*)(?:\[\w+\])?|(\d+))\s*")
OUTCOMES = tuple(
    dict.fromkeys(
        item.code
        for template in TEMPLATES.values()
        for part in template.applications.parts
        for item in part.items
        if item.group not in ("flow", "total")
    )
)
"""The rows of table three that add up to its （七）总计, of all templates."""
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
    """Left, sign and right of each part of a formula: `received_new[c] + carried_in[c] == …`, or as SQL says it,
    `(upheld + other) = (total) where …; …`. A formula that is no comparison of sums has none."""
    entries = (entry.split(" where ")[0].strip() for entry in formula.split("; "))
    found = (RELATION.match(entry) for entry in entries)
    return [(_bare(match[1]), match[2], _bare(match[3])) for match in found if match]


def _bare(side: str) -> str:
    side = side.strip()
    return side[1:-1] if side.startswith("(") and side.endswith(")") else side


def _terms(side: str, subject: str, cells: Cells) -> Terms:
    """The terms of a side for a subject; empty where one of them is neither a number nor a cell."""
    if side.startswith("sum("):
        return _summed(side, subject, cells)
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


def _summed(side: str, subject: str, cells: Cells) -> Terms:
    """The terms of `sum(…)`: over the outcomes, or over the codes that it quotes."""
    codes = re.findall(r"'(\w+)'", side) or (OUTCOMES if "outcome" in side else ())
    found = [(code, _find(code, subject, cells)) for code in codes]
    return [("+", code, value[0]) for code, value in found if value is not None]


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
