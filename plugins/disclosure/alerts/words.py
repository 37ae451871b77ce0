"""The frame of the mail in English and Chinese, and the form's printed labels. Labels stay Chinese in both."""

from __future__ import annotations

import re

from disclosure.form import TEMPLATES

FRAME: dict[str, dict[str, str]] = {
    "en": {
        "reports_read": "reports read",
        "documents_unread": "documents not read",
        "cells_read": "cells read",
        "cells_unread": "cells not read",
        "failing": "failing",
        "error": "error",
        "warning": "warning",
        "info": "info",
        "in_reports": "in {reports} of the reports",
        "not_assessable": "not assessable (a number is missing)",
        "new": "new",
        "changed": "changed",
        "resolved": "resolved",
        "since": "since the last mail",
        "new_failures": "New failures",
        "changed_failures": "Changed failures",
        "before": "before: {numbers}",
        "not_read": "Could not be read",
        "read_with_reservation": "Read with a reservation",
        "resolved_failures": "Resolved: these hold now",
        "unassessable_failures": "Failed before, cannot be assessed now",
        "unchecked_failures": "Failed before, not checked any more",
        "causes_in_all": "causes behind failing sums",
        "causes": "causes",
        "acknowledged": "acknowledged (expectations/acknowledged.yaml): silent while the numbers are those",
        "stale_entries": "Out of date in expectations/acknowledged.yaml",
        "stale_changed": "acknowledged {before}; it is {now} now",
        "stale_holds": "acknowledged {before}; it holds now, take the entry out",
        "stale_unassessable": "acknowledged {before}; a number is missing now, take the entry out",
        "stale_unknown": "no such report or rule: take the entry out",
        "source": "source",
        "see_cells": "the cells",
        "more": "… and {count} more in the attached table",
        "published_as_printed": "Numbers are published as printed; nothing is mended.",
        "heartbeat": "Nothing new for a week, and all is well: {reports} reports read, {unread} documents not read, {failing} known failures in {failing_reports} reports.",
        "subject_heartbeat": "all is well, nothing new",
        "subject_new": "{count} new {failures} in {reports}",
        "subject_changed": "{count} changed",
        "subject_resolved": "{count} resolved",
        "subject_unassessable": "{count} no longer assessable",
        "subject_unchecked": "{count} no longer checked",
        "subject_unread": "{count} {documents} not read",
        "subject_reservations": "{count} {reservations}",
        "subject_stale": "{count} out of date in acknowledged.yaml",
        "join": ", ",
    },
    "zh": {
        "reports_read": "已读报告",
        "documents_unread": "未能读取的文件",
        "cells_read": "已读单元格",
        "cells_unread": "未读单元格",
        "failing": "不符",
        "error": "错误",
        "warning": "警告",
        "info": "提示",
        "in_reports": "涉及 {reports} 份报告",
        "not_assessable": "无法判断（缺数字）",
        "new": "新增",
        "changed": "变化",
        "resolved": "已消除",
        "since": "与上一封邮件相比",
        "new_failures": "新增不符",
        "changed_failures": "数字有变化的不符",
        "before": "此前：{numbers}",
        "not_read": "未能读取",
        "read_with_reservation": "读取时有保留",
        "resolved_failures": "已消除：现在相符",
        "unassessable_failures": "此前不符，现在无法判断",
        "unchecked_failures": "此前不符，现已不再检查",
        "causes_in_all": "勾稽不符的原因",
        "causes": "原因",
        "acknowledged": "已确认知悉（expectations/acknowledged.yaml）：数字不变则不再提示",
        "stale_entries": "expectations/acknowledged.yaml 中已过时的条目",
        "stale_changed": "登记时为 {before}，现为 {now}",
        "stale_holds": "登记时为 {before}，现已相符，请删除该条目",
        "stale_unassessable": "登记时为 {before}，现缺数字，请删除该条目",
        "stale_unknown": "没有该报告或规则，请删除该条目",
        "source": "来源",
        "see_cells": "查看单元格",
        "more": "……另有 {count} 项见附件表格",
        "published_as_printed": "数字按原文发布，未作任何修改。",
        "heartbeat": "一周内无新情况，一切正常：已读报告 {reports} 份，未能读取 {unread} 份文件，已知不符 {failing} 项，涉及 {failing_reports} 份报告。",
        "subject_heartbeat": "一切正常，无新情况",
        "subject_new": "{reports}新增 {count} 项不符",
        "subject_changed": "{count} 项有变化",
        "subject_resolved": "{count} 项已消除",
        "subject_unassessable": "{count} 项现已无法判断",
        "subject_unchecked": "{count} 项不再检查",
        "subject_unread": "{count} 份文件未能读取",
        "subject_reservations": "{count} 处读取有保留",
        "subject_stale": "acknowledged.yaml 有 {count} 条过时",
        "join": "，",
    },
}

COLUMNS: dict[str, tuple[str, ...]] = {
    "en": (
        "change",
        "severity",
        "agency",
        "year",
        "rule",
        "title",
        "subject",
        "left",
        "right",
        "left before",
        "right before",
        "note",
        "source",
        "report",
    ),
    "zh": (
        "变化",
        "级别",
        "行政机关",
        "年度",
        "规则",
        "规则名称",
        "位置",
        "左边",
        "右边",
        "此前左边",
        "此前右边",
        "说明",
        "来源",
        "报告",
    ),
}
"""Headings of the attached table; csv_part.py fills them in this order."""


def plural(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _labels() -> dict[str, str]:
    labels: dict[str, str] = {}
    for template in TEMPLATES.values():
        for table in template.tables:
            for part in table.parts:
                for item in part.items:
                    labels.setdefault(item.code, item.label)
                for column in part.columns:
                    labels.setdefault(column.code, column.label)
    return labels


LABELS = _labels()
OTHERS = {
    "proactive": "表二",
    "applications": "表三",
    "disputes": "表四",
    "tables": "各表",
    "copies": "正文份数",
}
"""What the structure rules are about besides items and columns."""


def label(code: str) -> str:
    """The printed label of an item or column; the code itself where the form has none."""
    return LABELS.get(code) or OTHERS.get(code, code)


def label_subject(subject: str) -> str:
    """A rule's subject in printed words: `natural_person` → 自然人, `rules.issued` → 规章 · 本年制发件数."""
    return " · ".join(label(code) for code in re.split(r"[./:|]", subject) if code)
