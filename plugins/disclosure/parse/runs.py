"""Rows whose digits ran together, resolved: by the number of columns, by the form's sums, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from disclosure.form import Column, Table
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
) -> Iterator[Cell]:
    """Given the runs of one copy of a table and its cells already read, yield every cell of the runs.

    `has_lost_blanks` says that some row of the document has too few figures: blank cells left no trace in it.
    """
    choices = [_choose(run, table, has_lost_blanks) for run in runs]
    if table.code == "applications":
        choices = _by_columns(choices, table, known)
    if any(choice.run.breaks_sum for choice in choices) or not _hold(choices, table, known):
        choices = [_unresolved(choice) for choice in choices]
    for choice in choices:
        yield from _read(choice, table.code, issues)


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
    settled = {key: value for key, value in known.items() if value is not None}
    for choice in choices:
        if len(choice.candidates) == 1:
            settled |= _figures(choice.run, choice.candidates[0])
    together = agreeing(
        [choice.candidates for choice in open_rows], _columns_add_up(open_rows, table, settled)
    )
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
    settled = {key: value for key, value in known.items() if value is not None}
    for choice in choices:
        if len(choice.candidates) == 1:
            settled |= _figures(choice.run, choice.candidates[0])
    return _columns_add_up([], table, settled)([])


def _columns_add_up(
    open_rows: Sequence[Choice], table: Table, settled: Mapping[Key, Decimal]
) -> Callable[[Sequence[Split]], bool]:
    items = [item for part in table.parts for item in part.items]
    outcomes = [item.code for item in items if item.group not in ("flow", "total")]
    columns = [column.code for column in table.parts[0].columns]

    def holds(pick: Sequence[Split]) -> bool:
        cells = dict(settled)
        for choice, split in zip(open_rows, pick, strict=True):
            cells |= _figures(choice.run, split)
        return all(_adds_up(cells, outcomes, column) for column in columns)

    return holds


def _adds_up(cells: Mapping[Key, Decimal], outcomes: Sequence[str], column: str) -> bool:
    """Whether no sum down a column fails; one with a figure that is not known says nothing."""
    total = cells.get(("processed_total", column))
    if total is None:
        return True
    flow = _known(cells, ("received_new", "carried_in", "carried_out"), column)
    if flow and flow[0] + flow[1] != total + flow[2]:
        return False
    parts = _known(cells, outcomes, column)
    return parts is None or sum(parts) == total


def _known(cells: Mapping[Key, Decimal], items: Sequence[str], column: str) -> list[Decimal] | None:
    """The items' figures in a column; None where one of them is not known."""
    try:
        return [cells[item, column] for item in items]
    except KeyError:
        return None


def _figures(run: Run, split: Split) -> dict[Key, Decimal]:
    return dict(zip(run.keys, map(_number, split), strict=True))


_number = lru_cache(maxsize=10_000)(Decimal)


def _read(choice: Choice, table: str, issues: list[Issue]) -> list[Cell]:
    """A figure that every split left has at its place is read; the others are ambiguous, with the candidates named."""
    run, candidates = choice.run, choice.candidates
    text = run.text
    if len(candidates) != 1:
        issues.append(Issue("digits_run_together", run.place, _explain(choice)))
    figures = candidates[0] if len(candidates) == 1 else _agreed(candidates, len(run.keys))
    units = [column.unit for column in run.columns]
    printed, places = repeat(text, len(units)), repeat(run.place, len(units))
    cells = read_cells(table, run.keys, units, figures, printed, places, choice.resolved_by)
    if "" not in figures:
        return cells
    return [
        cell if figure else Cell(*cell[:3], *AMBIGUOUS, text, run.place)
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
