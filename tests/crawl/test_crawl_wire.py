"""What comes in is bounded in time, bytes and headers, and nothing is connected to that is not a public host."""

import gzip
import socket
import socketserver
import threading
import time
import tracemalloc
from contextlib import contextmanager
from dataclasses import replace

import pytest

from disclosure.crawl.addresses import is_public, names_this_network
from disclosure.crawl.client import Client
from disclosure.crawl.clock import Clock
from disclosure.crawl.limits import Limits
from disclosure.crawl.outcomes import NotFetched

LIMITS = Limits(
    connect_seconds=2.0,
    read_seconds=2.0,
    total_seconds=0.3,
    body_bytes=100_000,
    backoff_seconds=0.0,
)


@contextmanager
def server(answer):
    """A server that reads a request and then does as `answer` does with the connection."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            while self.rfile.readline().strip():
                pass
            asked.append(time.monotonic())
            answer(self.wfile)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = allow_reuse_address = True

        def handle_error(self, request, client_address):
            """A client that gives up is what these tests are about."""

    asked = []
    with Server(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True).start()
        yield listening.server_address[1], asked
        listening.shutdown()


def get(port, limits=LIMITS, **client):
    client = Client("test", Clock(), limits, **client)
    client.private.add(f"127.0.0.1:{port}")
    try:
        return client.get(f"http://127.0.0.1:{port}/a")
    finally:
        client.close()


HEAD = b"HTTP/1.1 200 OK\r\n"


DRIPS = 2_000  # one every hundredth of a second: whoever waits for the last is not in time, on any machine


def drip(out):
    for _ in range(DRIPS):
        out.write(b"X")
        time.sleep(0.01)


def drip_headers(out):
    out.write(HEAD)
    drip(out)


@pytest.mark.parametrize("answer", [drip, drip_headers], ids=["status line", "headers"])
def test_a_head_that_drips_is_left_when_its_time_is_up(answer):
    with server(answer) as (port, asked):
        begun = time.monotonic()
        with pytest.raises(NotFetched, match=r"more than 0\.3 seconds") as error:
            get(port)
        assert time.monotonic() - begun < 10
    assert (error.value.outcome, len(asked)) == ("failed", 1)


def flood(out):
    out.write(HEAD)
    for number in range(100_000):
        out.write(b"X-%d: x\r\n" % number)


def endless_line(out):
    out.write(HEAD + b"X: ")
    while True:
        out.write(b"x" * 65536)


def long_lines(out):
    out.write(HEAD)
    for number in range(90):
        out.write(b"X-%d: %s\r\n" % (number, b"x" * 60_000))


def continues(out):
    while True:
        out.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)


@pytest.mark.parametrize("answer", [flood, endless_line, long_lines, continues])
def test_a_flood_of_headers_costs_one_request(answer):
    with server(answer) as (port, asked), pytest.raises(NotFetched) as error:
        get(port, replace(LIMITS, total_seconds=10.0))
    assert (error.value.outcome, len(asked)) == ("too_large", 1)


def endless_trailer(out):
    out.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n")
    while True:
        out.write(b"X: x\r\n" * 10_000)


def endless_chunk_size(out):
    out.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        out.write(b"0" * 65536)


@pytest.mark.parametrize("answer", [endless_trailer, endless_chunk_size])
def test_what_stands_around_chunks_has_an_end(answer):
    limits = replace(LIMITS, total_seconds=10.0)
    with server(answer) as (port, _), pytest.raises(NotFetched) as error:
        get(port, limits)
    assert error.value.outcome in ("too_large", "failed")


def test_a_bomb_within_a_bomb_takes_no_memory():
    bomb = gzip.compress(gzip.compress(b"\0" * 200_000_000))
    head = HEAD + b"Content-Encoding: gzip, gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    tracemalloc.start()
    with server(lambda out: out.write(head + bomb)) as (port, _):
        tracemalloc.reset_peak()
        with pytest.raises(NotFetched) as error:
            get(port, replace(LIMITS, total_seconds=10.0))
        _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.value.outcome == "too_large"
    assert peak < 10_000_000


# --- addresses -----------------------------------------------------------------------------------

PRIVATE = [
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1", "198.18.0.1",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "2002:7f00:1::", "2002:a00:1::", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_of_the_public_internet(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "61.150.65.235", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_what_is_of_the_public_internet(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("host", "is_near"),
    [
        ("127.0.0.1:8701", True),
        ("localhost", True),
        ("localhost:8701", True),
        ("a.localhost:8701", True),
        ("192.168.1.1", True),
        ("::1:8701", True),
        ("61.150.65.235:8080", False),
        ("www.shenyang.gov.cn", False),
        ("localhost.gov.cn", False),
        (
            "2130706433",
            False,
        ),  # says nothing by itself: what it leads to is judged when it is resolved
    ],
)
def test_a_host_that_says_by_itself_that_it_is_near(host, is_near):
    assert names_this_network(host) == is_near


@pytest.mark.parametrize(
    "name",
    [
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "0",
        "[::1]",
        "localhost",
        "[::ffff:127.0.0.1]",
    ],
)
def test_no_spelling_of_this_machine_is_connected_to(name):
    with (
        server(lambda out: out.write(HEAD + b"\r\n")) as (port, asked),
        pytest.raises(NotFetched, match="no public host") as error,
    ):
        Client("test", Clock(), LIMITS).get(f"http://{name}:{port}/a")
    assert (error.value.outcome, asked) == ("private_address", [])


def resolved(*addresses):
    """A name service that answers with each of `addresses` in turn, as one that has been bought may do."""
    answers, real = list(addresses), socket.getaddrinfo

    def getaddrinfo(name, port, *arguments, **options):
        if name != "www.example.gov.cn":
            return real(name, port, *arguments, **options)
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    return getaddrinfo


@pytest.mark.parametrize("found", [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["10.0.0.7"]])
def test_a_public_name_that_leads_into_this_network_is_not_followed(monkeypatch, found):
    with server(lambda out: out.write(HEAD + b"\r\n")) as (port, asked):
        monkeypatch.setattr(socket, "getaddrinfo", resolved(found))
        with pytest.raises(NotFetched) as error:
            Client("test", Clock(), LIMITS).get(f"http://www.example.gov.cn:{port}/a")
    assert (error.value.outcome, asked) == ("private_address", [])


def test_the_address_that_was_judged_is_the_one_that_is_connected_to(monkeypatch):
    """The name is resolved once: a second answer, to this machine, has nobody to hear it."""
    tried = []

    def connect(self, address):
        tried.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolved(["8.8.8.8"], ["127.0.0.1"]))
    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(NotFetched):
        Client("test", Clock(), replace(LIMITS, attempts=1)).get("http://www.example.gov.cn/a")
    assert tried == ["8.8.8.8"]


def test_a_name_with_several_addresses_is_tried_at_each(monkeypatch):
    def answer(out):
        out.write(HEAD + b"Content-Length: 2\r\n\r\nok")

    with server(answer) as (port, _):
        monkeypatch.setattr(socket, "getaddrinfo", resolved(["127.0.0.2", "127.0.0.1"]))
        client = Client("test", Clock(), replace(LIMITS, total_seconds=5.0))
        client.private.add(f"www.example.gov.cn:{port}")
        assert client.get(f"http://www.example.gov.cn:{port}/a").body == b"ok"
        client.close()


def test_a_name_that_nobody_knows_is_no_connection():
    with pytest.raises(NotFetched, match="no connection") as error:
        Client("test", Clock(), LIMITS).get("http://nobody.invalid/")
    assert error.value.outcome == "failed"
