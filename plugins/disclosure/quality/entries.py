"""The entries of expectations/*.json: each states a rule, or the part of it that one template or severity needs.

They are read as plain JSON, for Great Expectations takes seconds to import: outcomes, catalogue, rules table and `check`
come from here. suites.py has Great Expectations read the same files, and a judgement holds its counts against ours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from disclosure.errors import JudgeError
from disclosure.quality.relations import relation_of, sides_of
from disclosure.records import Severity
from disclosure.warehouse.files import digest_of

SEVERITIES: dict[str, Severity] = {"critical": "error", "warning": "warning", "info": "info"}
PARTS = {"type", "severity", "description", "kwargs", "meta"}
OPTIONAL = {"applies_to": "true", "on_null": "not_assessable", "by_construction": "false"}
ON_NULL = ("not_assessable", "skip")
META = {
    "rule",
    "title_zh",
    "title_en",
    "formula",
    "basis",
    "known_to_break",
    "subject",
    "templates",
}
OPTIONAL_META = {"shown_by": ""}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a suite."""

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
    shown_by: str  # kind of the facts that it counts, which say what a person should look at; empty for figures


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


def read_entries(folder: Path) -> tuple[Entry, ...]:
    """Read the entries of all suites. Raises JudgeError, naming the file, when one is wrong."""
    entries = tuple(entry for path in suite_files(folder) for entry in _read(path))
    if not entries:
        raise JudgeError(f"{folder}: no entry of a suite (*.json) here")
    return entries


def suite_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def rules_of(entries: tuple[Entry, ...]) -> list[Rule]:
    """The rules that the entries state, by id."""
    ordered = sorted(entries, key=attrgetter("rule"))
    return [_rule(list(group)) for _, group in groupby(ordered, key=attrgetter("rule"))]


def digest_of_rules(expectations: Path, sql: Path) -> str:
    """Another digest means that every report is to be judged anew: suites, views or relations have changed."""
    code = Path(__file__).with_name("relations.py")
    files = (*suite_files(expectations), *sorted((sql / "quality").glob("*.sql")), code)
    return digest_of("".join(path.read_text(encoding="utf-8") for path in files))


def _read(path: Path) -> list[Entry]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said["name"] != path.stem:
            raise ValueError(f"the suite is named {said['name']!r}")
        return [
            _entry(path.stem, f"{path.stem}.{place}", entry)
            for place, entry in enumerate(said["expectations"])
        ]
    except KeyError as error:
        raise JudgeError(f"{path.name}: {error} is missing") from error
    except ValueError as error:
        raise JudgeError(f"{path.name}: {error}") from error


def _entry(view: str, key: str, said: dict[str, Any]) -> Entry:
    sides = set(sides_of(said["type"]))
    _hold(key, "entry", said, PARTS)
    _hold(key, "kwargs", {**OPTIONAL, **said["kwargs"]}, sides | OPTIONAL.keys())
    _hold(key, "meta", OPTIONAL_META | said["meta"], META | OPTIONAL_META.keys())
    if said["severity"] not in SEVERITIES:
        raise ValueError(
            f"{key}: severity is {said['severity']!r}; allowed: {', '.join(SEVERITIES)}"
        )
    meta, arguments = OPTIONAL_META | said["meta"], OPTIONAL | said["kwargs"]
    if arguments["on_null"] not in ON_NULL:
        raise ValueError(
            f"{key}: on_null is {arguments['on_null']!r}; allowed: {', '.join(ON_NULL)}"
        )
    relation = relation_of(said["type"], arguments)
    return Entry(
        key=key,
        view=view,
        rule=meta["rule"],
        severity=SEVERITIES[said["severity"]],
        left=relation.left,
        right=relation.right,
        relation=relation.holds,
        applies_to=arguments["applies_to"],
        by_construction=arguments["by_construction"],
        subject=meta["subject"],
        skips_nulls=arguments["on_null"] == "skip",
        title_zh=meta["title_zh"],
        title_en=meta["title_en"],
        formula=meta["formula"],
        basis=meta["basis"],
        known_to_break=meta["known_to_break"],
        templates=tuple(meta["templates"]),
        shown_by=meta["shown_by"],
    )


def _hold(key: str, part: str, said: dict[str, Any], names: set[str]) -> None:
    """Raise ValueError unless a part of an entry has exactly these names."""
    if missing := names - said.keys():
        raise ValueError(f"{key}: {part} lacks {', '.join(sorted(missing))}")
    if unknown := said.keys() - names:
        raise ValueError(f"{key}: {part} has {', '.join(sorted(unknown))}, which means nothing")


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
