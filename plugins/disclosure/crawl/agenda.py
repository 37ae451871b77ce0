"""Which of a site's addresses are looked at tonight: requests are spent where reports are due.

Reports are due from January to April. In these months every list is read every night, and so are the reports of the
year that is due, which are corrected most often. Otherwise a list is read once a week, and a report is looked at again
after `look_again_days` at the latest, so that a silent revision is found within thirty days. What is new, what changed
the last time and what gave trouble is looked at the next night, at any time of the year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from itertools import chain
from zlib import crc32

from disclosure.crawl.lists import Link, each_year, page_address
from disclosure.crawl.outcomes import UNSETTLED
from disclosure.crawl.titles import judge_title
from disclosure.records import Fetch, ListPage, Site

LIST_DAYS = 7
_MONTHS = range(1, 5)
_SHANGHAI = timezone(timedelta(hours=8))
_SLACK = timedelta(
    hours=6
)  # nights do not begin to the minute, and what is due must not wait for another

KNOWN_REPORT = "known from an earlier night"


class Agenda:
    """What is due of one site. `known` is the latest fetch of each address from earlier nights."""

    def __init__(self, site: Site, known: Mapping[str, Fetch], now: datetime) -> None:
        self._site, self._known, self._now = site, known, now
        today = now.astimezone(_SHANGHAI).date()
        self._is_season = today.month in _MONTHS
        self._due_year = today.year - 1
        self._unsettled = {
            fetch.page
            for fetch in known.values()
            if fetch.taken_for == "attachment" and fetch.outcome in UNSETTLED
        }

    def lists(self) -> list[ListPage]:
        """The lists to read tonight, the one that was left longest first, so that each has its turn."""
        due = [page for page in self._lists() if self._is_list_due(page)]
        return sorted(due, key=lambda page: self._last_look(page_address(page, 1)))

    def reports(self, links: Iterable[Link]) -> list[Link]:
        """Of the reports that tonight's lists link to, and of those known from earlier nights, the ones to look at
        tonight: first what is new or was not reached the last time, then what was left longest. What failed comes late,
        so that the same few pages cannot close their host night after night before the others had their turn."""
        known = {link.url: link for link in self._known_reports()}
        every = known | {link.url: link for link in links}
        due = [link for link in every.values() if self._is_due(link)]
        return sorted(due, key=lambda link: self._last_look(link.url))

    def _is_due(self, link: Link) -> bool:
        """Whether a report is looked at tonight."""
        last = self._known.get(link.url)
        if last is None or self._is_open(last) or link.url in self._unsettled:
            return True
        if self._is_season and link.year == self._due_year:
            return True
        return self._age(last) >= _spread(self._site.look_again_days, last)

    def _known_reports(self) -> Iterator[Link]:
        """The reports that earlier nights knew of, also those that no list links to any more."""
        lists = {page_address(page, 1) for page in self._lists()}
        for url, fetch in self._known.items():
            is_none = fetch.outcome in ("other_address", "elsewhere", "not_a_report")
            if fetch.taken_for == "report" and not is_none and url not in lists:
                title = fetch.title or ""
                yield Link(url, title, judge_title(title).year, KNOWN_REPORT)

    def _lists(self) -> Iterator[ListPage]:
        return chain.from_iterable(each_year(page, self._due_year) for page in self._site.lists)

    def _is_list_due(self, page: ListPage) -> bool:
        last = self._known.get(page_address(page, 1))
        if last is None or self._is_season or self._is_open(last):
            return True
        return self._age(last) >= timedelta(days=min(LIST_DAYS, self._site.look_again_days))

    def _last_look(self, url: str) -> float:
        last = self._known.get(url)
        return 0.0 if last is None or last.outcome == "not_crawled" else last.fetched_at.timestamp()

    def _is_open(self, last: Fetch) -> bool:
        """Whether the last answer left something open: another may come tomorrow, or what came has just changed."""
        return last.outcome in UNSETTLED or last.outcome == "stored"

    def _age(self, last: Fetch) -> timedelta:
        return self._now - last.fetched_at + _SLACK


def _spread(days: int, last: Fetch) -> timedelta:
    """A time from half of `days` to all of it, by chance but always the same: what was first seen in one night is not
    all due in one night again."""
    share = crc32(f"{last.url} {last.run}".encode()) / 2**32
    return timedelta(days=days * (1 - share / 2))
