"""From page to page: walk a list from its first page to its last for its reports, and a report's page for its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta, timezone

from disclosure.crawl.asking import SiteDesk
from disclosure.crawl.attachments import Attachment, find_attachments
from disclosure.crawl.client import Gate
from disclosure.crawl.clock import Clock
from disclosure.crawl.families import FAMILIES
from disclosure.crawl.lists import (
    TO_BE_SEEN,
    Link,
    ListReading,
    find_reports,
    goes_by_number,
    page_address,
)
from disclosure.crawl.outcomes import WITH_BODY, NotFetched
from disclosure.crawl.report_page import name_report
from disclosure.crawl.variants import one_per_report
from disclosure.records import Fetch, ListPage

BY_YEAR = "asked for by its year"
THE_END = "the list ends before this page"
NOT_YET = "the list of this year is not there yet"
BY_ADDRESS = "stated in the site file"

_SHANGHAI = timezone(timedelta(hours=8))


@dataclass(slots=True)
class _Walk:
    """How far a walk has come."""

    page: ListPage
    is_awaited: bool = False  # a list of the year that is due: it may not be there yet, or be empty
    number: int = 0  # pages walked
    reports: int = 0
    pages: int | None = None  # as the first page says
    asked: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)  # addresses linked so far


def walk_list(desk: SiteDesk, page: ListPage, hosts: frozenset[str], gate: Gate) -> Iterator[Link]:
    """Yield the reports of a list, page by page, and the entries that stand elsewhere. Each page is one fetch; the last
    one of a list without any report has the outcome no_reports, which is an error: every list has some."""
    if is_stated(page):
        yield from stated_pages(desk, page)
        return
    for _, reading in walk_pages(desk, page, hosts, gate):
        if reading is not None:
            yield from reading.reports
            yield from (link for link in reading.left if link.is_elsewhere)
            if reading.itself is not None:
                yield reading.itself


def walk_pages(
    desk: SiteDesk, page: ListPage, hosts: frozenset[str], gate: Gate
) -> Iterator[tuple[Fetch, ListReading | None]]:
    """Yield the pages of a list from the first to the last: how each was fetched, and what stands on it."""
    walk = _Walk(page, is_awaited=page.first_year == last_year(desk.clock))
    url: str | None = page_address(page, 1)
    while url is not None:
        fetch, reading = _read_page(desk, url, page, hosts, gate)
        following = _following(walk, url, reading)
        yield desk.record(_judged(walk, fetch, reading, following)), reading
        url = following if walk.number < page.max_pages else None


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
    if (
        link.reason == BY_YEAR
    ):  # quality.visits counts such a page for the list that the site does not have
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
    if named.reason == "a file" or named.year is not None:
        return replace(fetch, title=named.title or fetch.title)
    is_awaited = link.reason == BY_YEAR and link.year == last_year(desk.clock)
    outcome = "not_found" if is_awaited else "not_a_report"
    return replace(
        fetch, outcome=outcome, reason=named.reason, sha256=None, etag=None, last_modified=None
    )


def _read_page(
    desk: SiteDesk, url: str, page: ListPage, hosts: frozenset[str], gate: Gate
) -> tuple[Fetch, ListReading | None]:
    fetch = desk.ask(url, "list", gate, as_form=FAMILIES[page.cms].is_form)
    if fetch.outcome not in (*WITH_BODY, "no_reports") or fetch.sha256 is None:
        return fetch, None
    try:
        return fetch, find_reports(desk.body(fetch), fetch.final_url or url, page, hosts)
    except NotFetched as trouble:
        return replace(fetch, outcome=trouble.outcome, reason=str(trouble)), None


def _following(walk: _Walk, url: str, reading: ListReading | None) -> str | None:
    """The address of the page after this one; None at the end of the list. Takes note of the page."""
    walk.number += 1
    walk.asked.add(url)
    if reading is None:
        return None
    links = {link.url for link in (*reading.reports, *reading.left)}
    has_new_links = bool(links - walk.seen)
    walk.seen |= links
    walk.reports += len(reading.reports) + (reading.itself is not None)
    if walk.number == 1:
        walk.pages = reading.pages
    address = _next_address(walk, reading, has_new_links)
    return None if address in walk.asked else address


def _next_address(walk: _Walk, reading: ListReading, has_new_links: bool) -> str | None:
    # Some sites answer any number with their last page, so a page that shows nothing new is the end.
    goes_on = has_new_links if walk.pages is None else walk.number < walk.pages
    if goes_by_number(walk.page):
        return page_address(walk.page, walk.number + 1) if goes_on else None
    return reading.next_link if goes_on else None


def _judged(walk: _Walk, fetch: Fetch, reading: ListReading | None, following: str | None) -> Fetch:
    """The fetch of a list page, as it is written down."""
    if reading is not None and reading.itself is not None:
        itself = reading.itself
        return replace(fetch, taken_for="report", title=itself.title, reason=itself.reason)
    is_past_the_end = fetch.outcome == "not_found" and walk.number > 1 and walk.pages is None
    if is_past_the_end:
        fetch = replace(fetch, reason=THE_END)
    if fetch.outcome == "not_found" and walk.number == 1 and walk.is_awaited:
        return replace(fetch, reason=NOT_YET)
    has_ended = following is None and (reading is not None or is_past_the_end)
    if has_ended and walk.reports == 0 and not walk.is_awaited:
        words = f"no report among the links of {walk.number} list page(s)"
        return replace(fetch, outcome="no_reports", reason=words)
    if following is not None and walk.number >= walk.page.max_pages:
        return replace(fetch, reason=f"{fetch.reason}; not read further than {walk.number} pages")
    return fetch
