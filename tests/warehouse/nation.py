"""A nation of made-up reports as parsed batches and nights of fetches: what a warehouse of every size is measured on.

    PYTHONPATH=plugins:tests python -m warehouse.nation FOLDER [agencies] [years] [seed]

builds and publishes one below FOLDER. The same seed gives the same nation. Nothing is crawled or parsed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from disclosure.ledger import SCHEMA
from disclosure.parse import PARSER_VERSION
from disclosure.records import Agency, Site
from disclosure.settings import load_settings
from disclosure.warehouse.divisions import regions
from warehouse.nation_batches import Batch, as_table
from warehouse.nation_figures import MICRO, Year, make_years
from warehouse.world import FIRST_NIGHT, World

FIRST_YEAR = 2020
DOCUMENTS_A_BATCH = 200
REVISED, UNREAD = 0.03, 0.01  # shares, assumed
KINDS = (
    "人民政府办公室", "医疗保障局", "教育局", "公安局", "财政局", "自然资源局", "市场监督管理局", "卫生健康委员会",
)  # fmt: skip
NOT_GOVERNED = ("市辖区", "县", "省直辖", "自治区直辖")


@dataclass
class Version:
    """Documents of one year that are in the batches: which agencies' they are, and what they say."""

    made: Year
    agencies: np.ndarray
    number: int  # 1 is what the first night found

    def names(self, seed: int) -> list[str]:
        """The SHA-256 of each document."""
        said = (f"{seed} {self.made.year} {agency} {self.number}" for agency in self.agencies)
        return [sha256(text.encode()).hexdigest() for text in said]


class Nation(World):
    """A world whose batches are there already: collect, load, judge, explain and publish as in any other."""

    def __init__(
        self, folder: Path, agencies: int = 20_000, years: int = 5, seed: int = 1, **changes: Any
    ) -> None:
        super().__init__(folder, **{"writer_memory": load_settings({}).writer_memory} | changes)
        self.seed, self.batches = seed, 0
        self.chance = np.random.default_rng([seed, 1])
        self.agencies = _agencies(agencies)
        listed: dict[str, list[Agency]] = {}
        for agency in self.agencies:
            listed.setdefault(f"r{agency.region_code}", []).append(agency)
        self.registered = tuple(Site(name, tuple(of), ()) for name, of in listed.items())
        self.years = list(make_years(agencies, range(FIRST_YEAR, FIRST_YEAR + years), seed))
        self.shown: dict[tuple[int, int], str] = {}  # agency and year → the document at its address

    @property
    def sites(self) -> tuple[Site, ...]:
        return self.registered

    def parse(self, batches: list[Path]) -> list[str]:
        return []  # they were

    def has_its_nights(self) -> None:
        """Two nights: all reports for the first time, then some of them revised and the rest as before."""
        for made in self.years:
            self._write(Version(made, np.arange(len(self.agencies)), 1), UNREAD)
        self._night(dict(self.shown))
        for made in self.years:
            revised = np.flatnonzero(self.chance.random(len(self.agencies)) < REVISED)
            self._write(self._revise(made, revised, 2))
        self._night(dict(self.shown))

    def revises(self, *agencies: int) -> None:
        """One more night finds other figures in the last year's reports of these agencies, and nothing else."""
        made = self.years[-1]
        before = dict(self.shown)
        self._write(self._revise(made, np.array(agencies), self.nights + 1))
        self._night({key: name for key, name in self.shown.items() if before[key] != name})

    def _revise(self, made: Year, agencies: np.ndarray, number: int) -> Version:
        values = made.values[agencies]
        place = made.column("proactive", "administrative_penalty", "decisions")
        values[:, place] += (number + self.chance.integers(1, 50, len(agencies))) * MICRO
        made.values[agencies] = values
        return Version(
            Year(made.year, made.template, values, made.states[agencies]), agencies, number
        )

    def _write(self, version: Version, unread: float = 0.0) -> None:
        names = version.names(self.seed)
        for agency, name in zip(version.agencies, names, strict=True):
            self.shown[int(agency), version.made.year] = name
        for start in range(0, len(names), DOCUMENTS_A_BATCH):
            part = slice(start, start + DOCUMENTS_A_BATCH)
            is_read = self.chance.random(len(names[part])) >= unread
            agencies = [self.agencies[number] for number in version.agencies[part]]
            batch = Batch(
                f"nation-{self.batches:05}", version.made, part, names[part], agencies, is_read
            )
            batch.write(self.settings.batches / PARSER_VERSION, self.chance)
            self.batches += 1

    def _night(self, shown: Mapping[tuple[int, int], str]) -> None:
        at = FIRST_NIGHT + timedelta(days=self.nights)
        run = f"{at:%Y-%m-%dT%H-%M-%SZ}"
        agencies = [self.agencies[agency] for agency, _ in shown]
        columns: dict[str, Any] = {
            "run": [run] * len(shown),
            "site": [f"r{agency.region_code}" for agency in agencies],
            "url": [
                f"http://r{agency.region_code}.gov.cn/zfxxgknb/{agency.key}/{year}.html"
                for agency, (_, year) in zip(agencies, shown, strict=True)
            ],
            "fetched_at": [at + timedelta(milliseconds=place) for place in range(len(shown))],
            "taken_for": ["report"] * len(shown),
            "status": [200] * len(shown),
            "outcome": ["stored"] * len(shown),
            "reason": [""] * len(shown),
            "sha256": list(shown.values()),
            "size": [40_000] * len(shown),
            "content_type": ["text/html"] * len(shown),
        }
        self.settings.fetches.mkdir(parents=True, exist_ok=True)
        night = as_table(SCHEMA, columns, len(shown))
        pq.write_table(night, self.settings.fetches / f"{run}.parquet")
        self.nights += 1


def _agencies(wanted: int) -> list[Agency]:
    """As many as wanted, of real divisions: governments first, then one kind of office after another."""
    current = {row["region_code"]: row["region_name"] for row in regions() if not row["valid_to"]}
    governed = [c for c, name in sorted(current.items()) if not name.startswith(NOT_GOVERNED)]
    made = [_agency(code, kind, current) for kind in KINDS for code in governed]
    if wanted > len(made):
        raise ValueError(f"a nation has {len(made):,} agencies at most, not {wanted:,}")
    return made[:wanted]


def _agency(code: str, kind: str, names: Mapping[str, str]) -> Agency:
    province = names.get(code[:2] + "0000", "")
    above = names.get(code[:4] + "00", province)
    above = province if above.startswith(NOT_GOVERNED) else above
    level = (
        "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
    )
    name = names[code] if level != "county" else above + names[code]
    return Agency(
        key=f"{code}-{KINDS.index(kind)}",
        name=name + kind,
        kind=kind,
        level=level,
        region_code=code,
        region_name=names[code],
        province=province,
    )


def main() -> None:
    folder, *numbers = sys.argv[1:]
    nation = Nation(Path(folder).resolve(), *map(int, numbers))
    nation.has_its_nights()
    for step, took in build(nation):
        print(f"{step:10} {took.total_seconds():6.1f} s")
    print(nation.settings.published)


def build(nation: Nation) -> Iterator[tuple[str, timedelta]]:
    """Every step of the build, with the time that it took."""
    for step in ("load", "judge", "explain", "publish"):
        began = datetime.now()
        getattr(nation, step)()
        yield step, datetime.now() - began


if __name__ == "__main__":
    main()
