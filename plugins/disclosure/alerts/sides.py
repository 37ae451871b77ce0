"""The numbers behind a failure, so that a person sees what is wrong: 1 + 0 ≠ 0 + 0, with the cells of a long sum named;
and where a rule compares something else than cells, what is there and what should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path

from disclosure.alerts.findings import Cells, Failure
from disclosure.alerts.memory import plain
from disclosure.alerts.words import FRAME, label
from disclosure.form import TEMPLATES
from disclosure.quality.identities import Identity, Key, identities_of
from disclosure.quality.labels import item_label

FAILED = {"=": "≠", "==": "≠", "<>": "=", ">=": "<", "<=": ">", "<": "≥", ">": "≤"}
RELATION = re.compile(r"^([^=<>]+?)\s*(==|=|<>|>=|<=|<|>)\s*([^=<>]+)$")
TERM = re.compile(r"\s*([+-])?\s*(?:([a-z][a-z0-9_]*)|(\d+))\s*")
DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
SHORT = 4  # terms; of a longer side the cells that are not 0 are named
NAMED = 5  # cells of a long side that are named

Terms = list[tuple[str, str, Decimal | None]]  # sign, name, value


def numbers_of(failure: Failure, cells: Cells, expectations: Path, language: str = "en") -> str:
    """Given a failure and its report's cells, return both sides: as printed where they are cells of one report."""
    identity = _sums(expectations, failure.template).get((failure.rule, failure.subject))
    if identity is not None:
        return f"{_sum(identity, 1, cells, failure.lhs)} ≠ {_sum(identity, -1, cells, failure.rhs)}"
    relations = _relations(failure.formula)
    for left, sign, right in relations:
        lhs, rhs = (_terms(side, failure.subject, cells) for side in (left, right))
        if lhs and rhs:
            return f"{_side(lhs, failure.lhs)} {FAILED[sign]} {_side(rhs, failure.rhs)}"
    sign = FAILED[relations[0][1]] if relations else "≠"
    return in_words(failure.rule, failure.lhs, failure.rhs, sign, language)


def two_sides(lhs: str, rhs: str, sign: str = "≠") -> str:
    """Two sides alone; a rule about one value has no right side."""
    return f" {sign} ".join(side for side in (lhs, rhs) if side)


def in_words(
    rule: str, lhs: Decimal | None, rhs: Decimal | None, sign: str, language: str = "en"
) -> str:
    """What is there, and what should be. Empty where the two are the same thing and the rule's title says it all."""
    if lhs is None or rhs is None:
        return two_sides(plain(lhs), plain(rhs))
    if lhs == rhs:
        return ""
    says = _shown_as_day if rule.startswith(("F-", "P-PERIOD")) else plain
    words = FRAME[language]
    return words[f"should {sign}"].format(there=says(lhs), wanted=says(rhs))


def _shown_as_day(value: Decimal) -> str:
    """Filing dates and periods are judged as numbers of the form 20260131."""
    day = DAY.fullmatch(plain(value))
    return "-".join(day.groups()) if day else plain(value)


@cache
def _sums(expectations: Path, template: str) -> dict[tuple[str, str], Identity]:
    if template not in TEMPLATES:
        return {}
    return {(one.rule, one.subject): one for one in identities_of(expectations, template)}


def _sum(identity: Identity, sign: int, cells: Cells, total: Decimal | None) -> str:
    keys = [key for key, its_sign in identity.terms if its_sign == sign]
    if any(key not in cells for key in keys):
        return plain(total)
    return _side([("+", _name(key, identity), cells[key][0]) for key in keys], total)


def _name(key: Key, identity: Identity) -> str:
    """What a cell is called where its row, or its column, is already said."""
    return label(key[2]) if key[1] == identity.subject else item_label(key)


def _relations(formula: str) -> list[tuple[str, str, str]]:
    """Left, sign and right of each part of a formula: `in_force >= issued - repealed`, or in words, `sections in order
    = 6; info: …`. A formula that is no comparison has none."""
    entries = (entry.split(" where ")[0].strip() for entry in formula.split("; "))
    found = (RELATION.match(entry) for entry in entries)
    return [(match[1].strip(), match[2], match[3].strip()) for match in found if match]


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
        terms.append((sign, label(code), value[0]))
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
    return _named(((name, value) for _, name, value in terms if value), plain(total))


def _named(parts: Iterable[tuple[str, Decimal | None]], total: str) -> str:
    """3 = （一）予以公开 1 + （三）1.属于国家秘密 2"""
    said = [f"{name} {plain(value)}" for name, value in parts]
    if len(said) > NAMED:
        said = [*said[:NAMED], "…"]
    if len(said) == 1:
        return said[0]
    return f"{total} = {' + '.join(said)}" if said else total
