"""The digest as HTML that mail programs show well: one column, inline styles, nothing loaded from anywhere.

Everything that comes from outside passes through `escape`. Colours are given in pairs, text and ground, so that the mail
is readable where a program turns it dark, and the few programs that ask for a dark style get one.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from disclosure.alerts.lines import Line
from disclosure.alerts.outline import CauseEntry, Outline, ReportEntry, RuleEntry, Section
from disclosure.alerts.overview import Count
from disclosure.alerts.words import FRAME

FONT = "font-family:-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif"
MONO = "font-family:Consolas,Menlo,'Noto Sans Mono CJK SC',monospace"
COLOURS = {"error": "#b42318", "warning": "#b54708", "info": "#475467", "": "#475467"}
QUIET = "#475467"
BREAKS = "word-break:break-word;overflow-wrap:anywhere"
DARK = """
@media (prefers-color-scheme: dark) {
  .ground { background: #101828 !important; color: #eaecf0 !important; }
  .card { background: #1d2939 !important; border-color: #475467 !important; }
  .quiet { color: #98a2b3 !important; }
  .error { color: #fda29b !important; }
  .warning { color: #fec84b !important; }
  .link { color: #84caff !important; }
}
"""


def write_html(outline: Outline, language: str) -> str:
    words = FRAME[language]
    body = "".join(_section(section, words) for section in outline.sections)
    scope = _paragraph(outline.scope, "quiet", f"color:{QUIET}") if outline.scope else ""
    return (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}">'
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f"<style>{DARK}</style></head>"
        f'<body class="ground" style="margin:0;padding:0;background:#ffffff;color:#1d2939">'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr>'
        f'<td class="ground" style="padding:16px;background:#ffffff;color:#1d2939;{FONT};font-size:15px;line-height:1.5">'
        '<div style="max-width:680px">'
        f'<p class="quiet" style="margin:0 0 8px;color:{QUIET}">{escape(outline.date)}</p>'
        f"{scope}{_counts(outline.counts, words)}{body}"
        f'<p class="quiet" style="margin:24px 0 0;color:{QUIET}">{escape(words["published_as_printed"])}</p>'
        "</div></td></tr></table></body></html>"
    )


def _paragraph(text: str, name: str = "", style: str = "") -> str:
    return f'<p class="{name}" style="margin:0 0 8px;{style}">{escape(text)}</p>'


def _counts(counts: Iterable[Count], words: dict[str, str]) -> str:
    rows = "".join(_count(count, words) for count in counts)
    return f'<table cellpadding="0" cellspacing="0" style="border-collapse:collapse">{rows}</table>'


def _count(count: Count, words: dict[str, str]) -> str:
    cell = "padding:2px 10px 2px 0;vertical-align:top"
    since = words["note"].format(note=count.since) if count.since else ""
    return (
        f'<tr><td style="{cell};text-align:right;font-weight:600">{escape(count.number)}</td>'
        f'<td style="{cell};text-align:left">{escape(count.what)}<b>{escape(since)}</b></td></tr>'
    )


def _section(section: Section, words: dict[str, str]) -> str:
    reports = "".join(_report(report, words) for report in section.reports)
    more = _paragraph(words["more"].format(count=section.more)) if section.more else ""
    return (
        f'<h2 style="margin:28px 0 4px;font-size:18px;line-height:1.3">{escape(section.heading)}</h2>'
        f'<p class="quiet" style="margin:0 0 12px;color:{QUIET}">{escape(section.advice)}</p>{reports}{more}'
    )


def _report(report: ReportEntry, words: dict[str, str]) -> str:
    causes = "".join(_cause(number, one, words) for number, one in enumerate(report.causes, 1))
    rules = "".join(_rule(rule, words) for rule in report.rules)
    return (
        '<div class="card" style="margin:0 0 12px;padding:10px 12px;background:#f9fafb;'
        f'border:1px solid #d0d5dd;border-radius:6px;{BREAKS}">'
        f'<p style="margin:0 0 4px;font-weight:600">{escape(report.heading)}</p>'
        f"{causes}{rules}{_source(report.source_url, words)}{_command(report.command, words)}</div>"
    )


def _cause(number: int, cause: CauseEntry, words: dict[str, str]) -> str:
    return (
        f'<p style="margin:4px 0 2px"><b>{number}.</b> {escape(cause.sentence)}</p>'
        f"{_lines(cause.lines, cause.more, words)}"
    )


def _rule(rule: RuleEntry, words: dict[str, str]) -> str:
    if not rule.rule:
        advice = f'<p class="quiet" style="margin:0 0 6px;color:{QUIET}">{escape(rule.title)}</p>'
        return advice + _lines(rule.lines, rule.more, words)
    severity = ""
    if rule.severity:
        colour = COLOURS.get(rule.severity, QUIET)
        severity = (
            f'<span class="{escape(rule.severity)}" style="color:{colour};font-weight:600">'
            f"{escape(words[rule.severity])}</span> "
        )
    return (
        f'<p style="margin:8px 0 2px">{severity}'
        f'<span style="{MONO};font-size:13px">{escape(rule.rule)}</span> {escape(rule.title)}</p>'
        f"{_lines(rule.lines, rule.more, words)}"
    )


def _lines(lines: Iterable[Line], more: int, words: dict[str, str]) -> str:
    written = [_line(line, words) for line in lines]
    if more:
        written.append(escape(words["more"].format(count=more)))
    return "".join(f'<p style="margin:0 0 2px 16px">{line}</p>' for line in written if line)


def _line(line: Line, words: dict[str, str]) -> str:
    where = escape(line.where)
    if line.numbers:
        numbers = f"<b>{escape(line.numbers)}</b>"
        where = f"{where}{words['colon']}{numbers}" if where else escape(line.numbers)
    note = escape(words["note"].format(note=line.note)) if line.note else ""
    return where + (f'<span class="quiet" style="color:{QUIET}">{note}</span>' if note else "")


def _source(url: str, words: dict[str, str]) -> str:
    if not url:
        return ""
    shown = escape(url)
    # Only a web address becomes a link: what stands in a page could also be javascript:.
    if url.startswith(("http://", "https://")):
        shown = (
            f'<a class="link" href="{shown}" style="color:#175cd3;word-break:break-all">{shown}</a>'
        )
    return f'<p style="margin:8px 0 0">{escape(words["source"])}{words["colon"]}{shown}</p>'


def _command(command: str, words: dict[str, str]) -> str:
    if not command:
        return ""
    return (
        f'<p class="quiet" style="margin:4px 0 0;color:{QUIET}">{escape(words["see_cells"])}{words["colon"]}'
        f'<code style="{MONO};font-size:12px;word-break:break-all">{escape(command)}</code></p>'
    )
