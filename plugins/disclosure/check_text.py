"""A judgement as a page that an office clerk can act on: counts, causes with their cells, the rest, the tables as read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from disclosure.answer import width
from disclosure.judging import Finding, FoundCause, Judgement
from disclosure.quality.labels import column_label, item_label
from disclosure.records import Report
from disclosure.show import as_form, plain_number

LINES = 10  # of one rule
HEADS = ("cell · 单元格", "printed · 填报", "suggested · 建议", "place · 位置")
SIGNS = {"fail": "≠", "not_assessable": "?"}


def as_text(file: Path, report: Report, judgement: Judgement) -> str:
    traced = {cause.cause_id for cause in judgement.causes}
    errors = [one for one in judgement.failing("error") if one.cause_id not in traced]
    lines = [
        f"{file}",
        f"  {report.agency or '(no agency found)'}  {report.report_year or '(no year found)'}",
        "",
        *_counts(report, judgement),
        *_causes(report, judgement.causes),
        *_findings("other errors · 其他错误", errors),
        *_findings("warnings · 提示", judgement.failing("warning")),
        *_findings("for information · 供参考", judgement.failing("info")),
        *_unread(report, judgement.not_assessable),
        "",
        "as read · 识读结果",
        as_form(file, report),
    ]
    return "\n".join(lines)


def _counts(report: Report, judgement: Judgement) -> Iterator[str]:
    read = sum(cell.state == "number" for cell in report.cells)
    yield from (
        f"  {count:>5}  {what}"
        for count, what in (
            (len(judgement.causes), "causes of failing sums · 勾稽不符的原因"),
            (len(judgement.failing("error")), "checks failing, error · 不成立（错误）"),
            (len(judgement.failing("warning")), "checks failing, warning · 不成立（提示）"),
            (judgement.passed, "checks holding · 成立"),
            (len(judgement.not_assessable), "checks that cannot be made · 无法核对"),
            (
                len(report.cells) - read,
                f"of {len(report.cells)} cells without a number · 无数字的单元格",
            ),
        )
    )


def _causes(report: Report, causes: Sequence[FoundCause]) -> Iterator[str]:
    if causes:
        yield from ("", "causes · 原因")
    places = {".".join(cell[:3]): cell.source or "" for cell in report.cells}
    for number, cause in enumerate(causes, 1):
        yield f"{number:3}. {cause.explanation}"
        yield f"     {cause.explanation_zh}"
        rows = [
            (_cell(cell), printed or "□", suggested or "?", places[cell])
            for cell, printed, suggested in zip(
                cause.cells, cause.printed, cause.suggested, strict=True
            )
        ]
        yield from _columns([HEADS, *rows])


def _cell(cell: str) -> str:
    table, item, column = cell.split(".")
    return f"{item_label((table, item, column))} · {column_label((table, item, column))}"


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    rooms = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (text + " " * (room - width(text)) for text, room in zip(row, rooms, strict=True))
        yield ("       " + "  ".join(padded)).rstrip()


def _findings(heading: str, findings: Iterable[Finding]) -> Iterator[str]:
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    if by_rule:
        yield from ("", heading)
    for rule, found in by_rule.items():
        yield f"  {rule}  {found[0].title_en}"
        yield f"  {' ' * len(rule)}  {found[0].title_zh}"
        yield from (f"       {_line(one)}" for one in found[:LINES])
        if len(found) > LINES:
            yield f"       … {len(found) - LINES} more"


def _line(finding: Finding) -> str:
    from disclosure.alerts.words import label_subject

    sides = [plain_number(side) for side in (finding.lhs, finding.rhs) if side is not None]
    if finding.status == "not_assessable":
        hint = {True: " (holds with blanks as 0)", False: " (fails with blanks as 0)"}
        return label_subject(finding.subject) + hint.get(
            bool(finding.holds_if_blank_is_zero), ""
        ) * (finding.holds_if_blank_is_zero is not None)
    shown = f"  {finding.shown}" if finding.shown else ""
    return f"{label_subject(finding.subject)}: {' | '.join(sides)}{shown}"


def _unread(report: Report, not_assessable: Sequence[Finding]) -> Iterator[str]:
    yield from _findings("checks that cannot be made · 无法核对", not_assessable)
    if report.issues:
        yield from ("", "could not be read with certainty · 未能确切识读")
    for issue in report.issues:
        where = f" ({issue.where})" if issue.where else ""
        yield f"  {issue.kind}{where}: {issue.message}"
