"""The digest as HTML that mail programs show well: tables, inline styles, nothing loaded from anywhere.

Everything that comes from outside passes through `escape`.
"""

from __future__ import annotations

from html import escape

from disclosure.alerts.outline import Line, Outline, ReportEntry, RuleEntry, Section
from disclosure.alerts.words import FRAME

FONT = "font-family:-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif"
MONO = "font-family:Consolas,Menlo,'Noto Sans Mono CJK SC',monospace"
COLOURS = {"error": "#b42318", "warning": "#b54708", "info": "#475467", "": "#475467"}
CELL = "padding:4px 12px 4px 0;vertical-align:top;text-align:left"


def write_html(outline: Outline, language: str) -> str:
    words = FRAME[language]
    body = "".join(_section(section, words) for section in outline.sections)
    return (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}">'
        '<head><meta charset="utf-8"></head>'
        f'<body style="margin:0;padding:16px;background:#ffffff;color:#1d2939;{FONT};font-size:14px;line-height:1.5">'
        '<table role="presentation" cellpadding="0" cellspacing="0" style="max-width:760px;width:100%"><tr><td>'
        f'<p style="margin:0 0 8px;color:#475467">{escape(outline.date)}</p>'
        f"{_counts(outline)}{body}"
        f'<p style="margin:24px 0 0;color:#475467">{escape(words["published_as_printed"])}</p>'
        "</td></tr></table></body></html>"
    )


def _counts(outline: Outline) -> str:
    rows = "".join(
        f'<tr><td style="{CELL};text-align:right;font-weight:600">{escape(count)}</td>'
        f'<td style="{CELL}">{escape(what)}</td></tr>'
        for what, count in outline.counts
    )
    return f'<table cellpadding="0" cellspacing="0" style="border-collapse:collapse">{rows}</table>'


def _section(section: Section, words: dict[str, str]) -> str:
    reports = "".join(_report(report, words) for report in section.reports)
    more = words["more"].format(count=section.more) if section.more else ""
    return (
        f'<h2 style="margin:24px 0 8px;padding-bottom:4px;border-bottom:1px solid #d0d5dd;font-size:16px">'
        f"{escape(section.heading)}</h2>{reports}<p>{escape(more)}</p>"
    )


def _report(report: ReportEntry, words: dict[str, str]) -> str:
    rules = "".join(_rule(rule, words) for rule in report.rules)
    return (
        '<div style="margin:0 0 16px">'
        f'<p style="margin:0 0 4px;font-weight:600">{escape(f"{report.agency} {report.year}".strip())}</p>'
        f"{_causes(report.causes)}"
        f'<table cellpadding="0" cellspacing="0" style="border-collapse:collapse;width:100%">{rules}</table>'
        f"{_source(report.source_url, words)}{_command(report.command, words)}</div>"
    )


def _causes(causes: tuple[str, ...]) -> str:
    items = "".join(f'<li style="margin:0 0 4px">{escape(cause)}</li>' for cause in causes)
    return f'<ol style="margin:0 0 4px;padding-left:20px">{items}</ol>' if causes else ""


def _rule(rule: RuleEntry, words: dict[str, str]) -> str:
    colour = COLOURS.get(rule.severity, COLOURS[""])
    severity = escape(words[rule.severity]) if rule.severity else ""
    heading = (
        f'<tr><td colspan="2" style="{CELL};padding-top:6px">'
        f'<span style="color:{colour};font-weight:600">{severity}</span> '
        f'<span style="{MONO};font-size:13px">{escape(rule.rule)}</span> {escape(rule.title)}</td></tr>'
    )
    lines = [*rule.lines]
    if rule.more:
        lines.append(Line("", words["more"].format(count=rule.more)))
    return heading + "".join(_line(line) for line in lines)


def _line(line: Line) -> str:
    note = (
        f' <span style="color:#475467;font-weight:400">（{escape(line.note)}）</span>'
        if line.note
        else ""
    )
    if not line.where:
        return f'<tr><td colspan="2" style="{CELL};padding-left:16px">{escape(line.numbers)}{note}</td></tr>'
    return (
        f'<tr><td style="{CELL};padding-left:16px;width:30%">{escape(line.where)}</td>'
        f'<td style="{CELL};font-weight:600">{escape(line.numbers)}{note}</td></tr>'
    )


def _source(url: str, words: dict[str, str]) -> str:
    if not url:
        return ""
    shown = escape(url)
    # Only a web address becomes a link: what stands in a page could also be javascript:.
    if url.startswith(("http://", "https://")):
        shown = f'<a href="{shown}" style="color:#175cd3;word-break:break-all">{shown}</a>'
    return f'<p style="margin:4px 0 0">{escape(words["source"])}: {shown}</p>'


def _command(command: str, words: dict[str, str]) -> str:
    if not command:
        return ""
    return (
        f'<p style="margin:4px 0 0;color:#475467">{escape(words["see_cells"])}: '
        f'<code style="{MONO};font-size:12px;word-break:break-all">{escape(command)}</code></p>'
    )
