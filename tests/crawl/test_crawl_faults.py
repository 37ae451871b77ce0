"""One night over every fault that the replay plays, among sites that are well: each is named, and costs nobody else."""

import itertools
import threading
import time
from collections import Counter
from datetime import UTC, datetime

import pytest

from disclosure.crawl.limits import Limits
from disclosure.crawl.visit import visit_batch
from disclosure.ledger import NightLog, record_night
from disclosure.replay.fault_server import serve_faults
from disclosure.replay.faults import FAULT_PATH, FAULTS, LIST_PATH, WELL_PATH, report
from disclosure.replay.server import free_ports, serve_replay
from disclosure.settings import ROOT, load_settings
from disclosure.store import FolderStore

RUN, NEXT = "2026-11-22T02-00-00Z", "2026-11-23T02-00-00Z"
LIMITS = Limits(read_seconds=2.0, total_seconds=6.0, body_bytes=2_000_000)

# What comes of the report that has the fault; a word of the reason; what comes of the one beside it.
EXPECTED = {
    "moved": ("stored", "first body", "stored"),
    "redirect-circle": ("redirect_loop", "in a circle", "stored"),
    "redirect-chain": ("redirect_loop", "more than 5 times", "stored"),
    "meta-refresh": ("stored", "first body", "stored"),
    "script-redirect": ("stored", "first body", "stored"),
    "script-maze": ("script_redirect", "a script leads elsewhere", "stored"),
    "login-redirect": ("login", "/login.jsp", "stored"),
    "password": ("login", "password", "stored"),
    "soft-404": ("soft_not_found", "不存在", "stored"),
    "home-page": ("soft_not_found", "home page", "stored"),
    "challenge-412": ("challenge", "412", "stored"),
    "challenge-202": ("challenge", "202", "stored"),
    "challenge-521": ("challenge", "521", "stored"),
    "verification": ("challenge", "安全验证", "stored"),
    "firewall": ("challenge", "被拦截", "stored"),
    "busy": ("stored", "first body", "stored"),
    "busy-until": ("stored", "first body", "stored"),
    "asks-for-a-day": ("asked_to_wait", "Retry-After: 86400", "not_crawled"),
    "broken-server": ("failed", "answered 500", "stored"),
    "gone": ("not_found", "404", "stored"),
    "silent": ("failed", "no answer in time, 3 times", "stored"),
    "breaks-off": ("stored", "first body", "stored"),
    "dies": ("failed", "no connection, or one that broke, 3 times", "failed"),
    "drips": ("failed", "more than 6 seconds", "stored"),
    "endless": ("too_large", "over 2,000,000 bytes", "stored"),
    "huge": ("too_large", "over 2,000,000 bytes", "stored"),
    "gzip-bomb": ("too_large", "over 2,000,000 bytes", "stored"),
    "header-flood": ("too_large", "headers", "stored"),
    "inward": ("off_site", "127.0.0.1:9", "stored"),
    "inward-name": ("off_site", "localhost:9", "stored"),
    "outward": ("off_site", "www.example.com", "stored"),
    "file-name": ("stored", "first body", "stored"),
    "wrong-type": ("stored", "first body", "stored"),
    "empty": ("failed", "empty body", "stored"),
}
LEFT_ALONE = {"robots-down": "not_crawled", "untrusted": "not_crawled"}
AGAIN = ["asks-for-a-day", "robots-down", "dies", "busy"]  # the sites of the second night
TRIED_AGAIN = {
    "busy": 2,
    "busy-until": 2,
    "breaks-off": 2,
    "broken-server": 3,
    "silent": 3,
    "dies": 3,
}


class HurriedClock:
    """Real time, but nobody waits: each thread's sleep only moves its own hands."""

    def __init__(self):
        self._mine = threading.local()

    def seconds(self):
        return time.monotonic() + getattr(self._mine, "skipped", 0.0)

    def sleep(self, seconds):
        self._mine.skipped = getattr(self._mine, "skipped", 0.0) + seconds

    def now(self):
        return datetime.now(UTC)


class Night:
    """What came of one night over all sites."""

    def __init__(self, settings, names, sites, run):
        before = len(sites.requests)
        self.counts = visit_batch(names, settings, run, HurriedClock(), LIMITS)
        self.rows = {name: NightLog(settings.fetches, run, name).done() for name in names}
        self.summary = record_night(settings.fetches, run)
        self.requests = sites.requests[before:]
        self.bodies = {path.name for path in settings.objects.rglob("*.gz")}
        self.store = FolderStore(settings.objects)


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    folder = tmp_path_factory.mktemp("night")
    with serve_faults() as sites, serve_replay(ports=free_ports()) as replay:
        replay.write_sites(folder / "sites")
        settings = load_settings(
            {
                "DISCLOSURE_DATA": str(folder),
                "DISCLOSURE_SITES": str(sites.write_sites(folder / "sites")),
            }
        )
        names = [path.stem for path in sorted(settings.sites.glob("*.yaml"))]
        first = Night(settings, names, sites, RUN)
        yield sites, settings, [first, Night(settings, AGAIN, sites, NEXT)]


@pytest.fixture(scope="module")
def fetched(nights):
    """The first night's fetch of a site's path."""
    sites, _, [night, _] = nights

    def find(name, path):
        return night.rows[name][sites.addresses[name].removesuffix(LIST_PATH) + path]

    return find


def test_every_fault_of_the_replay_is_expected_here():
    assert {fault.name for fault in FAULTS} == set(EXPECTED) | set(LEFT_ALONE)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_comes_of_a_fault(fetched, name):
    outcome, reason, well = EXPECTED[name]
    fetch = fetched(name, FAULT_PATH)
    assert (fetch.outcome, fetched(name, WELL_PATH).outcome) == (outcome, well)
    assert reason in fetch.reason
    assert (fetch.sha256 is not None) == (outcome == "stored")
    assert fetched(name, LIST_PATH).outcome == "stored"


@pytest.mark.parametrize(("name", "outcome"), LEFT_ALONE.items())
def test_a_host_that_is_left_alone(fetched, name, outcome):
    assert fetched(name, LIST_PATH).outcome == outcome


def test_what_is_stored_as_a_report_is_a_report(nights):
    _, _, [night, _] = nights
    bodies = {
        night.store.get(fetch.sha256)
        for name in EXPECTED
        for fetch in night.rows[name].values()
        if fetch.taken_for == "report" and fetch.sha256
    }
    assert bodies == {report(1), report(2)}


def test_the_sites_that_are_well_lost_nothing(nights):
    _, _, [night, _] = nights
    well = [
        fetch
        for name, rows in night.rows.items()
        if name not in EXPECTED
        for fetch in rows.values()
    ]
    replayed = [fetch.outcome for fetch in well if fetch.site not in LEFT_ALONE]
    assert Counter(replayed) == {"stored": 22, "refused_by_robots": 1}


def test_a_fault_costs_one_visit(nights):
    """Robots, list, the fault and the report beside it are asked for once, but for what is worth another try."""
    _, _, [night, _] = nights
    asked = Counter((visit.site, visit.path) for visit in night.requests)
    for name in EXPECTED:
        assert asked[name, LIST_PATH] == asked[name, "/robots.txt"] == 1
        assert asked[name, FAULT_PATH] == TRIED_AGAIN.get(name, 1)
        assert asked[name, WELL_PATH] <= (3 if name == "dies" else 1)


def test_never_two_requests_at_once_to_a_host(nights):
    _, _, [night, _] = nights
    for name in EXPECTED:
        visits = [visit for visit in night.requests if visit.site == name]
        assert all(later.started >= earlier.ended for earlier, later in itertools.pairwise(visits))


def test_every_fault_is_counted_by_its_site(nights):
    _, _, [night, _] = nights
    assert night.counts["challenge"] == 5
    assert (
        night.counts["login"]
        == night.counts["redirect_loop"]
        == night.counts["soft_not_found"]
        == 2
    )
    assert night.summary.by_site["firewall"] == {"challenge": 1, "not_found": 1, "stored": 2}
    assert night.summary.by_site["home-page"]["soft_not_found"] == 1


def test_the_next_night_asks_again_and_what_is_well_again_comes_home(nights):
    """The circuit has closed by itself: hosts that were left alone are asked again."""
    sites, _, [_, night] = nights
    again = {(visit.site, visit.path) for visit in night.requests}
    assert {
        ("asks-for-a-day", FAULT_PATH),
        ("robots-down", "/robots.txt"),
        ("dies", "/robots.txt"),
    } <= again
    row = night.rows["busy"][sites.addresses["busy"].removesuffix(LIST_PATH) + FAULT_PATH]
    assert row.outcome == "unchanged"
    assert night.bodies == nights[2][0].bodies


def test_a_file_name_of_a_server_is_nobodys_path(nights):
    _, settings, _ = nights
    outside = [path for path in settings.data.rglob("*") if path.name == "x"]
    assert outside == []


def test_a_body_is_what_its_bytes_are_whatever_its_server_says(fetched):
    fetch = fetched("wrong-type", FAULT_PATH)
    assert (fetch.content_type, fetch.looks_like) == ("image/png", "html")


def test_the_readme_lists_every_fault():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [fault.name for fault in FAULTS if f"`{fault.name}`" not in readme] == []
