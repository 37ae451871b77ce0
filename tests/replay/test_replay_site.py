"""The replay site: real HTTP, every link leads somewhere, and a log that tells who asked for what."""

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from disclosure.crawl.sites import load_sites
from disclosure.crawl.titles import judge_title
from disclosure.errors import DisclosureError
from disclosure.replay.server import (
    DOCUMENTS,
    SITE_FILES,
    copy_documents,
    default_ports,
    describe,
    free_ports,
    serve_replay,
)
from disclosure.settings import ROOT

REPORT = "/zwgk/zfxxgkndbg/202601/t20260129_4978614.txt"
SEEDS = {
    "shenyang-ybj": "4c1527eb6341dd2a4c9c55700884e49f03e8091f2fd6aec80961686a1bc37ea8",
    "anshan-ybj": "b82d8b37ba0303e0e2f1345bba848b42d02298826aef77dde68a8ac8eaa615d4",
    "huiji-ybj": "3058128e8d6d940f793a2cf61bbda97156a8deccadadbdf31d4fe5ca4b897cac",
    "xinzhou-ybj": "a259395b4ca1cdb3dba467e8397c6670b04afd74ac143ad483b5b7f1ec36f0fb",
    "chongming-ybj": "dc2f8c643b8f93b750d01b426fd82f3332adc07820ef1cc53462ff6360694cf3",
}


@pytest.fixture(scope="module")
def replay():
    with serve_replay(ports=free_ports()) as site:
        yield site


@pytest.fixture
def ask(replay):
    def ask(path, method="GET", site="shenyang-ybj", **headers):
        connection = HTTPConnection("127.0.0.1", replay.ports[site], timeout=5)
        connection.request(
            method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body

    return ask


# --- what is served ------------------------------------------------------------------------------


def test_five_reports_are_served_as_the_texts_they_are():
    for site, sha256 in SEEDS.items():
        [text] = (path for path in (DOCUMENTS / site).rglob("*.txt") if path.name != "robots.txt")
        assert hashlib.sha256(text.read_bytes()).hexdigest() == sha256


def test_each_site_has_a_file_a_folder_and_a_port():
    folders = {path.name for path in DOCUMENTS.iterdir() if path.is_dir()}
    assert folders == set(default_ports())
    assert sorted(default_ports().values()) == list(range(8701, 8708))
    for site in load_sites(SITE_FILES):
        assert (DOCUMENTS / site.name / "robots.txt").is_file()


def html_pages():
    pages = [path for path in DOCUMENTS.rglob("*") if path.suffix in (".html", ".htm", ".shtml")]
    return sorted(path.relative_to(DOCUMENTS) for path in pages)


@pytest.mark.parametrize("page", html_pages(), ids=str)
def test_every_link_leads_to_a_page_and_every_report_to_a_report(page, ask):
    site, address = page.parts[0], "http://site/" + "/".join(page.parts[1:])
    soup = BeautifulSoup((DOCUMENTS / page).read_bytes(), "lxml")
    if base := soup.select_one("base"):
        address = urljoin(address, base["href"])
    for anchor in soup.select("a[href]"):
        target = urldefrag(urljoin(address, anchor["href"].strip())).url
        if urlsplit(target).netloc != "site":
            continue
        response, body = ask(unquote(urlsplit(target).path), site=site)
        assert response.status == 200, target
        title = anchor.get("title") or anchor.get_text()
        if judge_title(title).year is not None and "/lishi/" not in target:
            assert "本年新收" in body.decode()


# --- as an agency's server answers ---------------------------------------------------------------


def test_a_text_has_its_type_and_validators(ask):
    response, body = ask(REPORT)
    assert response.status == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Last-Modified"].endswith("GMT")
    assert hashlib.sha256(body).hexdigest() == SEEDS["shenyang-ybj"]


def test_what_is_known_is_not_sent_again(ask):
    first, _ = ask(REPORT)
    etag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    for conditions in (
        {"If_None_Match": etag},
        {"If_Modified_Since": changed},
        {"If_None_Match": etag, "If_Modified_Since": "Mon, 01 Jan 1990 00:00:00 GMT"},
    ):
        response, body = ask(REPORT, **conditions)
        assert (response.status, body, response.headers["ETag"]) == (304, b"", etag)


@pytest.mark.parametrize(
    "conditions",
    [
        {"If_None_Match": '"another"'},
        {"If_Modified_Since": "Mon, 01 Jan 1990 00:00:00 GMT"},
        {"If_Modified_Since": "one day"},
        {"If_None_Match": '"another"', "If_Modified_Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ],
)
def test_what_is_not_known_is_sent(ask, conditions):
    response, body = ask(REPORT, **conditions)
    assert response.status == 200
    assert body


def test_head_is_get_without_the_body(replay):
    """On a bare connection: a client's library would not show a body that should not be there."""
    answers = []
    for method in ("HEAD", "GET"):
        request = f"{method} {REPORT} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        with socket.create_connection(("127.0.0.1", replay.ports["shenyang-ybj"])) as connection:
            connection.sendall(request.encode())
            answers.append(connection.makefile("rb").read().partition(b"\r\n\r\n"))
    head, get = answers
    assert head[2] == b""
    assert f"Content-Length: {len(get[2])}".encode() in head[0]


def test_a_folder_shows_its_index(ask):
    assert ask("/zwgk/zfxxgkzn/")[0].status == 200
    assert ask("/zwgk/")[0].status == 404
    assert ask("/", site="xinzhou-ybj")[1] == ask("/index.shtml", site="xinzhou-ybj")[1]


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.html",
        "/../anshan-ybj/index.html",
        "/%2e%2e/anshan-ybj/index.html",
        "/../../server.py",
        "//etc/passwd",
        "/%00",
    ],
)
def test_everything_else_is_not_found(ask, path):
    response, body = ask(path)
    assert response.status == 404 or body == ask("/")[1]
    assert "本年新收".encode() not in body


def test_a_page_that_is_edited_is_served_edited(tmp_path, replay):
    documents = copy_documents(tmp_path / "documents")
    with serve_replay(documents, free_ports()) as site:
        connection = HTTPConnection("127.0.0.1", site.ports["pingtan"])
        etags = []
        for words in ("one", "two"):
            (documents / "pingtan" / "index.htm").write_text(words, encoding="utf-8")
            connection.request("GET", "/index.htm")
            response = connection.getresponse()
            assert response.read() == words.encode()
            etags.append(response.headers["ETag"])
        connection.close()
    assert etags[0] != etags[1]
    assert (DOCUMENTS / "pingtan" / "index.htm").read_bytes() != b"two"


# --- ports and log -------------------------------------------------------------------------------


def test_the_log_tells_who_asked_for_what(tmp_path):
    log = tmp_path / "deep" / "requests.jsonl"
    with serve_replay(ports=free_ports(), log=log) as site:
        connection = HTTPConnection("127.0.0.1", site.ports["pingtan"])
        connection.request("GET", "/robots.txt", headers={"User-Agent": "me"})
        etag = connection.getresponse().headers["ETag"]
        connection.close()
        connection.request("HEAD", "/robots.txt", headers={"If-None-Match": etag})
        connection.getresponse()
        connection.close()
        visits = site.requests
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    for seen in ([vars_of(visit) for visit in visits], lines):
        assert [
            (each["site"], each["method"], each["path"], each["status"], each["is_conditional"])
            for each in seen
        ] == [
            ("pingtan", "GET", "/robots.txt", 200, False),
            ("pingtan", "HEAD", "/robots.txt", 304, True),
        ]
        assert seen[0]["port"] == site.ports["pingtan"]
        assert seen[0]["user_agent"] == "me"


def vars_of(visit):
    return {name: getattr(visit, name) for name in visit.__slots__}


def test_site_files_with_the_real_ports(replay, tmp_path):
    written = {site.name: site for site in load_sites(replay.write_sites(tmp_path / "sites"))}
    for site in load_sites(SITE_FILES):
        real = written[site.name].lists[0].url
        assert real == replay.address(site.name, urlsplit(site.lists[0].url).path)
        assert written[site.name].agencies == site.agencies


def test_a_port_that_is_taken_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ports = free_ports() | {"pingtan": port}
        words = f"port {port} for the replay site pingtan cannot be used"
        with pytest.raises(DisclosureError, match=words), serve_replay(ports=ports):
            pass


def test_when_it_stops_nobody_answers():
    with serve_replay(ports=free_ports()) as site:
        port = site.ports["pingtan"]
        kept_open = HTTPConnection("127.0.0.1", port, timeout=5)
        kept_open.request("GET", "/robots.txt")
        kept_open.getresponse().read()
    with pytest.raises(OSError):
        HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/")
    with pytest.raises(Exception):  # noqa: B017 - any end of the connection will do
        kept_open.request("GET", "/robots.txt")
        kept_open.getresponse()


def test_each_site_is_introduced_by_its_list(replay):
    lines = describe(replay)
    assert len(lines) == 7
    [pingtan] = [line for line in lines if "平潭" in line]
    assert pingtan.startswith(replay.address("pingtan", "/zwgk/zfxxgk/zfxxgknb/index.html"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_in_the_foreground_until_interrupted(number, tmp_path):
    code = (
        "from unittest.mock import patch\n"
        "from disclosure.replay import server\n"
        "with patch.object(server, 'default_ports', lambda *_, ports=server.free_ports(): ports):\n"
        "    server.serve_forever()\n"
    )
    serving = subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins"), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert serving.stdout is not None
    lines = [serving.stdout.readline() for _ in range(7)]
    assert any("沈阳市医疗保障局" in line for line in lines)
    serving.send_signal(number)
    assert serving.wait(10) == 0
    serving.stdout.close()


def test_the_documents_readme_lists_every_report():
    readme = (DOCUMENTS / "README.md").read_text(encoding="utf-8")
    for path in DOCUMENTS.rglob("*.txt"):
        assert path.name == "robots.txt" or path.name in readme
    assert Path(DOCUMENTS / "README.md").stat().st_size < 4000
