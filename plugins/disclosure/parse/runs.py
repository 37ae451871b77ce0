"""Rows whose digits ran together, resolved: by the number of columns, by the form's sums, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from disclosure.form import Column, Table
from disclosure.parse.column_sums import ColumnSums, Figures, settled_rows
from disclosure.parse.figures import AMBIGUOUS, read_cells, read_figure
from disclosure.parse.splits import (
    Split,
    TooMany,
    agreeing,
    first_splits,
    is_figure,
    splits,
)
from disclosure.parse.sums import Counts
from disclosure.records import Cell, Issue

Key = tuple[str, str]  # item, column

MOST_SHOWN = 5  # candidates named in an issue
_FEWEST_SUMMED = 5  # columns of a row that ends in its sum: those of tables three and four


class Run(NamedTuple):
    """A row of the form as the pieces that white space left of it."""

    items: tuple[str, ...]
    keys: tuple[Key, ...]
    columns: tuple[Column, ...]
    units: tuple[str, ...]
    pieces: tuple[str, ...]
    place: str

    @property
    def text(self) -> str:
        return " ".join(self.pieces)

    @property
    def lacks_figures(self) -> bool:
        """Whether there are fewer digits than columns, or fewer figures that stand apart: blank cells left no trace."""
        if len("".join(self.pieces)) < len(self.columns):
            return True
        return 1 < len(self.pieces) < len(self.columns) and not self.shows_glue

    @property
    def breaks_sum(self) -> bool:
        """Whether its row ends in a sum and no way to split it adds up: the agency's mistake, or a blank cell lost."""
        if len(self.columns) // len(self.items) < _FEWEST_SUMMED:
            return False
        try:
            _, summed, can_be_made = _sums(self.pieces, len(self.columns), len(self.items))
        except TooMany:
            return False
        return can_be_made and not summed

    @property
    def shows_glue(self) -> bool:
        """Whether a piece can only be several figures: 00, 012."""
        return _shows_glue(self.pieces)


@lru_cache(maxsize=10_000)
def _shows_glue(pieces: tuple[str, ...]) -> bool:
    return not all(is_figure(piece) or read_figure(piece).state in _ALONE for piece in pieces)


_ALONE = ("number", "not_applicable")  # 3件, 无: one cell each


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
    choices = [_choose(run, table, has_lost_blanks) for run in runs]
    if table.code == "applications":
        choices = _by_columns(choices, table, known)
    if any(choice.run.breaks_sum for choice in choices) or not _hold(choices, table, known):
        choices = [_unresolved(choice) for choice in choices]
    return _read(choices, table.code, issues)


def _choose(run: Run, table: Table, has_lost_blanks: bool) -> Choice:
    """By the number of columns, then by the row's own sum.

    Where blank cells were lost, seven digits need not be seven figures: then only what cannot be fewer is read.
    """
    number = len(run.columns)
    if len(run.pieces) > 1 and not run.shows_glue:
        return Choice(run, [], reason=f"{len(run.pieces)} figures stand where {number} belong")
    try:
        if has_lost_blanks and _fewest_figures(run) < number:
            reason = "blank cells left no trace in this document, so it may be fewer figures"
            return _in_doubt(run, reason)
        if table.code == "proactive":
            return _choose_by_number(run, splits(run.pieces, run.columns))
        return _choose_by_sum(run)
    except TooMany:
        return Choice(run, [], reason="too many ways to split it")


def _choose_by_number(run: Run, every: list[Split]) -> Choice:
    if not every:
        return _in_doubt(run, f"it does not make {len(run.columns)} figures")
    if _cuts_a_figure(run, every):
        return _in_doubt(run, "a blank cell may be lost")
    return Choice(run, every)


def _choose_by_sum(run: Run) -> Choice:
    only, summed, can_be_made = _sums(run.pieces, len(run.columns), len(run.items))
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


@lru_cache(maxsize=10_000)  # most rows are all zeros
def _sums(
    pieces: tuple[str, ...], number: int, groups: int
) -> tuple[Split | None, tuple[Split, ...], bool]:
    """The only way to make so many figures of a run, every way that adds up, and whether there is any way at all."""
    counts = Counts(pieces)
    if not counts.can_make(number):
        return None, (), False
    return counts.only_way(number), tuple(counts.that_add_up(number // groups, groups)), True


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
) -> list[Choice]:
    """Rows with several splits left are held against the sums down the columns, all together."""
    open_rows = [choice for choice in choices if len(choice.candidates) > 1]
    if not open_rows:
        return choices
    sums = ColumnSums(
        table, _settled(choices, table, known), [choice.run.items[0] for choice in open_rows]
    )
    together = agreeing([choice.candidates for choice in open_rows], sums.hold)
    if not together:
        return choices
    left = {
        id(choice): sorted({pick[n] for pick in together}) for n, choice in enumerate(open_rows)
    }
    return [
        choice._replace(candidates=left[id(choice)], resolved_by="identity")
        if id(choice) in left
        else choice
        for choice in choices
    ]


def _hold(choices: Sequence[Choice], table: Table, known: Mapping[Key, Decimal | None]) -> bool:
    """Whether no sum down the columns of table three fails by what is read so far."""
    if table.code != "applications" or not any(choice.resolved_by for choice in choices):
        return True
    return ColumnSums(table, _settled(choices, table, known), []).hold([])


def _settled(
    choices: Sequence[Choice], table: Table, known: Mapping[Key, Decimal | None]
) -> dict[str, Figures]:
    splits = {
        choice.run.items[0]: choice.candidates[0]
        for choice in choices
        if len(choice.candidates) == 1
    }
    return settled_rows(table, known, splits)


def _read(choices: Sequence[Choice], table: str, issues: list[Issue]) -> list[Cell]:
    """A figure that every split left has at its place is read; the others are ambiguous, with the candidates named."""
    keys: list[Key] = []
    units: list[str] = []
    figures: list[str] = []
    shared: list[tuple[str, str, str | None]] = []  # printed, source and resolved_by of each cell
    for choice in choices:
        run, candidates = choice.run, choice.candidates
        if len(candidates) != 1:
            issues.append(Issue("digits_run_together", run.place, _explain(choice)))
        keys += run.keys
        units += run.units
        figures += candidates[0] if len(candidates) == 1 else _agreed(candidates, len(run.keys))
        shared += [(run.text, run.place, choice.resolved_by)] * len(run.keys)
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
