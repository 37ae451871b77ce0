"""The digest as plain text that reads well alone."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.alerts.outline import Outline, ReportEntry, RuleEntry, Section
from disclosure.alerts.words import FRAME


def write_text(outline: Outline, language: str) -> str:
    words = FRAME[language]
    lines = [outline.date, ""]
    lines += [f"{count:>8}  {what}" for what, count in outline.counts]
    for section in outline.sections:
        lines += ["", *_section(section, words)]
    lines += ["", words["published_as_printed"], ""]
    return "\n".join(lines)


def _section(section: Section, words: dict[str, str]) -> Iterator[str]:
    yield section.heading
    yield "=" * 72
    for report in section.reports:
        yield ""
        yield from _report(report, words)
    if section.more:
        yield ""
        yield words["more"].format(count=section.more)


def _report(report: ReportEntry, words: dict[str, str]) -> Iterator[str]:
    yield f"{report.agency} {report.year}".strip()
    for number, cause in enumerate(report.causes, 1):
        yield f"  {number}. {one_line(cause)}"
    for rule in report.rules:
        yield from _rule(rule, words)
    if report.source_url:
        yield f"  {words['source']}: {one_line(report.source_url)}"
    if report.command:
        yield f"  {words['see_cells']}: {report.command}"


def _rule(rule: RuleEntry, words: dict[str, str]) -> Iterator[str]:
    severity = f"[{words[rule.severity]}] " if rule.severity else ""
    yield f"  {severity}{rule.rule} {rule.title}".rstrip()
    for line in rule.lines:
        where = f"{one_line(line.where)}: " if line.where else ""
        note = f" ({line.note})" if line.note else ""
        yield f"      {where}{one_line(line.numbers)}{note}"
    if rule.more:
        yield f"      {words['more'].format(count=rule.more)}"


def one_line(text: str) -> str:
    """Text from outside, with nothing in it that could look like a line of ours."""
    return " ".join(text.split())
