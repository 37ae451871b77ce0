"""What damaged documents do to the reader: none may crash it, hold it up, or make it claim what is not there.

    PYTHONPATH=plugins:tests/parse python benchmarks/damage.py [documents] [seed]

Real documents and made-up ones in every layout have a byte or a stretch changed, cut, repeated or put in. Counted are
errors that are no ReportError, the slowest reading, the memory, and cells that claim another number than the undamaged
document's in rows that the damage did not touch.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

from made_reports import LAYOUTS, as_document, make_report

from disclosure.errors import ReportError
from disclosure.parse.read import read_document
from disclosure.records import Report

REAL = Path(__file__).resolve().parents[1] / "tests/parse/documents"
Numbers = dict[tuple[str, str, str], Decimal | None]


def main() -> None:
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    real = [path.read_bytes() for path in sorted(REAL.glob("*/report.*"))]
    counts: Counter[str] = Counter()
    slowest = 0.0
    for _ in range(documents):
        body, printed = whole(chance, real)
        damaged = damage(chance, body)
        start = time.process_time()
        report = read(damaged, counts)
        slowest = max(slowest, time.process_time() - start)
        if report is not None:
            counts[claims(report, printed)] += 1
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{documents} damaged documents: slowest {slowest:.2f} s, memory at most {memory:.0f} MB")
    for what, count in counts.most_common():
        print(f"  {count:7}  {what}")


def whole(chance: random.Random, real: list[bytes]) -> tuple[bytes, Numbers]:
    """A document and the numbers that it prints."""
    if chance.random() < 0.3:
        body = chance.choice(real)
        read_whole = read_document(as_document(body))
        return body, {cell[:3]: cell.value for cell in read_whole.cells}
    made = make_report(
        chance.randrange(10**6), chance.choice(("2021-30", "2019-60")), chance.choice((0, 0, 0.3))
    )
    text = chance.choice(list(LAYOUTS.values()))(made)
    printed = {key: Decimal(figure) if figure else None for key, figure in made.cells.items()}
    return text.encode(chance.choice(("utf-8", "utf-8", "gb18030"))), printed


def damage(chance: random.Random, body: bytes) -> bytes:
    at = chance.randrange(len(body))
    end = at + chance.choice((1, 1, 1, chance.randrange(2_000)))
    stretch = body[at:end]
    new = chance.choice((b"", stretch * 2, bytes(chance.randrange(256) for _ in stretch[:8])))
    return body[:at] + new + body[end:]


def read(body: bytes, counts: Counter[str]) -> Report | None:
    try:
        return read_document(as_document(body))
    except ReportError as error:
        counts[f"refused: {error.kind}"] += 1
    except Exception as error:
        counts[f"CRASHED: {error!r:.80}"] += 1
    return None


def claims(report: Report, printed: Numbers) -> str:
    """In how many rows a number is claimed that the undamaged document does not print."""
    rows = {
        (cell.table, cell.item)
        for cell in report.cells
        if cell.value is not None and cell.value != printed.get(cell[:3], cell.value)
    }
    if not rows:
        return "read, nothing else claimed than was printed"
    return f"read, other numbers in {len(rows)} row(s): those that the damage touched, if few"


if __name__ == "__main__":
    main()
