"""Reports as the tracing of causes needs them, out of the work file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa

from disclosure.quality.identities import Key
from disclosure.quality.suspicion import Figure
from disclosure.quality.tracing import Reading
from disclosure.warehouse.connect import Connection

REPORTS = """
create or replace temp table traced as
select reports.report_id, reports.document_sha256, documents.template
from staging.reports as reports
join staging.documents as documents using (document_sha256)
semi join wanted using (report_id)
"""
CELLS = """
select document_sha256, "table", item, "column", value, state, coalesce(printed, ''), coalesce(source, ''), resolved_by
from staging.cells
where "table" in ('applications', 'disputes') and document_sha256 in (select document_sha256 from traced)
"""
ISSUES = """
select document_sha256, kind, where_in_document
from staging.issues
where document_sha256 in (select document_sha256 from traced)
"""


def read_readings(connection: Connection, report_ids: Sequence[str]) -> list[Reading]:
    """Given ids of reports, return what each says in tables three and four."""
    connection.register("wanted", pa.table({"report_id": pa.array(report_ids, pa.string())}))
    connection.execute(REPORTS)
    connection.unregister("wanted")
    values: dict[str, dict[Key, Decimal | None]] = defaultdict(dict)
    figures: dict[str, dict[Key, Figure]] = defaultdict(dict)
    issues: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for sha256, table, item, column, value, *figure in connection.execute(CELLS).fetchall():
        values[sha256][table, item, column] = value
        figures[sha256][table, item, column] = Figure(*figure)
    for sha256, kind, where in connection.execute(ISSUES).fetchall():
        issues[sha256].append((kind, where))
    reports = connection.execute("select * from traced order by report_id").fetchall()
    return [
        Reading(report_id, template, values[sha256], figures[sha256], tuple(issues[sha256]))
        for report_id, sha256, template in reports
    ]
