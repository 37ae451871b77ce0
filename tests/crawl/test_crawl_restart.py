"""A night that is killed and started again ends as an undisturbed one, and asks for nothing more than it must."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter

import pytest

from disclosure.crawl.sites import load_sites
from disclosure.crawl.visit import visit_batch
from disclosure.ledger import record_night
from disclosure.replay.server import free_ports, serve_replay
from disclosure.settings import ROOT

RUN = "2026-11-22T02-00-00Z"
VISIT = """
import sys
from disclosure.crawl.visit import visit_batch
from disclosure.settings import load_settings
visit_batch(sys.argv[1].split(","), load_settings(), "2026-11-22T02-00-00Z")
"""


@pytest.fixture(scope="module")
def slow_replay():
    with serve_replay(ports=free_ports(), latency_seconds=0.01) as replay:
        yield replay


@pytest.mark.parametrize("requests", [1, 9, 16])
def test_a_killed_night_goes_on_where_it_was(slow_replay, settings_for, rows, tmp_path, requests):
    settings = settings_for(slow_replay.write_sites(tmp_path / "sites"))
    names = [site.name for site in load_sites(settings.sites)]
    calm = settings_for(settings.sites)
    visit_batch(names, calm, RUN)
    undisturbed = results(rows(calm)), bodies(calm)
    (tmp_path / "data").rename(tmp_path / "calm")

    slow_replay.log.clear()
    kill_after(requests, names, settings, slow_replay)
    assert requests <= len(slow_replay.requests) < requests + 7
    counts = visit_batch(names, settings, RUN)

    assert (results(rows(settings)), bodies(settings)) == undisturbed
    assert sum(counts.values()) == record_night(settings.fetches, RUN).fetches == 23
    asked = Counter((visit.port, visit.path) for visit in slow_replay.requests)
    repeated = Counter(port for (port, _), times in asked.items() if times > 1)
    assert max(asked.values()) <= 2
    assert all(times == 1 for times in repeated.values())  # the one that was under way


def kill_after(requests, names, settings, replay):
    """Visit in another process, and kill it when the sites have been asked so often: no answer comes after that."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "plugins"),
        "DISCLOSURE_DATA": str(settings.data),
        "DISCLOSURE_SITES": str(settings.sites),
        "DISCLOSURE_USER_AGENT": settings.user_agent,
    }
    add, is_time, is_over = replay.log.add, threading.Event(), threading.Event()

    def hold(visit):
        add(visit)
        if len(replay.requests) >= requests:
            is_time.set()
            is_over.wait(30)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replay.log, "add", hold)
        visiting = subprocess.Popen([sys.executable, "-c", VISIT, ",".join(names)], env=environment)
        assert is_time.wait(30)
        visiting.kill()
        assert visiting.wait() == -signal.SIGKILL
        is_over.set()


def results(fetched):
    return {
        address: (fetch.status, fetch.outcome, fetch.sha256, fetch.title)
        for address, fetch in fetched.items()
    }


def bodies(settings):
    return sorted(path.name for path in settings.objects.rglob("*.gz"))
