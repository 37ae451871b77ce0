"""What lists say of the pages whose files were fetched: a file often prints neither agency nor year, the link does."""

from __future__ import annotations

from disclosure.crawl.titles import judge_title, named_agency
from disclosure.warehouse.connect import Connection
from disclosure.warehouse.registry import replace_rows

PAGES_WITH_ATTACHMENTS = """
select pages.site, pages.url, arg_max(pages.title, pages.fetched_at) as title
from raw.fetches as pages
semi join (select site, page as url from raw.fetches where taken_for = 'attachment') using (site, url)
where pages.taken_for = 'report' and pages.title is not null
group by pages.site, pages.url
order by all
"""


def replace_list_titles(connection: Connection) -> None:
    """Replace raw.list_titles by what the nights taken in so far say."""
    rows = connection.execute(PAGES_WITH_ATTACHMENTS).fetchall()
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
