"""What reports state in running text, as patterns over a clause: one entry for each way to say it.

`left` ends where the figure begins, `right` begins where it ends; both are searched in the part of the clause that belongs
to that figure alone. Spaces are gone and full-width signs are plain (prose_text.plain_text).
"""

from __future__ import annotations

import re
from typing import NamedTuple

_CASES = frozenset(("件", "起", "宗", "例", "件次", "次", "个", "条"))
_ITEMS = frozenset(("条", "篇", "期", "件", "次", "个", "份", "项"))
_PEOPLE = frozenset(("人", "名", "户", "个", "人次", ""))
_VISITS = frozenset(("次", "人次", ""))
_TIMES = frozenset(("次", "场", "期", "个"))
_STAFF = frozenset(("名", "人", "个"))

# What may stand between a thing and its figure: 案件共计, 数量达到, 增至.
FILL = (
    r"(?:案件|案|事项|总数|总量|总计|合计|累计|共|计|人数|人员|个数|数|量|均|为|是|有|"
    r"已达到|已达|达到|达|上升至|上升到|增长至|增长到|增加至|增加到|增至|增到|:)*$"
)
REQUEST = (
    r"(?:政府信息依申请公开(?:的?申请)?|政府信息公开的?申请|信息公开的?申请|依申请公开(?:政府)?(?:信息)?的?(?:申请)?"
    r"|申请公开(?:的)?政府信息|公开政府信息的?申请|政府信息的?申请)(?:件|事项|信息|表)?"
)
# Who asks, and by which way; words that say nothing of how many.
ASKERS = (
    r"(?:了|到|过|的|各类|各种|任何|有效|有关|相关|关于|涉及|公民|法人|群众|社会|公众|市民|企业|单位|个人|自然人"
    r"|和|或者|或|及|以及|与|、|/|其他组织|组织|通过|邮寄|网络|网上|网站|平台|信函|现场|当面|传真|电子邮件|邮件|邮箱|线上|线下|书面"
    r"|渠道|途径|方式|形式|等|向我[局委单位]+|向本[机关单位局委]+|递交|提交|提出|新)*"
)


class Pattern(NamedTuple):
    """One way to state a metric by a figure."""

    metric: str
    word: str  # one that it cannot do without: looked for first, as a pattern is slow beside that
    left: re.Pattern[str]
    units: frozenset[str]
    topic: str  # what the clause, or the one before, must be about
    right: re.Pattern[str] | None


def _pattern(
    metric: str, word: str, left: str, units: frozenset[str], topic: str = "", right: str = ""
) -> Pattern:
    compiled = re.compile(right) if right else None
    return Pattern(metric, word, re.compile(left), units, topic, compiled)


PATTERNS = (
    # --- requests --------------------------------------------------------------------------------
    _pattern("requests_carried_in", "结转", rf"(?<!办结)(?<!办理)(?<!处理)(?<!答复)(?:上一?年度?|上一年)结转(?:至?本年度?)?(?:的|来的)?(?:{REQUEST})?(?:申请)?{FILL}", _CASES, "requests"),
    _pattern("requests_carried_in", "结转", rf"结转(?:的)?(?:上一?年度?|上一年)(?:的)?(?:{REQUEST}|申请){FILL}", _CASES),
    _pattern("requests_carried_out", "转", rf"(?:结转|转)[至到入]?(?:下一?年度?|次年|明年)(?:继续)?(?:办理|答复|处理)*(?:的)?(?:{REQUEST})?(?:申请)?{FILL}", _CASES, "requests"),
    _pattern("requests_carried_out", "结转", r"(?:^|、|另有|尚有|剩余|其余|还有)$", _CASES, "requests", r"^(?:申请|按规定|依法|将|,)*结转[至到入]?(?:下一?年度?|次年|明年)"),
    _pattern("requests_received", "收", rf"(?:收到|新收|接收|接到){ASKERS}{REQUEST}{FILL}", _CASES),
    _pattern("requests_received", "收", r"(?:收到|新收|接收|接到)了?(?:共计?)?$", _CASES, right=rf"^{ASKERS}{REQUEST}(?!人)"),
    _pattern("requests_accepted", "受理", rf"受理{ASKERS}{REQUEST}{FILL}", _CASES),
    _pattern("requests_accepted", "受理", rf"(?:^|[^,]){REQUEST}(?:共|共计)?受理{FILL}", _CASES),
    _pattern("requests_accepted", "受理", r"受理了?(?:共计?)?$", _CASES, right=rf"^{ASKERS}{REQUEST}(?!人)"),
    _pattern("requests_processed", "申请", rf"(?:办理|办结|处理)(?:完成|完毕|了)?{ASKERS}{REQUEST}{FILL}", _CASES),
    _pattern("requests_processed", "办", rf"(?:^|[共已年内、并]|累计|合计|按时|按期|依法|全部)(?:办理|办结)(?:完成|完毕)?{FILL}", _CASES, "requests"),
    _pattern("requests_answered", "答复", rf"(?<!公开)答复{ASKERS}(?:{REQUEST})?{FILL}", _CASES, "requests"),
    _pattern("response_rate_pct", "率", r"(?:^|申请|公开|[、和])(?:答复|办结)率(?:均|都)?(?:为|达到|达)?$", frozenset("%"), "requests"),
    # --- reviews and suits -------------------------------------------------------------------------
    _pattern("reconsideration_cases", "复议", rf"(?<!诉讼)(?<!诉讼和)(?<!诉讼、)行政复议(?:申请)?{FILL}", _CASES, "disputes"),
    _pattern("reconsideration_cases", "复议", r"(?:有|发生|收到|共)$", _CASES, "disputes", r"^(?:因|涉及|有关|由|关于|政府|政务|信息|依申请|公开|申请|工作|引起|引发|产生|的)*行政复议(?!.{0,2}(?:和|、|与|及)?.{0,3}诉讼)"),
    _pattern("litigation_cases", "诉讼", rf"(?<!复议)(?<!复议和)(?<!复议、)(?<!复议及)(?<!复议与)(?:行政)?诉讼{FILL}", _CASES, "disputes"),
    # --- documents ---------------------------------------------------------------------------------
    _pattern("normative_documents_issued", "规范性文件", rf"(?:制发|制定|印发|出台)了?(?:本级|机关|部门)?(?:行政)?规范性文件{FILL}", frozenset("件个份")),
    _pattern("normative_documents_repealed", "规范性文件", rf"废止了?(?:本级|机关|部门)?(?:行政)?规范性文件{FILL}", frozenset("件个份")),
    _pattern("normative_documents_repealed", "废止", rf"废止{FILL}", frozenset("件个份"), "normative"),
    _pattern("normative_documents_in_force", "现行有效", rf"现行有效(?:的)?(?:行政规范性文件|规范性文件)?(?:件)?{FILL}", frozenset("件个份"), "normative"),
    # --- what was disclosed, and where -------------------------------------------------------------
    _pattern("website_items_published", "网站", rf"(?:^|[,年])(?:[局府]?门户)?网站(?:全年|累计|共)*(?:主动)?公开(?:各类|各种|政府|政务)*信息{FILL}", _ITEMS, "website"),
    _pattern("items_disclosed_total", "公", rf"(?:(?<![应未拟不])主动公开|公布|(?<![予未应请不动拟可])公开)(?:了)?(?:各类|各种|的)*(?:政府|政务)?(?:各类)?信息(?:项目)?{FILL}", _ITEMS | {""}),
    _pattern("website_items_published", "信息", rf"(?:发布|更新|公开发布|上传)(?:了)?(?:各类|各种|政府|政务|医保|动态)*信息{FILL}", _ITEMS, "website"),
    _pattern("website_visits_total", "量", rf"(?<!日均)(?<!月均)(?<!用户)(?:总|累计)?(?:访问|浏览|点击)(?:总)?(?:量|次数|人数){FILL}", _VISITS, "website"),
    _pattern("website_unique_visitors", "独立", rf"独立(?:用户|访客)(?:访问)?(?:总)?{FILL}", _VISITS | _PEOPLE, "website"),
    _pattern("policy_interpretations", "解读", rf"(?<!图文)(?<!视频)(?<!音频)政策解读(?:材料|稿件|信息|文章|文件|产品|稿)?{FILL}", _ITEMS),
    _pattern("wechat_subscribers", "", rf"^(?!.*(?:新增|净增|增加(?![至到]))).*(?:关注|观注|粉丝|订阅)(?:用户|者)?(?:总|累计)*{FILL}", _PEOPLE, "wechat"),
    _pattern("wechat_subscribers", "户", r"(?:拥有|现有|共有|已有)$", _PEOPLE, "wechat", r"^(?:关注|订阅)?(?:粉丝|用户|者)+(?:$|[,、])"),
    _pattern("wechat_reads", "阅读", rf"(?:阅读)(?:总)?(?:量|数|人次|次数){FILL}", _VISITS, "wechat"),
    _pattern("wechat_posts", "", rf"(?:发布|推送|转载|推出|刊发|编发|发送)[^,;、]{{0,14}}(?:信息|推文|文章|资讯|消息|稿件|图文|内容|作品){FILL}", _ITEMS, "wechat"),
    _pattern("wechat_posts", "推文", rf"推文{FILL}", _ITEMS, "wechat"),
    _pattern("app_posts", "", rf"(?:发布|推送|转载)[^,;、]{{0,10}}(?:信息|推文|文章|资讯|消息){FILL}", _ITEMS, "app"),
    _pattern("app_registered_users", "注册", rf"注册(?:用户|人数)(?:总)?{FILL}", _PEOPLE, "app"),
    _pattern("short_video_posts", "", rf"(?:发布|推送|制作|更新)[^,;、]{{0,10}}(?:视频|信息|作品){FILL}", _ITEMS, "video"),
    _pattern("press_conferences", "新闻发布会", rf"新闻发布会{FILL}", _TIMES),
    _pattern("press_conferences", "新闻发布会", r"(?:召开|举办|举行|组织|开展)了?$", _TIMES, right=r"^新闻发布会"),
    # --- people ------------------------------------------------------------------------------------
    _pattern("training_sessions", "培训", rf"(?:政务公开|信息公开)[^,;、]{{0,8}}培训(?:会议|会|班|活动)?{FILL}", _TIMES),
    _pattern("training_sessions", "培训", r"(?:召开|举办|举行|组织|开展)了?$", _TIMES, right=r"^(?:全[市县区省])?[^,;、]{0,8}(?:政务公开|信息公开)[^,;、]{0,8}培训"),
    _pattern("staff_full_time", "专职", r"(?:配置|配备|设|安排|明确|有)了?$", _STAFF, "disclosure", r"^专职(?:工作)?人员"),
    _pattern("staff_full_time", "专职", rf"专职(?:工作)?{FILL}", _STAFF, "disclosure"),
    _pattern("staff_part_time", "兼职", r"(?:配置|配备|设|安排|明确|有|^|[,、和])$", _STAFF, "disclosure", r"^兼职(?:工作)?人员"),
    _pattern("staff_part_time", "兼职", rf"兼职(?:工作)?{FILL}", _STAFF, "disclosure"),
    _pattern("npc_suggestions_led", "建议", rf"主办的?(?:省|市|区|县)?(?:人大|人大代表)建议{FILL}", _CASES),
    _pattern("npc_suggestions_assisted", "建议", rf"协办的?(?:省|市|区|县)?(?:人大|人大代表)建议{FILL}", _CASES),
    _pattern("cppcc_proposals_led", "提案", rf"主办的?(?:省|市|区|县)?政协(?:委员)?提案{FILL}", _CASES),
    _pattern("cppcc_proposals_assisted", "提案", rf"协办的?(?:省|市|区|县)?政协(?:委员)?提案{FILL}", _CASES),
    _pattern("information_processing_fee_cny", "处理费", rf"收取(?:政府信息公开)?信息(?:公开)?处理费(?:用)?{FILL}", frozenset(("元", ""))),
)  # fmt: skip

BY_UNIT = {
    unit: tuple(pattern for pattern in PATTERNS if unit in pattern.units)
    for unit in {unit for pattern in PATTERNS for unit in pattern.units}
}

# --- denials -------------------------------------------------------------------------------------

# 未依申请公开 is no denial of requests: 未 wants one of these verbs.
_VERB = r"(?:收到|接到|接收|收取|发生|产生|出现|存在|引发|引起|涉及|有)过?"
_NONE = rf"(?<![因对有若如凡])(?:(?:未曾|从未|未){_VERB}|没有(?:{_VERB})?|不存在|无)"
_WHY = (
    r"(?:因|由于|由|涉及|有关|相关|关于|任何|一起|一例|一件|政府|政务|信息|依申请|公开|工作|事项|申请|引起|引发|导致|产生|发生"
    r"|提起|提出|而|被|针对我局|针对本机关|针对本单位|的|类|方面|公民|法人|和其他组织|或其他组织|或者其他组织|[、,])*"
)
_END = r"(?:的|案件|案|申请|事项|情况|情形|问题|现象|发生|产生)*$"
_AND = r"(?:和|或者|或|及|与|以及|、)?(?:被)?(?:提起|申请)?"
_REVIEW, _SUIT = r"(?:行政)?复议(?:案件|申请)?", r"(?:行政)?诉讼(?:案件)?"


class Denial(NamedTuple):
    """One way to state that there was none of some metrics. It is the whole end of its clause."""

    metrics: tuple[str, ...]
    word: str
    said: re.Pattern[str]
    unit: str
    topic: str


def _denial(metrics: str, word: str, said: str, unit: str, topic: str = "") -> Denial:
    return Denial(tuple(metrics.split()), word, re.compile(said), unit, topic)


DENIALS = (
    _denial("requests_received", "公开", rf"{_NONE}{ASKERS}{REQUEST}{_END}", "件"),
    _denial("requests_carried_out", "结转", rf"{_NONE}结转[至到入]?(?:下一?年度?|次年)(?:继续)?(?:办理|答复|处理)*(?:的)?(?:{REQUEST})?{_END}", "件", "requests"),
    _denial("reconsideration_cases litigation_cases", "诉讼", rf"{_NONE}{_WHY}(?:{_REVIEW}{_AND}{_SUIT}|{_SUIT}{_AND}{_REVIEW}){_END}", "件", "disputes"),
    _denial("reconsideration_cases", "复议", rf"{_NONE}{_WHY}{_REVIEW}{_END}", "件", "disputes"),
    _denial("litigation_cases", "诉讼", rf"{_NONE}{_WHY}{_SUIT}{_END}", "件", "disputes"),
    _denial("information_processing_fee_cny", "处理费", rf"{_NONE}(?:收取|任何|相关|的|政府信息公开|政府|信息公开)*信息(?:公开)?处理费用?(?:收取|收费)?{_END}", "元"),
    _denial("information_processing_fee_cny", "收费", rf"{_NONE}政府信息公开收费{_END}", "元"),
)  # fmt: skip
