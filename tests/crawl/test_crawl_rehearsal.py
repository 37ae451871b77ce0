"""`sites check`: what is shown of a site before it is crawled, and what its exit status says."""

import io

import pytest

from disclosure.__main__ import main
from disclosure.errors import SettingError, SiteFileError
from disclosure.sites_check import check_sites

LIST = "/nb/index.html"
REPORT = "某局2023年政府信息公开工作年度报告"
PAGE = """
<a href="/">首页</a><a href="/lx">联系我们</a>
<a href="1.html">某局2023年政府信息公开工作年度报告</a><a href="1_wap.html">某局2023年政府信息公开工作年度报告</a>
<a href="2.html">关于做好2023年政府信息公开工作年度报告编制工作的通知</a>
<a href="http://mirror.example/3.html">某局2022年政府信息公开工作年度报告</a>
<a href="/secret/4.html">某局2021年政府信息公开工作年度报告</a>
"""


@pytest.fixture
def check(quick_clock):
    def run(settings, name=None):
        out = io.StringIO()
        status = check_sites(settings, name, out, io.StringIO(), quick_clock)
        return status, out.getvalue()

    return run


def test_what_is_taken_and_what_is_left_and_why(
    odd_site, write_site, check, settings_for, tmp_path
):
    odd_site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /secret/\n")
    odd_site.answers[LIST] = (200, {}, PAGE.encode())
    settings = write_site("one", odd_site.address + LIST)
    status, shown = check(settings)
    at = odd_site.address
    assert (
        shown
        == f"""\
one  某市医疗保障局  (not verified yet)
  {at}/nb/index.html  (static, 1 page asked for)
    takes 1
      2023  某局2023年政府信息公开工作年度报告
            {at}/nb/1.html  (named a report with its year)
    leaves 6
      某局2021年政府信息公开工作年度报告: robots.txt forbids it
      关于做好2023年政府信息公开工作年度报告编制工作的通知: about reports or something else: 通知
      某局2022年政府信息公开工作年度报告: on a host that is not the site's (http://mirror.example/3.html); \
if the host is the agency's own, `hosts` may add it
      2 without 公开 or 年报 in them: 首页, 联系我们
      某局2023年政府信息公开工作年度报告: another address of a report that is taken ({at}/nb/1_wap.html)

1 site, all with reports
"""
    )
    assert status == 0


def test_nothing_is_stored_and_no_report_is_asked_for(odd_site, write_site, check):
    odd_site.answers[LIST] = (200, {}, PAGE.encode())
    settings = write_site("one", odd_site.address + LIST)
    check(settings)
    assert [asked.path for asked in odd_site.asked] == ["/robots.txt", LIST]
    assert not settings.data.exists()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            (200, {}, "<a href='/x'>关于我们</a>".encode()),
            "TROUBLE  no_reports: no report among the links of 1",
        ),
        ((404, {}, b""), "TROUBLE  not_found: answered 404"),
        ((503, {}, b""), "answered 503"),
    ],
)
def test_a_list_that_gives_no_report_is_trouble(odd_site, write_site, check, answer, words):
    odd_site.answers[LIST] = answer
    status, shown = check(write_site("one", odd_site.address + LIST))
    assert words in shown
    assert shown.endswith("1 site, 1 with trouble\n")
    assert status == 1


def test_pages_for_each_year_are_looked_at(odd_site, write_site, check):
    def page(year):
        return f"<h1>某市医疗保障局{year}年政府信息公开工作年度报告</h1><p>{'本年新收政府信息公开申请。' * 9}</p>"

    odd_site.answers["/r.jsp?fbtime=2024"] = (200, {}, page(2024).encode())
    odd_site.answers["/r.jsp?fbtime=2025"] = (200, {}, "<h1>政府信息公开年报</h1>".encode())
    settings = write_site(
        "one", f"{odd_site.address}/r.jsp?fbtime={{year}}", cms="hanweb-year", first_year=2024
    )
    status, shown = check(settings)
    assert "2024  某市医疗保障局2024年政府信息公开工作年度报告" in shown
    assert "fbtime=2025: not_found, the page names no report of 2025" in shown
    assert status == 0


def test_words_from_the_web_do_not_steer_the_terminal(odd_site, write_site, check):
    odd_site.answers[LIST] = (200, {}, f'<a href="1">\x1b[2J{REPORT}\u202e</a>'.encode())
    _, shown = check(write_site("one", odd_site.address + LIST))
    assert f"2023  \ufffd[2J{REPORT}\ufffd\n" in shown


def test_an_unknown_name_lists_the_known_ones(odd_site, write_site, check):
    settings = write_site("one", odd_site.address + LIST)
    with pytest.raises(SiteFileError, match="no site is called 'two'; there are one"):
        check(settings, "two")


def test_a_public_site_wants_to_know_who_asks(tmp_path, settings_for, check, monkeypatch):
    (tmp_path / "a.yaml").write_text(
        "name: a\nagencies: [{name: 某局, key: a}]\nlists: [{url: 'http://a.gov.cn/'}]\n",
        encoding="utf-8",
    )
    from dataclasses import replace

    settings = replace(settings_for(tmp_path), user_agent="disclosure-reports/1.0 (replay)")
    with pytest.raises(SettingError, match="DISCLOSURE_USER_AGENT"):
        check(settings)


def test_a_broken_site_file_ends_with_two_and_names_file_line_and_what_is_allowed(
    tmp_path, monkeypatch, capsys
):
    (tmp_path / "a.yaml").write_text("name: a\nagency: x\n", encoding="utf-8")
    monkeypatch.setenv("DISCLOSURE_SITES", str(tmp_path))
    assert main(["sites", "check"]) == 2
    error = capsys.readouterr().err
    assert error.startswith(
        f"disclosure: {tmp_path}/a.yaml:2: unknown key 'agency'; did you mean agencies? allowed here: name"
    )
