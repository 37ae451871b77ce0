"""Tonight's findings against what the last mail said: what is new, changed, resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from disclosure.alerts.acknowledging import Acknowledged, StaleEntry
from disclosure.alerts.findings import TOLD, Failure, Findings, Gap, Place, Reservation, Unread
from disclosure.alerts.memory import Memory, Said, say


@dataclass(frozen=True, slots=True)
class Changed:
    """A failure that was told before with other numbers."""

    now: Failure
    before: Said

    @property
    def place(self) -> Place:
        return self.now.place


@dataclass(frozen=True, slots=True)
class Changes:
    new: tuple[Failure, ...]
    changed: tuple[Changed, ...]
    resolved: tuple[Said, ...]  # failed when last told, holds now
    unassessable: tuple[Said, ...]  # failed when last told, a side is missing now
    unchecked: tuple[Said, ...]  # the rule is not held against the report any more
    unread: tuple[Unread, ...]  # documents, not told before
    reservations: tuple[Reservation, ...]  # not told before
    gaps: tuple[Gap, ...] = ()  # in coverage, not told before
    stale: tuple[StaleEntry, ...] = ()  # entries of acknowledged.yaml, not told before

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, name) for name in self.__slots__)


def gone(findings: Findings, memory: Memory) -> tuple[Said, ...]:
    """What was told as failing and does not fail now."""
    failing = {failure.key for failure in findings.failures if failure.severity in TOLD}
    return tuple(said for key, said in sorted(memory.failures.items()) if key not in failing)


NOTHING_ACKNOWLEDGED = Acknowledged()


def compare(
    findings: Findings,
    memory: Memory,
    statuses: Mapping[str, str],
    acknowledged: Acknowledged = NOTHING_ACKNOWLEDGED,
) -> Changes:
    """Given the findings, the memory, and today's status of what is `gone`, return the changes.

    An acknowledged failure is neither new nor changed; that it is resolved is told.
    """
    by_status: defaultdict[str, list[Said]] = defaultdict(list)
    for said in gone(findings, memory):
        by_status[statuses.get(said.key, "")].append(said)
    return Changes(
        new=tuple(one for one in _told(findings, acknowledged) if _is_new(one, memory)),
        changed=tuple(_changed(findings, memory, acknowledged)),
        resolved=tuple(by_status["pass"]),
        unassessable=tuple(by_status["not_assessable"]),
        unchecked=tuple(by_status[""]),
        unread=tuple(one for one in findings.unread if one.key not in memory.unread),
        reservations=tuple(
            one for one in findings.reservations if one.key not in memory.reservations
        ),
        gaps=tuple(one for one in findings.gaps if one.key not in memory.gaps),
        stale=tuple(one for one in acknowledged.stale if one.key not in memory.stale),
    )


def _told(findings: Findings, acknowledged: Acknowledged) -> Iterator[Failure]:
    """What is listed at all: an info is counted, and what is acknowledged is silent."""
    for failure in findings.failures:
        if failure.severity in TOLD and failure.key not in acknowledged.silenced:
            yield failure


def _is_new(failure: Failure, memory: Memory) -> bool:
    before = memory.failures.get(failure.key)
    if before is None:
        return True
    # Acknowledged before it was ever told, and the entry is gone: nobody has heard of it.
    return failure.key in memory.silenced and _sides(say(failure)) == _sides(before)


def _changed(findings: Findings, memory: Memory, acknowledged: Acknowledged) -> Iterator[Changed]:
    for failure in _told(findings, acknowledged):
        before = memory.failures.get(failure.key)
        if before is not None and _sides(say(failure)) != _sides(before):
            yield Changed(failure, before)


def _sides(said: Said) -> tuple[str, str]:
    return said.lhs, said.rhs
