"""A world in which one rule is held, by one query: what is about publishing is tested in a fraction of the time."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

from disclosure import parse
from disclosure.records import Document, Report
from disclosure.warehouse import batches, collect, load, publish
from disclosure.warehouse.connect import open_work, transaction
from disclosure.warehouse.scripts import create_tables
from warehouse.world import World, page

ONE_RULE = """
delete from quality.rules;
delete from quality.judged;
delete from quality.rule_outcomes;
delete from quality.rule_counts;

insert into quality.rules by name
select
    'ODD' as rule, 'odd' as title, '' as title_zh, '' as title_en, 'error' as severity, '' as basis, '' as formula,
    '' as known_to_break, ['2019-60', '2021-30'] as templates;

insert into quality.judged
select report_id, reading, 0, 'one rule', hash(reading) from staging.reports;

insert into quality.rule_outcomes by name
select report_id, 'ODD' as rule, 'total' as subject, total as lhs, 0 as rhs, 'fail' as status, 'error' as severity
from staging.reports
join staging.application_items using (document_sha256)
where row_code = 'received_new' and total % 2 = 1;

insert into quality.rule_counts by name
select
    report_id, 'ODD' as rule, (failed = 0)::integer as passed, failed, 0 as not_assessable, 0 as passed_by_construction
from (
    select reports.report_id, count(outcomes.rule) as failed
    from staging.reports as reports
    left join quality.rule_outcomes as outcomes using (report_id)
    group by all
);
"""


class QuickWorld(World):
    """The rule is that the number of requests received is even."""

    def judge(self, scope: str = "new") -> Any:
        with open_work(self.settings) as connection, transaction(connection):
            create_tables(connection, self.settings.sql, "raw", "staging", "quality")
            connection.execute(ONE_RULE)

    def explain(self) -> Any:
        """Nothing to explain: the rule is no sum of the form."""


YEARS = range(2015, 2026)
AGENCIES = ("甲局", "乙局", "丙局")


def said(agency: str, year: int, received: int | None, **more: Any) -> dict[str, Any]:
    return page(agency, year, {"applications.received_new.total": received}, **more)


def address(agency: str, year: int) -> str:
    return f"http://site/{agency}/{year}"


class Nights:
    """Random nights: reports that are new, changed, vanished for a night, unreadable, put right, or as before."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.shown: dict[str, dict[str, Any]] = {}

    def first(self) -> dict[str, dict[str, Any]]:
        for agency in AGENCIES:
            for year in YEARS:
                self.shown[address(agency, year)] = said(agency, year, self.chance.randrange(9))
        return dict(self.shown)

    def next(self) -> dict[str, dict[str, Any] | None]:
        found = {}
        for _ in range(self.chance.randrange(1, 4)):
            agency, year = self.chance.choice(AGENCIES), self.chance.choice((*YEARS, 2026, 2027))
            found[address(agency, year)] = self.chance.choice(
                (
                    said(agency, year, self.chance.randrange(9)),
                    said(agency, year, None),
                    said(agency, year, 4, title="更正"),
                    said(agency, year, 4, issues=[["label_unknown", "row 4", "?"]]),
                    said("丁局", year, 2),
                    {"unreadable": "challenge_page"},
                    None,
                )
            )
        return found


def better_parser(world: World, monkeypatch: Any) -> None:
    """A new version of the parser reads 3 where the old one read 2: stored documents are read again by themselves."""
    for module in (parse, batches, collect, load, publish):
        monkeypatch.setattr(module, "PARSER_VERSION", "next")

    def read(document: Document) -> Report:
        report = World.read(document)
        cells = tuple(
            cell._replace(value=Decimal(3)) if cell.value == 2 else cell for cell in report.cells
        )
        return replace(report, cells=cells)

    world.read = read  # type: ignore[method-assign]
