"""Documents at hand, judged as the nightly run judges: the same stages over a private work file, thrown away after.

Left out on purpose: rules between two reports (families O, X and Y), for a document alone has no other year and no peer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from disclosure.ledger import SCHEMA
from disclosure.records import Agency, Document, Fetch, Report, Site
from disclosure.settings import Settings
from disclosure.store import FolderStore

BETWEEN_REPORTS = ("O-", "X-", "Y-")
NEEDS_A_YEAR = ("F-", "K-REGION", "P-PERIOD", "S-CITED-NOTICE", "S-TEMPLATE-YEAR")
NO_YEAR = 9999
SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that failed, or could not be assessed, for one subject."""

    rule: str
    title_en: str
    title_zh: str
    severity: str
    subject: str
    lhs: Decimal | None
    rhs: Decimal | None
    status: str
    holds_if_blank_is_zero: bool | None
    cause_id: str | None
    shown: str | None = None  # what a rule over the text counts, as printed, with its place


@dataclass(frozen=True, slots=True)
class FoundCause:
    cause_id: str
    kind: str
    cells: tuple[str, ...]
    printed: tuple[str, ...]
    suggested: tuple[str | None, ...]
    explanation: str
    explanation_zh: str
    is_reading_suspect: bool


@dataclass(slots=True)
class Judgement:
    """What one document's rules came to."""

    passed: int = 0
    findings: list[Finding] = field(default_factory=list)
    causes: list[FoundCause] = field(default_factory=list)

    def failing(self, severity: str) -> list[Finding]:
        return [one for one in self.findings if one.status == "fail" and one.severity == severity]

    @property
    def not_assessable(self) -> list[Finding]:
        return [one for one in self.findings if one.status == "not_assessable"]


def judge_documents(
    documents: Mapping[str, Document],
    reports: Mapping[str, Report],
    settings: Settings,
    now: datetime,
) -> dict[str, Judgement]:
    """Given documents and their reports by SHA-256, return a judgement for each."""
    from disclosure.quality.causes import judge_causes
    from disclosure.quality.judge import judge
    from disclosure.warehouse.batches import parse_batch
    from disclosure.warehouse.collect import collect
    from disclosure.warehouse.load import load

    with TemporaryDirectory(prefix="disclosure-check-") as folder:
        private = replace(settings, data=Path(folder))
        _store(documents, private, now)
        read = {sha256: _with_year(report) for sha256, report in reports.items()}
        for batch in collect(private, "new", sites=[_site(*one) for one in reports.items()]):
            parse_batch(batch, private, read=lambda document: read[document.sha256])
        load(private)
        # A night counts every rule a second time through Great Expectations, which takes seconds to import. Here the same
        # entries are evaluated once: what `check` says is what the night says of the document (tests hold it).
        judge(private, "new", is_counted_twice=False)
        judge_causes(private)
        return _collect(private, reports)


def _store(documents: Mapping[str, Document], settings: Settings, now: datetime) -> None:
    """The documents as a night's fetches, each from a site of its own."""
    store, run = FolderStore(settings.objects), f"{now:%Y-%m-%dT%H-%M-%SZ}"
    fetches = []
    for sha256, document in documents.items():
        store.put(document.body)
        fetches.append(
            Fetch(run, sha256, f"file:{sha256}", now, "report", None, "stored", sha256=sha256)
        )
    columns = [[getattr(fetch, name) for fetch in fetches] for name in SCHEMA.names]
    settings.fetches.mkdir(parents=True)
    pq.write_table(pa.table(columns, schema=SCHEMA), settings.fetches / f"{run}.parquet")


def _site(sha256: str, report: Report) -> Site:
    return Site(sha256, (Agency(sha256, report.agency or sha256),), ())


def _with_year(report: Report) -> Report:
    return replace(report, report_year=NO_YEAR) if report.report_year is None else report


def _collect(settings: Settings, reports: Mapping[str, Report]) -> dict[str, Judgement]:
    from disclosure.warehouse.connect import open_work

    judgements = {sha256: Judgement() for sha256 in reports}

    def concerns(sha256: str, rule: str) -> bool:
        has_year = reports[sha256].report_year is not None
        return not rule.startswith(BETWEEN_REPORTS) and (
            has_year or not rule.startswith(NEEDS_A_YEAR)
        )

    with open_work(settings) as connection:
        for sha256, rule, passed in connection.execute(COUNTS).fetchall():
            if concerns(sha256, rule):
                judgements[sha256].passed += passed
        for sha256, *finding in connection.execute(FINDINGS).fetchall():
            if concerns(sha256, finding[0]):
                judgements[sha256].findings.append(Finding(*finding))
        for sha256, *cause in connection.execute(CAUSES).fetchall():
            judgements[sha256].causes.append(_cause(cause))
    return judgements


def _cause(row: Sequence[Any]) -> FoundCause:
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
    return FoundCause(*values)


COUNTS = """
select reports.document_sha256, counts.rule, counts.passed
from quality.rule_counts as counts
join staging.reports as reports using (report_id)
"""

FINDINGS = """
select
    reports.document_sha256,
    outcomes.rule,
    rules.title_en,
    rules.title_zh,
    outcomes.severity,
    outcomes.subject,
    outcomes.lhs,
    outcomes.rhs,
    outcomes.status,
    outcomes.holds_if_blank_is_zero,
    causes.cause_id,
    outcomes.shown
from quality.rule_outcomes as outcomes
join staging.reports as reports using (report_id)
join quality.rules as rules using (rule)
left join quality.cause_outcomes as causes using (report_id, rule, subject)
order by outcomes.rule, outcomes.subject
"""

CAUSES = """
select reports.document_sha256, causes.* exclude (report_id)
from quality.causes as causes
join staging.reports as reports using (report_id)
order by causes.cells
"""
