"""1,000 agencies by 3 years of which 2 in 100 reports fail; a second night with 5 repaired, 5 broken and 5 changed.

The second mail must be about those 15. Ends with 1 where it is not. Run:
PYTHONPATH=plugins:tests .venv/bin/python benchmarks/second_night.py [agencies]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from quality.second_night import YEARS, second_night


def main(agencies: int) -> int:
    began = time.process_time()
    folder = Path(tempfile.mkdtemp(prefix="second-night-"))
    told = second_night(folder, agencies, each=5, counts_twice=True)
    for kind, done in told.done.items():
        print(
            f"{kind:10} done {len(done)}, told {len(told.said[kind])}, alike {done == told.said[kind]}"
        )
    changed = set().union(*told.done.values())
    print(
        f"reports in the mail: {len(told.named)}; others than those changed: {len(told.named - changed)}"
    )
    print(
        f"{agencies * len(YEARS):,} reports, two nights: {time.process_time() - began:.0f} s of one core"
    )
    return int(told.said != told.done or told.named != changed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
