"""What the reports of other agencies say of each report: how alike its prose is, and what is usual among its peers.

Over a whole country this takes seconds, so it is kept, and follows what changed: the groups of peers that a changed
report is or was among are measured anew, and the texts that are like what it said or says are compared anew.
"""

from __future__ import annotations

from pathlib import Path

from disclosure.warehouse.connect import Connection, scalar
from disclosure.warehouse.scripts import fill_table

TO_COMPARE = """
insert into quality.to_compare
select report_id
from (
    select report_id, document_sha256, reading, content, agencies.agency_kind, agencies.admin_level
    from staging.reports
    join quality.agencies as agencies using (agency_key)
) as now
full join quality.contents as before using (report_id)
where $all
    or (now.document_sha256, now.reading, now.content, now.agency_kind, now.admin_level)
    is distinct from (before.document_sha256, before.reading, before.content, before.agency_kind, before.admin_level)
"""

# Of the reports that are compared anew, as they were and as they are.
COMPARED = """
select * from compared_before
union all by name
select * from quality.contents semi join quality.to_compare using (report_id)
"""

GROUPS = f"""
insert into quality.groups_to_measure
select distinct agency_kind, admin_level, report_year
from ({COMPARED})
where agency_kind is not null and admin_level is not null
"""

# Only one that came or went: a report whose figures alone have changed has them twice.
TEXTS = f"""
insert into quality.texts_to_compare
select distinct report_year, sketch
from (
    select report_id, report_year, sketch
    from ({COMPARED})
    where sketch is not null
    group by all
    having count(*) = 1 or $all
)
"""

# What is most like a text may be another one now where something like it came or went.
ALIKE = """
insert into quality.texts_to_compare
select distinct report_year, sketch
from quality.bands('quality.texts_beside')
semi join quality.bands('quality.texts_to_compare') using (report_year, band, places)
"""

GONE = """
delete from quality.texts_to_compare
where (report_year, sketch) not in (select (report_year, sketch) from quality.texts)
"""


def keep_company(connection: Connection, sql: Path, everything: bool) -> None:
    """Bring quality.contents, peers, outliers and likenesses to what the reports are now; all of them when told so."""
    connection.execute(TO_COMPARE, {"all": everything})
    if not scalar(connection, "select count(*) from quality.to_compare"):
        return
    connection.execute(
        """
        create or replace temp table compared_before as
        select * from quality.contents semi join quality.to_compare using (report_id)
        """
    )
    _fill(connection, sql, "contents")
    connection.execute(GROUPS)
    _fill(connection, sql, "peers", "outliers")
    connection.execute(TEXTS, {"all": everything})
    connection.execute(ALIKE)
    connection.execute(GONE)
    _fill(connection, sql, "likenesses")
    for table in ("to_compare", "groups_to_measure", "texts_to_compare"):
        connection.execute(f"delete from quality.{table}")


def _fill(connection: Connection, sql: Path, *tables: str) -> None:
    for name in tables:
        fill_table(connection, sql / "quality" / f"{name}.sql")
