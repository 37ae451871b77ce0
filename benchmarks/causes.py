"""How often the cell behind failing sums is found, by kind of fault, and how long a night's causes take.

PYTHONPATH=plugins:tests .venv/bin/python benchmarks/causes.py [reports of each kind]
"""

from __future__ import annotations

import sys
import time
from random import Random

from disclosure.quality.localise import explain
from disclosure.quality.puzzle import make_puzzles
from quality.cause_faults import FAULTS, TEMPLATE, identities, make_report, measure


def main() -> None:
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    print(
        f"{'fault':20}{'failing':>9}{'unseen':>8}{'decidable':>11}{'right cell':>12}{'right value':>13}"
        f"{'undecidable':>13}{'among named':>13}{'guessed':>9}{'rightly':>9}"
    )
    for name in FAULTS:
        t = measure(name, reports)
        undecidable = t.reports - t.decidable
        print(
            f"{name:20}{t.reports:9}{t.unseen:8}{t.decidable:11}{_share(t.cell, t.decidable):>12}"
            f"{_share(t.value, t.decidable):>13}{undecidable:13}{_share(t.listed, undecidable):>13}"
            f"{t.claimed:9}{t.claimed_right:9}"
        )
    for faults in (1, 2, 3, 4):
        _time(faults, reports // faults // 4)


def _time(faults: int, reports: int) -> None:
    """Several faults in one report, of any kind."""
    random, seconds, found = Random(faults), [], 0
    for _ in range(reports):
        before = make_report(random)
        values, wrong = dict(before), set()
        for _ in range(faults):
            wrong |= random.choice(list(FAULTS.values()))(values, random)
        began = time.perf_counter()
        causes = [one for p in make_puzzles(values, identities()) for one in explain(p, TEMPLATE)]
        seconds.append(time.perf_counter() - began)
        named = {key for one in causes for move in one.moves for key in move.changes}
        found += wrong <= named
    seconds.sort()
    print(
        f"{faults} faults in a report: mean {1e3 * sum(seconds) / reports:.1f} ms, median {1e3 * seconds[reports // 2]:.1f},"
        f" worst {1e3 * seconds[-1]:.0f}; every wrong cell named in {found} of {reports}"
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    main()
