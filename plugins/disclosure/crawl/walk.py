"""From page to page: walk a list from its first page to its last for its reports, and a report's page for its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from disclosure.crawl.asking import SiteDesk
from disclosure.crawl.attachments import Attachment, find_attachments
from disclosure.crawl.client import Gate
from disclosure.crawl.lists import Link, ListReading, find_reports, is_pattern, page_address
from disclosure.crawl.outcomes import WITH_BODY, NotFetched
from disclosure.records import Fetch, ListPage


@dataclass(slots=True)
class _Walk:
    """How far a walk has come."""

    page: ListPage
    number: int = 0  # pages walked
    reports: int = 0
    pages: int | None = None  # as the first page says
    asked: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)  # addresses linked so far


def walk_list(desk: SiteDesk, page: ListPage, hosts: frozenset[str], gate: Gate) -> Iterator[Link]:
    """Yield the reports of a list, page by page. Each page is one fetch; the last one of a list without any report
    has the outcome no_reports, which is an error: every list has some."""
    walk = _Walk(page)
    url: str | None = page.url
    while url is not None:
        fetch, reading = _read_page(desk, url, page, hosts, gate)
        following = _following(walk, url, reading)
        desk.record(_judged(walk, fetch, reading, following))
        if reading is not None:
            yield from reading.reports
        url = following if walk.number < page.max_pages else None


def read_attachments(
    desk: SiteDesk, fetch: Fetch, hosts: frozenset[str]
) -> tuple[Fetch, tuple[Attachment, ...]]:
    """Given the fetch of a report's page, return it with what is to be said of its files, and the files to follow."""
    if fetch.outcome not in WITH_BODY:
        return fetch, ()
    try:
        reading = find_attachments(desk.body(fetch), fetch.final_url or fetch.url, hosts)
    except NotFetched as trouble:
        return replace(fetch, reason=f"{fetch.reason}; attachments not looked for: {trouble}"), ()
    if reading.left:
        fetch = replace(fetch, reason=f"{fetch.reason}; {reading.left}")
    return fetch, reading.found


def _read_page(
    desk: SiteDesk, url: str, page: ListPage, hosts: frozenset[str], gate: Gate
) -> tuple[Fetch, ListReading | None]:
    fetch = desk.ask(url, "list", gate)
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
    walk.reports += len(reading.reports)
    if walk.number == 1:
        walk.pages = reading.pages
    address = _next_address(walk, reading, has_new_links)
    return None if address in walk.asked else address


def _next_address(walk: _Walk, reading: ListReading, has_new_links: bool) -> str | None:
    if walk.page.next is None or not is_pattern(walk.page.next):
        return reading.next_link
    # Some sites answer any number with their last page, so a page that shows nothing new is the end.
    goes_on = has_new_links if walk.pages is None else walk.number < walk.pages
    return page_address(walk.page, walk.number + 1) if goes_on else None


def _judged(walk: _Walk, fetch: Fetch, reading: ListReading | None, following: str | None) -> Fetch:
    """The fetch of a list page, as it is written down."""
    is_past_the_end = fetch.outcome == "not_found" and walk.number > 1 and walk.pages is None
    if is_past_the_end:
        fetch = replace(fetch, reason="the list ends before this page")
    has_ended = following is None and (reading is not None or is_past_the_end)
    if has_ended and walk.reports == 0:
        words = f"no report among the links of {walk.number} list page(s)"
        return replace(fetch, outcome="no_reports", reason=words)
    if following is not None and walk.number >= walk.page.max_pages:
        return replace(fetch, reason=f"{fetch.reason}; not read further than {walk.number} pages")
    return fetch
