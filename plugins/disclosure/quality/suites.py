"""The suites of expectations/*.json: each file is one Great Expectations suite, over the view of quality that it names.

An entry is read once, by Great Expectations; the outcomes, the catalogue and the rules table all come from what it read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import great_expectations as gx

from disclosure.errors import JudgeError
from disclosure.quality.expectations import RuleExpectation
from disclosure.records import Severity
from disclosure.warehouse.files import digest_of

SEVERITIES: dict[str, Severity] = {"critical": "error", "warning": "warning", "info": "info"}
META = (
    "rule",
    "title_zh",
    "title_en",
    "formula",
    "basis",
    "known_to_break",
    "subject",
    "templates",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a suite: a rule, or the part of a rule that one template or severity needs."""

    key: str  # suite and place in it, from 0
    view: str  # in schema quality
    rule: str
    severity: Severity
    left: str  # SQL over the view's columns, as all that follow
    right: str
    relation: str
    applies_to: str
    by_construction: str
    subject: str
    skips_nulls: bool
    title_zh: str
    title_en: str
    formula: str  # for people, in the canonical names
    basis: str
    known_to_break: str  # what makes it fail on a report that is right
    templates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as analysts see it: all its entries together."""

    rule: str
    title_zh: str
    title_en: str
    severity: Severity  # the gravest of its entries
    basis: str
    formula: str
    known_to_break: str
    templates: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"{self.title_zh} · {self.title_en}"


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite as Great Expectations read it, and its entries."""

    name: str
    expectations: gx.ExpectationSuite
    entries: tuple[Entry, ...]


def read_suites(folder: Path) -> tuple[Suite, ...]:
    """Read all suites. Raises JudgeError, naming the file, when one is wrong."""
    suites = tuple(_read_suite(path) for path in sorted(folder.glob("*.json")))
    if not suites:
        raise JudgeError(f"{folder}: no suite (*.json) here")
    return suites


def rules_of(suites: tuple[Suite, ...]) -> list[Rule]:
    """The rules of all suites, by id."""
    entries = sorted((e for suite in suites for e in suite.entries), key=attrgetter("rule"))
    return [_rule(list(group)) for _, group in groupby(entries, key=attrgetter("rule"))]


def digest_of_rules(expectations: Path, sql: Path) -> str:
    """Another digest means that every report is to be judged anew: suites, views or expectations have changed."""
    code = Path(__file__).with_name("expectations.py")
    files = (*sorted(expectations.glob("*.json")), *sorted((sql / "quality").glob("*.sql")), code)
    return digest_of("".join(path.read_text(encoding="utf-8") for path in files))


def _read_suite(path: Path) -> Suite:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said["name"] != path.stem:
            raise ValueError(f"the suite is named {said['name']!r}")
        for place, expectation in enumerate(said["expectations"]):
            expectation["meta"]["entry"] = f"{path.stem}.{place}"
        suite = gx.ExpectationSuite(**said)
        # Great Expectations leaves out what it cannot read, with a line in its log.
        if len(suite.expectations) != len(said["expectations"]):
            raise ValueError("an entry is not valid; the log above says which and why")
        entries = tuple(_entry(path.stem, expectation) for expectation in suite.expectations)
    except Exception as error:
        raise JudgeError(f"{path.name}: {error}") from error
    return Suite(path.stem, suite, entries)


def _entry(view: str, expectation: Any) -> Entry:
    if not isinstance(expectation, RuleExpectation):
        raise ValueError(f"{type(expectation).__name__} is not in quality/expectations.py")
    meta = expectation.meta or {}
    if missing := [name for name in META if name not in meta]:
        raise ValueError(f"{meta['entry']}: meta lacks {', '.join(missing)}")
    fields = dict(expectation)
    left, right = expectation.sides(fields)
    return Entry(
        key=meta["entry"],
        view=view,
        rule=meta["rule"],
        severity=SEVERITIES[expectation.severity.value],
        left=left,
        right=right,
        relation=expectation.relation(fields),
        applies_to=expectation.applies_to,
        by_construction=expectation.by_construction,
        subject=meta["subject"],
        skips_nulls=expectation.on_null == "skip",
        title_zh=meta["title_zh"],
        title_en=meta["title_en"],
        formula=meta["formula"],
        basis=meta["basis"],
        known_to_break=meta["known_to_break"],
        templates=tuple(meta["templates"]),
    )


def _rule(entries: list[Entry]) -> Rule:
    first = entries[0]
    for name in ("title_zh", "title_en", "formula", "basis", "known_to_break", "templates"):
        if any(getattr(entry, name) != getattr(first, name) for entry in entries):
            raise JudgeError(f"{first.rule}: its entries differ in {name}")
    gravest = min(entries, key=lambda entry: list(SEVERITIES.values()).index(entry.severity))
    return Rule(
        rule=first.rule,
        title_zh=first.title_zh,
        title_en=first.title_en,
        severity=gravest.severity,
        basis=first.basis,
        formula=first.formula,
        known_to_break=first.known_to_break,
        templates=first.templates,
    )
