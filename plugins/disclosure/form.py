"""The official form, per template: its tables, items and columns, with the printed labels and the known variants.

Sources: 国办公开办函〔2021〕30号 (template 2021-30) and 国办公开办函〔2019〕60号 (2019-60); the variants were met on
real pages. Templates are told apart by labels and never merged: 本年新制作数量 counts what was made, 本年制发件数
what was issued. Patterns are searched in labels that parse/labels.py has normalised: no white space, no quotes, round
ASCII brackets, 、 for every comma, leading ordinals dropped, Simplified.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a table. `pattern` finds its label; `group` is what the form prints the row under."""

    code: str
    label: str
    pattern: str
    group: str = ""
    article: str = ""  # of the Regulations (2019); inferred where the label does not repeat the article's words
    variants: tuple[str, ...] = ()  # other wordings met in print


@dataclass(frozen=True, slots=True)
class Column:
    code: str
    label: str
    pattern: str
    unit: str = "件"
    variants: tuple[str, ...] = ()
    may_be_negative: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that share a header: table two has one per paragraph of article 20, the others have one in all."""

    columns: tuple[Column, ...]
    items: tuple[Item, ...]
    clause: str = ""


@dataclass(frozen=True, slots=True, eq=False)  # one object each: compared and hashed by identity
class Table:
    code: str
    parts: tuple[Part, ...]

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """Every (item, column) of the table, in printed order."""
        return _cells_of(self)

    def part(self, item: str) -> Part:
        """The part that an item stands in. Raises KeyError for an item of another table."""
        return _parts_of(self)[item]


@cache
def _cells_of(table: Table) -> tuple[tuple[str, str], ...]:
    return tuple(
        (item.code, column.code)
        for part in table.parts
        for item in part.items
        for column in part.columns
    )


@cache
def _parts_of(table: Table) -> dict[str, Part]:
    return {item.code: part for part in table.parts for item in part.items}


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six statutory sections (Regulations, article 50): its heading and how it is found."""

    number: int
    label: str
    pattern: str  # searched in a whole normalised line
    table: str | None = None
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)  # one object each: compared and hashed by identity
class Template:
    id: str
    notice: str
    telling: str  # labels that only this template prints
    proactive: Table
    applications: Table
    disputes: Table

    @property
    def tables(self) -> tuple[Table, ...]:
        return (self.proactive, self.applications, self.disputes)

    @property
    def cells(self) -> tuple[tuple[str, str, str], ...]:
        return tuple((table.code, *cell) for table in self.tables for cell in table.cells)


SECTIONS = (
    Section(1, "总体情况", r"^总体情况$"),
    Section(
        2,
        "主动公开政府信息情况",
        r"^(行政机关)?主动公开政府信息(工作)?情况$",
        "proactive",
        ("行政机关主动公开政府信息情况",),
    ),
    Section(
        3,
        "收到和处理政府信息公开申请情况",
        r"^(行政机关)?收到和处理政府信息公开申请(的)?情况$",
        "applications",
        ("行政机关收到和处理政府信息公开申请情况",),
    ),
    Section(
        4,
        "政府信息公开行政复议、行政诉讼情况",
        r"^.{0,14}行政法?复议.{0,6}行政诉讼.{0,6}情况$",
        "disputes",
        (
            "政府信息公开行政复议和行政诉讼情况",
            "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        ),
    ),
    Section(
        5,
        "存在的主要问题及改进情况",
        r"^.{0,10}存在的?(主要)?问题.{0,12}$",
        None,
        (
            "存在的主要问题和改进措施",
            "存在的主要问题和改进情况",
            "存在的主要问题及整改措施",
            "存在问题及改进情况",
        ),
    ),
    Section(6, "其他需要报告的事项", r"^其他(需要)?报告(的)?事项$"),
)

APPLICANT_TYPES = (
    Column("natural_person", "自然人", r"^自然人"),
    Column("commercial_enterprise", "商业企业", r"^商业"),
    Column("research_institution", "科研机构", r"^科研"),
    Column("public_interest_org", "社会公益组织", r"^社会公益"),
    Column("legal_service_org", "法律服务机构", r"^法律服务"),
    Column("other_org", "其他", r"^其他$"),
    Column("total", "总计", r"^(总计|合计)$"),
)

_RECEIVED = (
    Item(
        "received_new",
        "一、本年新收政府信息公开申请数量",
        r"本年新收",
        "flow",
        "29, 31",
        ("一、本年新收政府信息公开申请数",),
    ),
    Item("carried_in", "二、上年结转政府信息公开申请数量", r"上年度?结转", "flow", "33"),
    Item("granted_full", "（一）予以公开", r"^予以公开", "granted", "36(1)(2)"),
    Item(
        "granted_partial",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        r"^部分公开",
        "granted",
        "37",
    ),
    Item("denied_state_secret", "1.属于国家秘密", r"属于国家秘密", "denied", "14"),
    Item(
        "denied_law_prohibited",
        "2.其他法律行政法规禁止公开",
        r"法律、?行政法规禁止公开",
        "denied",
        "14",
    ),
    Item("denied_security_stability", "3.危及“三安全一稳定”", r"三安全一稳定", "denied", "14"),
    Item(
        "denied_third_party_rights", "4.保护第三方合法权益", r"第三方合法权益", "denied", "15, 32"
    ),
    Item("denied_internal_affairs", "5.属于三类内部事务信息", r"内部事务信息", "denied", "16(1)"),
    Item("denied_process_information", "6.属于四类过程性信息", r"过程性信息", "denied", "16(2)"),
    Item("denied_enforcement_file", "7.属于行政执法案卷", r"行政执法案卷", "denied", "16(2)"),
    Item("denied_administrative_query", "8.属于行政查询事项", r"行政查询事项", "denied", "36(7)"),
    Item(
        "unavailable_not_held",
        "1.本机关不掌握相关政府信息",
        r"不掌握相关政府信息",
        "unavailable",
        "36(4)(5)",
    ),
    Item(
        "unavailable_requires_creation",
        "2.没有现成信息需要另行制作",
        r"没有现成信息",
        "unavailable",
        "38",
    ),
    Item(
        "unavailable_unclear_after_correction",
        "3.补正后申请内容仍不明确",
        r"补正后申请内容仍不明确",
        "unavailable",
        "29, 30",
    ),
    Item(
        "not_processed_petition",
        "1.信访举报投诉类申请",
        r"信访、?举报、?投诉",
        "not_processed",
        "39(1)",
    ),
    Item("not_processed_duplicate", "2.重复申请", r"^重复申请", "not_processed", "36(6)"),
    Item(
        "not_processed_publication", "3.要求提供公开出版物", r"公开出版物", "not_processed", "39(2)"
    ),
    Item(
        "not_processed_excessive",
        "4.无正当理由大量反复申请",
        r"大量反复申请",
        "not_processed",
        "35",
    ),
    Item(
        "not_processed_confirm_or_reissue",
        "5.要求行政机关确认或重新出具已获取信息",
        r"确认或重新出具",
        "not_processed",
        "",
    ),
)
_OTHER_2021 = (
    Item(
        "other_correction_overdue",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        r"逾期不补正",
        "other",
        "30",
    ),
    Item(
        "other_fee_overdue",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        r"收费通知要求缴纳",
        "other",
        "42",
    ),
    Item("other_other", "3.其他", r"^其他$", "other", ""),
)
_OTHER_2019 = (Item("other_undifferentiated", "（六）其他处理", r"^其他处理$", "other", ""),)
_CLOSED = (
    Item("processed_total", "（七）总计", r"^(总计|合计)$", "total", ""),
    Item(
        "carried_out",
        "四、结转下年度继续办理",
        r"结转下年",
        "flow",
        "33",
        ("四、结转下年继续办理",),
    ),
)

# Printed above or beside rows and columns, with no figures of their own.
GROUPS = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    "信息内容",
    "申请人情况",
    "法人或其他组织",
    "行政复议",
    "行政诉讼",
    "三、本年度办理结果",
    "（三）不予公开",
    "（四）无法提供",
    "（五）不予处理",
    "（六）其他处理",
)

# What the form prints above or beside the numbered outcomes of each group.
GROUP_LABELS = {
    "denied": "（三）不予公开",
    "unavailable": "（四）无法提供",
    "not_processed": "（五）不予处理",
    "other": "（六）其他处理",
}

# Headings that group rows of table three; with no figures of their own (其他处理 is a row in 2019-60).
APPLICATION_GROUPS = r"^(本年度办理结果|不予公开|无法提供|不予处理|其他处理)"

_RESULTS = (
    Column("upheld", "结果维持", r"维持"),
    Column("corrected", "结果纠正", r"纠正"),
    Column("other", "其他结果", r"^其他(结果)?$"),
    Column("pending", "尚未审结", r"^尚未"),
    Column("total", "总计", r"^(总计|合计)$"),
)
_CHANNELS = (
    Item("reconsideration", "行政复议", r"^行政复议"),
    Item(
        "litigation_direct",
        "未经复议直接起诉",
        r"直接起诉",
        variants=("行政诉讼（未经复议直接起诉）",),
    ),
    Item(
        "litigation_after_reconsideration",
        "复议后起诉",
        r"复议后起诉",
        variants=("行政诉讼（复议后起诉）",),
    ),
)
DISPUTES = Table("disputes", (Part(_RESULTS, _CHANNELS),))

_RULES = Item("rules", "规章", r"^规章$", article="20(1)")
_NORMATIVE = Item(
    "normative_documents",
    "行政规范性文件",
    r"^(行政)?规范性文件$",
    article="20(1)",
    variants=("规范性文件",),
)
_LICENSING = Item("administrative_licensing", "行政许可", r"^行政许可$", article="20(5)")
_OTHER_SERVICES = Item(
    "other_external_services", "其他对外管理服务事项", r"^其他对外管理服务", article="20(5)"
)
_PENALTY = Item("administrative_penalty", "行政处罚", r"^行政处罚$", article="20(6)")
_COMPULSION = Item("administrative_compulsion", "行政强制", r"^行政强制$", article="20(6)")
_FEES = Item("administrative_fees", "行政事业性收费", r"^行政事业性收费$", article="20(8)")
_PROCUREMENT = Item("central_procurement", "政府集中采购", r"^政府集中采购$", article="20(9)")

_DECISIONS_2021 = (Column("decisions", "本年处理决定数量", r"处理决定数量"),)
_POWERS_2019 = (
    Column("prior_year_items", "上一年项目数量", r"上一?年项目数"),
    Column("items_change", "本年增/减", r"本年增", may_be_negative=True),
    Column("decisions", "处理决定数量", r"处理决定数"),
)

TEMPLATE_2021 = Template(
    id="2021-30",
    notice="国办公开办函〔2021〕30号",
    telling=r"本年制发件数|本年废止件数|现行有效件数",
    proactive=Table(
        "proactive",
        (
            Part(
                (
                    Column("issued", "本年制发件数", r"本年度?制发|^制发件数"),
                    Column("repealed", "本年废止件数", r"本年度?废止|^废止(件数|数量)"),
                    Column("in_force", "现行有效件数", r"现行有效"),
                ),
                (_RULES, _NORMATIVE),
                "第二十条第（一）项",
            ),
            Part(_DECISIONS_2021, (_LICENSING,), "第二十条第（五）项"),
            Part(_DECISIONS_2021, (_PENALTY, _COMPULSION), "第二十条第（六）项"),
            Part(
                (
                    Column(
                        "amount_10k_cny",
                        "本年收费金额（单位：万元）",
                        r"本年度?收费金额|^收费金额",
                        "万元",
                    ),
                ),
                (_FEES,),
                "第二十条第（八）项",
            ),
        ),
    ),
    applications=Table("applications", (Part(APPLICANT_TYPES, _RECEIVED + _OTHER_2021 + _CLOSED),)),
    disputes=DISPUTES,
)

TEMPLATE_2019 = Template(
    id="2019-60",
    notice="国办公开办函〔2019〕60号",
    telling=r"本年新制作数量|本年新公开数量|对外公开总数量|上一年项目数量|其他对外管理服务事项|政府集中采购",
    proactive=Table(
        "proactive",
        (
            Part(
                (
                    Column("newly_made", "本年新制作数量", r"本年新制作"),
                    Column("newly_disclosed", "本年新公开数量", r"本年新公开"),
                    Column("disclosed_total", "对外公开总数量", r"对外公开总数"),
                ),
                (_RULES, _NORMATIVE),
                "第二十条第（一）项",
            ),
            Part(_POWERS_2019, (_LICENSING, _OTHER_SERVICES), "第二十条第（五）项"),
            Part(_POWERS_2019, (_PENALTY, _COMPULSION), "第二十条第（六）项"),
            Part(_POWERS_2019[:2], (_FEES,), "第二十条第（八）项"),
            Part(
                (
                    Column("projects", "采购项目数量", r"采购项目数"),
                    Column("amount_10k_cny", "采购总金额", r"采购总金额", "万元"),
                ),
                (_PROCUREMENT,),
                "第二十条第（九）项",
            ),
        ),
    ),
    applications=Table("applications", (Part(APPLICANT_TYPES, _RECEIVED + _OTHER_2019 + _CLOSED),)),
    disputes=DISPUTES,
)

TEMPLATES = {template.id: template for template in (TEMPLATE_2021, TEMPLATE_2019)}

# 国办发〔2014〕32号: a statistics sheet, no table of this form. Recognised by name and set aside.
SHEET_2014 = r"申请办结数|按时办结数|申请答复数|统计指标|申请的答复总数|主动公开文件数"
