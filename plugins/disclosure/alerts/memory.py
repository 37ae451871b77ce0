"""What the last mail said, in a small file, so that the next one can tell what is new.

The file is replaced in one step after a mail has left: killed in between, a mail may come twice; it is never lost.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from disclosure.alerts.findings import Cause, Failure

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Said:
    """A failure as the last mail told it."""

    report_id: str
    rule: str
    subject: str
    severity: str
    agency: str
    year: int | None
    title: str
    source_url: str
    lhs: str
    rhs: str

    @property
    def key(self) -> str:
        return f"{self.report_id}|{self.rule}|{self.subject}"


@dataclass(frozen=True, slots=True)
class Memory:
    mailed_at: datetime | None = None  # UTC; of the last mail, heartbeats included
    failures: dict[str, Said] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    reservations: frozenset[str] = frozenset()
    causes: dict[str, Cause] = field(default_factory=dict)
    stale: frozenset[str] = (
        frozenset()
    )  # entries of acknowledged.yaml that were told to be out of date


def say(failure: Failure) -> Said:
    return Said(
        report_id=failure.report_id,
        rule=failure.rule,
        subject=failure.subject,
        severity=failure.severity,
        agency=failure.agency,
        year=failure.year,
        title=failure.title,
        source_url=failure.source_url,
        lhs=plain(failure.lhs),
        rhs=plain(failure.rhs),
    )


def plain(value: object) -> str:
    """A number as people write it: 25.1, not 25.100 or 2E+2; empty where there is none."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def load_memory(folder: Path) -> Memory:
    """Given the folder, return what the last mail said; an empty memory before the first."""
    try:
        stored = json.loads((folder / "last.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Memory()
    said = [Said(**one) for one in stored["failures"]]
    return Memory(
        mailed_at=stored["mailed_at"] and datetime.fromisoformat(stored["mailed_at"]),
        failures={one.key: one for one in said},
        unread=frozenset(stored["unread"]),
        reservations=frozenset(stored["reservations"]),
        causes={one["cause_id"]: _cause(one) for one in stored.get("causes", ())},
        stale=frozenset(stored.get("stale", ())),
    )


def _cause(stored: dict[str, Any]) -> Cause:
    return Cause(**(stored | {"cells": tuple(stored["cells"])}))


def keep_memory(folder: Path, memory: Memory) -> None:
    """Replace the file in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    stored = {
        "format": FORMAT,
        "mailed_at": memory.mailed_at and memory.mailed_at.isoformat(),
        "failures": [asdict(one) for _, one in sorted(memory.failures.items())],
        "unread": sorted(memory.unread),
        "reservations": sorted(memory.reservations),
        "causes": [asdict(one) for _, one in sorted(memory.causes.items())],
        "stale": sorted(memory.stale),
    }
    temporary = folder / "last.json.tmp"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(stored, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / "last.json")
