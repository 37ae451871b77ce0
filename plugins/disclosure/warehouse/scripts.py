"""Runs the files of sql/: one file per table or view, in the order in which they build on one another.

A file makes its table (`create …`) and then fills it (everything else). The two are run apart where a table is kept
from night to night, and together where it is built afresh.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from disclosure.warehouse.connect import Connection
from disclosure.warehouse.files import digest_of

# Each layer reads only what is to its left, and each file only what stands above it.
ORDER: dict[str, tuple[str, ...]] = {
    "raw": (
        "made_by",
        "layout",
        "nights",
        "fetches",
        "sites",
        "agencies",
        "list_titles",
        "regions",
        "credit_codes",
        "form_items",
    ),
    "staging": (
        "batches",
        "nights",
        "drawn_from",
        "list_titles",
        "documents",
        "cells",
        "printed_rows",
        "issues",
        "facts",
        "prose",
        "applications",
        "application_items",
        "proactive",
        "disputes",
        "sightings",
        "region_spellings",
        "readings",
        "known_names",
        "agencies_found",
        "claims",
        "report_versions",
        "reports",
    ),
    "quality": (
        "judged",
        "rules",
        "to_judge",
        "agencies",
        "reports",
        "to_compare",
        "contents",
        "groups_to_measure",
        "to_measure",
        "figures",
        "peers",
        "outliers",
        "texts_to_compare",
        "texts",
        "texts_beside",
        "bands",
        "likeness",
        "likenesses",
        "neighbours",
        "worked_out",
        "applications",
        "application_items",
        "proactive",
        "disputes",
        "counts",
        "row_states",
        "rows",
        "tables",
        "values",
        "signed_figures",
        "prose",
        "balances",
        "wording",
        "shown",
        "regions",
        "names",
        "keys",
        "filing",
        "years",
        "years_by_type",
        "years_of_items",
        "jumps",
        "deviations",
        "structure",
        "printed_rows",
        "cells_blank_as_zero",
        "applications_blank_as_zero",
        "application_items_blank_as_zero",
        "proactive_blank_as_zero",
        "disputes_blank_as_zero",
        "rule_outcomes",
        "rule_counts",
        "causes",
        "cause_outcomes",
        "explained",
        "unread",
        "visits",
        "silences",
        "addresses",
        "made_from",
    ),
    "mart": (
        "fct_addresses",
        "dim_years",
        "dim_sites",
        "fct_silences",
        "dim_regions",
        "dim_agencies",
        "dim_agency_names",
        "unresolved_agencies",
        "dim_outcomes",
        "dim_rules",
        "dim_reports",
        "fct_applications",
        "fct_proactive",
        "fct_disputes",
        "fct_rule_outcomes",
        "fct_rule_counts",
        "fct_causes",
        "fct_cells",
        "fct_revisions",
        "fct_prose_metrics",
        "fct_unread",
        "fct_issues",
        "reports_expected",
        "applications_by_group",
        "applications_blank_as_zero",
        "carry_over",
        "clean_reports",
    ),
}


def create_tables(connection: Connection, sql: Path, *layers: str) -> None:
    """Make what is missing of the layers' tables, views and macros; nothing is where the same scripts have made them."""
    connection.execute("create schema if not exists raw")
    create_table(connection, sql / "raw" / "made_by.sql")
    made = dict(connection.execute("from raw.made_by").fetchall())
    for layer in layers:
        if made.get(layer) != (scripts := _digest_up_to(sql, layer)):
            connection.execute(f"create schema if not exists {layer}")
            for name in ORDER[layer]:
                create_table(connection, sql / layer / f"{name}.sql")
            connection.execute("delete from raw.made_by where layer = ?", [layer])
            connection.execute("insert into raw.made_by values (?, ?)", [layer, scripts])


def _digest_up_to(sql: Path, layer: str) -> str:
    """Of the scripts of this layer and of those to its left, on whose columns its views rest."""
    return digest_of("\n".join(_texts(sql, layer)))


def _texts(sql: Path, last: str) -> Iterator[str]:
    for layer, names in ORDER.items():
        yield from ((sql / layer / f"{name}.sql").read_text(encoding="utf-8") for name in names)
        if layer == last:
            return


def fill_tables(connection: Connection, sql: Path, layer: str) -> None:
    """Run what fills the layer's tables."""
    for name in ORDER[layer]:
        fill_table(connection, sql / layer / f"{name}.sql")


def fill_table(connection: Connection, path: Path) -> None:
    """Run what fills one table."""
    _run(connection, path, creates=False)


def run_script(connection: Connection, path: Path) -> None:
    """Make one table or view, and fill it."""
    _run(connection, path, creates=None)


def create_table(connection: Connection, path: Path) -> None:
    """Make one table or view, without its comments and empty."""
    _run(connection, path, creates=True)


def run_without_rows(connection: Connection, path: Path) -> None:
    """Make one table with its comments, and leave it empty."""
    for statement in connection.extract_statements(path.read_text(encoding="utf-8")):
        if statement.type.name != "INSERT":
            connection.execute(statement)


def _run(connection: Connection, path: Path, creates: bool | None) -> None:
    for statement in connection.extract_statements(path.read_text(encoding="utf-8")):
        if creates is None or (statement.type.name == "CREATE") == creates:
            connection.execute(statement)
