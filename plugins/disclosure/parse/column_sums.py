"""The sums down the columns of table three: what came in is what was processed or goes on, and the outcomes make the total.

A sum in which one figure is not known says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache

from disclosure.form import Table
from disclosure.parse.splits import Split

Figures = Sequence[Decimal | int | None]  # of a row, by the table's columns; None: not known


class ColumnSums:
    """Holds splits of open rows, named by their items, against the rows that are settled."""

    def __init__(self, table: Table, settled: Mapping[str, Figures], open_items: Sequence[str]):
        self._sums = []
        for signs in _sums_of(table):
            known = [
                (sign, settled.get(item)) for item, sign in signs.items() if item not in open_items
            ]
            width = len(table.parts[0].columns)
            left = [(at, _balance(known, at)) for at in range(width)]
            # Of an item that is met twice, the last row counts.
            open_signs = [
                signs.get(item, 0) if item not in open_items[number + 1 :] else 0
                for number, item in enumerate(open_items)
            ]
            wanted = [(at, -balance) for at, balance in left if balance is not None]
            self._sums.append((open_signs, wanted))

    def hold(self, splits: Sequence[Split]) -> bool:
        """Whether no sum fails, given a split of each open row."""
        rows = [_numbers(split) for split in splits]
        return all(
            sum([sign * row[at] for sign, row in zip(signs, rows, strict=True)]) == wanted
            for signs, columns in self._sums
            for at, wanted in columns
        )


def _balance(known: Sequence[tuple[int, Figures | None]], at: int) -> Decimal | int | None:
    balance: Decimal | int = 0
    for sign, figures in known:
        figure = None if figures is None else figures[at]
        if figure is None:
            return None
        balance += sign * figure
    return balance


@cache
def _sums_of(table: Table) -> tuple[dict[str, int], ...]:
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
    rows: dict[str, list[Decimal | None]] = {}
    for (item, column), value in known.items():
        rows.setdefault(item, [None] * len(at))[at[column]] = value
    return {**rows, **{item: _numbers(split) for item, split in splits.items()}}


@lru_cache(maxsize=10_000)  # most rows are all zeros
def _numbers(split: Split) -> tuple[int, ...]:
    return tuple(map(int, split))
