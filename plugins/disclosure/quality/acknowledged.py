"""expectations/acknowledged.yaml, read strictly: failures that somebody has looked at, guarded by the numbers they saw.

An entry silences the mail while the failure's numbers are those, and says so in the mail when they are not. Mistakes are
reported with file and line, and what is allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from disclosure.errors import AcknowledgementError

STATUSES = ("reported", "confirmed_by_agency", "our_misreading", "wont_fix")
KEYS = ("report", "rule", "subject", "lhs", "rhs", "status", "reason", "date")
NOTHING = "null"  # a side without a number: a rule about one value has no right side


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A failure that somebody has looked at. `line` is where the file says so."""

    report: str
    rule: str
    subject: str
    lhs: Decimal | None
    rhs: Decimal | None
    status: str
    reason: str
    date: date
    line: int

    @property
    def key(self) -> str:
        return f"{self.report}|{self.rule}|{self.subject}"


def load_acknowledged(path: Path) -> tuple[Acknowledgement, ...]:
    """Read the file; nothing is acknowledged where there is none or it is empty.

    Raises AcknowledgementError with file and line for the first mistake.
    """
    if not path.exists():
        return ()
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise AcknowledgementError(f"{path}:{line}: not YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise AcknowledgementError(f"{path}:1: not YAML in UTF-8: {error}") from error
    if node is None:
        return ()
    if not isinstance(node, yaml.SequenceNode):
        raise _mistake(path, node, "expected a list of entries, each beginning with a hyphen")
    seen: dict[str, int] = {}
    entries = tuple(_entry(path, part) for part in node.value)
    for entry in entries:
        if entry.key in seen:
            raise AcknowledgementError(
                f"{path}:{entry.line}: acknowledged before, on line {seen[entry.key]}"
            )
        seen[entry.key] = entry.line
    return entries


def _entry(path: Path, node: yaml.Node) -> Acknowledgement:
    if not isinstance(node, yaml.MappingNode):
        raise _mistake(path, node, f"expected keys and values: {', '.join(KEYS)}")
    values: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value)
        if name not in KEYS:
            raise _mistake(path, key, f"unknown key {name!r}; allowed here: {', '.join(KEYS)}")
        if name in values:
            raise _mistake(path, key, f"{name} is given twice")
        values[name] = _value(path, name, value)
    if missing := [name for name in KEYS if name not in values]:
        raise _mistake(path, node, f"{', '.join(missing)} missing; needed here: {', '.join(KEYS)}")
    return Acknowledgement(**values, line=node.start_mark.line + 1)


def _value(path: Path, name: str, node: yaml.Node) -> Any:
    text = str(node.value) if isinstance(node, yaml.ScalarNode) else ""
    if not text:
        raise _mistake(path, node, f"{name} must be given, as one value")
    if name in ("lhs", "rhs"):
        return _side(path, name, node, text)
    if name == "date":
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise _mistake(path, node, f"date is {text!r}; it must be like 2026-02-03") from None
    if name == "status" and text not in STATUSES:
        raise _mistake(path, node, f"status is {text!r}; it must be one of {', '.join(STATUSES)}")
    return text


def _side(path: Path, name: str, node: yaml.Node, text: str) -> Decimal | None:
    if text == NOTHING:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        raise _mistake(
            path, node, f"{name} is {text!r}; it must be a number, or {NOTHING}"
        ) from None


def _mistake(path: Path, node: yaml.Node, words: str) -> AcknowledgementError:
    return AcknowledgementError(f"{path}:{node.start_mark.line + 1}: {words}")
