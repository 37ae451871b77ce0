"""Twenty hosts at once: polite to each by their own log, side by side all the same; a quiet night leaves only its visits.

The figures are measured in benchmarks/politeness.py and benchmarks/quiet_night.py.
"""

import itertools
import time

import pytest

from crawl.many_sites import many_sites
from disclosure.crawl.visit import visit_batch
from disclosure.ledger import record_night
from disclosure.warehouse.batches import parse_batch
from disclosure.warehouse.collect import collect
from disclosure.warehouse.load import load

RUN, NEXT = "2026-11-22T02-00-00Z", "2026-11-23T02-00-00Z"
HOSTS, REPORTS, DELAY = 20, 3, 0.2


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """A first night, its documents parsed, and a second one on which nothing changed."""
    with many_sites(tmp_path_factory.mktemp("many"), HOSTS, REPORTS, DELAY) as sites:
        began = time.monotonic()
        visit_batch(sites.names, sites.settings, RUN)
        took, first = time.monotonic() - began, sites.requests()
        record_night(sites.settings.fetches, RUN)
        for batch in collect(sites.settings, "new"):
            parse_batch(batch, sites.settings)
        load(sites.settings)
        before = objects(sites)
        counts = visit_batch(sites.names, sites.settings, NEXT)
        summary = record_night(sites.settings.fetches, NEXT)
        yield sites, took, first, before, counts, summary


def objects(sites):
    return {path for path in sites.settings.objects.rglob("*") if path.is_file()}


def test_each_host_is_asked_one_thing_at_a_time_with_its_delay_between(nights):
    sites, _, visits, *_ = nights
    for name in sites.names:
        asked = [visit for visit in visits if visit["site"] == name]
        assert len(asked) == REPORTS + 2
        for earlier, later in itertools.pairwise(asked):
            assert later["started"] - earlier["ended"] >= DELAY


def test_hosts_are_visited_side_by_side(nights):
    _, took, *_ = nights
    bound = (REPORTS + 1) * DELAY
    assert bound <= took < HOSTS * bound  # which one after another would take at least


def test_a_quiet_night_stores_nothing_and_leaves_nothing_to_parse(nights):
    sites, _, _, before, counts, _ = nights
    assert counts == {"not_found": HOSTS, "unchanged": HOSTS * (REPORTS + 1)}
    assert objects(sites) == before
    assert collect(sites.settings, "new") == []


def test_a_quiet_night_has_no_row_but_its_visits(nights):
    sites, _, first, _, _, summary = nights
    assert summary.fetches == len(sites.requests()) - len(first) == HOSTS * (REPORTS + 2)
