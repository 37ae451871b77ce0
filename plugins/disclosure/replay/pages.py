"""A web server for a folder of pages, as an agency's site would answer: validators, conditional requests, HEAD, 404.

Where what is asked for decides (a query, a form), the folder's answers.json says which file answers: see _stated.
"""

from __future__ import annotations

import hashlib
import json
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
from urllib.parse import parse_qsl, unquote, urlsplit

from disclosure.replay.visitors import RequestLog, Visit

ANSWERS = "answers.json"
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html",  # as many of these servers: the page itself declares its charset
    ".shtml": "text/html;charset=UTF-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json;charset=utf-8",
    ".xml": "text/xml;charset=utf-8",
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
    wbufsize = -1  # head and body leave in one packet where they fit …
    disable_nagle_algorithm = True  # … and where not, none waits 40 ms for the receipt of another

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self._answer(with_body=True, form=form.decode())

    def _answer(self, with_body: bool, form: str | None = None) -> None:
        started, arrived = time.monotonic(), datetime.now(UTC)
        time.sleep(self.server.latency_seconds)
        status, headers, body = self._page(form)
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

    def _page(self, form: str | None) -> tuple[HTTPStatus, dict[str, str], bytes]:
        path, words = self._stated(form) or (None if form is not None else self._file(), {})
        if path is None:
            page = "<html><head><title>404</title></head><body>您访问的页面不存在或已删除！</body></html>"
            return HTTPStatus.NOT_FOUND, {"Content-Type": CONTENT_TYPES[".html"]}, page.encode()
        body, changed = _filled(path.read_bytes(), words), int(path.stat().st_mtime)
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

    def _stated(self, form: str | None) -> tuple[Path, dict[str, str]] | None:
        """The file that answers.json states for what is asked for, and the words to fill it with.

        Its entries are tried in turn: `path`, and in `asked` what the query must hold, or with `is_form` the form; then
        `file` answers, its {{words}} replaced by `words`, and {{site}} by the site's address.
        """
        table = self.server.folder / ANSWERS
        if not table.exists():
            return None
        parts = urlsplit(self.path)
        asked = dict(parse_qsl(parts.query if form is None else form, keep_blank_values=True))
        for entry in json.loads(table.read_text(encoding="utf-8")):
            is_meant = entry["path"] == unquote(parts.path)
            is_meant &= entry.get("is_form", False) == (form is not None)
            if is_meant and entry.get("asked", {}).items() <= asked.items():
                site = f"http://{self.server.server_name}:{self.server.server_port}"
                return self.server.folder / entry["file"], {"site": site, **entry.get("words", {})}
        return None

    def _file(self) -> Path | None:
        """The file behind the path asked for; None when the site has none such."""
        wanted = unquote(urlsplit(self.path).path).lstrip("/").replace("\0", "")
        path = (self.server.folder / wanted).resolve()
        if not path.is_relative_to(self.server.folder):
            return None
        if path.is_dir():
            path = next(path.glob("index.*html"), path / "index.htm")
        is_page = path.is_file() and path.suffix in CONTENT_TYPES and path.name != ANSWERS
        return path if is_page else None

    def log_message(self, format: str, *args: Any) -> None:
        """The request log is enough."""


def _filled(body: bytes, words: dict[str, str]) -> bytes:
    for name, word in words.items():
        body = body.replace(f"{{{{{name}}}}}".encode(), word.encode())
    return body
