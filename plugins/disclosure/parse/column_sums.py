"""The sums down the columns of table three: what came in is what was processed or goes on, and the outcomes make the total.

A sum in which one figure is not known says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from disclosure.form import Table
from disclosure.parse.splits import Split

Figures = Sequence[Decimal | int]  # of a row, by the table's columns
_UNKNOWN = Decimal("NaN")  # as every sum with it


class _Sum(NamedTuple):
    """`signs` say how the open rows enter it, `wanted` what they must make, by column."""

    signs: tuple[int, ...]
    wanted: tuple[tuple[int, Decimal | int], ...]


class ColumnSums:
    """Holds splits of open rows, named by their items, against the rows that are settled."""

    def __init__(self, table: Table, settled: Mapping[str, Figures], open_items: Sequence[str]):
        self._sums = [_sum(table, signs, settled, open_items) for signs in _signs_of(table)]

    def hold(self, splits: Sequence[Split]) -> bool:
        """Whether no sum fails, given a split of each open row."""
        rows = list(map(_numbers, splits))
        return all(
            sum([sign * row[at] for sign, row in zip(signs, rows, strict=True)]) == wanted
            for signs, columns in self._sums
            for at, wanted in columns
        )


def _sum(
    table: Table,
    signs: Mapping[str, int],
    settled: Mapping[str, Figures],
    open_items: Sequence[str],
) -> _Sum:
    unknown = [_UNKNOWN] * len(table.parts[0].columns)
    rows: dict[int, list[Figures]] = {1: [], -1: []}
    for item, sign in signs.items():
        if item not in open_items:
            rows[sign].append(settled.get(item, unknown))
    balance = enumerate(
        zip(*(_added(of_sign, len(unknown)) for of_sign in rows.values()), strict=True)
    )
    # Of an item that is met twice, the last row counts.
    of_open = [
        0 if item in open_items[number + 1 :] else signs.get(item, 0)
        for number, item in enumerate(open_items)
    ]
    wanted = [(at, less - more) for at, (more, less) in balance]
    return _Sum(tuple(of_open), tuple([(at, left) for at, left in wanted if left == left]))


def _added(rows: Iterable[Figures], width: int) -> list[Decimal | int]:
    return list(map(sum, zip([0] * width, *rows, strict=True)))


@cache
def _signs_of(table: Table) -> tuple[dict[str, int], ...]:
    """The items of each sum with their signs: together they make nothing."""
    items = [item for part in table.parts for item in part.items]
    outcomes = [item.code for item in items if item.group not in ("flow", "total")]
    return (
        {"received_new": 1, "carried_in": 1, "carried_out": -1, "processed_total": -1},
        {**dict.fromkeys(outcomes, 1), "processed_total": -1},
    )


def settled_rows(
    table: Table,
    known: Mapping[tuple[str, str], Decimal | None],
    splits: Mapping[str, Split],
) -> dict[str, Figures]:
    """Given cells already read, and the one split of each row that has but one, return the rows by their items."""
    at = {column.code: number for number, column in enumerate(table.parts[0].columns)}
    rows: dict[str, list[Decimal]] = {}
    for (item, column), value in known.items():
        figures = rows.setdefault(item, [_UNKNOWN] * len(at))
        figures[at[column]] = _UNKNOWN if value is None else value
    return {**rows, **{item: _numbers(split) for item, split in splits.items()}}


@lru_cache(maxsize=10_000)  # most rows are all zeros
def _numbers(split: Split) -> tuple[int, ...]:
    return tuple(map(int, split))
