"""Rules over the years of one agency, over several agencies, and over names and dates: one holds, one fails, one lacks a side."""

import random

import pytest

from disclosure.reading import read_any
from disclosure.settings import ROOT
from quality.judged import Judged
from quality.violations import plain_report
from warehouse.world import World, page

STATED = {"kind": "医疗保障局", "level": "county", "region_code": "210106"}
APPLICATIONS = "applications.{}.{}"


def history(agency, *changes):
    """Reports of successive years whose carries and stock follow from one another, each with its changes."""
    chance = random.Random(3)
    said, pages = None, []
    for year, (cells, more) in enumerate(changes, start=2021):
        out = (
            {"natural_person": said["cells"][APPLICATIONS.format("carried_out", "natural_person")]}
            if said
            else None
        )
        said = plain_report(agency, year, chance, out)
        shown = said | more
        pages.append(shown | {"cells": said["cells"] | cells})
    return pages


PLAIN = ({}, {})
CARRIED_OUT = APPLICATIONS.format("carried_out", "total")
BIG = {APPLICATIONS.format("denied_state_secret", "total"): 500}
# agency → its years
AGENCIES = {
    "鲁甲局": history("鲁甲局", PLAIN, PLAIN),
    "鲁乙局": history("鲁乙局", ({CARRIED_OUT: 7}, {}), PLAIN),
    "鲁丙局": history("鲁丙局", ({CARRIED_OUT: None}, {}), PLAIN),
    "鲁丁局": history("鲁丁局", PLAIN, ({"proactive.normative_documents.in_force": 99}, {})),
    "鲁戊局": history("鲁戊局", PLAIN, (BIG, {})),
    "鲁己局": [page("鲁己局", year) for year in (2020, 2021, 2022, 2023)],
    "鲁庚局": [page("鲁庚局", year) for year in (2020, 2023)],
}

# rule, agency, year, (passed, failed, not assessable)
CASES = [
    ("Y-CARRY", "鲁甲局", 2022, (1, 0, 0)),
    ("Y-CARRY", "鲁乙局", 2022, (0, 1, 0)),
    ("Y-CARRY", "鲁丙局", 2022, (0, 0, 1)),
    ("Y-CARRY", "鲁甲局", 2021, (0, 0, 1)),
    ("Y-CARRY-TYPE", "鲁甲局", 2022, (6, 0, 0)),
    ("Y-CARRY-TYPE", "鲁甲局", 2021, (0, 0, 1)),
    ("Y-STOCK", "鲁甲局", 2022, (2, 0, 0)),
    ("Y-STOCK", "鲁丁局", 2022, (1, 1, 0)),
    ("Y-STOCK", "鲁甲局", 2021, (0, 0, 2)),
    ("Y-JUMP", "鲁戊局", 2022, (None, 1, 0)),
    ("Y-JUMP", "鲁甲局", 2022, (None, 0, 0)),
    ("Y-JUMP", "鲁甲局", 2021, (0, 0, 1)),
    ("Y-GAP", "鲁甲局", 2022, (1, 0, 0)),
    ("Y-GAP", "鲁庚局", 2023, (0, 1, 0)),
    ("Y-IDENTICAL", "鲁甲局", 2022, (1, 0, 0)),
    ("Y-IDENTICAL", "鲁甲局", 2021, (0, 0, 1)),
    ("O-ALLZERO", "鲁己局", 2023, (0, 1, 0)),
    ("O-ALLZERO", "鲁己局", 2022, (0, 0, 1)),
    ("T4-VS-T3", "鲁甲局", 2022, (1, 0, 0)),
]


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    world = World(tmp_path_factory.mktemp("years"))
    world.counts_twice = True
    world.has_site("site", *AGENCIES, **STATED)
    world.night(
        {
            f"http://a.gov.cn/{name}/{said['report_year']}": said
            for name, all_of in AGENCIES.items()
            for said in all_of
        }
    )
    world.load()
    world.judge()
    return Judged(world)


@pytest.mark.parametrize(("rule", "agency", "year", "expected"), CASES)
def test_the_years_of_an_agency(judged, rule, agency, year, expected):
    found = judged.counts[rule, f"key-{agency}-{year}"]
    assert found[1:] == expected[1:]
    assert expected[0] in (None, found[0])


TWO_YEARS = """2023年政府信息公开工作年度报告
（沈阳市医疗保障局）
本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。
"""


def test_a_title_and_a_period_of_different_years_fail_where_the_list_says_the_year(world):
    """Without the list's word the document has no year: it is told as unread, with both years."""
    world.read = read_any
    world.has_site("site", "沈阳市医疗保障局", **STATED)
    text = (ROOT / "tests/parse/documents/pipes/report.txt").read_text(encoding="utf-8")
    body = TWO_YEARS + text[text.index("一、总体情况") :]
    listed = "沈阳市医疗保障局2023年政府信息公开工作年度报告"
    world.night(
        {
            "http://a.gov.cn/listed": {"body": body, "listed_as": listed},
            "http://a.gov.cn/nameless": {"body": body + "\n", "listed_as": "年度报告"},
        }
    )
    world.load()
    world.judge()
    assert Judged(world).outcomes["S-YEAR", "key-沈阳市医疗保障局-2023"] == [
        ("year", 2, 1, "fail", None, "error")
    ]
    ((kind, message),) = world.rows("select kind, message from quality.unread")
    assert (kind, "2022, 2023" in message) == ("year_missing", True)


SAME = """
select agency_name from quality.rule_outcomes join staging.reports using (report_id)
where rule = '{}' and status = 'fail' order by 1
"""


def test_contents_and_numbers_that_two_agencies_share(world):
    world.has_site("site", "甲局", "乙局", "丙局", "丁局", **STATED)
    one = plain_report("甲局", 2023, random.Random(5))
    same_prose = one | {"agency": "乙局"}
    same_numbers = one | {"agency": "丙局", "facts": {"prose_digest": ["another"]}}
    other = plain_report("丁局", 2023, random.Random(6))
    world.night(
        {f"http://a.gov.cn/{n}": s for n, s in enumerate((one, same_prose, same_numbers, other))}
    )
    world.load()
    world.judge()
    assert world.rows(SAME.format("X-SAME-CONTENT")) == [("乙局",), ("甲局",)]
    assert world.rows(SAME.format("X-SAME-NUMBERS")) == [("丙局",), ("乙局",), ("甲局",)]
    # The copies are taken back: those that are left are judged anew.
    for number, agency in ((1, "乙局"), (2, "丙局")):
        world.night(
            {f"http://a.gov.cn/{number}": plain_report(agency, 2023, random.Random(number))}
        )
    world.load()
    world.judge()
    assert world.rows(SAME.format("X-SAME-CONTENT")) == []
    assert world.rows(SAME.format("X-SAME-NUMBERS")) == []


def outcomes(world):
    tables = ("rule_outcomes", "rule_counts", "judged")
    return [world.rows(f"select * from quality.{table} order by all") for table in tables]


@pytest.mark.parametrize("seed", [1, 2])
def test_random_nights_judge_as_all_at_once_does(world, seed):
    """Reports appear, change, are copied from one another and vanish; what is not judged anew is still true."""
    chance = random.Random(seed)
    names = ["甲局", "乙局", "丙局"]
    world.has_site("site", *names, **STATED)
    for night in range(4):
        pages = {}
        for _ in range(4):
            agency, year = chance.choice(names), chance.randint(2020, 2024)
            said = plain_report(agency, year, random.Random(chance.randint(1, 3)))
            if chance.random() < 0.3:
                said["facts"] = {"prose_digest": ["the same"]}
            pages[f"http://a.gov.cn/{agency}/{year}/{chance.randint(1, 2)}"] = said
        world.night(pages)
        if night == 2:
            world.has_site("site", *names, **STATED | {"level": "township"})
        world.load()
        world.judge()
    by_night = outcomes(world)
    world.judge("all")
    assert outcomes(world) == by_night
