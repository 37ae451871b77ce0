"""From page to page: walk a list from its first page to its last for its reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from disclosure.crawl.asking import SiteDesk
from disclosure.crawl.client import Gate
from disclosure.crawl.families import FAMILIES
from disclosure.crawl.lists import (
    Link,
    ListReading,
    find_reports,
    goes_by_number,
    page_address,
)
from disclosure.crawl.outcomes import WITH_BODY, NotFetched
from disclosure.crawl.reports import is_stated, last_year, stated_pages
from disclosure.records import Fetch, ListPage

THE_END = "the list ends before this page"
NOT_YET = "the list of this year is not there yet"


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
