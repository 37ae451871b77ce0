"""A load works out anew what changed, and has what working all of it out anew would give."""

import json

import pytest

from warehouse.quick import AGENCIES, Nights
from warehouse.world import page

DERIVED = ("sightings", "readings", "agencies_found", "claims", "report_versions")
URL = "http://site/report"


def undated(year):
    """A page that prints two years, of which the list's link says which is meant: the same bytes whatever it says."""
    said = page("甲局", None, facts={"year": ["2022", "2023"]})
    return {"body": json.dumps(said), "listed_as": f"甲局{year}年政府信息公开工作年度报告"}


UNDATED = undated(2023)


def derived(world):
    return {name: world.rows(f"select * from staging.{name} order by all") for name in DERIVED}


def rebuilt(world):
    world.load("all")
    return derived(world)


def test_random_nights_one_by_one(world):
    nights = Nights(seed=4)
    world.has_site("site", *AGENCIES)
    world.night(nights.first())
    world.load()
    for _ in range(10):
        world.night(nights.next())
        world.load()
    assert derived(world) == rebuilt(world)


def names_another_agency(world):
    world.has_site("site", "甲局", "乙局")


def shows_what_it_showed_under_another_title(world):
    world.night({URL: undated(2022)})


def shows_something_else(world):
    world.night({URL: page("甲局", 2022), "http://site/other": page("乙局", 2021)})


def comes_late(world):
    world.nights = -5
    world.night({URL: UNDATED})


def is_resumed(world):
    world.nights -= 1
    world.night({"http://site/2": UNDATED, URL: UNDATED, "http://site/other": page("乙局", 2022)})


@pytest.mark.parametrize(
    "what",
    [
        names_another_agency,
        shows_what_it_showed_under_another_title,
        shows_something_else,
        comes_late,
        is_resumed,
    ],
)
def test_whatever_else_a_claim_rests_on(world, what):
    world.has_site("site", "甲局")
    world.night({URL: UNDATED, "http://site/other": page("乙局", 2022)})
    world.load()
    before = derived(world)
    what(world)
    world.load()
    after = derived(world)
    assert after != before
    assert after == rebuilt(world)


def test_a_document_that_is_read_later_than_it_was_seen(world):
    world.has_site("site", "甲局")
    world.night({URL: page("甲局", 2023)})
    world.collect()
    from disclosure.warehouse.load import load

    assert load(world.settings).reports == 0
    assert world.load().reports == 1
    assert derived(world) == rebuilt(world)


def test_what_nothing_touched_is_left_as_it_is(world):
    world.has_site("site", "甲局")
    pages = {f"http://site/{year}": page("甲局", year) for year in (2021, 2022)}
    world.night(pages)
    world.load()
    for table in ("readings", "claims", "report_versions"):
        world.rows(f"update staging.{table} set site = 'left'")
    world.night(pages | {"http://site/2022": page("甲局", 2022, furniture="another")})
    world.load()
    for table in ("claims", "report_versions"):
        assert world.rows(f"select distinct report_year, site from staging.{table} order by 1") == [
            (2021, "left"),
            (2022, "site"),
        ]
