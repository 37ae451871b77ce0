"""robots.txt of a host, read: may an address be asked for, and how long to wait between requests."""

from __future__ import annotations

from urllib.parse import urlsplit

from protego import Protego


class Robots:
    """The rules of one host for one user agent. An empty body allows everything."""

    def __init__(self, body: bytes, user_agent: str) -> None:
        # Rules are ASCII; a byte order mark or a stray GBK comment must not hide the line it stands on.
        self._rules = Protego.parse(body.decode("utf-8-sig", errors="replace"))
        self._user_agent = user_agent

    def allows(self, url: str) -> bool:
        return bool(self._rules.can_fetch(url, self._user_agent))

    @property
    def delay_seconds(self) -> float:
        """What Crawl-delay asks for; 0 when it does not."""
        return max(0.0, float(self._rules.crawl_delay(self._user_agent) or 0.0))


def robots_address(url: str) -> str:
    """Where the rules for an address stand."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"
