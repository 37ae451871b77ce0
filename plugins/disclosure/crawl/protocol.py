"""What HTTP's headers say: where a redirect leads, what makes a request conditional, how long to wait."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from disclosure.crawl.outcomes import NotFetched

RETRIED = frozenset({429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


def follow(url: str, location: str) -> str:
    """The address that `location` means on a page at `url`. Raises NotFetched when it is no web address."""
    try:
        target = urljoin(url, location)
        is_web_address = urlsplit(target).scheme in ("http", "https")
    except ValueError:
        is_web_address = False
    if not is_web_address:
        raise NotFetched("failed", f"redirected to {location}, which is no web address", url)
    return target


def conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """The headers that ask for a body only if it is another one than what is known."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


def seconds_to_wait(retry_after: str | None, now: datetime) -> float:
    """What a Retry-After asks for: it is a number of seconds or a moment; anything else asks for nothing."""
    if retry_after is None:
        return 0.0
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
