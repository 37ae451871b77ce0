"""A web server for a folder of pages, as an agency's site would answer: validators, conditional requests, HEAD, 404."""

from __future__ import annotations

import hashlib
import socket
import time
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from disclosure.replay.visitors import RequestLog, Visit

CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html",  # as many of these servers: the page itself declares its charset
    ".shtml": "text/html;charset=UTF-8",
    ".txt": "text/plain; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class PageServer(ThreadingHTTPServer):
    """One site. A thread for each connection; `close_for_good` also ends those that a client keeps open."""

    daemon_threads = True

    def __init__(
        self,
        address: tuple[str, int],
        site: str,
        folder: Path,
        requests: RequestLog,
        latency_seconds: float = 0.0,
    ) -> None:
        self.site, self.folder = site, folder.resolve()
        self.requests, self.latency_seconds = requests, latency_seconds
        self._connections: set[socket.socket] = set()
        super().__init__(address, PageHandler)

    def server_bind(self) -> None:
        # The base class looks its own name up, which takes seconds on a machine without name service.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that breaks off is no news here."""

    def close_for_good(self) -> None:
        self.shutdown()
        self.server_close()
        for connection in list(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class PageHandler(BaseHTTPRequestHandler):
    """Answers one request after another on a connection."""

    server: PageServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "nginx", ""
    timeout = 60
    wbufsize = -1  # head and body leave in one packet; in two, each answer would wait 40 ms for the first one's receipt

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, with_body: bool) -> None:
        started, arrived = time.monotonic(), datetime.now(UTC)
        time.sleep(self.server.latency_seconds)
        status, headers, body = self._page()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        conditions = ("If-None-Match", "If-Modified-Since")
        # Before the answer goes out: what a client does after it has the answer comes later in the log.
        self.server.requests.add(
            Visit(
                time=arrived,
                started=started,
                ended=time.monotonic(),
                site=self.server.site,
                port=self.server.server_port,
                method=self.command,
                path=self.path,
                status=int(status),
                is_conditional=any(name in self.headers for name in conditions),
                user_agent=self.headers.get("User-Agent", ""),
            )
        )
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _page(self) -> tuple[HTTPStatus, dict[str, str], bytes]:
        path = self._file()
        if path is None:
            page = "<html><head><title>404</title></head><body>您访问的页面不存在或已删除！</body></html>"
            return HTTPStatus.NOT_FOUND, {"Content-Type": CONTENT_TYPES[".html"]}, page.encode()
        body, changed = path.read_bytes(), int(path.stat().st_mtime)
        headers = {
            "ETag": f'"{hashlib.sha256(body).hexdigest()[:20]}"',
            "Last-Modified": formatdate(changed, usegmt=True),
        }
        if self._is_known(headers["ETag"], changed):
            return HTTPStatus.NOT_MODIFIED, headers, b""
        return HTTPStatus.OK, headers | {"Content-Type": CONTENT_TYPES[path.suffix]}, body

    def _is_known(self, etag: str, changed: int) -> bool:
        """As RFC 9110 has it, If-Modified-Since counts only where there is no If-None-Match."""
        if tags := self.headers.get("If-None-Match"):
            return etag in tags or tags.strip() == "*"
        try:
            return parsedate_to_datetime(self.headers["If-Modified-Since"]).timestamp() >= changed
        except (TypeError, ValueError):
            return False

    def _file(self) -> Path | None:
        """The file behind the path asked for; None when the site has none such."""
        wanted = unquote(urlsplit(self.path).path).lstrip("/").replace("\0", "")
        path = (self.server.folder / wanted).resolve()
        if not path.is_relative_to(self.server.folder):
            return None
        if path.is_dir():
            path = next(path.glob("index.*html"), path / "index.htm")
        return path if path.is_file() and path.suffix in CONTENT_TYPES else None

    def log_message(self, format: str, *args: Any) -> None:
        """The request log is enough."""
