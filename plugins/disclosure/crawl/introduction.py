"""Who asks: no public site is visited by a crawler that does not say how its operator can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterable

from disclosure.crawl.addresses import names_this_network
from disclosure.crawl.hosts import hosts_of
from disclosure.errors import SettingError
from disclosure.records import Site

_CONTACT = re.compile(r"https?://\S+\.\S|[^\s@:/]+@[^\s@]+\.\w")


def check_user_agent(user_agent: str, sites: Iterable[Site]) -> None:
    """Raise SettingError when the user agent cannot be sent, or when it tells no way to reach the operator and one of
    the sites is a public one."""
    if not user_agent.isascii() or not user_agent.isprintable():
        raise SettingError(
            f"DISCLOSURE_USER_AGENT is {user_agent!r}; it can hold printable ASCII only"
        )
    public = [site.name for site in sites if not all(map(names_this_network, hosts_of(site)))]
    if public and not _CONTACT.search(user_agent):
        raise SettingError(
            f"DISCLOSURE_USER_AGENT is {user_agent!r}; to visit {public[0]} it must say how to reach you: "
            "for instance disclosure-reports/1.0 (+mailto:you@your-institute.org)"
        )
