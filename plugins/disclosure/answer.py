"""The answer to a query as a table for eyes, CSV or JSON.

A table's columns line up in a terminal, where a Chinese character takes two places.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol, TextIO
from unicodedata import east_asian_width

NOTHING = "NULL"  # not an empty string: in this warehouse nothing, blank and 0 are three things


class Answer(Protocol):
    @property
    def columns(self) -> Sequence[str]: ...

    @property
    def rows(self) -> Sequence[Sequence[Any]]: ...


def print_answer(answer: Answer, shape: str, out: TextIO) -> None:
    """Print the answer as `table`, `csv` or `json`."""
    {"table": _print_table, "csv": _print_csv, "json": _print_json}[shape](answer, out)


def width(text: str) -> int:
    """Places the text takes in a terminal."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _print_table(answer: Answer, out: TextIO) -> None:
    rows = [[_shown(value) for value in row] for row in answer.rows]
    widths = [max(map(width, column)) for column in zip(answer.columns, *rows, strict=True)]
    is_number = [
        any(_is_number(row[i]) for row in answer.rows)
        and all(row[i] is None or _is_number(row[i]) for row in answer.rows)
        for i in range(len(answer.columns))
    ]
    for row in ([*answer.columns], ["-" * places for places in widths], *rows):
        cells = [_pad(*cell) for cell in zip(row, widths, is_number, strict=True)]
        print("  ".join(cells).rstrip(), file=out)
    print(f"({len(rows)} row{'' if len(rows) == 1 else 's'})", file=out)


def _pad(text: str, places: int, to_the_right: bool) -> str:
    room = " " * (places - width(text))
    return room + text if to_the_right else text + room


def _print_csv(answer: Answer, out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(
        ["" if value is None else _shown(value) for value in row] for row in answer.rows
    )


def _print_json(answer: Answer, out: TextIO) -> None:
    names = list(_distinct(answer.columns))
    lines = [
        json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_jsonable)
        for row in answer.rows
    ]
    print("[" + ",\n ".join(lines) + "]", file=out)


def _distinct(columns: Iterable[str]) -> Iterable[str]:
    """A name that comes again gets a number, so that no value is lost."""
    seen: dict[str, int] = {}
    for column in columns:
        seen[column] = seen.get(column, 0) + 1
        yield column if seen[column] == 1 else f"{column}_{seen[column]}"


def _jsonable(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _shown(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return " ".join(str(value).split("\n"))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
