"""Rows whose digits ran together, resolved: by the number of columns, by the form's sums, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from disclosure.form import Column, Table
from disclosure.parse.column_sums import ColumnSums, settled_rows
from disclosure.parse.figures import AMBIGUOUS, read_cells
from disclosure.parse.glued import Glued
from disclosure.parse.splits import (
    Split,
    TooMany,
    agreeing,
    first_splits,
    is_figure,
    splits,
)
from disclosure.records import Cell, Issue

Key = tuple[str, str]  # item, column

MOST_SHOWN = 5  # candidates named in an issue


class Run(NamedTuple):
    """A row of the form as the pieces that white space left of it, their digits in ASCII."""

    items: tuple[str, ...]
    keys: tuple[Key, ...]
    columns: tuple[Column, ...]
    units: tuple[str, ...]
    pieces: tuple[str, ...]
    glued: Glued
    place: str
    text: str  # as printed


class Choice(NamedTuple):
    """The splits of a run that are still possible, and what ruled the others out."""

    run: Run
    candidates: list[Split]
    resolved_by: str | None = None
    reason: str = ""
    shown: Sequence[Split] = ()  # ways to split it that are named, though none is believed


def resolve_runs(
    runs: Sequence[Run],
    table: Table,
    known: Mapping[Key, Decimal | None],
    has_lost_blanks: bool,
    issues: list[Issue],
) -> list[Cell]:
    """Given the runs of one copy of a table and its cells already read, return every cell of the runs.

    `has_lost_blanks` says that some row of the document has too few figures: blank cells left no trace in it.
    """
    choices, do_hold = [_choose(run, table, has_lost_blanks) for run in runs], True
    if table.code == "applications":
        choices, do_hold = _by_columns(choices, table, known)
    if any(choice.run.glued.breaks_sum for choice in choices) or not do_hold:
        choices = [_unresolved(choice) for choice in choices]
    return _read(choices, table.code, issues)


def _choose(run: Run, table: Table, has_lost_blanks: bool) -> Choice:
    """By the number of columns, then by the row's own sum.

    Where blank cells were lost, seven digits need not be seven figures: then only what cannot be fewer is read.
    """
    number = len(run.columns)
    if len(run.pieces) > 1 and not run.glued.shows_glue:
        return Choice(run, [], reason=f"{len(run.pieces)} figures stand where {number} belong")
    try:
        if has_lost_blanks and _fewest_figures(run) < number:
            reason = "blank cells left no trace in this document, so it may be fewer figures"
            return _in_doubt(run, reason)
        if table.code == "proactive":
            return _choose_by_number(run, splits(run.pieces, run.columns))
    except TooMany:
        return _of_too_many(run)
    return _choose_by_sum(run)


def _of_too_many(run: Run) -> Choice:
    return Choice(run, [], reason="too many ways to split it")


def _choose_by_number(run: Run, every: list[Split]) -> Choice:
    if not every:
        return _in_doubt(run, f"it does not make {len(run.columns)} figures")
    if _cuts_a_figure(run, every):
        return _in_doubt(run, "a blank cell may be lost")
    return Choice(run, every)


def _choose_by_sum(run: Run) -> Choice:
    if run.glued.sums is None:
        return _of_too_many(run)
    only, summed, can_be_made = run.glued.sums
    if only and not _cuts_a_figure(run, [only]):
        return Choice(run, [only])
    if not summed:
        number = len(run.columns)
        reason = "no split adds up" if can_be_made else f"it does not make {number} figures"
        return _in_doubt(run, reason)
    return Choice(run, list(summed), "identity")


def _unresolved(choice: Choice) -> Choice:
    """A choice without what sums decided: where other sums of the table do not hold, its own may hold by chance."""
    if choice.resolved_by is None:
        return choice
    reason = "other sums of this table do not hold, so that sums decide nothing"
    return Choice(choice.run, [], reason=reason, shown=choice.candidates)


def _in_doubt(run: Run, reason: str) -> Choice:
    shown = first_splits(run.pieces, run.columns, MOST_SHOWN + 1)
    return Choice(run, [], reason=reason, shown=shown)


def _fewest_figures(run: Run) -> int:
    """The least number of figures a run can be: a zero at a figure's beginning is a figure of its own."""
    zeros = [len(piece) - len(piece.lstrip("0")) for piece in run.pieces]
    return sum(count + (len(piece) > count) for piece, count in zip(run.pieces, zeros, strict=True))


def _cuts_a_figure(run: Run, every: Sequence[Split]) -> bool:
    """Whether a piece that is a figure as it stands, beside others, had to be cut: a lost blank explains it as well."""
    return len(run.pieces) > 1 and any(
        is_figure(piece) and any(piece not in split for split in every) for piece in run.pieces
    )


def _by_columns(
    choices: list[Choice], table: Table, known: Mapping[Key, Decimal | None]
) -> tuple[list[Choice], bool]:
    """Rows with several splits left, held against the sums down the columns all together; and whether those sums do not
    fail by what is read then."""
    open_rows = [choice for choice in choices if len(choice.candidates) > 1]
    splits_of = {
        choice.run.items[0]: choice.candidates[0]
        for choice in choices
        if len(choice.candidates) == 1
    }
    settled = settled_rows(table, known, splits_of)
    sums = ColumnSums(table, settled, [choice.run.items[0] for choice in open_rows])
    together = agreeing([choice.candidates for choice in open_rows], sums.hold)
    if not together:
        by_sums = any(choice.resolved_by for choice in choices)
        return choices, not by_sums or ColumnSums(table, settled, []).hold([])
    left = {
        id(choice): sorted({pick[n] for pick in together}) for n, choice in enumerate(open_rows)
    }
    narrowed = [
        choice._replace(candidates=left[id(choice)], resolved_by="identity")
        if id(choice) in left
        else choice
        for choice in choices
    ]
    return narrowed, True


def _read(choices: Sequence[Choice], table: str, issues: list[Issue]) -> list[Cell]:
    """A figure that every split left has at its place is read; the others are ambiguous, with the candidates named."""
    keys: list[Key] = []
    units: list[str] = []
    figures: list[str] = []
    shared: list[tuple[str, str, str | None]] = []  # printed, source and resolved_by of each cell
    for choice in choices:
        run, candidates = choice.run, choice.candidates
        number = len(run.keys)
        if len(candidates) == 1:
            figures += candidates[0]
        else:
            figures += _agreed(candidates, number)
            issues.append(Issue("digits_run_together", run.place, _explain(choice)))
        keys += run.keys
        units += run.units
        shared += [(run.text, run.place, choice.resolved_by)] * number
    cells = read_cells(table, keys, units, figures, *zip(*shared, strict=True))
    if "" not in figures:
        return cells
    return [
        cell if figure else Cell(*cell[:3], *AMBIGUOUS, *cell[5:7])
        for cell, figure in zip(cells, figures, strict=True)
    ]


def _agreed(candidates: Sequence[Split], number: int) -> Split:
    """The figures that all splits have at their place; "" where they differ, or there is none."""
    if not candidates:
        return ("",) * number
    return tuple([way[0] if len(set(way)) == 1 else "" for way in zip(*candidates, strict=True)])


def _explain(choice: Choice) -> str:
    names = ", ".join(".".join(key) for key in choice.run.keys)
    said = f"{choice.run.text!r} for {names}"
    splits_named = choice.candidates or choice.shown
    if splits_named:
        said += " can be " + "; ".join(" ".join(split) for split in splits_named[:MOST_SHOWN])
    if len(splits_named) > MOST_SHOWN:
        said += "; and more"
    return f"{said}: {choice.reason}" if choice.reason else said
