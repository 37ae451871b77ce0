"""Many sites of many reports, served by a process of their own, so that a crawl can be measured without its servers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from disclosure.settings import ROOT, Settings, load_settings
from parse.made_reports import make_report, word_html

SERVER = """
import sys, threading
from pathlib import Path
from disclosure.replay.pages import PageServer
from disclosure.replay.visitors import RequestLog
folder = Path(sys.argv[1])
log = RequestLog(folder / "requests.jsonl")
for site in sorted((folder / "pages").iterdir()):
    server = PageServer(("127.0.0.1", 0), site.name, site, log)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(site.name, server.server_port, flush=True)
print(flush=True)
sys.stdin.read()
"""
SITE = """\
name: {name}
agencies: [{{name: {name}, key: {name}}}]
lists: [{{url: "http://127.0.0.1:{port}/list.html"}}]
delay_seconds: {delay}
look_again_days: 0
"""


@dataclass(frozen=True)
class ManySites:
    settings: Settings
    names: tuple[str, ...]
    log: Path

    def requests(self) -> list[dict[str, Any]]:
        """What the sites have been asked, by their own log, in the order of arrival."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return sorted(map(json.loads, lines), key=lambda visit: visit["started"])


@contextmanager
def many_sites(folder: Path, hosts: int, reports: int, delay: float = 0.0) -> Iterator[ManySites]:
    """Serve `hosts` sites with `reports` reports each, and settings of a run that crawls them."""
    for host in range(hosts):
        _write_pages(folder / "pages" / f"host-{host:03}", host, reports)
    serving = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(folder)],
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert serving.stdin is not None
    assert serving.stdout is not None
    ports = dict(line.split() for line in iter(serving.stdout.readline, "\n"))
    (folder / "sites").mkdir()
    for name, port in ports.items():
        text = SITE.format(name=name, port=port, delay=delay)
        (folder / "sites" / f"{name}.yaml").write_text(text, encoding="utf-8")
    settings = load_settings(
        {"DISCLOSURE_DATA": str(folder / "data"), "DISCLOSURE_SITES": str(folder / "sites")}
    )
    try:
        yield ManySites(settings, tuple(ports), folder / "requests.jsonl")
    finally:
        serving.stdin.close()
        serving.wait(10)
        serving.stdout.close()


def _write_pages(folder: Path, host: int, reports: int) -> None:
    folder.mkdir(parents=True)
    links = []
    for number in range(reports):
        agency = f"临江市第{host * reports + number}医疗保障局"
        made = replace(make_report(host * reports + number), agency=agency)
        (folder / f"t{number}.html").write_text(word_html(made), encoding="utf-8")
        links.append(f'<li><a href="t{number}.html">{made.title}</a></li>')
    page = f'<html><head><meta charset="utf-8"></head><ul>{"".join(links)}</ul></html>'
    (folder / "list.html").write_text(page, encoding="utf-8")
