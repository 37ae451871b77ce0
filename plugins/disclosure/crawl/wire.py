"""Connections that keep their limits, whatever the other side sends.

A name is resolved once, its addresses are judged, and the connection goes to an address that was judged: a name that
answers otherwise a moment later changes nothing. Every byte that comes in is counted against time and size before
anything reads it, so that neither headers nor chunks nor compressed bodies without end get through.
"""

from __future__ import annotations

import io
import socket
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException, HTTPResponse, LineTooLong
from typing import Any

from urllib3 import HTTPConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from disclosure.crawl.addresses import is_public
from disclosure.crawl.clock import Clock
from disclosure.crawl.limits import Limits
from disclosure.crawl.outcomes import NotFetched

_ADDRESSES_TRIED = 3  # of those that a name resolves to


@dataclass(slots=True)
class Wire:
    """The limits of one client's connections, and how much of them the exchange under way has used."""

    clock: Clock
    limits: Limits
    private: set[str] = field(default_factory=set)  # hosts that may be on this machine or near it
    _deadline: float = 0.0
    _bytes_left: int = 0

    def begin(self) -> None:
        """A request goes out: time begins to count."""
        self._deadline = self.clock.seconds() + self.limits.total_seconds

    def allow(self, count: int) -> None:
        """From here on so many bytes may come in."""
        self._bytes_left = count

    def check(self) -> None:
        if self.clock.seconds() > self._deadline:
            seconds = self.limits.total_seconds
            raise NotFetched("failed", f"the answer took more than {seconds:g} seconds")

    def count(self, count: int) -> None:
        self._bytes_left -= count
        if self._bytes_left < 0:
            raise NotFetched("too_large", "more bytes came than a whole answer may have")

    def addresses(self, name: str, port: int, host: str) -> list[str]:
        """The IP addresses behind a name. Raises NotFetched when one of them is not public, unless the host may be so."""
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        inside = [address for address in addresses if not is_public(address)]
        if inside and host not in self.private:
            raise NotFetched("private_address", f"{name} is {inside[0]}, which is no public host")
        return addresses[:_ADDRESSES_TRIED]


class _Metered(io.RawIOBase):
    """What a socket sends, counted."""

    def __init__(self, raw: io.RawIOBase, wire: Wire) -> None:
        self._raw, self._wire = raw, wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._wire.check()
        count: int | None = self._raw.readinto(buffer)
        self._wire.count(count or 0)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, wire: Wire, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self._wire = wire
        # http.client has no other place to take the socket's file from.
        self.fp = io.BufferedReader(_Metered(self.fp.detach(), wire))

    def begin(self) -> None:
        limits = self._wire.limits
        self._wire.allow(limits.head_bytes)
        try:
            super().begin()
        except LineTooLong as error:
            raise NotFetched("too_large", f"{error} in the headers") from error
        except HTTPException as error:
            if type(error) is HTTPException:  # the one that counts headers has no class of its own
                raise NotFetched("too_large", str(error)) from error
            raise
        # Chunks have sizes around them; a body that is longer than it may be is told by its reader.
        self._wire.allow(2 * limits.body_bytes)


class _Checked:
    """A connection to an address that was judged."""

    _wire: Wire
    _dns_host: str
    host: str
    port: int
    default_port: int

    def _connected(self, connect: Any) -> socket.socket:
        name = self._dns_host
        host = self.host if self.port == self.default_port else f"{self.host}:{self.port}"
        try:
            addresses = self._wire.addresses(name, self.port, host.lower())
        except (socket.gaierror, UnicodeError) as error:
            raise NameResolutionError(self.host, self, error) from error  # type: ignore[arg-type]
        try:
            for address in addresses[:-1]:
                self._dns_host = address
                try:
                    return connect()
                except (NewConnectionError, ConnectTimeoutError):
                    continue
            self._dns_host = addresses[-1]
            return connect()
        finally:
            self._dns_host = name  # the certificate and the Host header are about the name


class _PlainConnection(_Checked, HTTPConnection):
    def __init__(self, *args: Any, wire: Wire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._wire = wire
        self.response_class = partial(_Response, wire=wire)  # type: ignore[assignment]

    def _new_conn(self) -> socket.socket:
        return self._connected(super()._new_conn)


class _SecureConnection(_Checked, HTTPSConnection):
    def __init__(self, *args: Any, wire: Wire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._wire = wire
        self.response_class = partial(_Response, wire=wire)  # type: ignore[assignment]

    def _new_conn(self) -> socket.socket:
        return self._connected(super()._new_conn)


class WirePools(PoolManager):
    """Pools of connections that keep a wire's limits."""

    def __init__(self, wire: Wire, **options: Any) -> None:
        super().__init__(**options)
        self._wire = wire

    def _new_pool(self, scheme: str, *args: Any, **kwargs: Any) -> HTTPConnectionPool:
        pool = super()._new_pool(scheme, *args, **kwargs)
        kind = _SecureConnection if scheme == "https" else _PlainConnection
        pool.ConnectionCls = partial(kind, wire=self._wire)  # type: ignore[assignment]
        return pool
