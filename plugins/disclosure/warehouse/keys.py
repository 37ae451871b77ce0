"""The keys of the published tables: what is unique in each, and which column leads to which table.

DuckDB would keep them at many times the size of the tables (a primary key on the cells alone costs more than the whole
file), so they are stated here, checked whenever something is published, and told to other tools in datapackage.json.
"""

from __future__ import annotations

from collections.abc import Collection

from disclosure.errors import PublishError
from disclosure.warehouse.connect import Connection, scalar
from disclosure.warehouse.part import REPORT_TABLES, TOUCHED

PRIMARY: dict[str, tuple[str, ...]] = {
    "dim_years": ("report_year",),
    "dim_sites": ("site",),
    "dim_regions": ("region_code", "region_name"),
    "dim_agencies": ("agency_key",),
    "dim_agency_names": ("agency_key", "agency_name"),
    "unresolved_agencies": ("agency_name", "site"),
    "dim_outcomes": ("row_code",),
    "dim_rules": ("rule",),
    "dim_reports": ("report_id",),
    "fct_applications": ("report_id", "row_code"),
    "fct_proactive": ("report_id", "item"),
    "fct_disputes": ("report_id", "channel"),
    "fct_rule_outcomes": ("report_id", "rule", "subject"),
    "fct_rule_counts": ("report_id", "rule"),
    "fct_causes": ("cause_id",),
    "fct_cells": ("report_id", "table", "item", "column"),
    "fct_revisions": ("report_id", "to_version", "table", "item", "column"),
    "fct_prose_metrics": ("report_id", "statement"),
}

FOREIGN: dict[str, dict[str, str]] = {
    "dim_reports": {"agency_key": "dim_agencies"},
    "dim_agency_names": {"agency_key": "dim_agencies"},
    "unresolved_agencies": {"agency_key": "dim_agencies"},
    "fct_applications": {"report_id": "dim_reports", "row_code": "dim_outcomes"},
    "fct_proactive": {"report_id": "dim_reports"},
    "fct_disputes": {"report_id": "dim_reports"},
    "fct_rule_outcomes": {
        "report_id": "dim_reports",
        "rule": "dim_rules",
        "cause_id": "fct_causes",
    },
    "fct_rule_counts": {"report_id": "dim_reports", "rule": "dim_rules"},
    "fct_causes": {"report_id": "dim_reports"},
    "fct_cells": {"report_id": "dim_reports"},
    "fct_revisions": {"report_id": "dim_reports"},
    "fct_prose_metrics": {"report_id": "dim_reports"},
    "fct_issues": {"report_id": "dim_reports"},
    "fct_addresses": {"report_id": "dim_reports"},
}
"""Table → column → the table whose key it is, of the same name. A null leads nowhere and is no fault."""


def check_keys(connection: Connection, tables: Collection[str]) -> None:
    """Hold the tables to their keys. Raises PublishError, with examples, for a key that is there twice or missing."""
    for table in sorted(tables):
        if columns := PRIMARY.get(table):
            _stop(f"{table}: twice", connection, _doubles(connection, table, columns))
        for column, other in FOREIGN.get(table, {}).items():
            _check_reference(connection, table, column, other)


def check_what_stayed(connection: Connection, changed: Collection[str]) -> None:
    """Hold what an increment left as it was to the keys of what it changed: of these tables all rows, of those by report
    the rows of touched reports. Raises PublishError as check_keys does."""
    for table, references in FOREIGN.items():
        for column, other in references.items():
            if other in REPORT_TABLES and table not in (*changed, *REPORT_TABLES):
                _check_reference(connection, table, column, other, TOUCHED)
            elif other in changed and table not in changed:
                _check_reference(connection, table, column, other)


MOST_PLACES = 10_000
MANY_ROWS = 200_000


def _doubles(connection: Connection, table: str, columns: tuple[str, ...]) -> str:
    key = ", ".join(map(_named, columns))
    first, *others = columns
    suspects = _crowded(connection, table, others) if first == "report_id" and others else None
    where = f"where report_id in ({suspects})" if suspects else ""
    return f"select {key} from mart.{table} {where} group by {key} having count(*) > 1"


def _crowded(connection: Connection, table: str, columns: list[str]) -> str | None:
    """A query for the reports with more rows than places, where there are many rows and few places: cells of a form, rules.

    A bit for each place of a report takes a fraction of the memory, and of the time, that the keys of all rows take.
    """
    if int(scalar(connection, f"select count(*) from mart.{table}")) < MANY_ROWS:
        return None
    places = f"select distinct {', '.join(map(_named, columns))} from mart.{table}"
    count = int(scalar(connection, f"select count(*) from ({places})"))
    if not 0 < count <= MOST_PLACES:
        return None
    same = (f"places.{_named(one)} is not distinct from rows.{_named(one)}" for one in columns)
    return f"""
        select report_id
        from mart.{table} as rows
        join (select *, row_number() over ()::integer as place from ({places})) as places
            on {" and ".join(same)}
        group by report_id
        having count(*) > bit_count(bitstring_agg(place, 1, {count}))
    """


def _named(column: str) -> str:
    return f'"{column}"'


def _check_reference(
    connection: Connection, table: str, column: str, other: str, where: str = "true"
) -> None:
    # The few distinct keys are looked up, not the many rows.
    missing = f"""
        select * from (select distinct {column} from mart.{table} where {column} is not null and {where})
        anti join mart.{other} using ({column})
    """
    _stop(f"{table}: not in {other}", connection, missing)


def _stop(what: str, connection: Connection, query: str) -> None:
    if found := connection.execute(f"{query} limit 3").fetchall():
        raise PublishError(f"key of {what}: {'; '.join(map(str, found))}")
