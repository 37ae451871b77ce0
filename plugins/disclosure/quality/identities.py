"""The sums that the form itself promises, as equations over single cells: what a cause is traced through.

They are read from the entries of expectations/*.json that judge them, so that a sum has one home. Read as plain JSON:
Great Expectations takes seconds to import and adds nothing here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from disclosure.form import TEMPLATES, Table

TRACED = ("T3-ROW-SUM", "T3-OUTCOME-SUM", "T3-BALANCE", "T4-ROW-SUM")
"""The rules whose failures are traced to cells."""

Key = tuple[str, str, str]
"""table, item, column"""

_VIEWS = {
    "applications": "applications",
    "application_items": "applications",
    "disputes": "disputes",
}
_ONLY_FOR = re.compile(r"template = '([^']+)'")


class Identity(NamedTuple):
    """A sum for one row or column: the cells times their signs add up to 0."""

    rule: str
    subject: str
    terms: tuple[tuple[Key, int], ...]


@cache
def identities_of(expectations: Path, template: str) -> tuple[Identity, ...]:
    """Every traced sum of a template, in the order of the suites."""
    tables = {table.code: table for table in TEMPLATES[template].tables}
    return tuple(
        identity
        for view, table in _VIEWS.items()
        for entry in _entries(expectations / f"{view}.json", template)
        for identity in _identities(entry, tables[table])
    )


def _entries(path: Path, template: str) -> Iterator[dict[str, Any]]:
    for entry in json.loads(path.read_text(encoding="utf-8"))["expectations"]:
        only = _ONLY_FOR.search(entry["kwargs"].get("applies_to", ""))
        if entry["meta"]["rule"] in TRACED and (only is None or only[1] == template):
            yield entry


def _identities(entry: dict[str, Any], table: Table) -> Iterator[Identity]:
    """One for each column where the terms are rows, one for each row where they are columns."""
    terms = [
        (name, sign)
        for side, sign in (("left", 1), ("right", -1))
        for name in _names(entry, side)
        for sign in (sign,)
    ]
    items = list(dict.fromkeys(item for item, _ in table.cells))
    columns = list(dict.fromkeys(column for _, column in table.cells))
    is_down = all(name in items for name, _ in terms)
    for subject in columns if is_down else items:
        keys = (
            ((table.code, name, subject) if is_down else (table.code, subject, name), sign)
            for name, sign in terms
        )
        yield Identity(entry["meta"]["rule"], subject, tuple(keys))


def _names(entry: dict[str, Any], side: str) -> list[str]:
    return [name.strip() for name in entry["kwargs"][side].split("+")]
