"""Does every rule fire where, and only where, its violation is? One kind at a time and in pairs, over generated reports.

Prints precision and recall of each rule, and ends with 1 where one of them is below 1. Run: make bench, or
PYTHONPATH=plugins:tests python benchmarks/injected_violations.py [reports]
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from itertools import combinations
from pathlib import Path

from quality.violations import VIOLATIONS, plain_report
from warehouse.world import World

YEAR = 2023
FAILING = "select distinct agency_name, rule from quality.rule_outcomes join staging.reports using (report_id) where status = 'fail'"


def main(reports: int) -> int:
    chance = random.Random(7)
    expected, world = inject(reports, chance, Path(tempfile.mkdtemp(prefix="violations-")))
    world.load()
    world.judge()
    found = set(world.rows(FAILING))
    return report(expected, found)


def inject(reports: int, chance: random.Random, folder: Path) -> tuple[set[tuple[str, str]], World]:
    """A fifth of the reports is left plain, the rest gets one violation, or two that touch different parts."""
    pairs = [
        pair
        for pair in combinations(VIOLATIONS, 2)
        if VIOLATIONS[pair[0]].touches != VIOLATIONS[pair[1]].touches
    ]
    chance.shuffle(pairs)
    kinds = [(), *((name,) for name in VIOLATIONS)]
    world, pages, expected = World(folder), {}, set()
    for number in range(reports):
        agency = f"辽宁省第{number}医疗保障局"
        said = plain_report(agency, YEAR, chance)
        chosen = kinds[number % len(kinds)] if number < reports // 2 else pairs[number % len(pairs)]
        for name in chosen:
            VIOLATIONS[name].into(said)
            expected |= {(agency, rule) for rule in VIOLATIONS[name].breaks}
        pages[f"http://www.ln.gov.cn/{number}"] = said
    agencies = [said["agency"] for said in pages.values()]
    stated = {"kind": "医疗保障局", "level": "county", "region_code": "210000"}
    world.has_site("site", *agencies, **stated)
    world.night(pages)
    return expected, world


def report(expected: set[tuple[str, str]], found: set[tuple[str, str]]) -> int:
    right = Counter(rule for _, rule in expected & found)
    wanted = Counter(rule for _, rule in expected)
    fired = Counter(rule for _, rule in found)
    print(f"{'rule':20} {'injected':>8} {'fired':>6} {'precision':>9} {'recall':>7}")
    for rule in sorted(wanted | fired):
        precision = right[rule] / fired[rule] if fired[rule] else 1.0
        recall = right[rule] / wanted[rule] if wanted[rule] else 1.0
        print(f"{rule:20} {wanted[rule]:8} {fired[rule]:6} {precision:9.3f} {recall:7.3f}")
    for agency, rule in sorted(expected ^ found)[:20]:
        print("missed" if (agency, rule) in expected else "false alarm", rule, agency)
    return int(expected != found)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
