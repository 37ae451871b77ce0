"""Does every rule fire where, and only where, its violation is? One kind at a time and in pairs, over generated reports.

Half of the reports have one violation or none, half two that touch different parts of a report; beside them every scene
over several years, agencies, places and dates, some times each. Prints precision and recall of each rule, and ends with 1
where one of them is below 1 or a rule that is built was never broken. Run: make bench, or
PYTHONPATH=plugins:tests python benchmarks/injected_violations.py [reports]
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from itertools import combinations
from pathlib import Path

from quality.scenes import IN, SCENES, Scene, address, stage
from quality.violations import VIOLATIONS, Page, plain_report
from warehouse.world import World

YEAR = 2023
TIMES = 3  # each scene
FAILING = """
select distinct agency_name, report_year, rule
from quality.rule_outcomes join staging.reports using (report_id)
where status = 'fail'
"""
Found = set[tuple[str, int, str]]
Requests = frozenset[tuple[str, object]]


def main(reports: int) -> int:
    chance = random.Random(7)
    scenes = histories(chance)
    taken = {_requests(said) for scene in scenes.values() for said in scene.pages.values()}
    scenes["one site"] = one_site(reports, chance, taken)
    world = World(Path(tempfile.mkdtemp(prefix="violations-")))
    stage(world, scenes)
    world.load()
    world.judge()
    expected = {
        (*key, rule)
        for scene in scenes.values()
        for key, rules in scene.breaks.items()
        for rule in rules
    }
    rules = {rule for (rule,) in world.rows("select rule from quality.rules")}
    return report(expected, set(world.rows(FAILING)), rules)


def one_site(reports: int, chance: random.Random, taken: set[Requests]) -> Scene:
    """One report an agency, all on one site; none whose requests are taken, for then X-SAME-NUMBERS would be right."""
    pairs = [
        pair
        for pair in combinations(VIOLATIONS, 2)
        if VIOLATIONS[pair[0]].touches != VIOLATIONS[pair[1]].touches
    ]
    chance.shuffle(pairs)
    kinds = [(), *((name,) for name in VIOLATIONS)]
    site = Scene({}, {}, stated=IN)
    for number in range(reports):
        chosen = kinds[number % len(kinds)] if number < reports // 2 else pairs[number % len(pairs)]
        said = _broken(number, chosen, chance)
        while _requests(said) in taken:
            said = _broken(number, chosen, chance)
        taken.add(_requests(said))
        site.pages[address(said)] = said
        broken = {rule for name in chosen for rule in VIOLATIONS[name].breaks}
        site.breaks[said["agency"], YEAR] = broken
    return site


def _broken(number: int, chosen: tuple[str, ...], chance: random.Random) -> Page:
    said = plain_report(f"辽宁省第{number}医疗保障局", YEAR, chance)
    for name in chosen:
        VIOLATIONS[name].into(said)
    return said


def _requests(said: Page) -> Requests:
    """What table three prints besides zeros."""
    cells = said["cells"].items()
    return frozenset((name, n) for name, n in cells if name.startswith("applications") and n != 0)


def histories(chance: random.Random) -> dict[str, Scene]:
    """Scenes whose place or text is their own are told once: twice they would be twins."""
    found = {}
    for number, (name, make) in enumerate(SCENES.items()):
        for time in range(1 if "place" in name or "alike" in name or "prose" in name else TIMES):
            found[f"{name} {time}"] = make(f"辽宁省甲{number}乙{time}医疗保障局", chance)
    return found


def report(expected: Found, found: Found, rules: set[str]) -> int:
    right = Counter(rule for *_, rule in expected & found)
    wanted = Counter(rule for *_, rule in expected)
    fired = Counter(rule for *_, rule in found)
    print(f"{'rule':20} {'injected':>8} {'fired':>6} {'precision':>9} {'recall':>7}")
    for rule in sorted(rules):
        precision = right[rule] / fired[rule] if fired[rule] else 1.0
        recall = right[rule] / wanted[rule] if wanted[rule] else 1.0
        print(f"{rule:20} {wanted[rule]:8} {fired[rule]:6} {precision:9.3f} {recall:7.3f}")
    for agency, year, rule in sorted(expected ^ found)[:20]:
        kind = "missed" if (agency, year, rule) in expected else "false alarm"
        print(kind, rule, agency, year)
    never = sorted(rules - wanted.keys())
    print(f"never broken here: {', '.join(never) or 'none'}")
    return int(expected != found or bool(never))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
