"""Every rule that is built meets three reports: one in which it holds, one in which it fails, one in which nobody can say."""

import random

import pytest

from disclosure import form
from disclosure.quality.entries import read_entries, rules_of
from disclosure.settings import load_settings
from quality.judged import Judged
from quality.scenes import (
    GOVERNMENT,
    IN,
    SCENES,
    Scene,
    address,
    alone,
    changed,
    history,
    moved,
    old_form,
    stage,
    two_years,
)
from quality.violations import VIOLATIONS, plain_report
from warehouse.world import World, page

RULES = sorted(rule.rule for rule in rules_of(read_entries(load_settings({}).expectations)))
YEAR = 2023

# Rules that can always be assessed where they apply, each with the reason.
ALWAYS_ASSESSABLE = {
    "P-PERIOD": "applies where a period is stated",
    "S-AGENCY": "a report has an agency, or it is none",
    "S-CITED-NOTICE": "applies where a notice is cited",
    "S-EXTRA-ROW": "a row that is not there is no extra row",
    "S-TABLES": "a table that is not there is counted",
    "S-TEMPLATE-YEAR": "a report has a template and a year",
    "T3-CARRY-SWAP": "applies where the balance fails, and then all its cells are known",
    "V-FEE": "skips nulls",
    "V-FEE-UNIT": "skips nulls",
    "V-INT": "skips nulls",
    "V-SPLIT-DIGITS": "applies where a row's sum fails, and then all its cells are known",
    "V-UNIT-IN-CELL": "a cell that is not there has no unit",
    "X-SAME-NUMBERS": "a table without figures is like no other",
    "V-TOTAL-ONLY": "a row without a total has none alone",
    "V-BLANK-ROW": "a row that is not there is not blank",
}


def alone_twice(agency, chance):
    said = plain_report(agency, YEAR, chance)
    return Scene({address(said): said, address(said, "b"): said | {"title": "again"}}, {})


def off_by_unlike_amounts(agency, chance):
    said = plain_report(agency, YEAR, chance)
    by = {"natural_person": -2, "commercial_enterprise": 1, "other_org": 1}
    more = moved(said, **{f"received_new__{column}": more for column, more in by.items()})
    return Scene({address(said): changed(said, more)}, {})


def four_years(agency, chance):
    pages = [plain_report(agency, year, chance) for year in range(2021, 2025)]
    return Scene({address(said): said for said in pages}, {})


COUNTED = {
    "requests_received": "applications.received_new.total",
    "requests_carried_in": "applications.carried_in.total",
    "requests_processed": "applications.processed_total.total",
    "requests_carried_out": "applications.carried_out.total",
    "reconsideration_cases": "disputes.reconsideration.total",
    "litigation_cases": "disputes.litigation_direct.total",
    "normative_documents_issued": "proactive.normative_documents.issued",
}


def prose_that_agrees(agency, chance):
    said = plain_report(agency, YEAR, chance)
    cells = {"applications.received_new.total": 0} | said["cells"]
    statements = [(metric, cells.get(cell, 0)) for metric, cell in COUNTED.items()]
    handled, received, carried_in = (
        cells[f"applications.{row}.total"]
        for row in ("processed_total", "received_new", "carried_in")
    )
    statements.append(("response_rate_pct", round(100 * handled / (received + carried_in))))
    return Scene({address(said): said | {"statements": statements}}, {})


def prose_that_allows_it(agency, chance):
    """What was carried in is counted with what was received; what another body counts is no matter of the table."""
    said = plain_report(agency, YEAR, chance)
    cells = said["cells"]
    in_hand = sum(cells[f"applications.{row}.total"] for row in ("received_new", "carried_in"))
    statements = [
        ("requests_received", in_hand),
        ("requests_accepted", 998),  # of those received
        ("requests_processed", in_hand),
        ("requests_carried_out", 999, "exact", "全市"),
        ("litigation_cases", 999, "exact", None, "cumulative"),
        ("reconsideration_cases", 999, "about"),
        ("normative_documents_issued", 998),
        ("normative_documents_issued", 999),  # stated in two ways
    ]
    return Scene({address(said): said | {"statements": statements}}, {(agency, YEAR): set()})


def nearly_twins(agency, chance):
    """Two agencies whose requests differ in one that was carried out, and in its total."""
    one = plain_report(agency, YEAR, chance)
    more = moved(one, carried_out__natural_person=1, carried_out__total=1)
    facts = {"prose_digest": [f"{agency}分局"]}
    other = changed(one, more, agency=f"{agency}分局", facts=facts)
    return Scene({address(said): said for said in (one, other)}, {(agency, YEAR): set()})


# What else holds, and what else cannot be assessed.
OTHERS = {
    "a government in time": alone(stated=GOVERNMENT),
    "a government without a date": alone(stated=GOVERNMENT, published_on=None),
    "before 2019, in time": alone(year=2018),
    "before 2019, without a date": alone(year=2017, published_on=None),
    "signed and published": alone(signed_on="2024-01-10"),
    "published on this machine": alone(host="127.0.0.1"),
    "a right code": alone(facts={"credit_code": ["11210000MB1685697R"]}),
    "a code, and no place stated": alone(
        facts={"credit_code": ["11330300MB1685697R"]},
        stated={"kind": "医疗保障局", "level": "county"},
    ),
    "a name without a place": alone(agency="鲁甲局"),
    "off by amounts that do not match": off_by_unlike_amounts,
    "a notice of its year": alone(facts={"cited_notice": ["2021-30"]}),
    "an offset with a blank": alone(
        cells={
            "applications.received_new.natural_person": 0,
            "applications.carried_in.legal_service_org": None,
        }
    ),
    "two addresses alike": alone_twice,
    "years of prose": history(
        change=lambda before, after: (
            changed(before, facts={"prose_sketch": ["3c" * 256]}),
            changed(after, facts={"prose_sketch": ["5d" * 256]}),
        )
    ),
    "2019: items that follow": old_form(
        cells={"proactive.administrative_licensing.prior_year_items": 7},
        year_before={
            "proactive.administrative_licensing.prior_year_items": 4,
            "proactive.administrative_licensing.items_change": 3,
        },
    ),
    "four years, not all zero": four_years,
    "prose that agrees": prose_that_agrees,
    "prose that allows it": prose_that_allows_it,
    "prose that says there was none": alone(
        cells={"disputes.reconsideration.upheld": 0, "disputes.reconsideration.total": 0},
        statements=[("reconsideration_cases", 0, "stated_none")],
    ),
    "prose that is not sure": alone(
        statements=[(metric, 7, "about") for metric in (*COUNTED, "response_rate_pct")]
    ),
    "prose that says there was none, beside a blank": alone(
        cells={"disputes.litigation_direct.total": None},
        statements=[("litigation_cases", 0, "stated_none")],
    ),
    "nearly the same requests": nearly_twins,
    "a period that is the year": alone(period=["2023-01-01", "2023-12-31"]),
}


def blank(agency, template="2021-30", year=YEAR):
    return page(
        agency,
        year,
        {".".join(cell): None for cell in form.TEMPLATES[template].cells},
        template=template,
    )


def nothing(agency, template="2021-30", year=YEAR):
    """A page of which nothing could be read but whose it is."""
    cells = {".".join(cell): "absent" for cell in form.TEMPLATES[template].cells}
    missing = [
        item.code
        for table in form.TEMPLATES[template].tables
        for part in table.parts
        for item in part.items
    ]
    copies = {table.code: 0 for table in form.TEMPLATES[template].tables}
    return page(
        agency,
        year,
        cells,
        template=template,
        table_copies=copies,
        missing_rows=missing,
        facts=None,
    )


def unequal(agency):
    """The balance fails in two columns, as much one way as the other; a third is blank."""
    said = plain_report(agency, YEAR, random.Random(8))
    for column, by in (("natural_person", -1), ("other_org", 1)):
        said["cells"][f"applications.received_new.{column}"] += by
    return said | {"cells": said["cells"] | {"applications.carried_in.legal_service_org": None}}


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    world = World(tmp_path_factory.mktemp("three"))
    world.counts_twice = True
    chance = random.Random(2)
    scenes = {
        name: make(f"辽宁省甲{number}医疗保障局", chance)
        for number, (name, make) in enumerate(SCENES.items())
    }
    for number, (name, violation) in enumerate(VIOLATIONS.items()):
        agency = f"辽宁省乙{number}医疗保障局"
        said = plain_report(agency, YEAR, chance)
        violation.into(said)
        scenes[name] = Scene({address(said): said}, {(agency, YEAR): set(violation.breaks)})
    plain = [plain_report(f"辽宁省丙{number}医疗保障局", YEAR, chance) for number in range(30)]
    good = [
        *two_years("辽宁省丁医疗保障局", chance),
        *plain,
        page("辽宁省戊医疗保障局", 2020, template="2019-60"),
    ]
    poor = [
        blank("辽宁省己医疗保障局"),
        nothing("辽宁省庚医疗保障局"),
        unequal("辽宁省辛医疗保障局"),
    ]
    poor += [
        blank("辽宁省壬医疗保障局", "2019-60", 2020),
        nothing("辽宁省癸医疗保障局", "2019-60", 2020),
    ]
    scenes |= {
        name: make(f"辽宁省子{number}医疗保障局", chance)
        for number, (name, make) in enumerate(OTHERS.items())
    }
    for name, pages in (("good", good), ("poor", poor)):
        scenes[name] = Scene({address(said): said for said in pages}, {}, stated=IN)
    stage(world, scenes)
    world.load()
    world.judge()
    return Judged(world), scenes


def statuses(judged, rule):
    return {judged[0].status(rule, report) for _, report in judged[0].counts}


@pytest.mark.parametrize("name", SCENES)
def test_what_a_scene_breaks_fails_and_nothing_else(judged, name):
    found, scenes = judged
    for report, rules in scenes[name].breaks.items():
        assert found.failing(found.reports[report]) == rules


def test_prose_is_not_blamed_for_what_it_may_mean_in_another_way(judged):
    found, scenes = judged
    report = found.reports[next(iter(scenes["prose that allows it"].breaks))]
    assert found.failing(report) == set()
    assert found.status("P-RECEIVED", report) == found.status("P-PROCESSED", report) == "pass"
    assert found.status("P-CARRIED-OUT", report) == "not_applicable"
    assert found.status("P-LITIG", report) == "not_applicable"
    assert found.status("P-RECON", report) == found.status("P-NORMDOC", report) == "not_assessable"


def test_requests_that_differ_in_a_row_are_not_the_same(judged):
    found, scenes = judged
    report = found.reports[next(iter(scenes["nearly the same requests"].breaks))]
    assert found.status("X-SAME-NUMBERS", report) == "pass"


NEVER_HOLDS = {"Y-REVISED": "one version says nothing of revisions"}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_holds_fails_and_cannot_be_assessed_somewhere(judged, rule):
    expected = (
        {"pass", "fail", "not_assessable"}
        - ({"pass"} if rule in NEVER_HOLDS else set())
        - ({"not_assessable"} if rule in ALWAYS_ASSESSABLE else set())
    )
    assert statuses(judged, rule) - {"not_applicable"} == expected
