"""Reports on their way from a list to the store: one address for each, and a look at the page that no list names clearly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta, timezone

from disclosure.crawl.asking import SiteDesk
from disclosure.crawl.attachments import Attachment, find_attachments
from disclosure.crawl.clock import Clock
from disclosure.crawl.families import FAMILIES
from disclosure.crawl.lists import TO_BE_SEEN, Link
from disclosure.crawl.outcomes import WITH_BODY, NotFetched
from disclosure.crawl.report_page import name_report
from disclosure.crawl.variants import one_per_report
from disclosure.records import Fetch, ListPage

BY_YEAR = "asked for by its year"
BY_ADDRESS = "stated in the site file"

_SHANGHAI = timezone(timedelta(hours=8))


def is_stated(page: ListPage) -> bool:
    """Whether there is no list: the site file states the addresses of the reports themselves."""
    return FAMILIES[page.cms].way == "page"


def stated_pages(desk: SiteDesk, page: ListPage) -> Iterator[Link]:
    """Addresses that no list links to: each is asked for as a report, and read_report says whether it is one."""
    if "{year}" not in page.url:
        yield Link(page.url, "", None, BY_ADDRESS)
        return
    for year in range(last_year(desk.clock), page.first_year - 1, -1):
        yield Link(page.url.replace("{year}", str(year)), "", year, BY_YEAR)


def last_year(clock: Clock) -> int:
    """The year that reports are due for: the one before this, in the agencies' time."""
    return clock.now().astimezone(_SHANGHAI).year - 1


def one_address_each(desk: SiteDesk, links: Iterable[Link]) -> list[Link]:
    """Each report once, to be asked for. What is not asked for is written down: a report's further addresses, and the
    copies of reports on hosts that are not the site's, which never become the source."""
    links = list(links)
    for link in links:
        if link.is_elsewhere:
            desk.record(desk.unasked(link.url, "elsewhere", link.reason, link.title))
    chosen = one_per_report(link for link in links if not link.is_elsewhere)
    for best, others in chosen:
        for other in others:
            words = f"the report of {best.url} at another address"
            desk.record(desk.unasked(other.url, "other_address", words, other.title))
    return [best for best, _ in chosen]


def read_report(
    desk: SiteDesk, fetch: Fetch, link: Link, hosts: frozenset[str]
) -> tuple[Fetch, tuple[Attachment, ...]]:
    """Given the fetch of a report's page, return it with what is to be said of it, and the files to follow."""
    fetch, files = _read_report(desk, fetch, link, hosts)
    if link.reason == BY_YEAR:
        # quality.visits counts such a page for the list that the site does not have.
        fetch = replace(fetch, reason=f"{fetch.reason}; {BY_YEAR}")
    return fetch, files


def _read_report(
    desk: SiteDesk, fetch: Fetch, link: Link, hosts: frozenset[str]
) -> tuple[Fetch, tuple[Attachment, ...]]:
    if fetch.outcome not in WITH_BODY:
        return fetch, ()
    body, url = desk.body(fetch), fetch.final_url or fetch.url
    try:
        if link.reason in (BY_YEAR, BY_ADDRESS, TO_BE_SEEN):
            fetch = _verified(desk, fetch, link, body, url)
        reading = find_attachments(body, url, hosts) if fetch.outcome in WITH_BODY else None
    except NotFetched as trouble:
        return replace(fetch, reason=f"{fetch.reason}; attachments not looked for: {trouble}"), ()
    if reading is None:
        return fetch, ()
    if reading.left:
        fetch = replace(fetch, reason=f"{fetch.reason}; {reading.left}")
    return fetch, reading.found


def _verified(desk: SiteDesk, fetch: Fetch, link: Link, body: bytes, url: str) -> Fetch:
    """The fetch of a page that no list named clearly, as the report that it says it is; else as none, whose body counts
    for nothing. That the newest year has none yet is no trouble."""
    named = name_report(body, url, link.year)
    if named.is_report:
        return replace(fetch, title=named.title or fetch.title)
    is_awaited = link.reason == BY_YEAR and link.year == last_year(desk.clock)
    outcome = "not_found" if is_awaited else "not_a_report"
    return replace(
        fetch, outcome=outcome, reason=named.reason, sha256=None, etag=None, last_modified=None
    )
