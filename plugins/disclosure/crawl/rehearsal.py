"""A site's lists, walked without keeping anything: what a night would take as reports, what it would leave, and why.

Only the lists are asked for, and the pages that a site file states as reports; never the reports that a list links to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from disclosure.crawl.asking import SiteDesk
from disclosure.crawl.client import Client, Gate
from disclosure.crawl.clock import Clock
from disclosure.crawl.gate import GroupGate
from disclosure.crawl.hosts import hosts_of
from disclosure.crawl.lists import Link, each_year
from disclosure.crawl.outcomes import WITH_BODY, NotFetched
from disclosure.crawl.reports import is_stated, last_year, read_report, stated_pages
from disclosure.crawl.variants import one_per_report
from disclosure.crawl.walk import NOT_YET, THE_END, walk_pages
from disclosure.ledger import NightLog
from disclosure.records import Fetch, ListPage, Site
from disclosure.store import FolderStore


@dataclass(frozen=True, slots=True)
class ListSeen:
    """What came of one list of a site file. `other_addresses` are of reports that are taken at a better one."""

    page: ListPage
    pages: tuple[Fetch, ...]
    taken: tuple[Link, ...]
    other_addresses: tuple[Link, ...]
    left: tuple[Link, ...]
    is_awaited: bool  # a list of the year that is due: it may have nothing yet

    @property
    def trouble(self) -> str:
        """Why nobody would be content with this list; empty when all is well."""
        broken = next((fetch for fetch in self.pages if not _is_fine(fetch)), None)
        if broken is None and not self.taken and not self.is_awaited:
            broken = self.pages[-1]
        if broken is None:
            return ""
        return "no report" if broken.outcome in WITH_BODY else f"{broken.outcome}: {broken.reason}"


def _is_fine(fetch: Fetch) -> bool:
    """A stated page without report is none: another year may have one."""
    is_end = fetch.reason in (THE_END, NOT_YET)
    return fetch.outcome in WITH_BODY or is_end or fetch.taken_for == "report"


def rehearse(site: Site, user_agent: str, clock: Clock) -> list[ListSeen]:
    """Ask for each list of a site, as politely as on a night, and return what would come of it."""
    client = Client(user_agent, clock)
    with TemporaryDirectory() as folder:
        store, log = FolderStore(Path(folder)), NightLog(Path(folder), "0", site.name)
        desk = SiteDesk(site.name, "0", client, store, log, {}, clock)
        gate = partial(GroupGate([site], client, {site.name: desk}).check, site)
        try:
            pages = chain.from_iterable(each_year(page, last_year(clock)) for page in site.lists)
            return [_look(desk, page, hosts_of(site), gate) for page in pages]
        finally:
            client.close()


def _look(desk: SiteDesk, page: ListPage, hosts: frozenset[str], gate: Gate) -> ListSeen:
    if is_stated(page):
        return _look_at_stated_pages(desk, page, hosts, gate)
    walked = list(walk_pages(desk, page, hosts, gate))
    readings = [reading for _, reading in walked if reading is not None]
    itself = [reading.itself for reading in readings if reading.itself is not None]
    chosen = one_per_report([*chain.from_iterable(one.reports for one in readings), *itself])
    best = [_allowed(link, gate) for link, _ in chosen]
    left = dict.fromkeys(chain.from_iterable(one.left for one in readings))
    return ListSeen(
        page,
        tuple(fetch for fetch, _ in walked),
        tuple(link for link in best if link.year is not None),
        tuple(chain.from_iterable(others for _, others in chosen)),
        (*(link for link in best if link.year is None), *left),
        page.first_year == last_year(desk.clock),
    )


def _allowed(link: Link, gate: Gate) -> Link:
    try:
        gate(link.url)
    except NotFetched as trouble:
        return replace(link, year=None, reason=str(trouble))
    return link


def _look_at_stated_pages(
    desk: SiteDesk, page: ListPage, hosts: frozenset[str], gate: Gate
) -> ListSeen:
    fetches, taken = [], []
    for link in stated_pages(desk, page):
        fetch, _ = read_report(desk, desk.ask(link.url, "report", gate), link, hosts)
        fetches.append(desk.record(fetch))
        if fetch.outcome in WITH_BODY:
            taken.append(Link(link.url, fetch.title or "", link.year, link.reason))
    return ListSeen(page, tuple(fetches), tuple(taken), (), (), is_awaited=False)
