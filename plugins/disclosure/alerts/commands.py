"""The command that shows a report's cells, so that a person sees what a line is about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from disclosure.alerts.findings import Cause
from disclosure.alerts.published import quote
from disclosure.form import APPLICANT_TYPES, TEMPLATES

ROWS = {item for template in TEMPLATES.values() for _, item, _ in template.cells}
NAMED = 4  # rows that a command names; of more it shows all cells
BY_TYPE = tuple(column.code for column in APPLICANT_TYPES)


def command_for(report_id: str, causes: Iterable[Cause], subjects: Iterable[str]) -> str:
    """Given a report's causes and the subjects of its failures, return the command that shows the cells they are about;
    empty where they are about no cell. The cells of a cause come first: they are the ones to look at."""
    wanted = f"report_id = {quote(report_id)}"
    names = [name for cause in causes for cell in cause.cells for name in cell.split(".")]
    names = names or [name for subject in subjects for name in re.split(r"[./:|]", subject)]
    rows = [name for name in dict.fromkeys(names) if name in ROWS]
    if len(rows) > NAMED:
        return _query(f"* from mart.fct_cells where {wanted}")
    if rows:
        listed = ", ".join(map(quote, rows))
        return _query(f"* from mart.fct_cells where {wanted} and item in ({listed})")
    if columns := [column for column in BY_TYPE if column in names]:
        chosen = ", ".join(["row_code", *columns])
        return _query(f"{chosen} from mart.fct_applications where {wanted}")
    return ""


def _query(what: str) -> str:
    return f'./disclosure query "select {what}"'
