"""The gate before every request: the site's own hosts, what their robots.txt allows, and hosts that are left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from disclosure.crawl.addresses import names_this_network
from disclosure.crawl.asking import SiteDesk
from disclosure.crawl.client import Client
from disclosure.crawl.hosts import host_of, hosts_of
from disclosure.crawl.outcomes import NOT_REQUESTED, REFUSALS, WITH_BODY, NotFetched
from disclosure.crawl.robots import Robots, robots_address
from disclosure.records import Fetch, Site

REFUSALS_IN_A_ROW = 3
"""After so many a host is left alone for the night: it is in trouble, and we would only add to it."""

NIGHT_SECONDS = 5 * 3600
"""What a night may spend on waiting for one host: its budget is the number of requests that fit in at its delay."""


class GroupGate:
    """The gate of sites that share hosts. Reads each host's robots.txt before anything else is asked of it.

    What a host has answered is known from the fetches of this night, so that a task that was killed and started again
    leaves alone what it left alone before. The next night begins anew.
    """

    def __init__(self, sites: Sequence[Site], client: Client, desks: dict[str, SiteDesk]) -> None:
        self._client = client
        self._desks = desks
        self._robots: dict[str, Robots] = {}
        self._closed: dict[str, str] = {}  # host → why it is left alone tonight
        self._refusals: Counter[str] = Counter()
        self._requests: Counter[str] = Counter()
        for site in sites:
            for host in hosts_of(site):
                self._set_terms(site, host)
        done = [fetch for desk in desks.values() for fetch in desk.done.values()]
        for fetch in sorted(done, key=attrgetter("fetched_at")):
            self.note(fetch)
            client.rest(host_of(fetch.url))

    def check(self, site: Site, url: str) -> None:
        """Let a site's address pass, or raise NotFetched saying why not."""
        self._check_host(site, url)
        if not self._robots_of(site, url).allows(url):
            raise NotFetched("refused_by_robots", "robots.txt forbids it", url)
        if self._is_spent(url):
            words = (
                f"{host_of(url)} has had as many requests as its delay leaves room for in a night"
            )
            raise NotFetched("not_crawled", words, url)

    def note(self, fetch: Fetch) -> None:
        """Take note of how a host answered; when it refused too often in a row, or asks to wait, leave it alone."""
        host = host_of(fetch.url)
        if fetch.outcome in NOT_REQUESTED:
            return
        self._requests[host] += 1
        if fetch.outcome == "asked_to_wait":
            self._closed.setdefault(host, fetch.reason)
        if fetch.taken_for == "robots":
            return  # no robots.txt is no trouble; one that does not answer closes the host by itself
        self._refusals[host] = self._refusals[host] + 1 if fetch.outcome in REFUSALS else 0
        if self._refusals[host] >= REFUSALS_IN_A_ROW:
            words = f"it refused {REFUSALS_IN_A_ROW} times in a row, at last: {fetch.reason}"
            self._closed.setdefault(host, words)

    def _is_spent(self, url: str) -> bool:
        """Whether the night's budget of an address's host is used up."""
        host = host_of(url)
        return self._requests[host] * self._client.delays.get(host, 0.0) >= NIGHT_SECONDS

    def _set_terms(self, site: Site, host: str) -> None:
        client = self._client
        client.delays[host] = max(site.delay_seconds, client.delays.get(host, 0.0))
        if site.private_network or names_this_network(host):
            client.private.add(host)
        if site.tls is not None:
            client.tls[host] = site.tls

    def _check_host(self, site: Site, url: str) -> None:
        host = host_of(url)
        if host not in hosts_of(site):
            raise NotFetched("off_site", f"leads to {host or url}, which is not the site's", url)
        if host in self._closed:
            raise NotFetched("not_crawled", f"{host} is left alone: {self._closed[host]}", url)

    def _robots_of(self, site: Site, url: str) -> Robots:
        host = host_of(url)
        if host not in self._robots:
            self._robots[host] = self._read_robots(site, url)
            asked = self._robots[host].delay_seconds
            self._client.delays[host] = max(asked, self._client.delays.get(host, 0.0))
        return self._robots[host]

    def _read_robots(self, site: Site, url: str) -> Robots:
        """The rules of the address's host; raises NotFetched, and closes the host, when it gives no clear answer."""
        address = robots_address(url)
        # Written down under the site that came first; after a restart that need not be this one.
        desk = next((d for d in self._desks.values() if address in d.done), self._desks[site.name])
        fetch = desk.record(desk.ask(address, "robots", lambda hop: self._check_host(site, hop)))
        if fetch.outcome in WITH_BODY:
            return Robots(desk.body(fetch), self._client.user_agent)
        if fetch.status is not None and 400 <= fetch.status < 500 and fetch.status != 429:
            return Robots(b"", self._client.user_agent)  # there are no rules
        self._closed[host_of(url)] = f"no answer to {address} ({fetch.reason})"
        self._check_host(site, url)
        raise AssertionError("a closed host is refused")
