"""The five reports that the project began from, read from their own text and held to every rule that is built."""

import pytest

from disclosure.reading import read_any
from disclosure.settings import ROOT
from quality.judged import Judged
from warehouse.world import World

DOCUMENTS = ROOT / "tests" / "parse" / "documents"
SEEDS = {
    "pipes": ("沈阳市医疗保障局", 2025, "210100", "prefecture"),
    "pipes_twice_with_pinyin": ("鞍山市医疗保障局", 2022, "210300", "prefecture"),
    "tabs": ("郑州市惠济区医疗保障局", 2024, "410108", "county"),
    "cell_lines": ("武汉市新洲区医疗保障局", 2025, "420117", "county"),
    "cell_lines_broken_label": ("上海市崇明区医疗保障局", 2023, "310151", "county"),
}

# What each rule says of each of the five, in the order above, as a person judged it. A hit is a failing rule of severity
# warning or info.
STATUSES = {
    "F-DEPT": "not_assessable pass not_assessable pass not_assessable",
    "F-EARLY": "not_assessable pass not_assessable pass not_assessable",
    "F-GOV": "not_applicable not_applicable not_applicable not_applicable not_applicable",
    "F-OLD": "not_applicable not_applicable not_applicable not_applicable not_applicable",
    "F-SIGN-ORDER": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "K-HOST-REGION": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "K-REGION": "pass pass hit hit pass",
    "K-USCC": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "K-USCC-REGION": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "K-USCC-TYPE": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "O-ALLZERO": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "O-PEER": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "P-CARRIED-IN": "not_applicable pass not_applicable not_applicable not_applicable",
    "P-CARRIED-OUT": "not_applicable pass not_applicable not_applicable not_applicable",
    "P-LITIG": "not_applicable not_applicable not_applicable not_applicable pass",
    "P-NONE": "not_applicable pass pass pass not_applicable",
    "P-NORMDOC": "not_applicable not_applicable not_applicable not_applicable not_applicable",
    "P-PERIOD": "pass not_applicable not_applicable not_applicable pass",
    "P-PROCESSED": "not_applicable pass pass not_applicable not_applicable",
    "P-RATE": "hit not_applicable not_applicable not_applicable not_applicable",
    "P-RECEIVED": "pass pass not_applicable not_applicable pass",
    "P-RECON": "not_applicable not_applicable not_applicable not_applicable pass",
    "S-AGENCY": "pass pass hit hit pass",
    "S-CITED-NOTICE": "not_applicable not_applicable not_applicable not_applicable not_applicable",
    "S-COLS": "pass pass pass pass pass",
    "S-DIGITS-LOST": "pass pass pass pass pass",
    "S-DOUBLE-BODY": "pass hit pass pass pass",
    "S-ENCODING": "pass hit pass pass pass",
    "S-EXTRA-ROW": "pass pass pass pass pass",
    "S-HOST": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "S-LABELS": "hit hit pass hit hit",
    "S-LEFTOVER": "pass pass pass pass pass",
    "S-RESIDUE": "hit pass pass hit pass",
    "S-ROWS": "pass pass pass pass pass",
    "S-SECTIONS": "pass pass pass pass hit",
    "S-TABLES": "pass hit pass pass pass",
    "S-TEMPLATE-YEAR": "pass pass pass pass pass",
    "S-YEAR": "pass pass pass pass pass",
    "T2-19-ITEMS": "not_applicable not_applicable not_applicable not_applicable not_applicable",
    "T2-19-MADE": "not_applicable not_applicable not_applicable not_applicable not_applicable",
    "T2-19-OPEN": "not_applicable not_applicable not_applicable not_applicable not_applicable",
    "T2-19-PROC": "not_applicable not_applicable not_applicable not_applicable not_applicable",
    "T2-19-SHIFT": "not_applicable not_applicable not_applicable not_applicable not_applicable",
    "T2-19-SIGN": "not_applicable not_applicable not_applicable not_applicable not_applicable",
    "T2-COMPULSION-RARE": "pass pass pass pass pass",
    "T2-FEE-RARE": "pass pass pass pass pass",
    "T2-ISSUED-ZERO-STOCK": "pass not_applicable not_applicable not_applicable not_applicable",
    "T2-LICENSE-RARE": "pass pass pass pass pass",
    "T2-RULES-POWER": "pass pass pass pass pass",
    "T2-STOCK-FLOW": "pass pass pass pass pass",
    "T3-BALANCE": "pass pass pass pass fail",
    "T3-BALANCE-IMPUTED": "pass pass pass pass pass",
    "T3-CARRY-SHARE": "pass pass pass pass pass",
    "T3-CARRY-SWAP": "not_applicable not_applicable not_applicable not_applicable not_applicable",
    "T3-FEE-LINK": "pass pass pass pass pass",
    "T3-OFFSET": "not_applicable not_applicable not_applicable not_applicable not_applicable",
    "T3-OTHER-SHARE": "pass not_applicable not_applicable not_applicable not_applicable",
    "T3-OUTCOME-SUM": "pass pass pass pass fail",
    "T3-ROW-SUM": "pass pass pass pass pass",
    "T4-AFTER-LE": "pass pass pass pass pass",
    "T4-ROW-SUM": "pass pass pass pass pass",
    "T4-VS-T3": "pass pass pass pass pass",
    "V-BLANK": "pass pass pass pass pass",
    "V-BLANK-ROW": "pass pass pass pass pass",
    "V-COLLAPSED": "pass pass pass pass pass",
    "V-FEE": "pass pass pass pass pass",
    "V-FEE-UNIT": "pass pass pass pass pass",
    "V-INT": "pass pass pass pass pass",
    "V-MIXED-ZERO": "pass pass pass pass pass",
    "V-NORMAL": "hit pass pass hit hit",
    "V-PLACEHOLDER": "pass pass pass pass pass",
    "V-SPLIT-DIGITS": "not_applicable not_applicable not_applicable not_applicable not_applicable",
    "V-TOTAL-ONLY": "pass pass pass pass pass",
    "V-UNIT-IN-CELL": "pass pass pass pass pass",
    "X-NEAR-DUP": "pass pass pass pass pass",
    "X-SAME-CONTENT": "pass pass pass pass pass",
    "X-SAME-NUMBERS": "pass pass pass pass pass",
    "X-VERSIONS": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "Y-19-ITEMS": "not_applicable not_applicable not_applicable not_applicable not_applicable",
    "Y-CARRY": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "Y-CARRY-TYPE": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "Y-GAP": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "Y-IDENTICAL": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "Y-JUMP": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "Y-PROSE-COPY": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "Y-REVISED": "not_assessable not_assessable not_assessable not_assessable not_assessable",
    "Y-STOCK": "not_assessable not_assessable not_assessable not_assessable not_assessable",
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    world = World(tmp_path_factory.mktemp("seeds"))
    world.read = read_any
    world.counts_twice = True
    for number, (folder, (name, _, region, level)) in enumerate(SEEDS.items()):
        stated = {"kind": "医疗保障局", "region_code": region, "level": level}
        world.has_site(f"site{number}", name, **stated)
        body = (DOCUMENTS / folder / "report.txt").read_text(encoding="utf-8")
        world.night({f"http://site{number}/{folder}": {"body": body}}, site=f"site{number}")
    world.load()
    world.judge()
    return Judged(world)


@pytest.mark.parametrize("rule", STATUSES)
def test_the_seeds_are_judged_as_a_person_did(judged, rule):
    found = [judged.status(rule, f"key-{name}-{year}") for name, year, *_ in SEEDS.values()]
    assert found == STATUSES[rule].replace("hit", "fail").split()


def test_every_rule_that_is_built_has_its_statuses(judged):
    assert {rule for (rule,) in judged.world.rows("select rule from quality.rules")} == set(
        STATUSES
    )
