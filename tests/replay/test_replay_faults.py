"""The faults of the replay, served by hand; what they do to a night is in tests/crawl/test_crawl_faults.py."""

import os
import signal
import subprocess
import sys

from disclosure.crawl.sites import load_sites
from disclosure.replay.faults import FAULTS
from disclosure.settings import ROOT


def test_by_hand_until_interrupted_with_a_site_file_for_each(tmp_path):
    serving = subprocess.Popen(
        [sys.executable, "-m", "disclosure", "replay", "--faults", str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins"), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    told = [serving.stdout.readline() for _ in FAULTS]
    serving.send_signal(signal.SIGINT)
    assert serving.wait(10) == 0
    serving.stdout.close()
    sites = {site.name: site for site in load_sites(tmp_path)}
    assert set(sites) == {fault.name for fault in FAULTS}
    for line, fault in zip(told, FAULTS, strict=True):
        assert line == f"{sites[fault.name].lists[0].url}  {fault.name}: {fault.about}\n"
