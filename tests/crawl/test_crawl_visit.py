"""A night's visits: polite by the sites' own log, conditional when something is known, and each trouble kept apart."""

import itertools
import socket
import threading

import pytest

from disclosure.crawl.sites import load_sites
from disclosure.crawl.visit import visit_batch
from disclosure.errors import SiteFileError
from disclosure.ledger import known, record_night
from disclosure.replay.server import DOCUMENTS, copy_documents, free_ports, serve_replay
from disclosure.store import FolderStore

RUN, NEXT = "2026-11-22T02-00-00Z", "2026-11-23T02-00-00Z"
LIST = "/list.html"
REPORT = "某局2023年政府信息公开工作年度报告"


def names(settings):
    return [site.name for site in load_sites(settings.sites)]


def night(settings, run=RUN, clock=None):
    counts = visit_batch(names(settings), settings, run, clock)
    record_night(settings.fetches, run)
    return counts


def a_list(*hrefs, more=""):
    links = "".join(f'<a href="{href}">{REPORT}（{href}）</a>' for href in hrefs)
    return f"<html><body>{links}{more}</body></html>".encode()


# --- the replay site -----------------------------------------------------------------------------


def test_a_night_brings_home_every_report(replay, replay_settings, rows):
    counts = visit_batch(names(replay_settings), replay_settings, RUN)
    assert counts == {"refused_by_robots": 1, "stored": 22}
    fetched = rows(replay_settings)
    store = FolderStore(replay_settings.objects)
    reports = [path for path, fetch in fetched.items() if fetch.taken_for == "report"]
    assert len(reports) == 8
    for site, path in reports:
        if (site, path) != ("chongming-ybj", "/lishi/2021.html"):
            body = (DOCUMENTS / site / path.lstrip("/")).read_bytes()
            assert store.get(fetched[site, path].sha256) == body
    report = fetched["shenyang-ybj", "/zwgk/zfxxgkndbg/202601/t20260129_4978614.txt"]
    assert report.title == "沈阳市医疗保障局2025年政府信息公开工作年度报告"
    assert (report.status, report.outcome, report.taken_for) == (200, "stored", "report")
    assert report.content_type == "text/plain; charset=utf-8"


def test_what_robots_forbid_is_not_asked_for(replay, replay_settings, rows):
    visit_batch(names(replay_settings), replay_settings, RUN)
    refused = rows(replay_settings)["chongming-ybj", "/lishi/2021.html"]
    assert (refused.outcome, refused.status) == ("refused_by_robots", None)
    assert not [visit for visit in replay.requests if visit.path.startswith("/lishi/")]


def test_robots_are_the_first_request_of_every_host(replay, replay_settings):
    visit_batch(names(replay_settings), replay_settings, RUN)
    for port in replay.ports.values():
        paths = [visit.path for visit in replay.requests if visit.port == port]
        assert paths[0] == "/robots.txt"
        assert paths.count("/robots.txt") == 1


def test_never_two_requests_at_once_to_a_host_and_gaps_of_at_least_its_delay(
    tmp_path, settings_for
):
    with serve_replay(ports=free_ports(), latency_seconds=0.03) as replay:
        settings = settings_for(replay.write_sites(tmp_path / "sites"))
        visit_batch(names(settings), settings, RUN)
        requests = replay.requests
    for site, port in replay.ports.items():
        delay = 0.05 if site == "huiji-ybj" else 0.02  # its Crawl-delay is longer than the file's
        visits = [visit for visit in requests if visit.port == port]
        assert len(visits) >= 3
        after_robots = itertools.pairwise(visits)
        assert all(later.started - earlier.ended >= delay for earlier, later in after_robots), site
    # Side by side all the same: hosts were asked while others were answering.
    assert any(
        one.started < other.started < one.ended and one.port != other.port
        for one in requests
        for other in requests
    )


def test_two_sites_on_one_host_take_turns(tmp_path, settings_for):
    with serve_replay(ports=free_ports(), latency_seconds=0.02) as replay:
        folder = replay.write_sites(tmp_path / "sites")
        text = (folder / "pingtan.yaml").read_text(encoding="utf-8")
        (folder / "again.yaml").write_text(
            text.replace("name: pingtan\n", "name: again\n"), encoding="utf-8"
        )
        settings = settings_for(folder)
        visit_batch(["again", "pingtan"], settings, RUN)
        visits = replay.requests
    assert len(visits) == 7  # robots.txt once, two lists and a report for each
    assert all(later.started > earlier.ended for earlier, later in itertools.pairwise(visits))


def test_robots_that_another_site_of_the_host_asked_for_are_not_asked_for_again(
    odd_site, write_site, quick_clock
):
    odd_site.answers["/robots.txt"] = (200, {}, b"")
    for name in ("one", "two"):
        odd_site.answers[f"/{name}/"] = (200, {}, a_list("/1.html"))
        settings = write_site(name, f"{odd_site.address}/{name}/")
    visit_batch(["two"], settings, RUN, quick_clock)
    visit_batch(["one", "two"], settings, RUN, quick_clock)
    paths = [asked.path for asked in odd_site.asked]
    assert paths == ["/robots.txt", "/two/", "/1.html", "/one/", "/1.html"]


def test_a_second_night_asks_only_whether_anything_changed(replay, replay_settings, rows):
    night(replay_settings)
    objects = sorted(replay_settings.objects.rglob("*.gz"))
    replay.log.clear()
    counts = visit_batch(names(replay_settings), replay_settings, NEXT)
    assert counts == {"refused_by_robots": 1, "unchanged": 22}
    assert len(replay.requests) == 22
    assert all(visit.is_conditional and visit.status == 304 for visit in replay.requests)
    assert sorted(replay_settings.objects.rglob("*.gz")) == objects
    first = {
        fetch.url: fetch
        for name in names(replay_settings)
        for fetch in known_of(replay_settings, name)
    }
    for fetch in rows(replay_settings, NEXT).values():
        if fetch.outcome == "unchanged":
            assert (fetch.sha256, fetch.etag) == (first[fetch.url].sha256, first[fetch.url].etag)


def known_of(settings, name):
    return known(settings.fetches, name).values()


def test_a_page_that_was_changed_is_stored_again_and_the_old_body_kept(tmp_path, settings_for):
    documents = copy_documents(tmp_path / "documents")
    path = "zwgk/zfxxgkndbg/202601/t20260129_4978614.txt"
    page = documents / "shenyang-ybj" / path
    with serve_replay(documents, free_ports()) as replay:
        settings = settings_for(replay.write_sites(tmp_path / "sites"))
        night(settings)
        before = page.read_text(encoding="utf-8")
        page.write_text(before.replace("| 17 |", "| 18 |"), encoding="utf-8")
        assert night(settings, NEXT)["stored"] == 1
        assert night(settings, "2026-11-24T02-00-00Z") == {"refused_by_robots": 1, "unchanged": 22}
    store = FolderStore(settings.objects)
    latest = known(settings.fetches, "shenyang-ybj")[replay.address("shenyang-ybj", f"/{path}")]
    assert "| 18 |" in store.get(latest.sha256).decode()
    assert store.has(store.put(before.encode()))


def test_a_body_that_was_lost_is_asked_for_again_in_full(replay, replay_settings):
    night(replay_settings)
    for path in replay_settings.objects.rglob("*.gz"):
        path.unlink()
    replay.log.clear()
    night(replay_settings, NEXT)
    assert not any(visit.is_conditional for visit in replay.requests)
    assert len(list(replay_settings.objects.rglob("*.gz"))) > 10


def test_the_same_night_again_asks_for_nothing(replay, replay_settings):
    counts = visit_batch(names(replay_settings), replay_settings, RUN)
    replay.log.clear()
    assert visit_batch(names(replay_settings), replay_settings, RUN) == counts
    assert replay.requests == []


# --- trouble -------------------------------------------------------------------------------------


def test_a_host_that_is_down_does_not_harm_the_others(odd_site, write_site, rows, quick_clock):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        write_site("down", f"http://127.0.0.1:{unused.getsockname()[1]}{LIST}")
        odd_site.answers[LIST] = (200, {}, a_list("1.html"))
        odd_site.answers["/1.html"] = (200, {}, b"report")
        settings = write_site("up", odd_site.address + LIST)
        counts = night(settings, clock=quick_clock)
    assert counts == {"failed": 1, "not_crawled": 1, "not_found": 1, "stored": 2}


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_host_whose_robots_do_not_answer_is_left_alone(
    odd_site, write_site, rows, quick_clock, status
):
    odd_site.answers["/robots.txt"] = (status, {}, b"")
    odd_site.answers[LIST] = (200, {}, a_list("1.html"))
    settings = write_site("one", odd_site.address + LIST)
    visit_batch(["one"], settings, RUN, quick_clock)
    fetched = rows(settings)
    assert fetched["one", "/robots.txt"].outcome == "failed"
    assert fetched["one", LIST].outcome == "not_crawled"
    assert f"answered {status}" in fetched["one", LIST].reason
    assert {asked.path for asked in odd_site.asked} == {"/robots.txt"}


@pytest.mark.parametrize("status", [404, 403, 410])
def test_a_host_without_robots_may_be_crawled(odd_site, write_site, quick_clock, status):
    odd_site.answers["/robots.txt"] = (status, {}, b"")
    odd_site.answers[LIST] = (200, {}, a_list("1.html"))
    odd_site.answers["/1.html"] = (200, {}, b"report")
    settings = write_site("one", odd_site.address + LIST)
    assert visit_batch(["one"], settings, RUN, quick_clock)["stored"] == 2


def test_a_crawl_delay_longer_than_the_sites_is_respected(odd_site, write_site, quick_clock):
    odd_site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    odd_site.answers[LIST] = (200, {}, a_list("1.html"))
    settings = write_site("one", odd_site.address + LIST, delay=3)
    visit_batch(["one"], settings, RUN, quick_clock)
    assert [int(seconds) for seconds in quick_clock.slept] == [7, 7]


def test_a_crawl_delay_shorter_than_the_sites_changes_nothing(odd_site, write_site, quick_clock):
    odd_site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 1\n")
    odd_site.answers[LIST] = (200, {}, a_list("1.html"))
    settings = write_site("one", odd_site.address + LIST, delay=3)
    visit_batch(["one"], settings, RUN, quick_clock)
    assert [int(seconds) for seconds in quick_clock.slept] == [3, 3]


def test_a_crawl_delay_longer_than_a_night_leaves_the_host_alone(
    odd_site, write_site, rows, quick_clock
):
    odd_site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 86400\n")
    settings = write_site("one", odd_site.address + LIST)
    visit_batch(["one"], settings, RUN, quick_clock)
    assert quick_clock.slept == []
    row = rows(settings)["one", LIST]
    assert (row.outcome, "room for in a night" in row.reason) == ("not_crawled", True)


def test_a_night_asks_a_host_for_no_more_than_five_hours(odd_site, write_site, rows, quick_clock):
    """At an hour between requests there is room for five; what is left is first the next night."""
    reports = [f"{number}.html" for number in range(6)]
    odd_site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 3600\n")
    odd_site.answers[LIST] = (200, {}, a_list(*reports))
    for report in reports:
        odd_site.answers["/" + report] = (200, {}, b"report")
    settings = write_site("one", odd_site.address + LIST)
    assert night(settings, clock=quick_clock) == {"not_crawled": 3, "stored": 5}
    night(settings, NEXT, quick_clock)
    outcomes = {
        url.rsplit("/", 1)[1]: row.outcome for url, row in known(settings.fetches, "one").items()
    }
    assert [outcomes[report] for report in reports] == ["not_crawled"] * 3 + ["stored"] * 3


def test_the_same_few_failing_pages_do_not_keep_the_others_from_their_turn(
    odd_site, write_site, quick_clock
):
    """Three failures in a row close a host; the next night begins with those that were not reached."""
    reports = [f"{number}.html" for number in range(6)]
    odd_site.answers[LIST] = (200, {}, a_list(*reports))
    for number, report in enumerate(reports):
        odd_site.answers["/" + report] = (500, {}, b"") if number < 3 else (200, {}, b"report")
    settings = write_site("one", odd_site.address + LIST)
    assert night(settings, clock=quick_clock)["not_crawled"] == 3
    assert night(settings, NEXT, quick_clock)["stored"] == 3


def test_rules_for_us_by_name(odd_site, write_site, rows, quick_clock):
    odd_site.answers["/robots.txt"] = (
        200,
        {},
        b"\xef\xbb\xbfUser-agent: disclosure-reports\nDisallow: /\n\nUser-agent: *\nAllow: /\n",
    )
    settings = write_site("one", odd_site.address + LIST)
    visit_batch(["one"], settings, RUN, quick_clock)
    assert rows(settings)["one", LIST].outcome == "refused_by_robots"


def test_a_list_without_any_report_is_an_error_row(odd_site, write_site, rows, quick_clock):
    odd_site.answers[LIST] = (200, {"ETag": '"1"'}, b"<a href='/x'>about us</a>")
    settings = write_site("one", odd_site.address + LIST)
    assert night(settings, clock=quick_clock)["no_reports"] == 1
    odd_site.answers[LIST] = (304, {}, b"")
    visit_batch(["one"], settings, NEXT, quick_clock)
    row = rows(settings, NEXT)["one", LIST]
    assert (row.outcome, row.status) == ("no_reports", 304)
    assert row.sha256 is not None


def test_a_list_that_vanished_is_not_found(odd_site, write_site, rows, quick_clock):
    settings = write_site("one", odd_site.address + LIST)
    visit_batch(["one"], settings, RUN, quick_clock)
    assert rows(settings)["one", LIST].outcome == "not_found"


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [
        ((404, {}, b""), "not_found", "answered 404"),
        ((410, {}, b""), "not_found", "answered 410"),
        ((403, {}, b""), "failed", "answered 403"),
        ((503, {}, b""), "failed", "answered 503"),
        ((202, {}, b"accepted"), "failed", "answered 202"),
        ((200, {}, b""), "failed", "empty body"),
        ((304, {}, b""), "failed", "answered 304"),
        ((302, {"Location": "http://elsewhere.example/"}, b""), "off_site", "elsewhere.example"),
        ((302, {"Location": "/secret/1"}, b""), "refused_by_robots", "forbids"),
        ((302, {"Location": "/1.html"}, b""), "redirect_loop", "in a circle"),
        ((429, {"Retry-After": "86400"}, b""), "asked_to_wait", "Retry-After: 86400"),
    ],
)
def test_what_comes_of_a_report(odd_site, write_site, rows, quick_clock, answer, outcome, reason):
    odd_site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /secret/\n")
    odd_site.answers[LIST] = (200, {}, a_list("1.html", "2.html"))
    odd_site.answers["/1.html"] = answer
    odd_site.answers["/2.html"] = (200, {}, b"report")
    settings = write_site("one", odd_site.address + LIST)
    visit_batch(["one"], settings, RUN, quick_clock)
    fetched = rows(settings)
    assert fetched["one", "/1.html"].outcome == outcome
    assert reason in fetched["one", "/1.html"].reason
    assert fetched["one", "/1.html"].sha256 is None
    is_left_alone = outcome == "asked_to_wait"
    assert fetched["one", "/2.html"].outcome == ("not_crawled" if is_left_alone else "stored")


def test_a_redirect_within_the_site_tells_where_the_body_came_from(
    odd_site, write_site, rows, quick_clock
):
    odd_site.answers[LIST] = (200, {}, a_list("1.html"))
    odd_site.answers["/1.html"] = (301, {"Location": "/new/1.html"}, b"")
    odd_site.answers["/new/1.html"] = (200, {}, b"report")
    settings = write_site("one", odd_site.address + LIST)
    visit_batch(["one"], settings, RUN, quick_clock)
    row = rows(settings)["one", "/1.html"]
    assert (row.outcome, row.final_url) == ("stored", odd_site.address + "/new/1.html")


def test_a_page_without_validators_is_unchanged_when_its_body_is(odd_site, write_site, quick_clock):
    odd_site.answers[LIST] = (200, {}, a_list("1.html"))
    odd_site.answers["/1.html"] = (200, {}, b"report")
    settings = write_site("one", odd_site.address + LIST)
    night(settings, clock=quick_clock)
    assert night(settings, NEXT, quick_clock) == {"not_found": 1, "unchanged": 2}


def test_a_page_that_leads_on_does_not_answer_for_the_page_behind_it(
    odd_site, write_site, rows, quick_clock
):
    """The page that only leads on is older than what it leads to; asked on its behalf, it would say that nothing changed."""
    leads_on = (
        200,
        {"Last-Modified": "a"},
        b"<html><meta http-equiv=refresh content='0;url=/2.html'>",
    )
    odd_site.answers[LIST] = (200, {}, a_list("1.html"))
    odd_site.answers["/1.html"] = leads_on
    odd_site.answers["/2.html"] = (200, {"Last-Modified": "b", "ETag": '"1"'}, b"report")
    settings = write_site("one", odd_site.address + LIST)
    night(settings, clock=quick_clock)
    odd_site.answers["/2.html"] = (503, {}, b"")
    night(settings, NEXT, quick_clock)
    odd_site.asked.clear()
    odd_site.answers["/2.html"] = (200, {"ETag": '"2"'}, b"revised report")
    visit_batch(["one"], settings, "2026-11-24T02-00-00Z", quick_clock)
    sent = {asked.path: asked.headers["If-Modified-Since"] for asked in odd_site.asked}
    assert (sent["/1.html"], sent["/2.html"]) == (None, "b")
    row = rows(settings, "2026-11-24T02-00-00Z")["one", "/1.html"]
    assert (row.outcome, row.final_url) == ("stored", odd_site.address + "/2.html")


def test_a_report_that_vanished_is_still_known(odd_site, write_site, quick_clock):
    odd_site.answers[LIST] = (200, {}, a_list("1.html"))
    odd_site.answers["/1.html"] = (200, {"ETag": '"1"'}, b"report")
    settings = write_site("one", odd_site.address + LIST)
    night(settings, clock=quick_clock)
    odd_site.answers["/1.html"] = (404, {}, b"")
    night(settings, NEXT, quick_clock)
    row = known(settings.fetches, "one")[odd_site.address + "/1.html"]
    assert (row.outcome, FolderStore(settings.objects).get(row.sha256)) == ("not_found", b"report")
    odd_site.answers["/1.html"] = (304, {}, b"")
    assert night(settings, "2026-11-24T02-00-00Z", quick_clock)["unchanged"] == 2


def test_a_host_that_fails_three_times_in_a_row_is_left_alone(odd_site, write_site, quick_clock):
    reports = [f"{number}.html" for number in range(6)]
    odd_site.answers[LIST] = (200, {}, a_list(*reports))
    for report in reports:
        odd_site.answers["/" + report] = (503, {}, b"")
    settings = write_site("one", odd_site.address + LIST)
    counts = visit_batch(["one"], settings, RUN, quick_clock)
    assert (counts["failed"], counts["not_crawled"]) == (3, 3)


def test_an_error_of_ours_breaks_off_one_site_and_is_raised_in_the_end(
    replay, replay_settings, rows, monkeypatch
):
    """A full disk while one site's body is written: the others finish; the next attempt completes the night."""
    put = FolderStore.put

    def full(store, body):
        if "沈阳市医疗保障局".encode() in body:
            raise OSError(28, "No space left on device")
        return put(store, body)

    with monkeypatch.context() as patch:
        patch.setattr(FolderStore, "put", full)
        with pytest.raises(ExceptionGroup, match=r"1 site\(s\) broke off"):
            visit_batch(names(replay_settings), replay_settings, RUN)
    assert len({site for site, _ in rows(replay_settings)}) == 7
    counts = visit_batch(names(replay_settings), replay_settings, RUN)
    assert counts == {"refused_by_robots": 1, "stored": 22}


def test_an_unknown_site_is_named(replay_settings):
    with pytest.raises(SiteFileError, match="dalian-ybj"):
        visit_batch(["pingtan", "dalian-ybj"], replay_settings, RUN)


def test_no_site_is_no_work(replay_settings):
    assert visit_batch([], replay_settings, RUN) == {}


def test_a_task_that_is_stopped_stops_its_threads(odd_site, write_site, quick_clock, monkeypatch):
    """The thread that called is interrupted; those that visit end after the request they are at."""
    asked, stopped = threading.Event(), threading.Event()

    def interrupted(threads, function, visits):
        for visit in visits:
            threads.submit(function, visit)
        asked.wait(5)
        threading.Timer(0.3, stopped.set).start()
        raise KeyboardInterrupt

    def slow(out):
        asked.set()
        stopped.wait(5)
        out.write(a_list("1.html", "2.html"))

    odd_site.answers[LIST] = (200, {}, slow)
    settings = write_site("one", odd_site.address + LIST)
    monkeypatch.setattr("concurrent.futures.ThreadPoolExecutor.map", interrupted)
    with pytest.raises(KeyboardInterrupt):
        visit_batch(["one"], settings, RUN, quick_clock)
    assert "/2.html" not in [request.path for request in odd_site.asked]


# --- lists in several pages ----------------------------------------------------------------------


def walked(odd_site, settings, clock):
    visit_batch(["one"], settings, RUN, clock)
    return [asked.path for asked in odd_site.asked if "list" in asked.path]


def test_pages_that_are_counted(odd_site, write_site, quick_clock):
    script = '<script>createPageHTML(3, 0, "list", "html")</script>'
    odd_site.answers[LIST] = (200, {}, a_list("1.html", more=script))
    odd_site.answers["/list_1.html"] = (200, {}, a_list("2.html", more=script))
    odd_site.answers["/list_2.html"] = (200, {}, a_list("3.html", more=script))
    settings = write_site("one", odd_site.address + LIST, next='"list_{n}.html"')
    assert walked(odd_site, settings, quick_clock) == [LIST, "/list_1.html", "/list_2.html"]
    assert {"/1.html", "/2.html", "/3.html"} <= {asked.path for asked in odd_site.asked}


def test_pages_until_one_is_missing(odd_site, write_site, rows, quick_clock):
    odd_site.answers[LIST] = (200, {}, a_list("1.html"))
    odd_site.answers["/list_2.html"] = (200, {}, a_list("2.html"))
    settings = write_site("one", odd_site.address + LIST, next='"list_{n+1}.html"')
    assert walked(odd_site, settings, quick_clock) == [LIST, "/list_2.html", "/list_3.html"]
    end = rows(settings)["one", "/list_3.html"]
    assert (end.outcome, end.reason) == ("not_found", "the list ends before this page")


def test_pages_until_one_shows_nothing_new(odd_site, write_site, quick_clock):
    """Some sites answer any number with their last page."""
    odd_site.answers[LIST] = (200, {}, a_list("1.html"))
    for number in range(1, 9):
        odd_site.answers[f"/list_{number}.html"] = (200, {}, a_list("2.html"))
    settings = write_site("one", odd_site.address + LIST, next='"list_{n}.html"')
    assert walked(odd_site, settings, quick_clock) == [LIST, "/list_1.html", "/list_2.html"]


def test_pages_by_a_link_to_the_next_one(odd_site, write_site, rows, quick_clock):
    odd_site.answers[LIST] = (200, {}, a_list("1.html", more='<a class="next" href="/list?p=2">'))
    odd_site.answers["/list?p=2"] = (
        200,
        {},
        a_list("2.html", more='<a class="next" href="/list.html">'),
    )
    settings = write_site("one", odd_site.address + LIST, next="a.next")
    assert walked(odd_site, settings, quick_clock) == [LIST, "/list?p=2"]
    assert rows(settings)["one", "/list?p=2"].reason == "first body of this address"


def test_pages_beyond_the_limit_are_left_and_the_row_says_so(
    odd_site, write_site, rows, quick_clock
):
    script = '<script>createPageHTML(9, 0, "list", "html")</script>'
    for number, path in enumerate((LIST, "/list_1.html", "/list_2.html")):
        odd_site.answers[path] = (200, {}, a_list(f"{number}.html", more=script))
    settings = write_site("one", odd_site.address + LIST, next='"list_{n}.html"', max_pages=2)
    assert walked(odd_site, settings, quick_clock) == [LIST, "/list_1.html"]
    assert "not read further than 2 pages" in rows(settings)["one", "/list_1.html"].reason


def test_reports_on_a_later_page_only_are_no_error(odd_site, write_site, rows, quick_clock):
    script = '<script>createPageHTML(2, 0, "list", "html")</script><a href="/g">公开指南</a>'
    odd_site.answers[LIST] = (200, {}, a_list(more=script))
    odd_site.answers["/list_1.html"] = (200, {}, a_list("1.html", more=script))
    settings = write_site("one", odd_site.address + LIST, next='"list_{n}.html"')
    visit_batch(["one"], settings, RUN, quick_clock)
    assert {fetch.outcome for fetch in rows(settings).values()} == {"stored", "not_found"}


def test_no_report_on_any_page_is_told_by_the_last(odd_site, write_site, rows, quick_clock):
    odd_site.answers[LIST] = (200, {}, a_list(more='<a href="/g">公开指南</a>'))
    settings = write_site("one", odd_site.address + LIST, next='"list_{n}.html"')
    visit_batch(["one"], settings, RUN, quick_clock)
    fetched = rows(settings)
    assert fetched["one", LIST].outcome == "stored"
    assert fetched["one", "/list_1.html"].outcome == "no_reports"
    assert "2 list page(s)" in fetched["one", "/list_1.html"].reason


def test_pages_in_a_circle_have_an_end(odd_site, write_site, rows, quick_clock):
    odd_site.answers[LIST] = (200, {}, a_list(more='<a class="next" href="/list?p=2">'))
    odd_site.answers["/list?p=2"] = (200, {}, a_list(more='<a class="next" href="/list.html">'))
    settings = write_site("one", odd_site.address + LIST, next="a.next")
    assert walked(odd_site, settings, quick_clock) == [LIST, "/list?p=2"]
    assert rows(settings)["one", "/list?p=2"].outcome == "no_reports"


def test_a_missing_page_among_counted_ones_is_trouble(odd_site, write_site, rows, quick_clock):
    script = '<script>createPageHTML(3, 0, "list", "html")</script>'
    odd_site.answers[LIST] = (200, {}, a_list("1.html", more=script))
    settings = write_site("one", odd_site.address + LIST, next='"list_{n}.html"')
    visit_batch(["one"], settings, RUN, quick_clock)
    assert rows(settings)["one", "/list_1.html"].reason == "answered 404"


# --- networks that are not public ------------------------------------------------------------------


@pytest.fixture
def inward_name(monkeypatch):
    """A public name that leads to this machine."""
    resolve = socket.getaddrinfo

    def getaddrinfo(name, *arguments, **options):
        return resolve("127.0.0.1" if name == "www.a.gov.cn" else name, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize(
    ("reason", "outcome"), [(None, "not_crawled"), ("behind the bureau's own gateway", "stored")]
)
def test_a_public_name_that_leads_inward_needs_a_reason_in_its_site_file(
    odd_site, write_site, rows, quick_clock, inward_name, reason, outcome
):
    odd_site.answers["/robots.txt"] = (200, {}, b"User-agent: *")
    odd_site.answers[LIST] = (200, {}, a_list("1.html"))
    odd_site.answers["/1.html"] = (200, {}, b"report")
    address = odd_site.address.replace("127.0.0.1", "www.a.gov.cn")
    settings = write_site("one", address + LIST)
    if reason:
        file = settings.sites / "one.yaml"
        file.write_text(file.read_text("utf-8") + f"private_network: {reason}\n", "utf-8")
    visit_batch(["one"], settings, RUN, quick_clock)
    fetched = rows(settings)
    assert fetched["one", LIST].outcome == outcome
    assert (fetched["one", "/robots.txt"].outcome == "private_address") == (reason is None)
    assert bool(odd_site.asked) == (reason is not None)
