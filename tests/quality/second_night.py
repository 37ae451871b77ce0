"""Two nights of many agencies' years: some reports fail on the first, some change on the second, and what the mail tells."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path
from random import Random

from disclosure.alerts.digest import prepare_digest
from disclosure.alerts.memory import keep_memory
from quality.scenes import IN
from warehouse.world import FIRST_NIGHT, World, page

YEARS = (2021, 2022, 2023)
FAILING = 0.02
WRONG = "disputes.litigation_after_reconsideration.other"  # beside a total of 0
Key = tuple[str, int]


@dataclass
class Told:
    """Reports by what was done to them, and by what the second mail says of them."""

    done: dict[str, set[Key]]
    said: dict[str, set[Key]]  # of the sum that was wrong
    named: set[Key]  # reports that any line is about


def second_night(folder: Path, agencies: int, each: int, counts_twice: bool = False) -> Told:
    """Repair, break and change so many reports each between two nights."""
    chance = Random(5)
    world = World(folder)
    world.counts_twice = counts_twice
    names = [f"辽宁省第{number}医疗保障局" for number in range(agencies)]
    world.has_site("site", *names, **IN)
    keys = [(name, year) for name in names for year in YEARS]
    wrong = set(chance.sample(keys, max(2 * each, round(FAILING * len(keys)))))
    _tell(world, {key: int(key in wrong) for key in keys})
    of_wrong = sorted(wrong)
    chance.shuffle(of_wrong)
    done = {
        "resolved": set(of_wrong[:each]),
        "changed": set(of_wrong[each : 2 * each]),
        "new": set(chance.sample(sorted(set(keys) - wrong), each)),
    }
    figures = {"resolved": 0, "changed": 2, "new": 1}
    rows = _tell(world, {key: figures[kind] for kind, some in done.items() for key in some})
    said = {kind: {_key(row) for row in rows if _is_of(row, kind)} for kind in done}
    return Told(done, said, {_key(row) for row in rows})


def _tell(world: World, figures: dict[Key, int]) -> list[dict[str, str]]:
    """One night with these pages: the table of its mail, remembered as told."""
    pages = {
        f"http://www.ln.gov.cn/{agency}/{year}": page(
            agency, year, {WRONG: figure}, published_on=f"{year + 1}-01-20"
        )
        for (agency, year), figure in figures.items()
    }
    world.night(pages)
    world.build()
    prepared = prepare_digest(world.settings, FIRST_NIGHT + timedelta(days=world.nights))
    keep_memory(world.settings.alerts, prepared.memory)
    (mail,) = prepared.mails
    (table,) = mail.message.iter_attachments()
    return list(csv.DictReader(StringIO(table.get_content().removeprefix("\ufeff"))))


def _key(row: dict[str, str]) -> Key:
    return row["agency"], int(row["year"])


def _is_of(row: dict[str, str], kind: str) -> bool:
    return row["change"] == kind and row["rule"] == "T4-ROW-SUM"
