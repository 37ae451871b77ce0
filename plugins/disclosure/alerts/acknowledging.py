"""Acknowledged failures against tonight's: which keep silent, and which entries of the file are out of date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from disclosure.alerts.findings import Failure
from disclosure.alerts.memory import plain
from disclosure.quality.acknowledged import Acknowledgement


@dataclass(frozen=True, slots=True)
class StaleEntry:
    """An entry that does not describe a failure as it is now."""

    entry: Acknowledgement
    kind: Literal["stale_changed", "stale_holds", "stale_unassessable", "stale_unknown"]
    now: str = ""  # the numbers, where it fails with others

    @property
    def key(self) -> str:
        return f"{self.entry.key}|{self.entry.lhs}|{self.entry.rhs}|{self.kind}|{self.now}"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """`silenced` holds keys of failures that somebody has looked at, with these very numbers."""

    silenced: frozenset[str] = frozenset()
    stale: tuple[StaleEntry, ...] = ()


def weigh(
    entries: Iterable[Acknowledgement], failures: Iterable[Failure], statuses: Mapping[str, str]
) -> Acknowledged:
    """Given the entries, tonight's failures, and today's status of what the entries name, say what they do."""
    failing = {failure.key: failure for failure in failures}
    silenced, stale = set(), []
    for entry in entries:
        failure = failing.get(entry.key)
        if failure is None:
            stale.append(StaleEntry(entry, _GONE[statuses.get(entry.key, "")]))
        elif (failure.lhs, failure.rhs) == (entry.lhs, entry.rhs):
            silenced.add(entry.key)
        else:
            sides = [plain(side) for side in (failure.lhs, failure.rhs) if side is not None]
            stale.append(StaleEntry(entry, "stale_changed", " ≠ ".join(sides)))
    return Acknowledged(frozenset(silenced), tuple(stale))


_GONE: dict[str, Literal["stale_holds", "stale_unassessable", "stale_unknown"]] = {
    "pass": "stale_holds",
    "not_assessable": "stale_unassessable",
    "": "stale_unknown",
}
