"""Hosts of addresses and sites. A host is name and port: what is visited strictly one request at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from disclosure.records import Site

_PORTS = {"http": 80, "https": 443}


def host_of(url: str) -> str:
    """The host of an address: lower case, without the port that its scheme has anyway; empty when it has none."""
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port
    except ValueError:  # a port or bracket that makes no sense
        return ""
    if port is None or port == _PORTS.get(parts.scheme):
        return name
    return f"{name}:{port}"


def hosts_of(site: Site) -> frozenset[str]:
    """The hosts that a site's lists stand on, and those that its file adds: the only ones that are followed for it."""
    named = (*(host_of(page.url) for page in site.lists), *site.hosts)
    return frozenset(host for name in named for host in (name, *_twin(name)))


def _twin(host: str) -> tuple[str, ...]:
    """Agencies' sites lead from a.gov.cn to www.a.gov.cn or back; whoever has the one name has the other."""
    if not host.endswith(".gov.cn"):
        return ()
    return (host.removeprefix("www.") if host.startswith("www.") else f"www.{host}",)


def group_by_host(sites: Iterable[Site]) -> list[list[Site]]:
    """Sites in groups of which no two share a host; within a group they keep their order."""
    groups: list[tuple[set[str], list[Site]]] = []
    for site in sites:
        hosts: set[str] = set(hosts_of(site))
        touched = [group for group in groups if group[0] & hosts]
        members = [member for group in touched for member in group[1]]
        groups = [group for group in groups if group not in touched]
        groups.append((hosts.union(*(group[0] for group in touched)), [*members, site]))
    return [members for _, members in groups]


def fill_batches(groups: Sequence[list[Site]], per_batch: int) -> list[list[Site]]:
    """Groups put together into batches of at most `per_batch` sites; a group is never divided, however large."""
    batches: list[list[Site]] = []
    for group in groups:
        if batches and len(batches[-1]) + len(group) <= per_batch:
            batches[-1] = batches[-1] + group
        else:
            batches.append(group)
    return batches
