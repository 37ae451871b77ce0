"""What can go wrong with an agency's site, as a table: each fault is a small site of its own that plays it.

Every site has a list at /list.html with two reports. /1.html has the fault, /2.html is well, so that what a fault costs
the rest of its site can be seen. A path answers with one play, or with several in turn, the last of them for good.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

TITLE = "某局{year}年政府信息公开工作年度报告"
LIST_PATH, FAULT_PATH, WELL_PATH = "/list.html", "/1.html", "/2.html"

Stream = Callable[[IO[bytes]], None]


@dataclass(frozen=True, slots=True)
class Play:
    """One answer. A body that is a function writes to the connection as it likes, with `is_head` from the headers on;
    without a status the connection ends without a word."""

    status: int | None = 200
    body: bytes | Stream = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """A site that plays one fault. `plays` says what its paths answer, beside list, reports and robots.txt."""

    name: str
    about: str  # a line of the README
    plays: Mapping[str, Play | Sequence[Play]]
    dies_after: int | None = None  # requests, after which nobody answers any more
    is_secure: bool = False  # over TLS, with a certificate that nobody vouches for


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def report(number: int) -> bytes:
    """A page that nobody takes for an impostor."""
    title = TITLE.format(year=2020 + number)
    return page(f"<h1>{title}</h1><p>一、总体情况</p><p>本年新收政府信息公开申请{number}件。</p>")


def _moved(target: str, status: int = 302) -> Play:
    return Play(status, b"moved", {"Location": target})


def _script(code: str) -> Play:
    return Play(body=page(f"<script>{code}</script>"))


def _at_fault(*plays: Play, **more: Play) -> dict[str, Play | Sequence[Play]]:
    return {FAULT_PATH: plays, **{f"/{name}.html": play for name, play in more.items()}}


def _drip(out: IO[bytes]) -> None:
    for _ in range(2000):
        out.write(b"1\r\nx\r\n")
        out.flush()
        time.sleep(0.02)


def _endless(out: IO[bytes]) -> None:
    while True:
        out.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


def _huge(out: IO[bytes]) -> None:
    for _ in range(200):
        out.write(b"x" * 1_000_000)


def _many_headers(out: IO[bytes]) -> None:
    for number in range(100_000):
        out.write(b"X-%d: x\r\n" % number)


_BOMB = gzip.compress(b"\0" * 1_000_000) * 200
_WELL = Play(body=report(1))
_CHUNKED = {"Transfer-Encoding": "chunked"}
_GZIP = {"Content-Encoding": "gzip"}

FAULTS = (
    Fault("moved", "a redirect to another page of the site", _at_fault(_moved("/new.html", 301), new=_WELL)),
    Fault("redirect-circle", "redirects in a circle", _at_fault(_moved("/a.html"), a=_moved(FAULT_PATH))),
    Fault(
        "redirect-chain",
        "more redirects than anyone follows",
        {f"/{n}.html": _moved(f"/{n + 1}.html") for n in (1, *range(3, 9))} | {FAULT_PATH: _moved("/3.html")},
    ),
    Fault(
        "meta-refresh",
        "a page that leads on by a meta element",
        _at_fault(Play(body=page("", '<meta http-equiv="refresh" content="0; url=/new.html">')), new=_WELL),
    ),
    Fault("script-redirect", "a script with a plain address", _at_fault(_script("location.href='/new.html'"), new=_WELL)),
    Fault("script-maze", "a script that puts an address together", _at_fault(_script("var a='/x/';location=a+'1.html'"))),
    Fault("login-redirect", "a 302 to a login", _at_fault(_moved("/login.jsp?back=1"))),
    Fault("password", "a page that asks for a password", _at_fault(Play(body=page("密码<input type=password>")))),
    Fault("soft-404", "200 with 页面不存在", _at_fault(Play(body=page("<p>您访问的页面不存在或已被删除</p>")))),
    Fault("home-page", "a redirect to the home page", _at_fault(_moved("/")) | {"/": Play(body=report(3))}),
    Fault("challenge-412", "412 with a script", _at_fault(Play(412, page("<script>$_ts=window</script>")))),
    Fault("challenge-202", "202 with a script", _at_fault(Play(202, page("<script>_0x1()</script>")))),
    Fault("challenge-521", "521 with a cookie set by a script", _at_fault(Play(521, page("<script>eval('')</script>")))),
    Fault("verification", "200 with 安全验证", _at_fault(Play(body=page("<p>请完成安全验证后继续访问</p>")))),
    Fault("firewall", "403 with a firewall's refusal", _at_fault(Play(403, page("您的请求已被拦截，疑似黑客攻击")))),
    Fault("busy", "503 once, with Retry-After in seconds", _at_fault(Play(503, b"", {"Retry-After": "3"}), _WELL)),
    Fault(
        "busy-until",
        "429 once, with Retry-After as a date that is past",
        _at_fault(Play(429, b"", {"Retry-After": "Mon, 05 Jan 2026 02:00:00 GMT"}), _WELL),
    ),
    Fault("asks-for-a-day", "429 with a Retry-After of a day", _at_fault(Play(429, b"", {"Retry-After": "86400"}))),
    Fault("broken-server", "500, every time", _at_fault(Play(500, b"ORA-12541"))),
    Fault("gone", "404", _at_fault(Play(404, page("404")))),
    Fault("silent", "a request that nobody answers", _at_fault(Play(body=lambda out: time.sleep(10)))),
    Fault(
        "breaks-off",
        "an answer that breaks off once",
        _at_fault(Play(200, lambda out: _ignore(out.write(b"half")), {"Content-Length": "1000"}), _WELL),
    ),
    Fault("dies", "a host that dies in the middle of the night", {}, dies_after=2),
    Fault("drips", "a body that comes a byte at a time", _at_fault(Play(200, _drip, _CHUNKED))),
    Fault("endless", "a chunked body without end", _at_fault(Play(200, _endless, _CHUNKED))),
    Fault("huge", "a page of 200 MB", _at_fault(Play(200, _huge, {"Content-Length": "200000000"}))),
    Fault("gzip-bomb", "200 MB in 200 kB", _at_fault(Play(200, lambda out: _ignore(out.write(_BOMB)), _GZIP))),
    Fault("header-flood", "100,000 headers", _at_fault(Play(200, _many_headers, is_head=True))),
    Fault("inward", "a redirect to another port of this machine", _at_fault(_moved("http://127.0.0.1:9/"))),
    Fault("inward-name", "a redirect to a name of this machine", _at_fault(_moved("http://localhost:9/x.html"))),
    Fault("outward", "a redirect to a host that is not the site's", _at_fault(_moved("http://www.example.com/"))),
    Fault(
        "file-name",
        "a file name that climbs out of its folder",
        _at_fault(Play(200, report(1), {"Content-Disposition": 'attachment; filename="../../x"'})),
    ),
    Fault("wrong-type", "a page that calls itself a picture", _at_fault(Play(200, report(1), {"Content-Type": "image/png"}))),
    Fault("empty", "200 with nothing", _at_fault(Play())),
    Fault("robots-down", "a robots.txt that is not answered", {"/robots.txt": Play(503)}),
    Fault("untrusted", "a certificate that nobody vouches for", {}, is_secure=True),
)  # fmt: skip


def list_page() -> bytes:
    links = "".join(
        f'<li><a href="{path}">{TITLE.format(year=2020 + number)}</a></li>'
        for number, path in enumerate((FAULT_PATH, WELL_PATH), start=1)
    )
    return page(f"<ul>{links}</ul>")


def _ignore(_: object) -> None:
    return None
