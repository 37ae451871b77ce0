"""The frame of the mail in English and Chinese, and the form's printed labels. Labels stay Chinese in both."""

from __future__ import annotations

import re

from disclosure.form import TEMPLATES
from disclosure.quality.labels import item_label

FRAME: dict[str, dict[str, str]] = {
    "en": {
        "scope": "This mail is about {parts}.",
        "scope_rest": "all that no route of the file of routes takes",
        "scope_join": ", ",
        "reports_read": "reports read",
        "documents_unread": "documents not read",
        "cells_read": "cells with a number",
        "cells_unread": "cells without (blank, absent, unreadable: each says which)",
        "causes": "causes behind sums that disagree",
        "failing_error": "checks failing: error",
        "failing_warning": "checks failing: warning",
        "failing_info": "remarks (info): context, counted here and not listed",
        "not_assessable": "checks that cannot be made: a number is missing",
        "acknowledged": "acknowledged in expectations/acknowledged.yaml: silent while the numbers are those",
        "stale_standing": "entries of expectations/acknowledged.yaml out of date",
        "new": "{count} new",
        "changed": "{count} changed",
        "resolved": "{count} resolved",
        "error": "error",
        "warning": "warning",
        "info": "info",
        "new_failures": "New failures",
        "new_failures_advice": "Each rule says what should hold, the lines below it what is there. Open the page and look: if it prints this, tell the agency's office (a numbered sentence can be sent as it is); if we misread it, add the page as a document shape (CONTRIBUTING.md); if it is to stay, put it into expectations/acknowledged.yaml.",
        "changed_failures": "Changed failures",
        "changed_failures_advice": "These were told before with other numbers. Look again; an acknowledgement of the old numbers counts no more.",
        "before": "before: {numbers}",
        "not_read": "Could not be read",
        "not_read_advice": "Nothing of these is in the warehouse. Open the page: if it is a report, add it as a document shape (CONTRIBUTING.md); if it is none, narrow link in the site file so that it is not taken for one.",
        "read_with_reservation": "Read with a reservation",
        "read_with_reservation_advice": "These reports are published; what is named here is null or in doubt. Look at the place in the page: if it is plain to the eye, add the page as a document shape (CONTRIBUTING.md).",
        "coverage": "Coverage",
        "coverage_advice": "Each gap is told once, when it opens; the counts above have those that stand.",
        "overdue": "agencies past the filing date",
        "overdue_advice": "Article 49: departments publish by 31 January, governments by 31 March. Our crawl read their lists to the end after that day and found no report of the year. Look at the agency's site: if the report is there, mend lists in the site file; if not, ask the office.",
        "overdue_line": "no report on {year}, due by {0}; its list names {1} (site {site})",
        "overdue_line_unlisted": "no report on {year}, due by {0}; its list names no year (site {site})",
        "silent": "sites silent for longer than their habit",
        "silent_advice": "Open the list in a browser. If it shows there, mend the site file (address, delay_seconds); if not, wait, or ask who runs the site.",
        "silent_line": "no list read since {0} ({1}); its longest silence before: {2} days",
        "no_reports": "list pages without a report",
        "no_reports_advice": "The page came, and links to no report. Open it: mend link or url in the site file.",
        "no_reports_line": "since {0} (site {site})",
        "agency_unknown": "agencies that no site file names",
        "agency_unknown_advice": "Their reports are published under the printed name. Add the agency to the site file, with key, kind, level and region.",
        "agency_unknown_line": "prints this name on its report on {0} (site {site})",
        "region_unknown": "agencies without a region",
        "region_unknown_advice": "Give region_code in the site file, so that they can be counted with their region.",
        "region_unknown_line": "site {site}",
        "not_reached": "agencies of which nothing can be said: our crawl has not read their lists since the filing date",
        "no_province": "(no province)",
        "of_province": "{count}: {named}",
        "resolved_failures": "Resolved: these hold now",
        "resolved_failures_advice": "Nothing to do, unless one was acknowledged: take its entry out of expectations/acknowledged.yaml.",
        "unassessable_failures": "Failed before, cannot be assessed now",
        "unassessable_failures_advice": "A number that stood there is missing now. Open the page: did the agency take it out, or do we no longer read it?",
        "unchecked_failures": "Failed before, not checked any more",
        "unchecked_failures_advice": "The report or the rule is gone. Open the page: does it still show the report of that year?",
        "stale_entries": "Out of date in expectations/acknowledged.yaml",
        "stale_entries_advice": "Mend or take out the line that is named.",
        "stale_changed": "acknowledged {before}; it is {now} now: look again, then write the new numbers or take the entry out",
        "stale_holds": "acknowledged {before}; it holds now, take the entry out",
        "stale_unassessable": "acknowledged {before}; a number is missing now, take the entry out",
        "stale_unknown": "no such report or rule: take the entry out",
        "should ≠": "{there}, should be {wanted}",
        "should >": "{there}, should be at most {wanted}",
        "should <": "{there}, should be at least {wanted}",
        "should ≥": "{there}, should be less than {wanted}",
        "should ≤": "{there}, should be more than {wanted}",
        "should =": "{there}, should not be {wanted}",
        "colon": ": ",
        "note": " ({note})",
        "places": "{count} places: {named}",
        "places_named": ", ",
        "places_more": ", …",
        "source": "source",
        "see_cells": "the cells",
        "more": "… and {count} more in the attached table",
        "published_as_printed": "Numbers are published as printed; nothing is mended.",
        "heartbeat": "Nothing new, and all is well: {reports} reports read, {unread} documents not read, {failing} known failures in {failing_reports} reports. There is nothing to do. This line comes once a week while there is no news.",
        "subject_heartbeat": "all is well, nothing new",
        "subject_new": "{count} new {failures} in {reports}",
        "subject_changed": "{count} changed",
        "subject_resolved": "{count} resolved",
        "subject_unassessable": "{count} no longer assessable",
        "subject_unchecked": "{count} no longer checked",
        "subject_unread": "{count} {documents} not read",
        "subject_reservations": "{count} {reservations}",
        "subject_gaps": "{count} {gaps} in coverage",
        "subject_stale": "{count} out of date in acknowledged.yaml",
        "join": ", ",
    },
    "zh": {
        "scope": "本邮件涉及：{parts}。",
        "scope_rest": "分送规则未另行指定的全部内容",
        "scope_join": "、",
        "reports_read": "已读报告",
        "documents_unread": "未能读取的文件",
        "cells_read": "有数字的单元格",
        "cells_unread": "无数字的单元格（空白、缺失、无法识读，各有注明）",
        "causes": "勾稽不符的原因",
        "failing_error": "不符的检查：错误",
        "failing_warning": "不符的检查：警告",
        "failing_info": "提示：仅供参考，只计数不列出",
        "not_assessable": "缺数字而无法进行的检查",
        "acknowledged": "已在 expectations/acknowledged.yaml 登记：数字不变则不再提示",
        "stale_standing": "expectations/acknowledged.yaml 中已过时的条目",
        "new": "新增 {count}",
        "changed": "变化 {count}",
        "resolved": "消除 {count}",
        "error": "错误",
        "warning": "警告",
        "info": "提示",
        "new_failures": "新增不符",
        "new_failures_advice": "规则名称是应有的情形，其下各行是实际情形。请打开来源网页核对：网页确如此处所列的，请转告该机关政务公开机构，编号的句子可直接转发；系我方识读有误的，请把该网页增补为文档样例（见 CONTRIBUTING.md）；核实后暂不处理的，请登记在 expectations/acknowledged.yaml。",
        "changed_failures": "数字有变化的不符",
        "changed_failures_advice": "此前已提示，现数字不同。请重新核对；按原数字所作的登记不再有效。",
        "before": "此前：{numbers}",
        "not_read": "未能读取",
        "not_read_advice": "以下文件的内容均未入库。请打开网页：确是年度报告的，请增补为文档样例（见 CONTRIBUTING.md）；不是的，请收窄站点文件中的 link，以免误取。",
        "read_with_reservation": "读取时有保留",
        "read_with_reservation_advice": "以下报告已发布，所列之处为空值或存疑。请在网页上查看该处：肉眼可辨的，请把该网页增补为文档样例（见 CONTRIBUTING.md）。",
        "coverage": "收录情况",
        "coverage_advice": "每处缺口只在出现时提示一次；仍未消除的计入上面的数字。",
        "overdue": "逾期未公布年度报告的机关",
        "overdue_advice": "《条例》第四十九条：政府部门应于 1 月 31 日前公布，政府应于 3 月 31 日前公布。期限过后已完整读取其列表，未见该年度报告。请查看机关网站：已公布的，请改正站点文件中的 lists；未公布的，请联系该机关。",
        "overdue_line": "未见 {year} 年度报告，期限 {0}；列表所载年度：{1}（站点：{site}）",
        "overdue_line_unlisted": "未见 {year} 年度报告，期限 {0}；列表未载任何年度（站点：{site}）",
        "silent": "静默时间超过常例的站点",
        "silent_advice": "请在浏览器中打开列表页：能打开的，请改正站点文件（网址、delay_seconds）；打不开的，请等待或联系网站主办方。",
        "silent_line": "自 {0} 起未能读取列表（{1}）；此前最长静默 {2} 天",
        "no_reports": "没有报告的列表页",
        "no_reports_advice": "页面可以打开，但没有指向报告的链接。请打开页面核对，改正站点文件中的 link 或 url。",
        "no_reports_line": "自 {0} 起（站点：{site}）",
        "agency_unknown": "站点文件未列出的机关",
        "agency_unknown_advice": "其报告以原文所印名称发布。请把该机关补入站点文件，写明 key、kind、level 和区划。",
        "agency_unknown_line": "{0} 年度报告印有此名称（站点：{site}）",
        "region_unknown": "未写明区划的机关",
        "region_unknown_advice": "请在站点文件中补写 region_code，以便归入其区划统计。",
        "region_unknown_line": "站点：{site}",
        "not_reached": "无从判断是否已公布的机关：期限过后尚未读到其列表",
        "no_province": "（未写明省份）",
        "of_province": "{count} 个：{named}",
        "resolved_failures": "已消除：现在相符",
        "resolved_failures_advice": "无须处理；如曾登记，请从 expectations/acknowledged.yaml 删除相应条目。",
        "unassessable_failures": "此前不符，现在无法判断",
        "unassessable_failures_advice": "原有的数字现已缺失。请打开网页核对：是机关删去，还是我方不能再读出？",
        "unchecked_failures": "此前不符，现已不再检查",
        "unchecked_failures_advice": "该报告或规则已不存在。请打开网页，查看是否仍载有该年度报告。",
        "stale_entries": "expectations/acknowledged.yaml 中已过时的条目",
        "stale_entries_advice": "请改正或删除所指行的条目。",
        "stale_changed": "登记时为 {before}，现为 {now}：请重新核对，改写数字或删除该条目",
        "stale_holds": "登记时为 {before}，现已相符，请删除该条目",
        "stale_unassessable": "登记时为 {before}，现缺数字，请删除该条目",
        "stale_unknown": "没有该报告或规则，请删除该条目",
        "should ≠": "为 {there}，应为 {wanted}",
        "should >": "为 {there}，应不超过 {wanted}",
        "should <": "为 {there}，应不少于 {wanted}",
        "should ≥": "为 {there}，应小于 {wanted}",
        "should ≤": "为 {there}，应大于 {wanted}",
        "should =": "为 {there}，不应为 {wanted}",
        "colon": "：",
        "note": "（{note}）",
        "places": "{count} 处：{named}",
        "places_named": "、",
        "places_more": "……",
        "source": "来源",
        "see_cells": "查看单元格",
        "more": "……另有 {count} 项见附件表格",
        "published_as_printed": "数字按原文发布，未作任何修改。",
        "heartbeat": "无新情况，一切正常：已读报告 {reports} 份，未能读取 {unread} 份文件，已知不符 {failing} 项，涉及 {failing_reports} 份报告。无须处理。无新情况时，每周发送本邮件一次。",
        "subject_heartbeat": "一切正常，无新情况",
        "subject_new": "{reports}新增 {count} 项不符",
        "subject_changed": "{count} 项有变化",
        "subject_resolved": "{count} 项已消除",
        "subject_unassessable": "{count} 项现已无法判断",
        "subject_unchecked": "{count} 项不再检查",
        "subject_unread": "{count} 份文件未能读取",
        "subject_reservations": "{count} 处读取有保留",
        "subject_gaps": "收录缺口 {count} 处",
        "subject_stale": "acknowledged.yaml 有 {count} 条过时",
        "join": "，",
    },
}

CHANGES: dict[str, dict[str, str]] = {
    "en": {
        "new": "new",
        "changed": "changed",
        "resolved": "resolved",
        "unassessable": "no longer assessable",
        "unchecked": "no longer checked",
        "unread": "not read",
        "reservations": "reservation",
        "gaps": "coverage",
        "stale": "acknowledgement out of date",
    },
    "zh": {
        "new": "新增",
        "changed": "变化",
        "resolved": "已消除",
        "unassessable": "现已无法判断",
        "unchecked": "不再检查",
        "unread": "未能读取",
        "reservations": "读取有保留",
        "gaps": "收录缺口",
        "stale": "登记已过时",
    },
}
"""The first column of the attached table."""

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
                    labels.setdefault(item.code, item_label((table.code, item.code, "")))
                for column in part.columns:
                    labels.setdefault(column.code, column.label)
    return labels


LABELS = _labels()
TABLES = {"proactive": "表二", "applications": "表三", "disputes": "表四"}
SUBJECTS: dict[str, tuple[str, str]] = {
    "addresses": ("addresses that show something else", "内容不同的网址数"),
    "agency": ("agencies that the name stands for", "名称对应的机关数"),
    "cells": ("cells", "单元格数"),
    "content": ("agencies with this very content", "内容相同的机关数"),
    "copies": ("copies of the body", "正文份数"),
    "credit_code": ("the credit code", "统一社会信用代码"),
    "figures": ("figures written otherwise", "写法不规范的数字"),
    "host": ("the host", "网站"),
    "labels": ("labels printed otherwise", "与格式不一致的名称"),
    "name": ("the printed name", "所印名称"),
    "notice": ("the notice that is cited", "所引通知"),
    "numerals": ("headings with their numeral", "带序号的标题"),
    "litigation_cases": ("suits, in the prose", "正文所述行政诉讼件数"),
    "normative_documents_in_force": (
        "documents in force, in the prose",
        "正文所述现行有效规范性文件数",
    ),
    "normative_documents_issued": ("documents issued, in the prose", "正文所述制发规范性文件数"),
    "normative_documents_repealed": (
        "documents repealed, in the prose",
        "正文所述废止规范性文件数",
    ),
    "peers": ("agencies to compare with", "可比的同类机关"),
    "period_end": ("the end of the period", "统计期限止于"),
    "period_start": ("the beginning of the period", "统计期限起于"),
    "prose": ("the prose", "正文文字"),
    "published": ("the day of publication", "公布日期"),
    "reconsideration_cases": ("reviews, in the prose", "正文所述行政复议件数"),
    "region": ("divisions that the name can mean", "名称可指的行政区划数"),
    "requests_carried_in": ("requests carried in, in the prose", "正文所述上年结转件数"),
    "requests_carried_out": ("requests carried out, in the prose", "正文所述结转下年度件数"),
    "requests_processed": ("requests handled, in the prose", "正文所述办理件数"),
    "requests_received": ("requests received, in the prose", "正文所述收到申请件数"),
    "response_rate_pct": ("the rate of replies, in the prose", "正文所述答复率"),
    "rows": ("rows outside the form", "格式以外的行"),
    "sections": ("sections in order", "顺序正确的部分"),
    "signed": ("the day of the signature", "落款日期"),
    "tables": ("tables", "各表"),
    "template": ("the year that the form belongs to", "格式所属年度"),
    "text": ("places in the text", "正文中的处数"),
    "version": ("versions", "版本数"),
    "worked_out": ("cells told apart by sums", "由勾稽关系推出的单元格"),
    "year": ("years named", "所载年度数"),
    "years": ("years without a report", "缺报告的年度数"),
}
"""What rules are about besides items, columns and tables: in English and in Chinese."""


def label(code: str, language: str = "zh") -> str:
    """What a rule's subject is called: the printed label of an item or column, which stays Chinese, or words of ours; the
    code itself where there is none."""
    if code in SUBJECTS:
        return SUBJECTS[code][language == "zh"]
    return LABELS.get(code) or TABLES.get(code, code)


def print_order(subject: str) -> int:
    """Where the form prints the first item or column that a subject names; what is none comes first."""
    return _ORDER.get(re.split(r"[./:|]", subject)[-1], -1)


_ORDER = {code: place for place, code in enumerate(LABELS)}


def label_subject(subject: str, language: str = "en") -> str:
    """A rule's subject in words: `natural_person` → 自然人, `rules.issued` → 规章 · 本年制发件数."""
    return " · ".join(label(code, language) for code in re.split(r"[./:|]", subject) if code)
