"""Pages that are not what was asked for are named; a report, and what stands around one, never is."""

import time
from contextlib import suppress
from pathlib import Path

import pytest

from disclosure.crawl.impostors import LOOKED_AT_BYTES, check_hop, examine
from disclosure.crawl.outcomes import NotFetched
from disclosure.crawl.sniff import sniff

ASKED = "http://www.a.gov.cn/zwgk/202601/t20260129_1.html"
DOCUMENTS = Path(__file__).parents[1] / "parse" / "documents"


def page(body, head="<title>某市人民政府</title>"):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def script(code, body=""):
    return page(f"<script>{code}</script>{body}")


MENU = "".join(f"<li><a href='/{n}/'>政务公开栏目之{n}</a></li>" for n in range(60))
TEXT = "<p>" + "本机关认真贯彻落实条例,推进政府信息公开工作。" * 40 + "</p>"

CHALLENGES = {
    "a cookie and the page again": script('document.cookie="__jsl_clearance=1";location.reload()'),
    "a slider": page("<div>请按住滑块，拖动到最右边完成验证</div>"),
    "words": page("<h3>访问验证</h3><p>为了您的访问安全，请完成安全验证后继续访问</p>"),
    "script is off": page("<noscript>x</noscript><p>请开启JavaScript并刷新该页.</p>"),
    "a firewall": page("<p>您的请求已被该站点的网站管理员设置拦截！疑似黑客攻击</p>"),
    "too often": page("<p>您的访问过于频繁，请稍后再试</p>"),
    "from abroad": page("<h1>Just a moment...</h1>", "<title>Just a moment...</title>"),
    "obfuscated": script("var a=['x'];eval(function(p,a,c,k,e,d){return p}('0 1',2,2))"),
    "in gb18030": page("<p>请完成人机验证</p>").decode().encode("gb18030"),
}
GONE = {
    "words": page("<p>抱歉，您访问的页面不存在或已被删除！</p>"),
    "with a menu": page(f"<ul>{MENU}</ul><div>对不起，您要访问的页面已删除</div>"),
    "by its title": page(f"<ul>{MENU}</ul>{TEXT}", "<title>404 - 找不到页面</title>"),
    "in English": page("<h1>Page Not Found</h1>"),
    "not found": page("<h1>找不到您需要的页面</h1>"),
}


def outcome_of(body, url=ASKED, is_list=False):
    with pytest.raises(NotFetched) as error:
        examine(body, url, ASKED, is_list)
    assert error.value.final_url == url
    return error.value.outcome


@pytest.mark.parametrize("body", CHALLENGES.values(), ids=CHALLENGES)
@pytest.mark.parametrize("is_list", [False, True])
def test_a_challenge_is_named(body, is_list):
    assert outcome_of(body, is_list=is_list) == "challenge"


@pytest.mark.parametrize("body", GONE.values(), ids=GONE)
def test_a_page_that_says_it_is_not_there(body):
    assert outcome_of(body) == "soft_not_found"


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/index.shtml", "/404.html", "/error.jsp", "/common/404"]
)
def test_a_way_to_the_home_page_or_an_error_page(path):
    assert outcome_of(page(TEXT), f"http://www.a.gov.cn{path}") == "soft_not_found"


def test_a_page_that_asks_for_a_password():
    form = "<form>用户名<input name=u>密码<input type='password' name=p></form>"
    assert outcome_of(page(form)) == "login"


@pytest.mark.parametrize(
    "url",
    [
        "http://sso.a.gov.cn/cas/login?service=x",
        "http://www.a.gov.cn/login.jsp",
        "http://www.a.gov.cn/user/login/",
        "http://www.a.gov.cn/admin_login.aspx",
        "https://zwfw.gov.cn/oauth2/authorize?client=1",
    ],
)
def test_a_redirect_to_a_login_is_not_followed(url):
    with pytest.raises(NotFetched, match="redirected to a login") as error:
        check_hop(url, ASKED)
    assert error.value.outcome == "login"


@pytest.mark.parametrize(
    "url", ["http://www.a.gov.cn/zwgk/casestudy.html", "http://www.a.gov.cn/blog/loginov.html"]
)
def test_an_address_that_only_sounds_like_a_login(url):
    check_hop(url, ASKED)


# --- pages that lead on --------------------------------------------------------------------------

LEAD_ON = {
    "a meta element": (page("", '<meta http-equiv="refresh" content="0;url=/new/1.html">'), "/new/1.html"),
    "the other way round": (page("", "<META content='3; URL=2.html' http-equiv=Refresh>"), "2.html"),
    "without quotes": (page("", "<meta http-equiv=refresh content=0;url=new.html?a=1&amp;b=2>"), "new.html?a=1&b=2"),
    "location": (script('window.location.href="/new/1.html";'), "/new/1.html"),
    "location alone": (script("location='/new/1.html'"), "/new/1.html"),
    "replace": (script('top.location.replace("http://www.a.gov.cn/2.html")'), "http://www.a.gov.cn/2.html"),
    "few words": (script('self.location.href = "x.html";', "正在跳转，请稍候"), "x.html"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "target"), LEAD_ON.values(), ids=LEAD_ON)
def test_a_page_that_only_leads_on_is_followed(body, target):
    assert examine(body, ASKED, ASKED, is_list=False) == target


NOT_PLAIN = {
    "put together": script('var a="/x/";location.href=a+"1.html"'),
    "one of two": script('if(mobile){location.href="/m/"}else{location.href="/pc/"}'),
    "under a condition": script('if(self==top){location.href="/x.html"}'),
    "from a variable": script("location.replace(target)"),
    "an end added": script('location.href="/x.html"+location.search'),
}


@pytest.mark.parametrize("body", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_a_script_that_is_not_plain_is_named_and_not_followed(body):
    assert outcome_of(body) == "script_redirect"
    assert examine(body, ASKED, ASKED, is_list=True) is None


# --- what is left in peace -----------------------------------------------------------------------

REAL = {
    "a text": page(TEXT),
    "a page with a file": page("<h1>某局2023年政府信息公开工作年度报告</h1><a href='1.docx'>附件.docx</a>"),
    "a page of pictures": page("<img src='1.png'>", "<script>var location2='x'</script>"),
    "a viewer": script('location.href="x"', "<iframe src='/1.pdf'></iframe>"),
    "a login in the menu": page(f"{TEXT}<input type=password>"),
    "a captcha for the search": page(f"{TEXT}<script src='/x/TencentCaptcha.js'></script>"),
    "a script that knows where it is": script("var here=location.href;if(location==top.location){}"),
    "information that is not held": page("<p>（三）信息不存在0件</p>"),
    "404 requests": page("<h1>本年新收404件</h1>", "<title>第404号文件</title>"),
    "a refresh of itself": page(TEXT, "<meta http-equiv=refresh content=600>"),
    "a refresh for those without script": page(
        TEXT, "<noscript><meta http-equiv=refresh content='0;url=/no.html'></noscript>"
    ),
    "not a page": "您访问的页面不存在".encode(),
    "a file": b"%PDF-1.7 <html> 404",
    "nothing": b"",
}  # fmt: skip


@pytest.mark.parametrize("body", REAL.values(), ids=REAL)
def test_what_is_no_impostor(body):
    assert examine(body, ASKED, ASKED, is_list=False) is None


def test_any_label_of_the_form_is_stronger_than_every_sign():
    report = page(
        "<p>安全验证 页面不存在</p><table><td>一、本年新收政府信息公开申请数量</td></table>"
    )
    assert examine(report, ASKED, ASKED, is_list=False) is None


@pytest.mark.parametrize(
    "path", sorted(DOCUMENTS.glob("*/report.*")), ids=lambda path: path.parent.name
)
def test_no_real_report_is_an_impostor(path):
    assert examine(path.read_bytes(), ASKED, ASKED, is_list=False) is None


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        "<script>",
        "<meta ",
        "<title>",
        "<noscript>",
        "<input ",
        "location=",
        "页面",
        "<a ",
        "&#",
    ],
)
def test_a_page_of_openings_without_end_takes_no_time(piece):
    body = (f"<html>{piece}" + piece * (LOOKED_AT_BYTES // len(piece.encode()) - 2)).encode()
    began = time.process_time()
    with suppress(NotFetched):
        examine(body, ASKED, ASKED, is_list=False)
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "pdf"),
        (b"PK\x03\x04...", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        (b"{\\rtf1", "rtf"),
        (b"\x89PNG\r\n", "picture"),
        (b"MZ\x90", "program"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", "html"),
        ("年度报告".encode("gb18030"), "text"),
        (b"<?xml version='1.0'?><data/>", "xml"),
        (b'{"data": []}', "json"),
        (b"\x00\x01\x02", "other"),
    ],
)
def test_a_body_is_what_its_bytes_are(body, kind):
    assert sniff(body) == kind
