"""Requests are spent where reports are due; elsewhere a page is looked at again rarely, and within thirty days."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from disclosure.crawl.agenda import Agenda
from disclosure.crawl.introduction import check_user_agent
from disclosure.crawl.lists import Link
from disclosure.errors import SettingError
from disclosure.records import Agency, Fetch, ListPage, Site

LIST = "http://www.a.gov.cn/list/"
SITE = Site("a", (Agency("a", "某局"),), (ListPage(LIST),), look_again_days=28)
JULY, MARCH = (datetime(2026, month, 1, 18, tzinfo=UTC) for month in (7, 3))  # 02:00 in Shanghai


def seen(url, at, outcome="unchanged", taken_for="report", **facts):
    return Fetch(f"{at:%Y-%m-%dT%H-%M-%SZ}", "a", url, at, taken_for, 200, outcome, **facts)


def a_report(number, year=2019):
    address = f"http://www.a.gov.cn/{number}.html"
    return Link(address, f"某局{year}年政府信息公开工作年度报告", year, "named a report")


def known_of(*fetches):
    return {fetch.url: fetch for fetch in fetches}


def due(link, known, now, site=SITE):
    return link in Agenda(site, known, now).reports([link])


def pass_nights(reports, begin, nights, site=SITE):
    """Look at what is due on each of many nights; return the moments at which each address was looked at."""
    known = {LIST: seen(LIST, begin, taken_for="list")}
    known |= known_of(*(seen(link.url, begin, title=link.title) for link in reports))
    looks = {url: [begin] for url in known}
    for night in range(1, nights + 1):
        now = begin + timedelta(days=night, minutes=night % 7)
        agenda = Agenda(site, dict(known), now)
        lists = agenda.lists()
        for url in [page.url for page in lists] + [link.url for link in agenda.reports(reports)]:
            known[url] = replace(known[url], fetched_at=now, run=f"{now:%Y-%m-%dT%H-%M-%SZ}")
            looks[url].append(now)
    return looks


def longest_gap(moments, end):
    return max(later - earlier for earlier, later in zip(moments, [*moments[1:], end], strict=True))


def test_a_silent_revision_of_an_old_report_is_found_within_thirty_days():
    reports = [a_report(number) for number in range(200)]
    looks = pass_nights(reports, JULY, 120)
    for link in reports:
        assert longest_gap(looks[link.url], JULY + timedelta(days=120)) < timedelta(days=30)


def test_old_reports_are_looked_at_rarely_and_not_all_in_one_night():
    reports = [a_report(number) for number in range(200)]
    looks = pass_nights(reports, JULY, 120)
    each = [len(looks[link.url]) - 1 for link in reports]
    assert max(each) <= 9  # in 120 nights
    a_night = Counter(moment.date() for link in reports for moment in looks[link.url][1:])
    assert max(a_night.values()) < 40


def test_from_january_to_april_lists_and_the_reports_that_are_due_are_looked_at_every_night():
    new, old = a_report(1, 2025), a_report(2, 2024)
    looks = pass_nights([new, old], datetime(2026, 1, 1, tzinfo=UTC), 110)
    assert len(looks[LIST]) == len(looks[new.url]) == 111
    assert len(looks[old.url]) <= 9


def test_out_of_season_a_list_is_read_once_a_week():
    looks = pass_nights([], JULY, 70)
    assert len(looks[LIST]) == 11


@pytest.mark.parametrize(
    ("outcome", "is_due"),
    [
        ("unchanged", False),
        ("not_found", False),
        ("soft_not_found", False),
        ("too_large", False),
        ("stored", True),
        ("failed", True),
        ("challenge", True),
        ("not_trusted", True),
        ("not_crawled", True),
        ("asked_to_wait", True),
    ],
)
def test_what_left_something_open_is_looked_at_the_next_night(outcome, is_due):
    link = a_report(1)
    known = known_of(seen(link.url, JULY, outcome), seen(LIST, JULY, outcome, "list"))
    tomorrow = JULY + timedelta(days=1)
    assert due(link, known, tomorrow) == is_due
    assert bool(Agenda(SITE, known, tomorrow).lists()) == is_due


def test_what_is_new_or_was_not_reached_comes_first_and_then_what_was_left_longest():
    links = [a_report(number) for number in range(4)]
    known = known_of(
        seen(links[0].url, JULY - timedelta(days=30)),
        seen(links[1].url, JULY - timedelta(days=40)),
        seen(links[2].url, JULY - timedelta(days=1), "not_crawled"),
    )
    ordered = Agenda(SITE, known, JULY).reports(links)
    assert ordered == [links[2], links[3], links[1], links[0]]


def test_a_report_that_no_list_links_to_any_more_is_still_looked_at():
    link = a_report(1)
    known = known_of(seen(link.url, JULY - timedelta(days=30), title=link.title))
    [found] = Agenda(SITE, known, JULY).reports([])
    assert (found.url, found.title, found.year) == (link.url, link.title, 2019)


@pytest.mark.parametrize("outcome", ["other_address", "elsewhere"])
def test_the_other_addresses_of_a_report_are_not(outcome):
    known = known_of(seen("http://www.a.gov.cn/wap/1.html", JULY - timedelta(days=30), outcome))
    assert Agenda(SITE, known, JULY).reports([]) == []


def test_a_page_whose_attachment_gave_trouble_is_due():
    link, file = a_report(1), "http://www.a.gov.cn/1.docx"
    known = known_of(seen(link.url, JULY), seen(file, JULY, "failed", "attachment", page=link.url))
    assert due(link, known, JULY + timedelta(days=1))


def test_a_site_may_ask_for_every_night():
    link, site = a_report(1), replace(SITE, look_again_days=0)
    known = known_of(seen(link.url, JULY), seen(LIST, JULY, "unchanged", "list"))
    now = JULY + timedelta(minutes=1)
    assert due(link, known, now, site)
    assert Agenda(site, known, now).lists() == [ListPage(LIST)]


# --- who asks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "user_agent",
    [
        "disclosure-reports/1.0 (+mailto:operator@example.org)",
        "disclosure-reports/1.0 (operator@example.org)",
        "disclosure-reports/1.0 (+https://example.org/crawler)",
    ],
)
def test_a_user_agent_that_tells_how_to_reach_the_operator(user_agent):
    check_user_agent(user_agent, [SITE])


@pytest.mark.parametrize(
    "user_agent", ["", "disclosure-reports/1.0 (replay)", "a@b", "http://", "call me"]
)
def test_a_public_site_is_not_visited_without_it(user_agent):
    with pytest.raises(SettingError, match=r"DISCLOSURE_USER_AGENT.*to visit a it must say how"):
        check_user_agent(user_agent, [SITE])


def test_the_sites_of_this_machine_need_none():
    check_user_agent("replay", [replace(SITE, lists=(ListPage("http://127.0.0.1:8701/list"),))])


@pytest.mark.parametrize("user_agent", ["年报 (operator@example.org)", "a@example.org\r\nX: y"])
def test_a_user_agent_that_cannot_be_sent(user_agent):
    with pytest.raises(SettingError, match="printable ASCII"):
        check_user_agent(user_agent, [])
