"""Gaps in coverage as lines: an agency a line while they are few, a province a line when they are many."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.alerts.findings import Gap
from disclosure.alerts.lines import NAMED, Line


def tell_gap(gap: Gap, words: dict[str, str]) -> str:
    """What is known of a gap, in a sentence without its subject."""
    told = words[f"{gap.kind}_line"].format(*gap.facts, year=gap.year, site=gap.place.site)
    if gap.kind == "overdue" and not gap.facts[1]:
        told = words["overdue_line_unlisted"].format(*gap.facts, year=gap.year, site=gap.place.site)
    return told


def gap_lines(gaps: Sequence[Gap], words: dict[str, str], room: int) -> list[Line]:
    """Given gaps of one kind, return their lines: about `room` of them, unless there are more provinces than that."""
    if len(gaps) <= room:
        return [Line("", f"{gap.subject}{words['colon']}{tell_gap(gap, words)}") for gap in gaps]
    by_province: dict[str, list[str]] = {}
    for gap in gaps:
        by_province.setdefault(gap.place.province, []).append(gap.subject)
    return [
        Line(province or words["no_province"], _listed(subjects, words))
        for province, subjects in by_province.items()
    ]


def _listed(subjects: Sequence[str], words: dict[str, str]) -> str:
    named = words["places_named"].join(subjects[:NAMED])
    more = words["places_more"] if len(subjects) > NAMED else ""
    return words["of_province"].format(count=f"{len(subjects):,}", named=named + more)
