"""Visits: which sites go together, and one night's visit of some of them.

Sites that share a host form a group. Groups are visited side by side, each by one thread that asks one thing at a time:
robots.txt, the lists that are due, then the reports that are due, each followed by its attachments. Every fetch is
written down as it is made, so that a killed visit goes on where it was.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from disclosure.crawl.agenda import Agenda
from disclosure.crawl.asking import SiteDesk
from disclosure.crawl.client import Client
from disclosure.crawl.clock import Clock
from disclosure.crawl.gate import GroupGate
from disclosure.crawl.hosts import fill_batches, group_by_host, hosts_of
from disclosure.crawl.introduction import check_user_agent
from disclosure.crawl.limits import Limits
from disclosure.crawl.reports import one_address_each, read_report
from disclosure.crawl.sites import load_sites
from disclosure.crawl.walk import walk_list
from disclosure.errors import SiteFileError
from disclosure.ledger import NightLog, known
from disclosure.records import Site
from disclosure.settings import Settings
from disclosure.store import FolderStore

GROUPS_AT_ONCE = 64
"""Threads of one batch; each waits most of its time."""

logger = logging.getLogger(__name__)


def plan_visits(sites: Iterable[Site], per_batch: int) -> list[list[str]]:
    """Names of sites in batches of about `per_batch`, so that no two batches share a host: they may run anywhere."""
    batches = fill_batches(group_by_host(sites), per_batch)
    return [[site.name for site in batch] for batch in batches]


def visit_batch(
    names: Sequence[str],
    settings: Settings,
    run: str,
    clock: Clock | None = None,
    limits: Limits | None = None,
) -> dict[str, int]:
    """Visit some sites on one night and return how many fetches had which outcome, counting those made before a restart.

    A site that gives trouble has rows that say so. An error of ours in one site lets the others finish and is raised
    at the end, as an ExceptionGroup.
    """
    sites = _pick(load_sites(settings.sites), names)
    check_user_agent(settings.user_agent, sites)
    groups = group_by_host(sites)
    stopping = threading.Event()
    terms = clock or Clock(), limits or Limits()
    visits = [_GroupVisit(group, settings, run, *terms, stopping) for group in groups]
    if not visits:
        return {}
    with ThreadPoolExecutor(min(len(visits), GROUPS_AT_ONCE)) as threads:
        try:
            errors = [error for found in threads.map(_GroupVisit.visit, visits) for error in found]
        finally:  # when the task is being stopped, so are the threads, after their request
            stopping.set()
    if errors:
        raise ExceptionGroup(f"the visits of {len(errors)} site(s) broke off", errors)
    outcomes = Counter(outcome for visit in visits for outcome in visit.outcomes())
    return dict(sorted(outcomes.items()))


def _pick(sites: Sequence[Site], names: Sequence[str]) -> list[Site]:
    by_name = {site.name: site for site in sites}
    if missing := [name for name in names if name not in by_name]:
        raise SiteFileError(f"no site file describes {', '.join(missing)}")
    return [by_name[name] for name in names]


class _GroupVisit:
    """Sites that share hosts, visited one request at a time."""

    def __init__(
        self,
        sites: Sequence[Site],
        settings: Settings,
        run: str,
        clock: Clock,
        limits: Limits,
        stopping: threading.Event,
    ) -> None:
        self._sites = sites
        self._clock = clock
        self._stopping = stopping
        self._client = Client(settings.user_agent, clock, limits)
        store = FolderStore(settings.objects)
        self._desks = {
            site.name: SiteDesk(
                site=site.name,
                run=run,
                client=self._client,
                store=store,
                log=NightLog(settings.fetches, run, site.name),
                known=known(settings.fetches, site.name),
                clock=clock,
            )
            for site in sites
        }
        self._gate = GroupGate(sites, self._client, self._desks)
        for desk in self._desks.values():
            desk.heard = self._gate.note

    def visit(self) -> list[Exception]:
        """Visit each site; return the errors of ours that broke a visit off."""
        errors: list[Exception] = []
        for site in self._sites:
            try:
                self._visit_site(site)
            # Whatever breaks one site's visit off, a fault of ours included, must not cost the others theirs;
            # visit_batch raises it in the end.
            except Exception as error:
                logger.exception("the visit of %s broke off", site.name)
                errors.append(error)
        self._client.close()
        return errors

    def outcomes(self) -> Iterable[str]:
        return (fetch.outcome for desk in self._desks.values() for fetch in desk.done.values())

    def _visit_site(self, site: Site) -> None:
        desk, hosts = self._desks[site.name], hosts_of(site)
        gate = partial(self._pass, site)
        agenda = Agenda(site, desk.known, self._clock.now())
        found = (link for page in agenda.lists() for link in walk_list(desk, page, hosts, gate))
        listed = one_address_each(desk, found)
        reports = {link.url: link for link in agenda.reports(listed)}
        for link in reports.values():
            fetch = desk.ask(link.url, "report", gate, link.title or None)
            fetch, attachments = read_report(desk, fetch, link, hosts)
            desk.record(fetch)
            for one in attachments:
                if one.url not in reports:
                    fetch = desk.ask(one.url, "attachment", gate, one.title, page=link.url)
                    desk.record(fetch)

    def _pass(self, site: Site, url: str) -> None:
        if self._stopping.is_set():
            raise InterruptedError("the task is being stopped")
        self._gate.check(site, url)
