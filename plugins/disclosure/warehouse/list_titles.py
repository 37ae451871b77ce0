"""What lists say of the pages that they link to as reports: a file often prints neither agency nor year, and a page that
cannot be read prints nothing; the link does."""

from __future__ import annotations

from disclosure.crawl.titles import judge_title, named_agency
from disclosure.warehouse.connect import Connection
from disclosure.warehouse.registry import replace_rows

PAGES_LINKED = """
select site, url, arg_max(title, fetched_at) as title
from raw.fetches
where taken_for = 'report' and title is not null
group by site, url
order by all
"""


def replace_list_titles(connection: Connection) -> None:
    """Replace raw.list_titles by what the nights taken in so far say."""
    rows = connection.execute(PAGES_LINKED).fetchall()
    replace_rows(
        connection,
        "raw.list_titles",
        (
            {
                "site": site,
                "page_url": url,
                "title": title,
                "agency_named": named_agency(title),
                "report_year": judge_title(title).year,
            }
            for site, url, title in rows
        ),
    )
