"""How many causes are new, changed and resolved since the last mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from disclosure.alerts.findings import Cause, Findings
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
    changed = _touching(new, gone)
    return CauseCounts(
        new=len(new) - changed,
        changed=changed,
        resolved=len(gone) - _touching(gone, new),
    )


def _touching(causes: Iterable[Cause], others: Iterable[Cause]) -> int:
    """How many causes name a cell that one of the others names."""
    cells = {(other.report_id, cell) for other in others for cell in other.cells}
    return sum(any((one.report_id, cell) in cells for cell in one.cells) for one in causes)
