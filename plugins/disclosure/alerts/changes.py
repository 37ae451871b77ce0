"""Tonight's findings against what the last mail said: what is new, changed, resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.alerts.acknowledging import Acknowledged, StaleEntry
from disclosure.alerts.findings import Failure, Findings, Reservation, Unread
from disclosure.alerts.memory import Memory, Said, say


@dataclass(frozen=True, slots=True)
class Changed:
    """A failure that was told before with other numbers."""

    now: Failure
    before: Said


@dataclass(frozen=True, slots=True)
class Changes:
    new: tuple[Failure, ...]
    changed: tuple[Changed, ...]
    resolved: tuple[Said, ...]  # failed when last told, holds now
    unassessable: tuple[Said, ...]  # failed when last told, a side is missing now
    unchecked: tuple[Said, ...]  # the rule is not held against the report any more
    unread: tuple[Unread, ...]  # documents, not told before
    reservations: tuple[Reservation, ...]  # not told before
    stale: tuple[StaleEntry, ...] = ()  # entries of acknowledged.yaml, not told before

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, name) for name in self.__slots__)


def gone(findings: Findings, memory: Memory) -> tuple[Said, ...]:
    """What was told as failing and does not fail now."""
    failing = {failure.key for failure in findings.failures}
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
    by_status: dict[str, list[Said]] = {"pass": [], "not_assessable": [], "": []}
    for said in gone(findings, memory):
        by_status[statuses.get(said.key, "")].append(said)
    return Changes(
        new=tuple(
            one
            for one in findings.failures
            if one.key not in memory.failures and one.key not in acknowledged.silenced
        ),
        changed=tuple(
            one for one in _changed(findings, memory) if one.now.key not in acknowledged.silenced
        ),
        resolved=tuple(by_status["pass"]),
        unassessable=tuple(by_status["not_assessable"]),
        unchecked=tuple(by_status[""]),
        unread=tuple(one for one in findings.unread if one.key not in memory.unread),
        reservations=tuple(
            one for one in findings.reservations if one.key not in memory.reservations
        ),
        stale=tuple(one for one in acknowledged.stale if one.key not in memory.stale),
    )


def _changed(findings: Findings, memory: Memory) -> list[Changed]:
    pairs = [
        Changed(failure, memory.failures[failure.key])
        for failure in findings.failures
        if failure.key in memory.failures
    ]
    return [pair for pair in pairs if _sides(say(pair.now)) != _sides(pair.before)]


def _sides(said: Said) -> tuple[str, str]:
    return said.lhs, said.rhs
