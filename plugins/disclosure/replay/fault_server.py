"""The sites that play faults, on loopback, one port each, over real HTTP."""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import IO, Any, cast

from disclosure.replay.certificate import unvouched_context
from disclosure.replay.faults import (
    FAULT_PATH,
    FAULTS,
    LIST_PATH,
    WELL_PATH,
    Fault,
    Play,
    list_page,
    report,
)
from disclosure.replay.server import LOOPBACK, interruption
from disclosure.replay.visitors import RequestLog, Visit

SITE_FILE = """\
name: {name}
agencies:
  - name: {name}
    key: {name}
lists:
  - url: {address}
delay_seconds: {delay}   # small: this site is on the same machine
look_again_days: 0   # every night
notes: "{about}"
"""


@dataclass(frozen=True, slots=True)
class FaultSites:
    """The sites while they stand. `addresses` are those of their lists."""

    faults: tuple[Fault, ...]
    addresses: dict[str, str]
    log: RequestLog

    @property
    def requests(self) -> list[Visit]:
        return self.log.visits()

    def write_sites(self, folder: Path, delay_seconds: float = 0.01) -> Path:
        """Write a site file for each into a folder, and return it."""
        folder.mkdir(parents=True, exist_ok=True)
        for fault in self.faults:
            text = SITE_FILE.format(
                name=fault.name,
                address=self.addresses[fault.name],
                delay=delay_seconds,
                about=fault.about,
            )
            (folder / f"{fault.name}.yaml").write_text(text, encoding="utf-8")
        return folder


@contextmanager
def serve_faults(faults: Iterable[Fault] = FAULTS) -> Iterator[FaultSites]:
    """Serve a site for each fault on any free ports, until the block ends."""
    faults, log, addresses = tuple(faults), RequestLog(), {}
    with ExitStack() as stack:
        for fault in faults:
            server = FaultServer(fault, log)
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            scheme = "https" if fault.is_secure else "http"
            addresses[fault.name] = f"{scheme}://{LOOPBACK}:{server.server_port}{LIST_PATH}"
        yield FaultSites(faults, addresses, log)


def serve_faults_forever(folder: Path) -> None:
    """Serve all of them, with a site file for each in `folder`, and print their addresses; return on Ctrl-C or SIGTERM."""
    with interruption() as stop, serve_faults() as sites:
        sites.write_sites(folder)
        for fault in sites.faults:
            print(f"{sites.addresses[fault.name]}  {fault.name}: {fault.about}", flush=True)
        stop.wait()


class FaultServer(ThreadingHTTPServer):
    """The site of one fault."""

    daemon_threads = True

    def __init__(self, fault: Fault, log: RequestLog) -> None:
        self.fault, self.log = fault, log
        self.asked: Counter[str] = Counter()
        super().__init__((LOOPBACK, 0), FaultHandler)
        if fault.is_secure:
            # The handshake is left to the connection's thread: a client that refuses must not stop the others.
            self.socket = unvouched_context().wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )

    def server_bind(self) -> None:
        # The base class looks its own name up, which takes seconds on a machine without name service.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that breaks off is no news here."""

    def play(self, path: str) -> Play:
        """What the site answers this time."""
        self.asked[path] += 1
        plays = self.fault.plays.get(path) or _ORDINARY.get(path, Play(404, b"404"))
        if isinstance(plays, Play):
            return plays
        return plays[min(self.asked[path], len(plays)) - 1]


class FaultHandler(BaseHTTPRequestHandler):
    server: FaultServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "nginx", ""
    timeout = 60
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        started, arrived = time.monotonic(), datetime.now(UTC)
        server = self.server
        is_dead = (
            server.fault.dies_after is not None and server.asked.total() >= server.fault.dies_after
        )
        play = Play(None) if is_dead else server.play(self.path)
        if play.status == 200 and self._is_known(play):
            play = Play(304, b"", _validator(play))
        server.log.add(
            Visit(
                time=arrived,
                started=started,
                ended=time.monotonic(),
                site=server.fault.name,
                port=server.server_port,
                method=self.command,
                path=self.path,
                status=play.status or 0,
                is_conditional="If-None-Match" in self.headers,
                user_agent=self.headers.get("User-Agent", ""),
            )
        )
        self._answer(play)

    def _answer(self, play: Play) -> None:
        if play.status is None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(play.status)
        for name, value in (_validator(play) | dict(play.headers)).items():
            self.send_header(name, value)
        if isinstance(play.body, bytes):
            self.send_header("Content-Length", str(len(play.body)))
            self.end_headers()
            self.wfile.write(play.body)
            return
        self.close_connection = True
        self.send_header("Connection", "close")
        if play.is_head:
            self.flush_headers()
        else:
            self.end_headers()
        play.body(cast(IO[bytes], self.wfile))

    def _is_known(self, play: Play) -> bool:
        validator = _validator(play)
        return bool(validator) and self.headers.get("If-None-Match") == validator["ETag"]

    def log_message(self, format: str, *args: Any) -> None:
        """The request log is enough."""


_ORDINARY = {
    LIST_PATH: Play(body=list_page()),
    FAULT_PATH: Play(body=report(1)),
    WELL_PATH: Play(body=report(2)),
}


def _validator(play: Play) -> dict[str, str]:
    if play.status != 200 or not isinstance(play.body, bytes) or not play.body:
        return {}
    return {"ETag": f'"{hashlib.sha256(play.body).hexdigest()[:20]}"'}
