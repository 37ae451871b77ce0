"""The client: waits between requests, tries again where it helps, and gives up on what has no end."""

import gzip
import socket
import time
from dataclasses import replace
from email.utils import format_datetime

import pytest

from disclosure.crawl.client import Client
from disclosure.crawl.clock import Clock
from disclosure.crawl.hosts import host_of
from disclosure.crawl.limits import Limits
from disclosure.crawl.outcomes import NotFetched

LIMITS = Limits(connect_seconds=2.0, read_seconds=2.0, body_bytes=100_000, jitter=0.0)


@pytest.fixture
def client_for(odd_site):
    """A client that may ask the odd site, which is on this machine."""
    made = []

    def make(clock, limits=LIMITS):
        client = Client("disclosure-reports/1.0 (test)", clock, limits)
        client.private.add(host_of(odd_site.address))
        made.append(client)
        return client

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(client_for, quick_clock):
    return client_for(quick_clock)


def test_it_says_who_it_is_and_what_it_knows(client, odd_site):
    odd_site.answers["/a"] = (200, {"ETag": '"1"', "Content-Type": "text/html"}, b"body")
    answer = client.get(odd_site.address + "/a", etag='"0"', last_modified="yesterday")
    assert (answer.status, answer.body, answer.etag) == (200, b"body", '"1"')
    assert answer.content_type == "text/html"
    [asked] = odd_site.asked
    assert asked.headers["User-Agent"] == "disclosure-reports/1.0 (test)"
    assert asked.headers["If-None-Match"] == '"0"'
    assert asked.headers["If-Modified-Since"] == "yesterday"


def test_what_is_not_known_is_not_asked_about(client, odd_site):
    odd_site.answers["/a"] = (200, {}, b"body")
    client.get(odd_site.address + "/a")
    assert "If-None-Match" not in odd_site.asked[0].headers
    assert "If-Modified-Since" not in odd_site.asked[0].headers


def test_the_machines_proxies_and_passwords_are_not_used(client, odd_site, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    odd_site.answers["/a"] = (200, {}, b"body")
    assert client.get(odd_site.address + "/a").body == b"body"
    assert "Authorization" not in odd_site.asked[0].headers


def test_it_waits_between_two_requests_to_a_host_and_not_before_the_first(
    client, odd_site, quick_clock
):
    client.delays[host_of(odd_site.address)] = 2.0
    for _ in range(3):
        client.get(odd_site.address + "/a")
    assert quick_clock.slept == [2.0, 2.0]


def test_time_that_passed_anyway_counts_as_waiting(client, odd_site, quick_clock):
    client.delays[host_of(odd_site.address)] = 2.0
    client.get(odd_site.address + "/a")
    quick_clock._seconds += 1.5
    client.get(odd_site.address + "/a")
    assert quick_clock.slept == [0.5]


def test_a_delay_is_never_shorter_and_at_most_a_twentieth_longer(client_for, odd_site, quick_clock):
    client = client_for(quick_clock, replace(LIMITS, jitter=Limits().jitter))
    client.delays[host_of(odd_site.address)] = 2.0
    for _ in range(50):
        client.get(odd_site.address + "/a")
    assert min(quick_clock.slept) >= 2.0
    assert max(quick_clock.slept) <= 2.1
    assert len(set(quick_clock.slept)) > 40


def test_a_form_is_sent_as_one(client, odd_site):
    odd_site.answers["/search"] = (200, {}, b"found")
    address = odd_site.address + "/search?channel=1813&page=2"
    assert client.get(address, as_form=True).body == b"found"
    [asked] = odd_site.asked
    assert (asked.method, asked.path, asked.body) == ("POST", "/search", b"channel=1813&page=2")


# --- tries again ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_it_tries_again_when_a_server_is_in_trouble(client, odd_site, quick_clock, status):
    odd_site.answers["/a"] = [(status, {}, b""), (status, {}, b""), (200, {}, b"body")]
    assert client.get(odd_site.address + "/a").body == b"body"
    assert quick_clock.slept == [1.0, 4.0]


@pytest.mark.parametrize("status", [400, 403, 404, 410, 412, 501])
def test_it_takes_a_plain_no_for_an_answer(client, odd_site, status):
    odd_site.answers["/a"] = (status, {}, b"")
    assert client.get(odd_site.address + "/a").status == status
    assert len(odd_site.asked) == 1


def test_it_gives_up_after_three_attempts(client, odd_site):
    odd_site.answers["/a"] = (503, {}, b"")
    assert client.get(odd_site.address + "/a").status == 503
    assert len(odd_site.asked) == 3


def test_it_waits_as_long_as_it_is_told(client, odd_site, quick_clock):
    in_20_seconds = format_datetime(quick_clock.now().replace(second=27), usegmt=True)
    odd_site.answers["/a"] = [
        (503, {"Retry-After": "7"}, b""),
        (503, {"Retry-After": in_20_seconds}, b""),
        (200, {}, b"body"),
    ]
    assert client.get(odd_site.address + "/a").status == 200
    assert quick_clock.slept == [7.0, 20.0]


@pytest.mark.parametrize(
    ("retry_after", "slept"),
    [
        ("0", 1.0),
        ("-5", 1.0),
        ("soon", 1.0),
        ("²", 1.0),
        ("1.5", 1.0),
        ("Fri, 31 Dec 99999999999999 00:00:00 GMT", 1.0),
    ],
)
def test_a_retry_after_that_says_nothing_changes_nothing(
    client, odd_site, quick_clock, retry_after, slept
):
    headers = {"Retry-After": retry_after.encode().decode("latin-1")}
    odd_site.answers["/a"] = [(503, headers, b""), (200, {}, b"body")]
    client.get(odd_site.address + "/a")
    assert quick_clock.slept == [slept]


@pytest.mark.parametrize("retry_after", ["86400", "9" * 400, "Fri, 31 Dec 2100 00:00:00 GMT"])
def test_it_does_not_wait_for_hours(client, odd_site, quick_clock, retry_after):
    odd_site.answers["/a"] = (503, {"Retry-After": retry_after}, b"")
    with pytest.raises(NotFetched, match=f"asks to wait.*{retry_after}") as error:
        client.get(odd_site.address + "/a")
    assert (error.value.outcome, error.value.status) == ("asked_to_wait", 503)
    assert (len(odd_site.asked), quick_clock.slept) == (1, [])


def test_an_answer_that_broke_off_is_asked_for_again(client, odd_site):
    odd_site.answers["/a"] = [
        (200, {"Content-Length": "1000"}, lambda out: out.write(b"half")),
        (200, {}, b"whole"),
    ]
    assert client.get(odd_site.address + "/a").body == b"whole"


def test_a_chunked_answer_that_broke_off_is_asked_for_again(client, odd_site):
    odd_site.answers["/a"] = [
        (200, {"Transfer-Encoding": "chunked"}, lambda out: out.write(b"5\r\nhalf-")),
        (200, {}, b"whole"),
    ]
    assert client.get(odd_site.address + "/a").body == b"whole"


def test_a_host_that_is_not_there(client, quick_clock):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        client.private.add(f"127.0.0.1:{port}")
        with pytest.raises(NotFetched, match="no connection, or one that broke, 3 times") as error:
            client.get(f"http://127.0.0.1:{port}/")
    assert (error.value.outcome, error.value.status) == ("failed", None)
    assert quick_clock.slept == [1.0, 4.0]


@pytest.mark.parametrize("url", ["http://", "http://[::1/", "gopher://a/b"])
def test_what_is_no_address_fails_at_once(client, quick_clock, url):
    with pytest.raises(NotFetched):
        client.get(url)
    assert quick_clock.slept == []


# --- limits --------------------------------------------------------------------------------------


def test_a_silent_server_is_left(client_for, odd_site, quick_clock):
    odd_site.answers["/a"] = (200, {}, lambda out: time.sleep(0.5))
    limits = replace(LIMITS, read_seconds=0.05)
    with pytest.raises(NotFetched, match="no answer in time, 3 times"):
        client_for(quick_clock, limits).get(odd_site.address + "/a")


DRIPS = 2_000  # one every hundredth of a second: whoever waits for the last is not in time, on any machine


def drip(out):
    for _ in range(DRIPS):
        out.write(b"1\r\nx\r\n")
        out.flush()
        time.sleep(0.01)


def test_a_body_that_drips_is_left_when_its_time_is_up(client_for, odd_site):
    odd_site.answers["/a"] = (200, {"Transfer-Encoding": "chunked"}, drip)
    limits = replace(LIMITS, total_seconds=0.1)
    begun = time.monotonic()
    with pytest.raises(NotFetched, match=r"more than 0\.1 seconds") as error:
        client_for(Clock(), limits).get(odd_site.address + "/a")
    assert time.monotonic() - begun < 10
    assert (error.value.outcome, error.value.status) == ("failed", 200)
    assert len(odd_site.asked) == 1


def endless(out):
    while True:
        out.write(b"ffff\r\n" + b"x" * 0xFFFF + b"\r\n")


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, b"x" * 100_001),
        ({"Transfer-Encoding": "chunked"}, endless),
        ({"Content-Encoding": "gzip"}, gzip.compress(b"x" * 30_000_000)),
    ],
    ids=["long", "endless", "gzip bomb"],
)
def test_a_body_beyond_the_limit_is_left(client, odd_site, headers, body):
    odd_site.answers["/a"] = (200, headers, body)
    with pytest.raises(NotFetched, match="over 100,000 bytes") as error:
        client.get(odd_site.address + "/a")
    assert (error.value.outcome, error.value.status) == ("too_large", 200)
    assert len(odd_site.asked) == 1


@pytest.mark.parametrize("length", [0, 1, 99_999, 100_000])
def test_a_body_within_the_limit_comes_whole(client, odd_site, length):
    odd_site.answers["/a"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * length))
    assert len(client.get(odd_site.address + "/a").body) == length


# --- redirects -----------------------------------------------------------------------------------


def chain(odd_site, length, status=302):
    for number in range(length):
        odd_site.answers[f"/{number}"] = (status, {"Location": f"{number + 1}"}, b"moved")
    odd_site.answers[f"/{length}"] = (200, {}, b"here")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_each_hop_is_judged_and_waited_for(
    client, odd_site, quick_clock, status
):
    chain(odd_site, 5, status)
    client.delays[host_of(odd_site.address)] = 2.0
    judged = []
    answer = client.get(odd_site.address + "/0", gate=judged.append)
    assert (answer.url, answer.body) == (odd_site.address + "/5", b"here")
    assert judged == [f"{odd_site.address}/{number}" for number in range(6)]
    assert quick_clock.slept == [2.0] * 5


def test_a_long_chain_of_redirects_is_left(client, odd_site):
    chain(odd_site, 6)
    with pytest.raises(NotFetched, match="more than 5 times") as error:
        client.get(odd_site.address + "/0")
    assert (error.value.outcome, error.value.status) == ("redirect_loop", 302)
    assert len(odd_site.asked) == 6


def test_a_circle_of_redirects_is_left_where_it_closes(client, odd_site):
    odd_site.answers["/a"] = (302, {"Location": "/b"}, b"")
    odd_site.answers["/b"] = (302, {"Location": "/a"}, b"")
    with pytest.raises(NotFetched, match="in a circle") as error:
        client.get(odd_site.address + "/a")
    assert error.value.outcome == "redirect_loop"
    assert [asked.path for asked in odd_site.asked] == ["/a", "/b"]


def test_a_forbidden_hop_is_not_asked_for(client, odd_site):
    def gate(url):
        if url.endswith("/1"):
            raise NotFetched("off_site", "leads away", url)

    chain(odd_site, 1)
    with pytest.raises(NotFetched, match="leads away") as error:
        client.get(odd_site.address + "/0", gate=gate)
    assert (error.value.status, error.value.final_url) == (302, odd_site.address + "/1")
    assert [asked.path for asked in odd_site.asked] == ["/0"]


def test_the_body_of_a_redirect_is_not_read(client, odd_site):
    odd_site.answers["/a"] = (302, {"Location": "/b", "Transfer-Encoding": "chunked"}, endless)
    odd_site.answers["/b"] = (200, {}, b"here")
    assert client.get(odd_site.address + "/a").body == b"here"


@pytest.mark.parametrize("location", ["file:///etc/passwd", "javascript:alert(1)", "http://["])
def test_a_redirect_to_no_web_address_is_left(client, odd_site, location):
    odd_site.answers["/a"] = (302, {"Location": location}, b"")
    with pytest.raises(NotFetched, match="no web address"):
        client.get(odd_site.address + "/a")
