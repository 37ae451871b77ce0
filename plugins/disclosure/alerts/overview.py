"""The counts that a mail leads with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from disclosure.alerts.causes import CauseCounts
from disclosure.alerts.changes import Changes
from disclosure.alerts.findings import GAPS, TOLD, Findings


@dataclass(frozen=True, slots=True)
class News:
    """What a mail is made of."""

    findings: Findings
    changes: Changes
    causes: CauseCounts
    acknowledged: int = 0  # failures that somebody has looked at: silent
    stale: int = 0  # entries of acknowledged.yaml that are out of date


class Count(NamedTuple):
    what: str
    number: str
    since: str = ""  # what of it is new, changed, resolved since the last mail


def count_all(news: News, words: dict[str, str]) -> Iterator[Count]:
    counts, changes = news.findings.counts, news.changes
    yield _count(words["reports_read"], counts.reports)
    yield _count(words["documents_unread"], counts.unread, words, new=len(changes.unread))
    yield _count(words["cells_read"], counts.cells_read)
    yield _count(words["cells_unread"], counts.cells_not_read)
    yield _count(
        words["causes"],
        len(news.findings.causes),
        words,
        new=news.causes.new,
        changed=news.causes.changed,
        resolved=news.causes.resolved,
    )
    for severity in TOLD:
        yield _count(
            words[f"failing_{severity}"],
            counts.failing[severity],
            words,
            new=sum(one.severity == severity for one in changes.new),
            changed=sum(one.now.severity == severity for one in changes.changed),
            resolved=sum(one.severity == severity for one in changes.resolved),
        )
    yield _count(words["failing_info"], counts.infos)
    yield _count(words["not_assessable"], counts.not_assessable)
    for kind in GAPS:
        if standing := sum(gap.kind == kind for gap in news.findings.gaps):
            new = sum(gap.kind == kind for gap in changes.gaps)
            yield _count(words[kind], standing, words, new=new)
    if counts.not_reached:
        yield _count(words["not_reached"], counts.not_reached)
    if news.acknowledged:
        yield _count(words["acknowledged"], news.acknowledged)
    if news.stale:
        yield _count(words["stale_standing"], news.stale)


def _count(what: str, count: int, words: dict[str, str] | None = None, **since: int) -> Count:
    told = (
        [words[name].format(count=f"{of:,}") for name, of in since.items() if of] if words else []
    )
    return Count(what, f"{count:,}", words["join"].join(told) if words else "")
