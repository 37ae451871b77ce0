"""Whose a figure is: the agency's own, another body's, or an account's; and whether it is a part of something."""

from __future__ import annotations

import re

CHANNELS = {
    "网站": "website", "门户": "website", "官网": "website",
    "微信": "wechat", "公众号": "wechat", "订阅号": "wechat", "服务号": "wechat",
    "抖音": "video", "视频号": "video", "快手": "video",
    "APP": "app", "App": "app", "客户端": "app",
    "微博": "other", "头条": "other", "电视": "other", "报纸": "other", "广播": "other", "媒体": "other",
}  # fmt: skip
_CHANNEL = re.compile("|".join(CHANNELS))
_SELF = re.compile(
    r"(?:我|本)(?:局|委|办|厅|院|处|中心|区|县|市|镇|乡|街道|省|机关|单位|部门|街|旗|州|府|办事处|政府|队|会|所|站|社)+"
)
_TIME = re.compile(
    r"20\d\d年度?|本年度?|全年|今年|当年|年内|截[至止][^,]*?(?:日|底|末|止|年)|期间|共计|累计|总共|合计|新增|共|,"
)
# Bodies by their last words; 政府信息, 委托 and 办理 are none. What ends in such a word begins where its clause does.
_BODY = re.compile(
    r"全[市县区省州旗乡镇]|各[级地]|(?<![^\d,;、])[^\d,;、]*(?:系统|本级)"
    r"|(?<![^\d,;、])[^\d,;、]*(?:局|委员会|委(?!托)|厅|办公室|政府(?!信息|公开|网|门户)|街道|镇街|街镇|镇|乡|中心|机关|单位|部门|公司)"
    r"|(?<![^\d,;、])[^\d,;、]*(?:队|院|所|站|处|馆|校|司|科|室|组|会|社|村|街|县|区|市|省|州|旗|团|企业|窗口)$"
)
_FOREIGN = re.compile(r"督促|指导|协助|配合|经[^,]{1,12}(?:局|委|办|厅|府)")
_PASSED_ON = re.compile(r"转送|转来|交办|转(?<!结转)办")
_WAY = re.compile(
    r"网络|网上|网站|平台|信函|邮寄|现场|当面|传真|邮件|邮箱|线上|线下|自然人|法人|企业|公民|个人"
)
_SEVERAL = re.compile(r"[、和或及与等]|各类|各种|共")
_ACCOUNT = re.compile(
    r"(?:[“\"「][^”\"」]{1,16}[”\"」](?:官方|政务)?(?:微信)?(?:公众号|订阅号|服务号|公众平台|客户端|APP|视频号|抖音号)?)"
    r"|(?:(?:官方|政务)?(?:微信)?(?:公众号|订阅号|服务号)(?:\([^)]{1,16}\)|[“\"][^”\"]{1,16}[”\"])?)"
    r"|(?:[\u4e00-\u9fff]{0,8}(?:APP|App))"
    r"|(?:[\u4e00-\u9fff]{0,16}?(?:门户网站|官方网站|网站|官网|公开平台))"
)
_LEADING = re.compile(r"^.*(?:[在于]|通过|我[局委办]|年度?)")


def channels_in(text: str) -> frozenset[str]:
    """The channels that a text names: website, wechat, video, app, other."""
    return frozenset([CHANNELS[word] for word in _CHANNEL.findall(text)])


def account_of(text: str) -> str | None:
    """The account or site that a text names last, as printed: “沈阳智慧医保”服务号, 市医保局门户网站."""
    named = [match[0] for match in _ACCOUNT.finditer(text)]
    return (_LEADING.sub("", named[-1]) or None) if named else None


def is_a_part(text: str) -> bool:
    """Whether what leads to a figure of requests names one way or one kind of asker alone: 通过网络收到申请."""
    return bool(_WAY.search(text)) and not _SEVERAL.search(text)


def is_passed_on(clause: str) -> bool:
    """Whether a clause speaks of what another body passed on: the figures after it are a part."""
    return ("转" in clause or "交办" in clause) and bool(_PASSED_ON.search(clause))


def is_anothers(before: str) -> bool:
    """Whether another body acts, for the agency or at its bidding: 经市医保局推送, 督促各部门公开."""
    return bool(_FOREIGN.search(before))


def is_own(before: str) -> bool:
    """Whether the agency speaks of itself: 我局, 本机关."""
    return bool(_SELF.search(before))


def whose(before: str, agency: str) -> str | None:
    """Given what stands before a figure's own words, return the body that is named, as printed; None where it is the agency
    itself, or nobody is named."""
    match = _BODY.search(_SELF.sub("", _TIME.sub("", before)))
    return None if not match or agency.endswith(match[0]) else match[0]
