"""Every rule fires where its violation is, and nowhere else: one violation at a time, over generated reports."""

import random

import pytest

from quality.judged import Judged
from quality.violations import VIOLATIONS, plain_report
from warehouse.world import World

YEAR = 2023
STATED = {"kind": "医疗保障局", "level": "county", "region_code": "210000"}


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """A report for each violation, one with none, and a history of four years with a violation of its own kind in each."""
    world = World(tmp_path_factory.mktemp("violations"))
    world.counts_twice = True
    chance = random.Random(1)
    names = {
        kind: f"辽宁省第{number}医疗保障局" for number, kind in enumerate(["none", *VIOLATIONS])
    }
    world.has_site("site", *names.values(), **STATED)
    pages = {}
    for kind, agency in names.items():
        said = plain_report(agency, YEAR, chance)
        if kind != "none":
            VIOLATIONS[kind].into(said)
        pages[f"http://www.ln.gov.cn/{agency}"] = said
    world.night(pages)
    world.load()
    world.judge()
    judged = Judged(world)
    return {kind: judged.failing(f"key-{agency}-{YEAR}") for kind, agency in names.items()}


def test_of_a_plain_report_nothing_is_said(judged):
    assert judged["none"] == set()


@pytest.mark.parametrize("kind", VIOLATIONS)
def test_a_rule_fires_where_its_violation_is(judged, kind):
    assert judged[kind] == set(VIOLATIONS[kind].breaks)
