"""The cells of a batch as wide rows, a form's row or column each: turned by whoever parsed them, so that the one writer copies.

Turning a nation's cells in the database would cost the writer as much as copying most of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from disclosure.form import TEMPLATES
from disclosure.warehouse.columns import TABLES


@dataclass(frozen=True, slots=True)
class WideTable:
    """One Parquet file of a batch: a row for each document and item (or column) of a table of the form."""

    name: str
    table: str  # of the form
    row: str  # what of a cell says in which row it stands: item or column; the other one says in which column
    key: str  # what the row's name is called

    @property
    def across(self) -> str:
        return "column" if self.row == "item" else "item"

    @property
    def figures(self) -> tuple[str, ...]:
        """The columns with figures: all that any template has."""
        place = ("item", "column").index(self.across)
        tables = (getattr(template, self.table) for template in TEMPLATES.values())
        return tuple(dict.fromkeys(cell[place] for table in tables for cell in table.cells))

    def fill(self, cells: pa.Table) -> pa.Table:
        """Given the cells of a batch, the wide rows; null where there is no number or no such cell."""
        is_ours = pc.equal(cells["table"], self.table)
        cells = cells.select(NEEDED).filter(is_ours).combine_chunks()
        rows, firsts, row_of_cell = _rows(cells, self.row)
        columns = {
            "batch": cells["batch"].take(firsts),
            "document_sha256": cells["document_sha256"].take(firsts),
            self.key: cells[self.row].take(firsts),
        }
        for name in self.figures:
            standing = np.flatnonzero(pc.equal(cells[self.across], name))
            cell_of_row = np.full(rows, -1)
            cell_of_row[row_of_cell[standing]] = standing
            found = pa.array(cell_of_row, mask=cell_of_row < 0)
            columns[name] = cells["value"].take(found)
        return pa.table(columns)


NEEDED = ["batch", "document_sha256", "item", "column", "value"]


def _rows(cells: pa.Table, row: str) -> tuple[int, np.ndarray, np.ndarray]:
    """How many documents' rows there are, the place of the first cell of each, and the row of each cell."""
    documents = cells["document_sha256"].combine_chunks().dictionary_encode()
    names = cells[row].combine_chunks().dictionary_encode()
    numbers = documents.indices.to_numpy() * np.int64(len(names.dictionary))
    found, firsts, row_of_cell = np.unique(
        numbers + names.indices.to_numpy(), return_index=True, return_inverse=True
    )
    return len(found), firsts, row_of_cell


WIDE_TABLES = (
    WideTable("applications", "applications", "column", "applicant_type"),
    WideTable("application_items", "applications", "item", "row_code"),
    WideTable("proactive", "proactive", "item", "item"),
    WideTable("disputes", "disputes", "item", "channel"),
)
FILES = tuple(table.name for table in (*TABLES, *WIDE_TABLES))
"""Names of the Parquet files of a batch."""


def with_wide_tables(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables of a batch, by name, and those that are made of its cells."""
    return tables | {wide.name: wide.fill(tables["cells"]) for wide in WIDE_TABLES}
