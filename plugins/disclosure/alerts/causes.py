"""Causes as the mail tells them: a sentence under the report's name, and how many are new, changed, resolved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from disclosure.alerts.findings import Cause, Failure, Findings
from disclosure.alerts.memory import Memory


@dataclass(frozen=True, slots=True)
class CauseCounts:
    new: int = 0
    changed: int = 0
    resolved: int = 0


def count_causes(findings: Findings, memory: Memory) -> CauseCounts:
    """Tonight's causes against those of the last mail. One that is gone while another names a cell of it has changed."""
    new = [cause for cause in findings.causes.values() if cause.cause_id not in memory.causes]
    gone = [said for key, said in memory.causes.items() if key not in findings.causes]
    changed = [cause for cause in new if any(_share_a_cell(cause, said) for said in gone)]
    followed = [said for said in gone if any(_share_a_cell(cause, said) for cause in new)]
    return CauseCounts(
        new=len(new) - len(changed),
        changed=len(changed),
        resolved=len(gone) - len(followed),
    )


def told_causes(
    failures: Iterable[Failure], findings: Findings, language: str
) -> dict[str, tuple[str, ...]]:
    """The sentences behind some failures, by report."""
    told: dict[str, dict[str, None]] = {}
    for failure in failures:
        cause = findings.causes.get(failure.cause_id)
        if cause is not None:
            sentence = cause.explanation_zh if language == "zh" else cause.explanation
            told.setdefault(failure.report_id, {})[sentence] = None
    return {report: tuple(sentences) for report, sentences in told.items()}


def _share_a_cell(one: Cause, other: Cause) -> bool:
    return one.report_id == other.report_id and bool(set(one.cells) & set(other.cells))
