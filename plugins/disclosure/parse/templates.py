"""Which form a document follows: told by the labels it prints, never by its year."""

from __future__ import annotations

import re

from disclosure.errors import ReportError
from disclosure.form import SHEET_2014, TEMPLATES, Template
from disclosure.records import Issue

# Rows of table three that only this form prints; 逾期不补正 alone stands in prose of any year.
_ONLY_2021 = re.compile(r"逾期不补正[、，,]?行政机关不再处理|逾期未按收费通知要求缴纳")
# Headings and labels that stand in every template's tables.
_ANY_TABLE = re.compile(
    r"第二十条第[（(].{1,2}[）)]项|本年新收政府信息公开|未经复议直接起诉|复议后起诉"
)
_WHOLE_2019 = (
    4  # labels that only the form of 2019 prints in table two: more than one header of it has
)
_ANY_HEADING = re.compile(r"主动公开政府信息情况|收到和处理政府信息公开申请情况")


def find_template(text: str, pictures: int) -> tuple[Template, tuple[Issue, ...]]:
    """Given all of a document's text, return its template, with an issue where both are printed.

    Raises ReportError: not_a_report, old_form, or tables_are_images.
    """
    text = "".join(text.split())
    counts = {name: len(set(re.findall(each.telling, text))) for name, each in TEMPLATES.items()}
    if not any(counts.values()) and not _ANY_TABLE.search(text):
        raise _no_tables(text, pictures)
    is_2021 = bool(counts["2021-30"] or _ONLY_2021.search(text))
    if is_2021 and counts["2019-60"]:
        return _mixed(text, counts)
    if counts["2019-60"]:
        return TEMPLATES["2019-60"], ()
    if is_2021:
        return TEMPLATES["2021-30"], ()
    message = "no label tells the template; read as 2021-30, the form in force"
    return TEMPLATES["2021-30"], (Issue("template_unknown", "", message),)


def _mixed(text: str, counts: dict[str, int]) -> tuple[Template, tuple[Issue, ...]]:
    """Headers of both forms: the rows of table three decide, else the greater number of labels. One such row alone is a
    row that strayed into the other form, where all of table two is of it."""
    rows_of_2021 = {row[: len("逾期不补正")] for row in _ONLY_2021.findall(text)}
    is_stray = len(rows_of_2021) == 1 and not counts["2021-30"] and counts["2019-60"] >= _WHOLE_2019
    has_rows = bool(rows_of_2021) and not is_stray
    name = "2021-30" if has_rows else max(counts, key=lambda each: counts[each])
    seen_2021 = sorted({*re.findall(TEMPLATES["2021-30"].telling, text), *_ONLY_2021.findall(text)})
    seen_2019 = sorted(set(re.findall(TEMPLATES["2019-60"].telling, text)))
    message = (
        f"labels of both forms: {'、'.join(seen_2021)} (2021-30) and "
        f"{'、'.join(seen_2019)} (2019-60); read as {name}, and what stands under the "
        f"other form's headers is left out"
    )
    return TEMPLATES[name], (Issue("mixed_headers", "", message),)


def _no_tables(text: str, pictures: int) -> ReportError:
    if not text:
        return ReportError("empty", "the document has no text at all")
    if _ANY_HEADING.search(text) and pictures:
        message = "its tables are pictures; type them in or ask the agency for a text version"
        return ReportError("tables_are_images", message)
    if re.search(SHEET_2014, text):
        message = "a statistics sheet from before 2019; its items are not those of the form"
        return ReportError("old_form", message)
    return ReportError("not_a_report", "none of the form's three tables is in it")
