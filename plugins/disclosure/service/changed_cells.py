"""What a publication says otherwise than the one before it, and why, in lines for the summary of a run."""

from __future__ import annotations

from pathlib import Path

from disclosure.warehouse.query import run_query

SHOWN = 5  # cells of each reason

COUNTS = """
select why, count(*), count(distinct report_id)
from publication.changed_cells group by why order by why
"""

CELLS = f"""
select
    why,
    concat_ws(' ', agencies.agency_name, reports.report_year, concat_ws('.', "table", item, "column")) as place,
    coalesce(trim_scale(before)::varchar, before_state, 'absent') as before,
    coalesce(trim_scale(after)::varchar, after_state, 'absent') as after
from publication.changed_cells
join mart.dim_reports as reports using (report_id)
join mart.dim_agencies as agencies using (agency_key)
qualify row_number() over (partition by why order by report_id, "table", item, "column") <= {SHOWN}
order by why, report_id, "table", item, "column"
"""


def describe_changed_cells(published: Path) -> list[str]:
    """Lines that count the changed cells by reason and show the first; none when no cell has changed."""
    lines = []
    shown = run_query(published, CELLS).rows
    for why, cells, reports in run_query(published, COUNTS).rows:
        lines.append(f"cells that changed, {why}: {cells:,} in {reports:,} report(s)")
        lines += [
            f"  {place}: {before} → {after}" for of, place, before, after in shown if of == why
        ]
        if cells > SHOWN:
            lines.append("  … all: select * from publication.changed_cells")
    return lines
