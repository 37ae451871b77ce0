"""What the facts of a site file must be, one by one and together. crawl/sites.py says where in the file they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import soupsieve
from stdnum.cn import uscc

from disclosure.crawl.families import FAMILIES, family_of
from disclosure.crawl.hosts import host_of, hosts_of
from disclosure.crawl.lists import is_pattern
from disclosure.records import Agency, ListPage, Site, Tls

LEVELS = ("state", "province", "prefecture", "county", "township")


def disagreements(record: Agency | ListPage | Site | Tls) -> Iterator[tuple[str, str]]:
    """What is wrong with facts that are right one by one: the key to show, and what is allowed."""
    if isinstance(record, ListPage):
        yield from _of_a_list(record)
    elif isinstance(record, Site):
        yield from _of_a_site(record)


def _of_a_list(page: ListPage) -> Iterator[tuple[str, str]]:
    family, given = FAMILIES[page.cms], dict(page.parameters)
    for name in given:
        if name not in family.parameters:
            allowed = ", ".join(family.parameters) or f"none for {page.cms}"
            yield "parameters", f"unknown parameter {name!r}; allowed here: {allowed}"
    missing = [
        name for name, value in family.parameters.items() if value is None and name not in given
    ]
    if missing:
        yield "cms", f"{page.cms} needs parameters: {', '.join(missing)}"
    if page.cms == "hanweb-year" and "{year}" not in page.url:
        yield "url", "hanweb-year needs {year} in the address, where the year stands"
    if page.next and (family.way == "page" or family.request):
        yield "next", f"next is not for {page.cms}, which knows its following pages"
    if page.contains and family.way == "page":
        yield "contains", f"contains is not for {page.cms}, which has no list"
    if page.link and family_of(page).way != "links":
        yield "link", f"link is not for {page.cms}, which reads no links"


def _of_a_site(site: Site) -> Iterator[tuple[str, str]]:
    """Copies of agencies' sites stand on hijacked hosts; none may slip in as a source."""
    others = sorted(host for host in hosts_of(site) if not is_official(host))
    if others and not site.unofficial_host and not site.private_network:
        yield (
            "lists",
            f"{', '.join(others)}: hosts end in .gov.cn; one that does not needs unofficial_host: the "
            "reason why it is the agencies' own (or private_network: the reason why it is near this machine)",
        )


def is_official(host: str) -> bool:
    """Whether only a government body of China can have registered this host's name; this machine has none."""
    name = host.partition(":")[0]
    return name in ("127.0.0.1", "localhost", "gov.cn") or name.endswith(".gov.cn")


def _is_selector(text: str) -> bool:
    try:
        soupsieve.compile(text)
    except soupsieve.SelectorSyntaxError:
        return False
    return True


def _is_next(text: str) -> bool:
    return is_pattern(text) or _is_selector(text)


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and bool(host_of(text))


def _are_hosts(names: tuple[str, ...]) -> bool:
    return all(name and host_of(f"http://{name}/") == name for name in names)


def _is_key(key: str) -> bool:
    """Eighteen characters are a credit code, or a mistake in one."""
    return bool(key) and (len(key) != 18 or not key.isalnum() or uscc.is_valid(key))


def _is_name(text: str) -> bool:
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None


CHECKS: dict[tuple[type, str], tuple[Callable[[Any], object], str]] = {
    (Site, "name"): (_is_name, "small letters, digits and hyphens: it names files"),
    (Site, "delay_seconds"): (lambda seconds: 0 <= seconds < float("inf"), "0 or more"),
    (Site, "hosts"): (_are_hosts, "a list of host names in small letters, such as www.a.gov.cn"),
    (Site, "unofficial_host"): (bool, "the reason"),
    (Site, "private_network"): (bool, "the reason"),
    (Site, "look_again_days"): (
        lambda days: 0 <= days <= 28,
        "0 to 28: a silent revision is to be found within thirty days",
    ),
    (Tls, "reason"): (bool, "given: a reviewer has to agree with it"),
    (Tls, "fingerprint"): (re.compile(r"[0-9a-f]{64}").fullmatch, "a SHA-256: 64 digits, 0-9a-f"),
    (Agency, "key"): (
        _is_key,
        "a 统一社会信用代码 with its right check character, or <division code>-<kind>",
    ),
    (Agency, "name"): (bool, "given"),
    (Agency, "level"): (lambda level: level in LEVELS, f"one of {', '.join(LEVELS)}"),
    (Agency, "region_code"): (re.compile(r"\d{6}").fullmatch, "six digits (GB/T 2260)"),
    (ListPage, "url"): (_is_address, "an address that begins with http:// or https://"),
    (ListPage, "cms"): (lambda cms: cms in FAMILIES, f"one of {', '.join(FAMILIES)}"),
    (ListPage, "link"): (_is_selector, "a CSS selector"),
    (ListPage, "next"): (_is_next, "a pattern with {n} or {n+1}, or a CSS selector"),
    (ListPage, "contains"): (bool, "the words"),
    (ListPage, "first_year"): (lambda year: 2008 <= year <= 2100, "a year, 2008 or later"),
    (ListPage, "max_pages"): (lambda pages: pages >= 1, "at least 1"),
}
"""Of each fact that not every value will do for: the test, and what passes it."""
