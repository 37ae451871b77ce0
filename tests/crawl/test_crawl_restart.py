"""A night that is killed, or whose disk is full, and started again ends as an undisturbed one; it asks for nothing more
than it must."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from disclosure.crawl.sites import load_sites
from disclosure.crawl.visit import visit_batch
from disclosure.ledger import record_night
from disclosure.replay.server import free_ports, serve_replay
from disclosure.settings import ROOT

RUN = "2026-11-22T02-00-00Z"
KILLS, KILLS_A_NIGHT = 50, 5

# Forks a process for each visit that is asked for, so that fifty of them need not import everything again.
VISITOR = """
import os, sys
from disclosure.crawl.visit import visit_batch
from disclosure.settings import load_settings
for line in sys.stdin:
    data, sites, *names = line.split()
    process = os.fork()
    if process == 0:
        settings = {"DISCLOSURE_DATA": data, "DISCLOSURE_SITES": sites}
        visit_batch(names, load_settings(settings), "2026-11-22T02-00-00Z")
        os._exit(0)
    print(process, flush=True)
    print(os.waitpid(process, 0)[1], flush=True)
"""


@pytest.fixture(scope="module")
def slow_replay():
    with serve_replay(ports=free_ports(), latency_seconds=0.01) as replay:
        yield replay


@pytest.fixture(scope="module")
def visitor():
    """Visit in another process: `start(settings, names)` returns its number, `wait()` the status it ended with."""
    forking = subprocess.Popen(
        [sys.executable, "-c", VISITOR],
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    class Visitor:
        def start(self, settings, names):
            forking.stdin.write(f"{settings.data} {settings.sites} {' '.join(names)}\n")
            forking.stdin.flush()
            return int(forking.stdout.readline())

        def wait(self):
            return os.waitstatus_to_exitcode(int(forking.stdout.readline()))

    yield Visitor()
    forking.stdin.close()
    assert forking.wait(10) == 0


@pytest.fixture
def names_and_settings(slow_replay, settings_for, tmp_path):
    settings = settings_for(slow_replay.write_sites(tmp_path / "sites"))
    return [site.name for site in load_sites(settings.sites)], settings


@pytest.fixture
def undisturbed(names_and_settings, rows, tmp_path):
    """What a calm night leaves behind."""
    names, settings = names_and_settings
    visit_batch(names, settings, RUN)
    left = results(rows(settings)), bodies(settings)
    (tmp_path / "data").rename(tmp_path / "calm")
    return left


def test_fifty_kills_at_random_moments_leave_no_trace(
    slow_replay, visitor, names_and_settings, undisturbed, rows, tmp_path
):
    names, settings = names_and_settings
    chance, kills, nights = random.Random(20261122), 0, 0
    while kills < KILLS:
        slow_replay.log.clear()
        killed = 0
        while killed < min(KILLS_A_NIGHT, KILLS - kills):
            process = visitor.start(settings, names)
            time.sleep(chance.uniform(0.0, 0.15))
            os.kill(process, signal.SIGKILL)
            if visitor.wait() == 0:
                break
            killed += 1
        visitor.start(settings, names)
        assert visitor.wait() == 0
        assert (results(rows(settings)), bodies(settings)) == undisturbed
        assert_little_was_repeated(slow_replay.requests, killed, len(names))
        kills, nights = kills + killed, nights + 1
        assert record_night(settings.fetches, RUN).fetches == 23
        (tmp_path / "data").rename(tmp_path / f"night-{nights}")
    assert kills == KILLS


def assert_little_was_repeated(requests, kills, hosts):
    """Of each host, at most the request that was under way when a kill came."""
    asked = Counter((visit.port, visit.path) for visit in requests)
    assert max(asked.values()) <= 1 + kills
    repeated = Counter()
    for (port, _), times in asked.items():
        repeated[port] += times - 1
    assert max(repeated.values()) <= kills
    assert len(repeated) == hosts


@pytest.mark.parametrize("moment", [1, 2, 5, 11, 17, 23, 31, 38, 45])
def test_a_disk_that_is_full_for_one_write_costs_one_visit_at_most(
    slow_replay, names_and_settings, undisturbed, rows, monkeypatch, moment
):
    """Bodies and rows are flushed to the disk 45 times a night; one of these finds it full."""
    names, settings = names_and_settings
    flushes, flush = iter(range(1, 1000)), os.fsync

    def full(descriptor):
        if next(flushes) == moment:
            raise OSError(28, "No space left on device")
        flush(descriptor)

    slow_replay.log.clear()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(ExceptionGroup, match="broke off") as error:
            visit_batch(names, settings, RUN)
    assert [type(each) for each in error.value.exceptions] == [OSError]
    visit_batch(names, settings, RUN)
    assert (results(rows(settings)), bodies(settings)) == undisturbed
    asked = Counter((visit.port, visit.path) for visit in slow_replay.requests)
    assert sum(times - 1 for times in asked.values()) <= 1


def test_what_was_left_alone_is_left_alone_after_a_restart(odd_site, write_site, rows, quick_clock):
    """Three refusals close a host for the night, whichever process heard them."""
    links = "".join(f'<a href="/{n}.html">某局2023年政府信息公开工作年度报告</a>' for n in range(6))
    odd_site.answers["/list.html"] = (200, {}, links.encode())
    for number in range(6):
        odd_site.answers[f"/{number}.html"] = (503, {}, b"")
    settings = write_site("one", odd_site.address + "/list.html")
    calm = visit_batch(["one"], settings, RUN, quick_clock)
    lines = settings.fetches / RUN / "one.jsonl"
    lines.write_bytes(b"".join(lines.read_bytes().splitlines(keepends=True)[:-2]))
    odd_site.asked.clear()
    assert visit_batch(["one"], settings, RUN, quick_clock) == calm
    assert odd_site.asked == []


def results(fetched):
    return {
        address: (fetch.status, fetch.outcome, fetch.sha256, fetch.title)
        for address, fetch in fetched.items()
    }


def bodies(settings):
    return sorted(path.name for path in settings.objects.rglob("*.gz"))
