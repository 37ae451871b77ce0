"""Pages that answer 200 and are not what was asked for: challenges, logins, pages that are not there, pages that lead on.

Told by what a person would see: little text, and words or scripts that no report has. A page with any label of the
official form is never one of them. Left out on purpose: whether a page is a report; that is for parse to say.
"""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape
from urllib.parse import urlsplit

from disclosure.crawl.outcomes import NotFetched

LOOKED_AT_BYTES = 512 * 1024
"""A longer answer is no impostor: they have little to say."""

_FORM = re.compile(r"本年新收|結轉下年度|结转下年度|第二十条第|勾稽关系")
_PAGE = re.compile(r"<(?:!doctype|html|head|body|meta|script|title|div|p|h1)\b", re.IGNORECASE)
# Each of these passes a page once, also a page of nothing but openings without an end.
_UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|noscript)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_SCRIPT = re.compile(r"<script\b[^<>]*>(.*?)(?:</script\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_NOSCRIPT = re.compile(r"<!--.*?(?:-->|\Z)|<noscript\b.*?(?:</noscript\s*>|\Z)", re.I | re.S)
_TAG = re.compile(r"<[^<>]*>")
_TITLE = re.compile(r"<title\b[^<>]*>([^<]{0,300})</title", re.IGNORECASE)
_CONTENT = re.compile(r"<(?:iframe|embed|object|img|frame)\b", re.IGNORECASE)

# What challenges of the usual protections are made of, whether a person sees words or not.
_CHALLENGE_SCRIPT = re.compile(
    r"__jsl_clearance|acw_sc__v\d|_cf_chl|cdn-cgi/challenge|cf-browser-verification|\$_ts\s*=|\$_ts\.|yunsuo_session"
    r"|wzws_|wzwschallenge|TencentCaptcha|initGeetest|initAliyunCaptcha|FSSBBIl1UgzbN7N"
)
_CHALLENGE_WORDS = re.compile(
    r"安全验证|人机验证|滑[动块]验证|访问验证|完成验证|正在验证|浏览器安全检查|(?:开启|启用)javascript|enablejavascript"
    r"|justamoment|checkingyourbrowser|(?:访问|请求)(?:已)?被(?:您的管理员)?(?:阻断|拦截|拒绝|禁止)|疑似(?:攻击|黑客)|频率过[高快]"
    r"|访问过于频繁|应用防火墙|网站防火墙|云防护|安全狗|创宇盾"
)
_GONE = re.compile(
    r"(?:页面|网页|栏目|文章|内容|该信息|此信息|文件)(?:已经?|已被|可能)?(?:不存在|被?删除|被?移除|下线|未找到)"
    r"|找不到(?:了?您|您?要|该|此|相关|指定)?[^。，]{0,10}(?:页面|网页|文件|内容|信息|资源)"
    r"|访问的(?:页面|网页|内容|信息|地址|链接|资源)[^。]{0,8}(?:不存在|删除|出错|失效)"
    r"|404(?:错误|error|notfound)|pagenotfound|filenotfound|notfoundonthisserver"
)
_GONE_TITLE = re.compile(
    r"^\W*(?:404|error404|错误)\W*|not\s*found|(?:页面|网页)不存在|找不到(?:页面|网页)"
)
_LOGIN_PATH = re.compile(
    r"/(?:user|admin|member|my)?[-_]?(?:login|logon|signin|sign_in|sso|cas|passport|oauth2?|authorize)(?:[/._?-]|\Z)",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"<input\b[^<>]*type\s*=\s*[\"']?password", re.IGNORECASE)
_GONE_PATH = re.compile(r"/(?:\d*error|404|not_?found)\w*(?:\.\w+)?/?\Z", re.IGNORECASE)
_HOME_PATH = re.compile(r"/?(?:(?:index|default|home|main)\.\w+)?", re.IGNORECASE)

_META = re.compile(r"<meta\b[^<>]*http-equiv\s*=\s*[\"']?refresh\b[^<>]*>", re.IGNORECASE)
_REFRESH = re.compile(
    r"content\s*=\s*[\"']?\s*([\d.]*)\s*[;,]?\s*url\s*=\s*['\"]?\s*([^'\">]+)", re.I
)
_LOCATION = re.compile(r"\blocation(?:\.href)?\s*=(?!=)|\blocation\.(?:replace|assign)\s*\(")
_PLAIN_LOCATION = re.compile(
    r"\blocation(?:(?:\.href)?\s*=\s*|\.(?:replace|assign)\s*\(\s*)([\"'])([^\"'\\]+)\1\s*\)?\s*(?:;|\}|\Z)"
)
_CONDITION = re.compile(r"\bif\b|\?|\bsetInterval\b|\bfor\b|\bwhile\b")

_REFRESH_SECONDS = 10.0  # a page that leads on later than that is itself worth reading
_FEW = 120  # characters that a person sees on a page that only leads on, or only runs a script
_SOME = 600  # on a challenge or a login
_MANY = 1500  # on a page that says it is not there, with a menu around


class Page:
    """An answer's body as text, and what a person sees of it."""

    def __init__(self, body: bytes) -> None:
        try:
            self.source = body.decode("utf-8")
        except UnicodeDecodeError:
            self.source = body.decode("gb18030", errors="replace")

    @property
    def is_page(self) -> bool:
        return _PAGE.search(self.source, 0, 4096) is not None

    @cached_property
    def words(self) -> str:
        """What a person sees, without white space, in small letters."""
        return _squeeze(_TAG.sub("", _UNSEEN.sub("", self.source)))

    @cached_property
    def scripts(self) -> str:
        return "\n".join(match[1] for match in _SCRIPT.finditer(_NOSCRIPT.sub("", self.source)))

    @property
    def title(self) -> str:
        found = _TITLE.search(self.source)
        return unescape(found[1]).strip().casefold() if found else ""


def examine(body: bytes, url: str, asked: str, is_list: bool) -> str | None:
    """Given a body that came from `url` when `asked` was asked for, return the address that its page leads on to; None
    when it stays. Raises NotFetched, naming it, for a page that is not what was asked for."""
    if url != asked:
        _examine_way(url, asked)
    if not body or len(body) > LOOKED_AT_BYTES:
        return None
    page = Page(body)
    if not page.is_page or _FORM.search(page.source):
        return None
    if sign := challenge_sign(page):
        raise NotFetched("challenge", f"a challenge, not a page: {sign}", url)
    if sign := _gone_sign(page):
        raise NotFetched("soft_not_found", f"answered 200 with a page that says: {sign}", url)
    if len(page.words) <= _SOME and _PASSWORD.search(page.source):
        raise NotFetched("login", "a page that asks for a password", url)
    return _refresh(page) or _script_way(page, url, is_list)


def check_hop(url: str, asked: str) -> None:
    """Raise NotFetched when an address that was redirected to is a login: it need not be asked for."""
    if _LOGIN_PATH.search(urlsplit(url).path) and not _LOGIN_PATH.search(urlsplit(asked).path):
        raise NotFetched("login", f"redirected to a login: {url}", url)


def challenge_sign(page: Page) -> str | None:
    """What tells that a page is a challenge or a firewall's refusal; None when nothing does."""
    if len(page.words) > _SOME:
        return None
    sign = _CHALLENGE_WORDS.search(page.words) or _CHALLENGE_WORDS.search(_squeeze(page.title))
    sign = sign or _CHALLENGE_SCRIPT.search(page.source)
    if sign is None and len(page.words) <= _FEW:
        sign = re.search(r"document\.cookie\s*=|\beval\(", page.scripts)
    return sign[0] if sign else None


def _examine_way(url: str, asked: str) -> None:
    path, wanted = urlsplit(url), urlsplit(asked)
    is_home = _HOME_PATH.fullmatch(path.path) and not path.query
    if is_home and not (_HOME_PATH.fullmatch(wanted.path) and not wanted.query):
        raise NotFetched("soft_not_found", "redirected to the home page", url)
    if _GONE_PATH.search(path.path) and not _GONE_PATH.search(wanted.path):
        raise NotFetched("soft_not_found", f"redirected to {path.path}", url)


def _gone_sign(page: Page) -> str | None:
    sign = _GONE_TITLE.search(page.title)
    if sign is None and len(page.words) <= _MANY:
        sign = _GONE.search(page.words)
    return sign[0] if sign else None


def _refresh(page: Page) -> str | None:
    """Where a meta element leads within a few seconds."""
    for meta in _META.finditer(_NOSCRIPT.sub("", page.source)):
        target = _REFRESH.search(meta[0])
        if target and float(target[1].strip(".") or 0) <= _REFRESH_SECONDS:
            return unescape(target[2]).strip()
    return None


def _script_way(page: Page, url: str, is_list: bool) -> str | None:
    """Where a page leads that is nothing but a script: an address that stands there in full is followed."""
    if len(page.words) > _FEW or _CONTENT.search(page.source):
        return None
    if not (ways := _LOCATION.findall(page.scripts)):
        return None
    plain = _PLAIN_LOCATION.findall(page.scripts)
    if len(ways) == 1 == len(plain) and not _CONDITION.search(
        page.scripts.replace(plain[0][1], "")
    ):
        return str(plain[0][1])
    if is_list:
        return None  # a list that a script fills has little text, too
    raise NotFetched("script_redirect", "a script leads elsewhere, not plainly", url)


def _squeeze(text: str) -> str:
    return "".join(unescape(text).split()).casefold()
