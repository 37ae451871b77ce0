"""Who hears what: each address gets one mail about all the places whose findings are led to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from disclosure.alerts.changes import Changes
from disclosure.alerts.findings import NOWHERE, Findings, Place
from disclosure.alerts.memory import Memory
from disclosure.alerts.routes import Route

FILED_BY_PLACE = ("new", "changed", "resolved", "unassessable", "unchecked", "unread", "reservations", "gaps")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Audience:
    """Addresses that hear the same. Without a route of its own it hears what no route takes."""

    addresses: tuple[str, ...]
    own: tuple[Route, ...]  # the routes that lead to it
    others: tuple[
        Route, ...
    ]  # all the routes, when it also hears what they do not take; else empty
    hears_the_rest: bool

    def hears(self, place: Place) -> bool:
        if any(route.takes(place) for route in self.own):
            return True
        return self.hears_the_rest and not any(route.takes(place) for route in self.others)


def find_audiences(default: Sequence[str], routes: Sequence[Route]) -> list[Audience]:
    """Given the addresses of ALERT_TO and the routes, return who hears what; an address is in one audience only."""
    by_share: dict[tuple[bool, tuple[int, ...]], list[str]] = {}
    for address in dict.fromkeys((*default, *(to for route in routes for to in route.to))):
        led = tuple(number for number, route in enumerate(routes) if address in route.to)
        by_share.setdefault((address in default, led), []).append(address)
    return [
        Audience(
            addresses=tuple(addresses),
            own=tuple(routes[number] for number in led),
            others=tuple(routes),
            hears_the_rest=is_default,
        )
        for (is_default, led), addresses in by_share.items()
    ]


def share_of_findings(findings: Findings, audience: Audience) -> Findings:
    """The part of tonight's findings that an audience hears of."""
    hears = audience.hears
    return Findings(
        by_place={place: counts for place, counts in findings.by_place.items() if hears(place)},
        failures=tuple(one for one in findings.failures if hears(one.place)),
        unread=tuple(one for one in findings.unread if hears(one.place)),
        reservations=tuple(one for one in findings.reservations if hears(one.place)),
        causes={key: one for key, one in findings.causes.items() if hears(one.place)},
        gaps=tuple(one for one in findings.gaps if hears(one.place)),
    )


def share_of_changes(changes: Changes, audience: Audience) -> Changes:
    """The part of what is new that an audience hears of. Our own file's entries go where the rest goes."""
    parts = {
        name: tuple(one for one in getattr(changes, name) if audience.hears(one.place))
        for name in FILED_BY_PLACE
    }
    return replace(changes, stale=changes.stale if audience.hears(NOWHERE) else (), **parts)


def share_of_memory(memory: Memory, audience: Audience) -> Memory:
    """The causes that were told, as far as an audience hears of them."""
    causes = {key: one for key, one in memory.causes.items() if audience.hears(one.place)}
    return replace(memory, causes=causes)
