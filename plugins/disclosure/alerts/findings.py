"""What somebody should hear of tonight, as plain facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

SEVERITIES = ("error", "warning", "info")
"""In the order in which a person should read them."""

TOLD = ("error", "warning")
"""What is listed; an info is context, and counted."""


class Place(NamedTuple):
    """Whose a finding is: what routes go by. Empty where it is not known."""

    site: str = ""
    province: str = ""


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that does not hold for one subject (a column, row or cell) of one report."""

    report_id: str
    agency: str
    year: int | None
    source_url: str
    rule: str
    title_zh: str
    title_en: str
    formula: str
    severity: str
    subject: str
    lhs: Decimal | None
    rhs: Decimal | None
    cause_id: str = ""
    template: str = ""
    shown: str = ""  # what a rule over the text counts, as printed, with its place
    place: Place = NOWHERE

    def title(self, language: str) -> str:
        return self.title_zh if language == "zh" else self.title_en

    @property
    def key(self) -> str:
        return f"{self.report_id}|{self.rule}|{self.subject}"


@dataclass(frozen=True, slots=True)
class Cause:
    """What is probably behind failures of one report, in a sentence."""

    cause_id: str
    report_id: str
    cells: tuple[str, ...]  # table.item.column
    explanation: str
    explanation_zh: str
    place: Place = NOWHERE

    def sentence(self, language: str) -> str:
        return self.explanation_zh if language == "zh" else self.explanation


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that did not become a report."""

    source_url: str
    document: str
    kind: str
    message: str
    place: Place = NOWHERE

    @property
    def key(self) -> str:
        # By address, so that a page whose bytes change every night is told once.
        return short(self.source_url or self.document, self.kind)


@dataclass(frozen=True, slots=True)
class Reservation:
    """Something within a report that could not be read, or only with a reservation."""

    report_id: str
    agency: str
    year: int | None
    source_url: str
    kind: str
    where: str
    message: str
    place: Place = NOWHERE

    @property
    def key(self) -> str:
        return short(self.report_id, self.kind, self.where, self.message)


GAPS = ("overdue", "silent", "no_reports", "agency_unknown", "region_unknown")
"""Kinds of gaps in coverage, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that our coverage lacks. `facts` are what its sentence is made of, words.py says how."""

    kind: str
    subject: str  # an agency, a site or the address of a list page
    source_url: str
    facts: tuple[str, ...]
    year: int | None = None
    place: Place = NOWHERE

    @property
    def key(self) -> str:
        return short(self.kind, self.subject, self.place.site, str(self.year or ""))


@dataclass(frozen=True, slots=True)
class Counts:
    reports: int = 0
    cells_read: int = 0
    cells_not_read: int = 0
    unread: int = 0  # documents
    errors: int = 0  # outcomes that fail
    warnings: int = 0
    infos: int = 0
    failing_reports: int = 0  # with an error or a warning
    not_assessable: int = 0
    not_reached: int = 0  # agencies of which our crawl cannot say whether they have published

    @property
    def failing(self) -> dict[str, int]:
        """Outcomes that fail, by severity."""
        return dict(zip(SEVERITIES, (self.errors, self.warnings, self.infos), strict=True))


def add_up(counts: Iterable[Counts]) -> Counts:
    listed = list(counts)
    return Counts(*(sum(getattr(one, part.name) for one in listed) for part in fields(Counts)))


@dataclass(frozen=True, slots=True)
class Findings:
    by_place: dict[Place, Counts]
    failures: tuple[Failure, ...]
    unread: tuple[Unread, ...]
    reservations: tuple[Reservation, ...]
    causes: dict[str, Cause] = field(default_factory=dict)  # by id
    gaps: tuple[Gap, ...] = ()

    @property
    def counts(self) -> Counts:
        return add_up(self.by_place.values())


Cells = dict[tuple[str, str, str], tuple[Decimal | None, str | None]]
"""(table, item, column) → value and what is printed."""


def short(*parts: str) -> str:
    """A key of constant length for facts that are long."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]
