"""The only door to the network. One client serves one group of hosts, and asks one thing at a time.

It waits the delay that each host asks for, sends what makes a request conditional, follows redirects by hand so that
every hop can be judged, tries again where that may help, and gives up on bodies without end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from disclosure.crawl.clock import Clock
from disclosure.crawl.hosts import host_of
from disclosure.crawl.outcomes import NotFetched

RETRIED = frozenset({429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 64 * 1024

Gate = Callable[[str], None]
"""Called with the address of every hop before it is asked for; raises NotFetched to forbid it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one visit may cost."""

    connect_seconds: float = 10.0
    read_seconds: float = 30.0  # between two pieces of an answer
    total_seconds: float = 180.0  # from the request to the last byte
    body_bytes: int = 50 * 1024 * 1024  # after decompression
    redirects: int = 5
    attempts: int = 3
    backoff_seconds: float = (
        1.0  # before the second attempt; four times as long before each further one
    )
    retry_after_seconds: float = 120.0  # the longest Retry-After that is waited for


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that came in whole. On 304 and on errors the body is of no use."""

    url: str  # where it came from, after redirects
    status: int
    body: bytes
    content_type: str | None
    etag: str | None
    last_modified: str | None
    retry_after: str | None


class _NoAnswer(Exception):
    """An attempt that ended without an answer; another may succeed."""


@dataclass(slots=True)
class Client:
    """Asks for addresses, one after another. `delays` holds the seconds to wait between two requests to a host."""

    user_agent: str
    clock: Clock = field(default_factory=Clock)
    limits: Limits = field(default_factory=Limits)
    delays: dict[str, float] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)  # host → when its last answer ended
    _session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        # Passwords in the machine's .netrc are not meant for agencies' sites.
        self._session.trust_env = False
        self._session.headers["User-Agent"] = self.user_agent
        self._session.headers["Accept-Language"] = "zh-CN,zh;q=0.9"

    def close(self) -> None:
        self._session.close()

    def get(
        self,
        url: str,
        etag: str | None = None,
        last_modified: str | None = None,
        gate: Gate | None = None,
    ) -> Answer:
        """Ask for an address, if changed since `etag` or `last_modified`, and return the answer whatever its status.

        Redirects are followed, each hop after `gate` let it pass. Raises NotFetched when no whole answer came.
        """
        headers = _conditions(etag, last_modified)
        status = None
        try:
            for _ in range(self.limits.redirects + 1):
                if gate is not None:
                    gate(url)
                answer, location = self._ask_patiently(url, headers)
                if location is None:
                    return answer
                status, url = answer.status, _hop(url, location)
            raise NotFetched("failed", f"redirected more than {self.limits.redirects} times", url)
        except NotFetched as trouble:
            trouble.status = trouble.status or status
            raise

    def _ask_patiently(self, url: str, headers: dict[str, str]) -> tuple[Answer, str | None]:
        """The answer and where it redirects to, after as many attempts as are worth while."""
        pause = self.limits.backoff_seconds
        for attempt in range(1, self.limits.attempts + 1):
            is_last = attempt == self.limits.attempts
            try:
                answer, location = self._ask(url, headers)
            except _NoAnswer as error:
                if is_last:
                    raise NotFetched("failed", f"{error}, {attempt} times", url) from error
                wait = pause
            else:
                if answer.status not in RETRIED or is_last:
                    return answer, location
                wait = max(pause, _seconds_to_wait(answer.retry_after, self.clock.now()))
                if wait > self.limits.retry_after_seconds:
                    return answer, location  # it asks for more patience than a night has
            self.clock.sleep(wait)
            pause *= 4
        raise AssertionError("the last attempt returns or raises")

    def _ask(self, url: str, headers: dict[str, str]) -> tuple[Answer, str | None]:
        """One request, made when its host may be asked again."""
        host = host_of(url)
        self._wait_for(host)
        deadline = self.clock.seconds() + self.limits.total_seconds
        try:
            with self._send(url, headers) as response:
                if response.status_code in REDIRECTS and "Location" in response.headers:
                    return _answer(url, response, b""), response.headers["Location"]
                return _answer(url, response, self._read_body(url, response, deadline)), None
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            raise _NoAnswer("no answer in time") from error
        except ValueError as error:  # requests' own errors of addresses are among them
            raise NotFetched("failed", f"{url} is no web address", url) from error
        except requests.exceptions.SSLError as error:
            raise NotFetched(
                "failed", f"the host's certificate is not good: {error}", url
            ) from error
        except requests.ConnectionError as error:
            raise _NoAnswer("no connection, or one that broke") from error
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise _NoAnswer(f"a broken answer ({type(error).__name__})") from error
        finally:
            self._last[host] = self.clock.seconds()

    def _send(self, url: str, headers: dict[str, str]) -> requests.Response:
        # Past Session.send, which reads the whole body of a redirect, however long, and uses the machine's proxies.
        request = self._session.prepare_request(requests.Request("GET", url, headers=headers))
        return self._session.get_adapter(url).send(
            request,
            stream=True,
            timeout=(self.limits.connect_seconds, self.limits.read_seconds),
        )

    def _wait_for(self, host: str) -> None:
        if host in self._last:
            wait = self._last[host] + self.delays.get(host, 0.0) - self.clock.seconds()
            if wait > 0:
                self.clock.sleep(wait)

    def _read_body(self, url: str, response: requests.Response, deadline: float) -> bytes:
        body = bytearray()
        # read1 returns with what has come, so that a body that trickles cannot outlast its deadline.
        while piece := response.raw.read1(_CHUNK, decode_content=True):
            body += piece
            if len(body) > self.limits.body_bytes:
                trouble = NotFetched("too_large", f"over {self.limits.body_bytes:,} bytes", url)
                trouble.status = response.status_code
                raise trouble
            if self.clock.seconds() > deadline:
                seconds = self.limits.total_seconds
                trouble = NotFetched("failed", f"the body took more than {seconds:g} seconds", url)
                trouble.status = response.status_code
                raise trouble
        return bytes(body)


def _hop(url: str, location: str) -> str:
    try:
        target = urljoin(url, location)
        is_web_address = urlsplit(target).scheme in ("http", "https")
    except ValueError:
        is_web_address = False
    if not is_web_address:
        raise NotFetched("failed", f"redirected to {location}, which is no web address", url)
    return target


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in conditions.items() if value}


def _answer(url: str, response: requests.Response, body: bytes) -> Answer:
    headers = response.headers
    return Answer(
        url=url,
        status=response.status_code,
        body=body,
        content_type=headers.get("Content-Type"),
        etag=headers.get("ETag"),
        last_modified=headers.get("Last-Modified"),
        retry_after=headers.get("Retry-After"),
    )


def _seconds_to_wait(retry_after: str | None, now: datetime) -> float:
    """Retry-After is a number of seconds or a moment; anything else asks for nothing."""
    if retry_after is None:
        return 0.0
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
