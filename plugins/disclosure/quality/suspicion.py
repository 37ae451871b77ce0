"""Whether we may have misread the figures behind a cause: asked before anything is said of the agency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from disclosure.quality.identities import Identity, Key

WEAK_STATES = ("ambiguous", "unreadable")
WEAK_READINGS = (
    "cells_do_not_fit",
    "label_lost",
    "digits_run_together",
    "copies_differ",
    "row_repeated",
    "unknown_column",
)
"""Kinds of issues that say that cells may not be where, or what, the page prints."""


class Figure(NamedTuple):
    """A cell as it was read, as far as a cause needs it."""

    state: str
    printed: str
    source: str
    resolved_by: str | None


def is_suspect(
    identities: Iterable[Identity], figures: Mapping[Key, Figure], issues: Iterable[tuple[str, str]]
) -> bool:
    """Given the failing sums of a cause, the report's cells and its issues (kind, where), say whether a figure in the
    same rows and columns was worked out or left open, or their table was read with a reservation."""
    keys = {key for identity in identities for key, _ in identity.terms}
    tables = {key[0] for key in keys}
    near = [figures[key] for key in keys if key in figures] + _neighbours(keys, figures)
    return any(one.resolved_by or one.state in WEAK_STATES for one in near) or any(
        kind in WEAK_READINGS and _tables_at(where, figures) & tables for kind, where in issues
    )


def _neighbours(keys: set[Key], figures: Mapping[Key, Figure]) -> list[Figure]:
    """Cells in the rows and columns that the sums run along; a sum with an open cell is none of the failing ones."""
    rows = {key[:2] for key in keys}
    columns = {(key[0], key[2]) for key in keys}
    return [
        figure for key, figure in figures.items() if key[:2] in rows or (key[0], key[2]) in columns
    ]


def _tables_at(where: str, figures: Mapping[Key, Figure]) -> set[str]:
    """The tables of the form whose cells are in the same printed table; all, where that cannot be told."""
    place = where.split(",", maxsplit=1)[0]
    found = {key[0] for key, figure in figures.items() if figure.source.split(",")[0] == place}
    return found or {key[0] for key in figures}
