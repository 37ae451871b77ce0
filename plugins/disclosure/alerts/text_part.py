"""The digest as plain text that reads well alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from disclosure.alerts.lines import Line
from disclosure.alerts.outline import CauseEntry, Outline, ReportEntry, RuleEntry, Section
from disclosure.alerts.words import FRAME

WIDTH = 72


def write_text(outline: Outline, language: str) -> str:
    words = FRAME[language]
    lines = [outline.date, *([outline.scope] if outline.scope else []), ""]
    for what, number, since in outline.counts:
        lines.append(f"{number:>8}  {what}{_note(since, words)}")
    for section in outline.sections:
        lines += ["", *_section(section, words)]
    lines += ["", words["published_as_printed"], ""]
    return "\n".join(lines)


def _section(section: Section, words: dict[str, str]) -> Iterator[str]:
    yield section.heading
    yield "=" * WIDTH
    yield from wrap(section.advice, _width(section.advice))
    for report in section.reports:
        yield ""
        yield from _report(report, words)
    if section.more:
        yield ""
        yield words["more"].format(count=section.more)


def _report(report: ReportEntry, words: dict[str, str]) -> Iterator[str]:
    yield one_line(report.heading)
    for number, cause in enumerate(report.causes, 1):
        yield from _cause(number, cause, words)
    for rule in report.rules:
        yield from _rule(rule, words)
    if report.source_url:
        yield f"  {words['source']}{words['colon']}{one_line(report.source_url)}"
    if report.command:
        yield f"  {words['see_cells']}{words['colon']}{report.command}"


def _cause(number: int, cause: CauseEntry, words: dict[str, str]) -> Iterator[str]:
    yield f"  {number}. {one_line(cause.sentence)}"
    yield from _lines(cause.lines, cause.more, words)


def _rule(rule: RuleEntry, words: dict[str, str]) -> Iterator[str]:
    severity = f"[{words[rule.severity]}] " if rule.severity else ""
    if rule.rule:
        yield f"  {severity}{rule.rule} {rule.title}".rstrip()
    else:
        yield from wrap(rule.title, _width(rule.title), initial_indent="  ", subsequent_indent="  ")
    yield from _lines(rule.lines, rule.more, words)


def _lines(lines: Iterable[Line], more: int, words: dict[str, str]) -> Iterator[str]:
    for line in lines:
        said = [part for part in (one_line(line.where), one_line(line.numbers)) if part]
        yield f"      {words['colon'].join(said)}{_note(line.note, words)}"
    if more:
        yield f"      {words['more'].format(count=more)}"


def _width(text: str) -> int:
    """Characters in a line: a Chinese one takes two places."""
    return WIDTH if text.isascii() else WIDTH // 2


def _note(text: str, words: dict[str, str]) -> str:
    return words["note"].format(note=text) if text else ""


def one_line(text: str) -> str:
    """Text from outside, with nothing in it that could look like a line of ours."""
    return " ".join(text.split())
