"""What the crawl's tests stand on: a clock that nobody waits for, a server that misbehaves on demand, site files."""

import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from disclosure.ledger import NightLog
from disclosure.replay.server import free_ports, serve_replay
from disclosure.settings import load_settings

RUN = "2026-11-22T02-00-00Z"


class QuickClock:
    """A clock whose sleep takes no time and moves its hands; remembers how long it was asked to sleep."""

    def __init__(self):
        self.slept = []
        self._seconds = 0.0
        self._lock = threading.Lock()

    def seconds(self):
        return self._seconds

    def sleep(self, seconds):
        with self._lock:
            self.slept.append(seconds)
            self._seconds += seconds

    def now(self):
        return datetime(2026, 11, 22, tzinfo=UTC) + timedelta(seconds=self._seconds)


@pytest.fixture
def quick_clock():
    return QuickClock()


@pytest.fixture
def odd_site():
    """A site that answers as told: `odd_site.answers[path]` is one answer (status, headers, body), or a list of them
    that are given in turn. A body may be a function that writes to the connection. `odd_site.asked` is what came."""
    answers, asked = {}, []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self):
            form = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked.append(
                SimpleNamespace(
                    method=self.command,
                    path=self.path,
                    headers=self.headers,
                    body=form,
                    at=time.monotonic(),
                )
            )
            answer = answers.get(self.path, (404, {}, b""))
            if isinstance(answer, list):
                answer = answer.pop(0) if len(answer) > 1 else answer[0]
            status, headers, body = answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if callable(body):
                self.send_header("Connection", "close")
                self.end_headers()
                body(self.wfile)
                self.close_connection = True
            else:
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *arguments):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, client_address):
            """A client that gives up is what these tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    yield SimpleNamespace(address=address, answers=answers, asked=asked)
    server.shutdown()
    server.server_close()


@pytest.fixture
def settings_for(tmp_path):
    """Settings of a run that crawls the site files of a folder."""

    def settings(sites):
        return load_settings(
            {
                "DISCLOSURE_DATA": str(tmp_path / "data"),
                "DISCLOSURE_SITES": str(sites),
                "DISCLOSURE_USER_AGENT": "disclosure-reports/1.0 (+mailto:operator@example.org)",
            }
        )

    return settings


@pytest.fixture
def replay():
    with serve_replay(ports=free_ports()) as site:
        yield site


@pytest.fixture
def replay_settings(replay, settings_for, tmp_path):
    return settings_for(replay.write_sites(tmp_path / "sites"))


@pytest.fixture
def write_site(settings_for, tmp_path):
    """Write a site file; `options` are further keys of its one list."""

    def write(name, url, delay=0.0, look_again=0, **options):
        folder = tmp_path / "sites"
        folder.mkdir(exist_ok=True)
        more = "".join(f"    {key}: {value}\n" for key, value in options.items())
        (folder / f"{name}.yaml").write_text(
            f"name: {name}\nagencies: [{{name: 某市医疗保障局, key: {name}}}]\n"
            f"lists:\n  - url: {url}\n{more}delay_seconds: {delay}\nlook_again_days: {look_again}\n",
            encoding="utf-8",
        )
        return settings_for(folder)

    return write


@pytest.fixture
def rows():
    """The fetches of a run that is not recorded yet, as `{(site, path): fetch}`."""

    def read(settings, run=RUN):
        return {
            (path.stem, "/" + url.split("/", 3)[3]): fetch
            for path in sorted((settings.fetches / run).glob("*.jsonl"))
            for url, fetch in NightLog(settings.fetches, run, path.stem).done().items()
        }

    return read
