"""What the reports of others say of one follows what changed, and is what measuring all of them anew gives."""

import random

import pytest

from disclosure.quality.company import keep_company
from disclosure.warehouse.connect import open_work, transaction
from disclosure.warehouse.scripts import create_tables
from warehouse.world import World, page

AGENCIES = [f"第{number}局" for number in range(36)]  # peers are told from 30 on
YEARS = (2022, 2023)
NIGHTS = 8
KEPT = ("contents", "peers", "outliers", "likenesses")
SOUTH = {"kind": "教育局", "level": "county", "region_code": "440300"}
TEXTS = 5


class Crowd:
    """Reports whose prose is one of a few texts, each with places of its own changed, and whose figures are small."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.texts = ["".join(self.chance.choices("123456789abcdef", k=512)) for _ in range(TEXTS)]

    def first(self):
        return {(agency, year): self.says(agency, year) for agency in AGENCIES for year in YEARS}

    def next(self):
        keys = self.chance.sample([(a, y) for a in AGENCIES for y in (*YEARS, 2024)], 3)
        return {key: self.says(*key) for key in keys}

    def says(self, agency, year):
        sketch = self.chance.choice([*self.texts, None])
        facts = {"prose_sketch": [self.edited(sketch)], "prose_digest": ["p"]} if sketch else {}
        received = self.chance.choice([0, 1, 2, 3, 500])
        return page(agency, year, {"applications.received_new.total": received}, facts=facts)

    def edited(self, sketch):
        places = list(sketch)
        for place in self.chance.sample(range(512), self.chance.choice([0, 0, 10, 40])):
            places[place] = "0"
        return "".join(places)


def company(world):
    """What is kept after a night of which only the changes are followed."""
    with open_work(world.settings) as connection, transaction(connection):
        create_tables(connection, world.settings.sql, "raw", "staging", "quality")
        keep_company(connection, world.settings.sql, everything=False)
    return {name: world.rows(f"from quality.{name} order by all") for name in KEPT}


def measured_anew(world):
    for name in KEPT:
        world.rows(f"delete from quality.{name}")
    return company(world)


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path / "data")
    world.has_site("site", *AGENCIES, **SOUTH)
    return world


def test_night_by_night_it_is_what_measuring_all_anew_gives(world):
    crowd = Crowd(seed=11)
    found = crowd.first()
    for number in range(NIGHTS):
        if number == NIGHTS - 2:  # the last two agencies are of another kind from now on
            world.has_site("site", *AGENCIES[:-2], **SOUTH)
            world.has_site("another", *AGENCIES[-2:], **SOUTH | {"kind": "公安局"})
        world.night({f"http://site/{a}/{y}": said for (a, y), said in found.items()})
        world.load()
        kept = company(world)
        assert kept == measured_anew(world)
        found = crowd.next()
    assert len(kept["peers"]) > 0
    assert {far_off is None for *_, far_off in kept["outliers"]} == {True, False}
    assert len({likeness for _, likeness, _ in kept["likenesses"]}) > 3


def test_only_what_a_change_concerns_is_touched(world):
    crowd = Crowd(seed=3)
    world.night({f"http://site/{a}/{y}": said for (a, y), said in crowd.first().items()})
    world.load()
    company(world)
    # A trace in rows of another year: it stays when nothing there is measured.
    world.rows("update quality.likenesses set twin = 'as it was' where report_id like '%2022'")
    world.rows("update quality.outliers set far_off = 'as it was' where report_id like '%2022'")
    world.rows("update quality.peers set middle = -1 where report_year = 2022")
    world.night({"http://site/第0局/2023": crowd.says("第0局", 2023)})
    world.load()
    kept = company(world)
    of_2022 = [row for row in kept["likenesses"] if row[0].endswith("2022")]
    assert {twin for _, _, twin in of_2022} == {"as it was"}
    assert {far for report, _, far in kept["outliers"] if report.endswith("2022")} == {"as it was"}
    assert {row[5] for row in kept["peers"] if row[2] == 2022} == {-1.0}


def test_where_nothing_changed_nothing_is_measured(world):
    world.night({"http://site/1": page("第0局", 2023)})
    world.load()
    company(world)
    world.rows("delete from quality.outliers")
    world.rows("update quality.contents set prose = 'as it was'")
    assert {row[8] for row in company(world)["contents"]} == {"as it was"}
