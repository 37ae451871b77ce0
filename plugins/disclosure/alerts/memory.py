"""What the last mails said, in a small file, so that the next ones can tell what is new.

What was told is remembered by finding and not by who heard it: other routes tell nothing again, and lose nothing. The
file is replaced in one step after the mails have left: killed in between, a mail may come twice; none is ever lost.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from disclosure.alerts.findings import NOWHERE, TOLD, Cause, Failure, Place

FORMAT = 2
Facts = TypeVar("Facts", "Said", Cause)


@dataclass(frozen=True, slots=True)
class Said:
    """A failure as the last mail told it."""

    report_id: str
    rule: str
    subject: str
    severity: str
    agency: str
    year: int | None
    source_url: str
    lhs: str
    rhs: str
    title_zh: str = ""
    title_en: str = ""
    place: Place = NOWHERE

    def title(self, language: str) -> str:
        return self.title_zh if language == "zh" else self.title_en

    @property
    def key(self) -> str:
        return f"{self.report_id}|{self.rule}|{self.subject}"


@dataclass(frozen=True, slots=True)
class Memory:
    mailed_at: Mapping[str, datetime] = field(
        default_factory=dict
    )  # UTC, by address; heartbeats too
    failures: Mapping[str, Said] = field(default_factory=dict)
    silenced: frozenset[str] = frozenset()  # failures that were acknowledged before they were told
    unread: frozenset[str] = frozenset()
    reservations: frozenset[str] = frozenset()
    causes: Mapping[str, Cause] = field(default_factory=dict)
    gaps: frozenset[str] = frozenset()  # in coverage
    stale: frozenset[str] = frozenset()  # entries of acknowledged.yaml, told to be out of date


def say(failure: Failure) -> Said:
    return Said(
        report_id=failure.report_id,
        rule=failure.rule,
        subject=failure.subject,
        severity=failure.severity,
        agency=failure.agency,
        year=failure.year,
        source_url=failure.source_url,
        lhs=plain(failure.lhs),
        rhs=plain(failure.rhs),
        title_zh=failure.title_zh,
        title_en=failure.title_en,
        place=failure.place,
    )


def plain(value: object) -> str:
    """A number as people write it: 25.1, not 25.100 or 2E+2; empty where there is none."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def load_memory(folder: Path) -> Memory:
    """Given the folder, return what the last mails said; an empty memory before the first."""
    try:
        stored = json.loads((folder / "last.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Memory()
    said = (_facts(Said, one) for one in stored["failures"])
    causes = (_facts(Cause, one) for one in stored.get("causes", ()))
    mailed = stored["mailed_at"] if isinstance(stored["mailed_at"], dict) else {}
    return Memory(
        mailed_at={to: datetime.fromisoformat(moment) for to, moment in mailed.items()},
        failures={one.key: one for one in said if one.severity in TOLD},
        causes={one.cause_id: one for one in causes},
        **{name: frozenset(stored.get(name, ())) for name in KEYS},
    )


KEYS = ("silenced", "unread", "reservations", "gaps", "stale")


def _facts(kind: type[Facts], stored: Mapping[str, Any]) -> Facts:
    """Of what another version has stored, the part that this one knows."""
    known: dict[str, Any] = {
        part.name: stored[part.name] for part in fields(kind) if part.name in stored
    }
    if "place" in known:
        known["place"] = Place(*known["place"])
    if "cells" in known:
        known["cells"] = tuple(known["cells"])
    return kind(**known)


def keep_memory(folder: Path, memory: Memory) -> None:
    """Replace the file in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    stored = {
        "format": FORMAT,
        "mailed_at": {to: moment.isoformat() for to, moment in sorted(memory.mailed_at.items())},
        "failures": [asdict(one) for _, one in sorted(memory.failures.items())],
        "causes": [asdict(one) for _, one in sorted(memory.causes.items())],
        **{name: sorted(getattr(memory, name)) for name in KEYS},
    }
    temporary = folder / "last.json.tmp"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(stored, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / "last.json")
    (folder / LEFT).unlink(missing_ok=True)


LEFT = "left.jsonl"
"""Keys of the mails that have left while others of the same night wait: a digest that broke off sends only the rest."""


def note_left(folder: Path, key: str) -> None:
    """Note that a mail has left; keep_memory clears the notes when all have."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LEFT).open("a", encoding="utf-8") as file:
        file.write(json.dumps(key) + "\n")
        file.flush()
        os.fsync(file.fileno())


def load_left(folder: Path) -> frozenset[str]:
    try:
        lines = (folder / LEFT).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return frozenset()
    return frozenset(json.loads(line) for line in lines if line.endswith('"'))
