"""The only door to the network. One client serves one group of hosts, and asks one thing at a time.

It waits the delay that each host asks for, sends what makes a request conditional, follows redirects by hand so that
every hop can be judged, tries again where that may help, and gives up on answers without end.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter

from disclosure.crawl.clock import Clock
from disclosure.crawl.hosts import host_of
from disclosure.crawl.limits import Limits
from disclosure.crawl.outcomes import NotFetched
from disclosure.crawl.protocol import REDIRECTS, RETRIED, conditions, follow, seconds_to_wait
from disclosure.crawl.tls import explain, make_context
from disclosure.crawl.wire import Wire, WirePools
from disclosure.records import Tls

_CHUNK = 64 * 1024

Gate = Callable[[str], None]
"""Called with the address of every hop before it is asked for; raises NotFetched to forbid it."""


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


Reader = Callable[[Answer], str | None]
"""Called with an answer that redirects nowhere; returns the address that its page leads on to, None when it stays.
Raises NotFetched for a page that is not what was asked for."""


class _NoAnswer(Exception):
    """An attempt that ended without an answer; another may succeed."""


class _Adapter(HTTPAdapter):
    """The door of requests to connections that keep a wire's limits and trust what `exception` lets them trust."""

    def __init__(self, wire: Wire, exception: Tls | None = None) -> None:
        self._wire, self._exception = wire, exception
        super().__init__()

    def init_poolmanager(self, connections: int, maxsize: int, *_: Any, **__: Any) -> None:
        pin = self._exception.fingerprint if self._exception else None
        self.poolmanager = WirePools(
            self._wire,
            num_pools=connections,
            maxsize=maxsize,
            ssl_context=make_context(self._exception),
            assert_fingerprint=pin,
        )

    def cert_verify(self, conn: Any, *_: Any) -> None:
        """The context has the authorities; loading them again for each connection would take 15 ms."""
        has_pin = self._exception is not None and self._exception.fingerprint
        conn.cert_reqs = "CERT_NONE" if has_pin else "CERT_REQUIRED"


@dataclass(slots=True)
class Client:
    """Asks for addresses, one after another. `delays` holds the seconds to wait between two requests to a host,
    `private` the hosts that may be on this machine or near it, `tls` the exceptions that hosts need."""

    user_agent: str
    clock: Clock = field(default_factory=Clock)
    limits: Limits = field(default_factory=Limits)
    delays: dict[str, float] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    tls: dict[str, Tls] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)  # host → when its last answer ended
    _session: requests.Session = field(default_factory=requests.Session)
    _adapters: dict[Tls | None, _Adapter] = field(default_factory=dict)
    _wire: Wire = field(init=False)

    def __post_init__(self) -> None:
        # Passwords in the machine's .netrc are not meant for agencies' sites.
        self._session.trust_env = False
        self._session.headers["User-Agent"] = self.user_agent
        self._session.headers["Accept-Language"] = "zh-CN,zh;q=0.9"
        self._wire = Wire(self.clock, self.limits, self.private)

    def close(self) -> None:
        for adapter in self._adapters.values():
            adapter.close()
        self._session.close()

    def rest(self, host: str) -> None:
        """Wait a host's delay before its next request, as if it had just answered: another process may have asked it."""
        self._last[host] = self.clock.seconds()

    def get(
        self,
        url: str,
        etag: str | None = None,
        last_modified: str | None = None,
        gate: Gate | None = None,
        read: Reader | None = None,
        as_form: bool = False,
        known_at: str | None = None,
    ) -> Answer:
        """Ask for an address, if changed since `etag` or `last_modified`, and return the answer whatever its status.

        These belong to what `known_at` answered, where that is another address: no hop before it is asked for them.
        Redirects are followed, those of pages as `read` finds them, each hop after `gate` let it pass. `as_form` sends
        the address's query as a form, by POST. Raises NotFetched when no whole answer came.
        """
        known = conditions(etag, last_modified)
        status, seen = None, [url]
        try:
            while True:
                if gate is not None:
                    gate(url)
                headers = known if url == (known_at or seen[0]) else {}
                answer, location = self._ask_patiently(url, headers, as_form and len(seen) == 1)
                status = answer.status
                if location is None and read is not None:
                    location = read(answer)
                if location is None:
                    return answer
                url = follow(url, location)
                seen.append(url)
                self._check_way(seen)
        except NotFetched as trouble:
            trouble.status = trouble.status or status
            trouble.final_url = trouble.final_url or url
            raise

    def _check_way(self, seen: list[str]) -> None:
        if seen[-1] in seen[:-1]:
            raise NotFetched("redirect_loop", "redirected in a circle", seen[-1])
        if len(seen) > self.limits.redirects + 1:
            words = f"redirected more than {self.limits.redirects} times"
            raise NotFetched("redirect_loop", words, seen[-1])

    def _ask_patiently(
        self, url: str, headers: dict[str, str], as_form: bool
    ) -> tuple[Answer, str | None]:
        """The answer and where it redirects to, after as many attempts as are worth while."""
        pause = self.limits.backoff_seconds
        for attempt in range(1, self.limits.attempts + 1):
            is_last = attempt == self.limits.attempts
            try:
                answer, location = self._ask(url, headers, as_form)
            except _NoAnswer as error:
                if is_last:
                    raise NotFetched("failed", f"{error}, {attempt} times", url) from error
                wait = pause
            else:
                if answer.status not in RETRIED:
                    return answer, location
                asked = seconds_to_wait(answer.retry_after, self.clock.now())
                if asked > self.limits.retry_after_seconds:
                    raise self._asked_to_wait(answer)
                if is_last:
                    return answer, location
                wait = max(pause, asked)
            self.clock.sleep(wait)
            pause *= 4
        raise AssertionError("the last attempt returns or raises")

    def _asked_to_wait(self, answer: Answer) -> NotFetched:
        words = f"answered {answer.status} and asks to wait (Retry-After: {answer.retry_after})"
        trouble = NotFetched("asked_to_wait", words, answer.url)
        trouble.status = answer.status
        return trouble

    def _ask(self, url: str, headers: dict[str, str], as_form: bool) -> tuple[Answer, str | None]:
        """One request, made when its host may be asked again."""
        host = host_of(url)
        self._wait_for(host)
        self._wire.begin()
        try:
            with self._send(url, headers, as_form) as response:
                if response.status_code in REDIRECTS and "Location" in response.headers:
                    return _answer(url, response, b""), response.headers["Location"]
                return _answer(url, response, self._read_body(url, response)), None
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            raise _NoAnswer("no answer in time") from error
        except ValueError as error:  # requests' own errors of addresses are among them
            raise NotFetched("failed", f"{url} is no web address", url) from error
        except (requests.exceptions.SSLError, urllib3.exceptions.SSLError) as error:
            raise NotFetched("not_trusted", explain(error), url) from error
        except requests.ConnectionError as error:
            raise _NoAnswer("no connection, or one that broke") from error
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise _NoAnswer(f"a broken answer ({type(error).__name__})") from error
        finally:
            self.rest(host)

    def _send(self, url: str, headers: dict[str, str], as_form: bool) -> requests.Response:
        if as_form:
            address, _, form = url.partition("?")
            headers = headers | {"Content-Type": "application/x-www-form-urlencoded"}
            request = requests.Request("POST", address, headers=headers, data=form)
        else:
            request = requests.Request("GET", url, headers=headers)
        # Past Session.send, which reads the whole body of a redirect, however long, and uses the machine's proxies.
        prepared = self._session.prepare_request(request)
        return self._adapter(url).send(
            prepared,
            stream=True,
            timeout=(self.limits.connect_seconds, self.limits.read_seconds),
        )

    def _adapter(self, url: str) -> _Adapter:
        exception = self.tls.get(host_of(url))
        if exception not in self._adapters:
            self._adapters[exception] = _Adapter(self._wire, exception)
        return self._adapters[exception]

    def _wait_for(self, host: str) -> None:
        if host in self._last:
            delay = self.delays.get(host, 0.0) * (1 + random.uniform(0, self.limits.jitter))
            wait = self._last[host] + delay - self.clock.seconds()
            if wait > 0:
                self.clock.sleep(wait)

    def _read_body(self, url: str, response: requests.Response) -> bytes:
        body = bytearray()
        try:
            # read1 returns with what has come, so that a body that trickles cannot outlast its deadline.
            while piece := response.raw.read1(_CHUNK, decode_content=True):
                body += piece
                if len(body) > self.limits.body_bytes:
                    raise NotFetched("too_large", f"over {self.limits.body_bytes:,} bytes", url)
                self._wire.check()
        except NotFetched as trouble:
            trouble.status = response.status_code
            raise
        return bytes(body)


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
