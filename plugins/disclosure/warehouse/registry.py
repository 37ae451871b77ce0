"""What is stated by hand, into the work file: sites and agencies from the site files, the form's items from form.py,
and the lists of codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from disclosure.form import TEMPLATES
from disclosure.records import Site
from disclosure.warehouse.connect import Connection
from disclosure.warehouse.divisions import credit_codes, regions


def replace_registry(connection: Connection, sites: Iterable[Site]) -> None:
    """Replace raw.sites, raw.agencies, raw.form_items and the lists of codes by what is stated today."""
    sites = tuple(sites)
    replace_rows(connection, "raw.sites", map(_site, sites))
    replace_rows(connection, "raw.agencies", (row for site in sites for row in _agencies(site)))
    replace_rows(connection, "raw.form_items", _form_items())
    replace_rows(connection, "raw.regions", regions())
    shapes = (code for (code,) in connection.execute(SHAPED_LIKE_CODES).fetchall())
    replace_rows(connection, "raw.credit_codes", credit_codes(shapes))


# An address states an agency's code now and then; most texts of eighteen characters are internal numbers.
SHAPED_LIKE_CODES = """
select distinct regexp_extract(url, '(^|[^0-9A-Za-z])([0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10})([^0-9A-Za-z]|$)', 2)
    as code
from raw.fetches
where taken_for = 'report' and code <> ''
union
select agency_key from raw.agencies where regexp_full_match(agency_key, '[0-9A-Z]{18}')
"""


def replace_rows(connection: Connection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Replace all rows of a table, in bulk."""
    connection.execute(f"delete from {table}")
    listed = list(rows)
    if listed:
        connection.register("stated", pa.Table.from_pylist(listed))
        connection.execute(f"insert into {table} by name select * from stated")
        connection.unregister("stated")


def _site(site: Site) -> dict[str, Any]:
    return {"site": site.name, "verified": site.verified, "notes": site.notes}


def _agencies(site: Site) -> Iterator[dict[str, Any]]:
    for agency in site.agencies:
        yield {
            "site": site.name,
            "agency_key": agency.key,
            "agency_name": agency.name,
            "agency_kind": agency.kind,
            "admin_level": agency.level,
            "region_code": agency.region_code,
            "region_name": agency.region_name,
            "province": agency.province,
        }


def _form_items() -> Iterator[dict[str, Any]]:
    for template in TEMPLATES.values():
        for table in template.tables:
            items = [item for part in table.parts for item in part.items]
            for place, item in enumerate(items, start=1):
                yield {
                    "template": template.id,
                    "table": table.code,
                    "item": item.code,
                    "label": item.label,
                    "item_group": item.group,
                    "article": item.article,
                    "print_order": place,
                }
