"""What the reports of other agencies say of each report: how alike its prose is, and what is usual among its peers.

Over a whole country this takes seconds, so it is kept, and measured anew only when some report has changed.
"""

from __future__ import annotations

from disclosure.warehouse.connect import Connection, scalar

FILL = """
delete from quality.peers;

insert into quality.peers by name select * from quality.peer_groups;

delete from quality.company;

insert into quality.company by name
select
    reports.report_id,
    likenesses.likeness,
    likenesses.twin,
    coalesce(outliers.measures, 0) as measures,
    outliers.far_off,
    $digest as measured_from
from staging.reports as reports
left join quality.likenesses as likenesses using (report_id)
left join quality.outliers as outliers using (report_id);
"""

DIGEST = """
select concat_ws(
    ' ',
    ?,
    (select bit_xor(hash(report_id, reading)) from staging.reports),
    (select bit_xor(hash(agency_key, agency_kind, admin_level)) from quality.agencies)
)
"""


def keep_company(connection: Connection, rules: str) -> None:
    """Fill quality.peers and quality.company, unless they stand as the reports and the rules (their digest) are now."""
    digest = scalar(connection, DIGEST, [rules])
    if digest == scalar(connection, "select any_value(measured_from) from quality.company"):
        return
    for statement in connection.extract_statements(FILL):
        connection.execute(statement, {"digest": digest} if "$digest" in statement.query else {})
