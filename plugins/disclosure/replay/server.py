"""The replay site: agencies' sites on loopback, one port each, over real HTTP.

What a site serves is what its folder in documents/ holds, read at every request, so that a page can be changed while
the site stands. A crawler knows of it only what stands in sites/replay.

Besides the bundled set, which `make run` crawls, there is a set with one site for each way in which content management
systems fill their lists: families/ and sites/families.
"""

from __future__ import annotations

import re
import shutil
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from disclosure.crawl.sites import load_sites
from disclosure.errors import DisclosureError
from disclosure.replay.pages import PageServer
from disclosure.replay.visitors import RequestLog, Visit
from disclosure.settings import ROOT

DOCUMENTS = Path(__file__).parent / "documents"
SITE_FILES = ROOT / "sites" / "replay"
FAMILY_DOCUMENTS = Path(__file__).parent / "families"
FAMILY_SITE_FILES = ROOT / "sites" / "families"
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class ReplaySite:
    """The sites while they stand."""

    documents: Path
    ports: dict[str, int]  # site → port
    log: RequestLog
    site_files: Path = SITE_FILES

    @property
    def requests(self) -> list[Visit]:
        """Every request so far, in the order of arrival."""
        return self.log.visits()

    def address(self, site: str, path: str = "/") -> str:
        return f"http://{LOOPBACK}:{self.ports[site]}{path}"

    def write_sites(self, folder: Path) -> Path:
        """Write the site files with the ports that are really used into a folder, and return it."""
        folder.mkdir(parents=True, exist_ok=True)
        actual = {port: self.ports[name] for name, port in default_ports(self.site_files).items()}
        for path in sorted(self.site_files.glob("*.yaml")):
            text = re.sub(
                rf"(?<={re.escape(LOOPBACK)}:)\d+",
                lambda port: str(actual.get(int(port[0]), port[0])),
                path.read_text(encoding="utf-8"),
            )
            (folder / path.name).write_text(text, encoding="utf-8")
        return folder


def default_ports(site_files: Path = SITE_FILES) -> dict[str, int]:
    """The port of each site, as its site file says."""
    ports = {site.name: urlsplit(site.lists[0].url).port for site in load_sites(site_files)}
    return {name: port for name, port in ports.items() if port is not None}


def free_ports(site_files: Path = SITE_FILES) -> dict[str, int]:
    """For `serve_replay`: any free port for every site."""
    return dict.fromkeys(default_ports(site_files), 0)


def copy_documents(target: Path) -> Path:
    """Copy what the sites serve into a folder, to change pages there, and return it."""
    return Path(shutil.copytree(DOCUMENTS, target, dirs_exist_ok=True))


@contextmanager
def serve_replay(
    documents: Path | None = None,
    ports: dict[str, int] | None = None,
    log: Path | None = None,
    latency_seconds: float = 0.0,
    site_files: Path = SITE_FILES,
) -> Iterator[ReplaySite]:
    """Serve all sites of a set, each in its threads, until the block ends.

    `documents` replaces the bundled ones, `ports` the default ports (0 is any free port), `log` is a file to which each
    request is added as a line of JSON. Every answer waits for `latency_seconds`. Raises DisclosureError when a port
    is taken.
    """
    requests = RequestLog(log)
    folder = DOCUMENTS if documents is None else documents
    with ExitStack() as stack:
        actual = {}
        for site, port in (default_ports(site_files) | (ports or {})).items():
            server = _listen(site, port, folder / site, requests, latency_seconds)
            stack.callback(server.close_for_good)
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            actual[site] = server.server_port
        yield ReplaySite(folder, actual, requests, site_files)


def serve_forever(
    log: Path | None = None, documents: Path = DOCUMENTS, site_files: Path = SITE_FILES
) -> None:
    """Serve a set of sites on their default ports and print their addresses; return on Ctrl-C or SIGTERM."""
    with interruption() as stop, serve_replay(documents, log=log, site_files=site_files) as replay:
        for line in describe(replay):
            print(line, flush=True)
        stop.wait()


@contextmanager
def interruption() -> Iterator[threading.Event]:
    """An event that Ctrl-C or SIGTERM sets, for the length of the block."""
    stop = threading.Event()
    earlier = {
        number: signal.signal(number, lambda *_: stop.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stop
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def describe(replay: ReplaySite) -> Sequence[str]:
    """One line for each site: where its list of reports is, and whose they are."""
    lines = []
    for site in load_sites(replay.site_files):
        path = urlsplit(site.lists[0].url).path
        names = "、".join(agency.name for agency in site.agencies)
        lines.append(f"{replay.address(site.name, path)}  {names}")
    return lines


def _listen(
    site: str, port: int, folder: Path, requests: RequestLog, latency_seconds: float
) -> PageServer:
    try:
        return PageServer((LOOPBACK, port), site, folder, requests, latency_seconds)
    except OSError as error:
        raise DisclosureError(
            f"port {port} for the replay site {site} cannot be used: {error.strerror}; "
            "is another replay site running?"
        ) from error
