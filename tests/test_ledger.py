"""The ledger: every fetch is written down as it is made, and nights are recorded whatever happens."""

import os
import shutil
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from disclosure import ledger
from disclosure.errors import DisclosureError
from disclosure.ledger import (
    SCHEMA,
    NightLog,
    known,
    record_leftovers,
    record_night,
    recorded_nights,
)
from disclosure.records import Fetch

RUN, NEXT = "2026-11-22T02-00-00Z", "2026-11-23T02-00-00Z"
BEGUN = datetime(2026, 11, 22, 2, 0, 0, 123456, tzinfo=UTC)


def a_fetch(number=1, **facts):
    fetch = Fetch(
        run=RUN,
        site="shenyang-ybj",
        url=f"http://a.example/{number}.html",
        fetched_at=BEGUN + timedelta(seconds=number),
        taken_for="report",
        status=200,
        outcome="stored",
        reason="first body of this address",
        title="沈阳市医疗保障局2025年政府信息公开工作年度报告",
        sha256=f"{number:064x}",
        size=1234,
        content_type="text/html",
        etag=f'"{number}"',
        last_modified="Thu, 29 Jan 2026 02:00:00 GMT",
    )
    return replace(fetch, **facts)


def write(folder, *fetches):
    for fetch in fetches:
        NightLog(folder, fetch.run, fetch.site).append(fetch)


# --- while a night runs --------------------------------------------------------------------------


def test_a_restarted_task_knows_what_was_done(tmp_path):
    write(tmp_path, a_fetch(1), a_fetch(2, status=None, outcome="failed", sha256=None))
    done = NightLog(tmp_path, RUN, "shenyang-ybj").done()
    assert list(done.values()) == [
        a_fetch(1),
        a_fetch(2, status=None, outcome="failed", sha256=None),
    ]
    assert NightLog(tmp_path, RUN, "anshan-ybj").done() == {}
    assert NightLog(tmp_path, NEXT, "shenyang-ybj").done() == {}


@pytest.mark.parametrize("cut", [1, 40, 200])
def test_a_torn_last_line_is_dropped_and_overwritten(tmp_path, cut):
    write(tmp_path, a_fetch(1), a_fetch(2))
    path = tmp_path / RUN / "shenyang-ybj.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])
    log = NightLog(tmp_path, RUN, "shenyang-ybj")
    assert list(log.done().values()) == [a_fetch(1)]
    log.append(a_fetch(3))
    assert list(log.done().values()) == [a_fetch(1), a_fetch(3)]


def test_a_line_that_the_disk_refuses_leaves_no_trace(tmp_path, monkeypatch):
    log = NightLog(tmp_path, RUN, "shenyang-ybj")
    log.append(a_fetch(1))
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", half_a_write)
        with pytest.raises(OSError, match="No space"):
            log.append(a_fetch(2))
    log.append(a_fetch(3))
    assert list(log.done().values()) == [a_fetch(1), a_fetch(3)]


def half_a_write(descriptor, data, write=os.write):
    write(descriptor, data[: len(data) // 2])
    raise OSError(28, "No space left on device")


def test_a_spoilt_line_is_named(tmp_path):
    write(tmp_path, a_fetch(1), a_fetch(2))
    path = tmp_path / RUN / "shenyang-ybj.jsonl"
    path.write_bytes(path.read_bytes().replace(b"{", b"", 1))
    with pytest.raises(DisclosureError, match=r"shenyang-ybj\.jsonl, line 1"):
        NightLog(tmp_path, RUN, "shenyang-ybj").done()


def test_a_night_needs_a_sortable_name(tmp_path):
    with pytest.raises(DisclosureError, match="manual__"):
        NightLog(tmp_path, "manual__2026", "shenyang-ybj")


# --- a night recorded ----------------------------------------------------------------------------


def test_columns_are_the_fields_of_a_fetch():
    assert SCHEMA.names == [field.name for field in fields(Fetch)]


def test_a_recorded_night_is_a_table_of_its_fetches(tmp_path):
    other = a_fetch(9, site="anshan-ybj", outcome="refused_by_robots", status=None, sha256=None)
    write(tmp_path, a_fetch(1), a_fetch(2, outcome="unchanged", status=304), other)
    summary = record_night(tmp_path, RUN)
    assert (summary.fetches, summary.stored, summary.unchanged, summary.refused) == (3, 1, 1, 1)
    assert (summary.failed, summary.troubled) == (0, 1)
    assert summary.by_site == {
        "anshan-ybj": {"refused_by_robots": 1},
        "shenyang-ybj": {"stored": 1, "unchanged": 1},
    }
    table = pq.read_table(summary.path)
    assert table.schema.equals(SCHEMA)
    assert table["site"].to_pylist() == ["anshan-ybj", "shenyang-ybj", "shenyang-ybj"]
    assert table["fetched_at"].to_pylist()[1] == a_fetch(1).fetched_at
    assert not (tmp_path / RUN).exists()
    assert recorded_nights(tmp_path) == [summary.path]


def test_a_night_without_any_fetch_is_recorded_too(tmp_path):
    summary = record_night(tmp_path / "fetches", RUN)
    assert summary.fetches == 0
    assert pq.read_table(summary.path).num_rows == 0
    assert known(tmp_path / "fetches", "shenyang-ybj") == {}


def test_recording_twice_is_recording_once(tmp_path):
    write(tmp_path, a_fetch(1), a_fetch(2))
    first = record_night(tmp_path, RUN)
    before = pq.read_table(first.path), known(tmp_path, "shenyang-ybj")
    assert record_night(tmp_path, RUN) == first
    assert (pq.read_table(first.path), known(tmp_path, "shenyang-ybj")) == before


def test_a_night_that_goes_on_after_it_was_recorded_is_added_to(tmp_path):
    write(tmp_path, a_fetch(1))
    record_night(tmp_path, RUN)
    write(tmp_path, a_fetch(2))
    assert record_night(tmp_path, RUN).fetches == 2


def test_recording_can_be_killed_at_any_moment(tmp_path, monkeypatch):
    """Every call that changes the disk is a moment: break off there, then record again."""
    night = tmp_path / "night"
    write(night, a_fetch(1), a_fetch(2, site="anshan-ybj"))
    record_night(night, RUN)
    write(night, a_fetch(1, run=NEXT, status=404, outcome="not_found", sha256=None, etag=None))
    calm = shutil.copytree(night, tmp_path / "calm")
    record_night(calm, NEXT)
    moment, was_broken = 0, True
    while was_broken:
        moment += 1
        rough = shutil.copytree(night, tmp_path / f"rough-{moment}")
        with monkeypatch.context() as patch:
            was_broken = breaks_off(patch, moment, rough)
        record_night(rough, NEXT)
        assert contents(rough) == contents(calm)
    assert moment > 5


def breaks_off(patch, moment, folder):
    """Record, with a kill before the given one of the calls that change the disk; say whether it came to that."""
    calls = 0

    def dangerous(function):
        def call(*arguments, **options):
            nonlocal calls
            calls += 1
            if calls == moment:
                raise KeyboardInterrupt
            return function(*arguments, **options)

        return call

    patch.setattr(ledger.pq, "write_table", dangerous(pq.write_table))
    patch.setattr(os, "fsync", dangerous(os.fsync))
    patch.setattr(Path, "replace", dangerous(Path.replace))
    patch.setattr(os, "unlink", dangerous(os.unlink))
    patch.setattr(os, "rmdir", dangerous(os.rmdir))
    try:
        record_night(folder, NEXT)
    except KeyboardInterrupt:
        return True
    return False


def contents(folder):
    return {
        str(path.relative_to(folder)): pq.read_table(path).to_pylist() if path.is_file() else None
        for path in folder.rglob("*")
    }


def test_leftover_nights_are_recorded_but_not_the_one_that_runs(tmp_path):
    write(tmp_path, a_fetch(1), a_fetch(2, run=NEXT))
    (tmp_path / "notes").mkdir()
    assert [summary.run for summary in record_leftovers(tmp_path, before=NEXT)] == [RUN]
    assert list(NightLog(tmp_path, NEXT, "shenyang-ybj").done().values()) == [a_fetch(2, run=NEXT)]
    assert [summary.run for summary in record_leftovers(tmp_path)] == [NEXT]
    assert record_leftovers(tmp_path) == []
    assert record_leftovers(tmp_path / "never made") == []


def test_a_night_recorded_before_a_field_existed_is_read_all_the_same(tmp_path):
    """Nights are kept for good, so the ledger of the first one must stay readable."""
    write(tmp_path, a_fetch(1))
    night = record_night(tmp_path, RUN).path
    for path in (night, tmp_path / "known.parquet"):
        pq.write_table(pq.read_table(path).drop_columns(["page"]), path)
    assert known(tmp_path, "shenyang-ybj") == {a_fetch(1).url: a_fetch(1)}
    (tmp_path / RUN).mkdir()
    line = '{"run": "%s", "site": "s", "url": "http://a.example/2", "fetched_at": "%s", "taken_for": "list", "status": 200, "outcome": "stored"}'
    (tmp_path / RUN / "s.jsonl").write_text(line % (RUN, BEGUN.isoformat()) + "\n")
    assert record_night(tmp_path, RUN).fetches == 2
    assert pq.read_table(night)["page"].to_pylist() == [None, None]


def test_an_attachment_is_known_with_its_page(tmp_path):
    attachment = a_fetch(2, taken_for="attachment", page=a_fetch(1).url)
    write(tmp_path, a_fetch(1), attachment)
    record_night(tmp_path, RUN)
    assert known(tmp_path, "shenyang-ybj")[attachment.url].page == a_fetch(1).url


# --- what is known -------------------------------------------------------------------------------


def test_the_latest_fetch_of_each_address_is_known(tmp_path):
    later = a_fetch(1, run=NEXT, fetched_at=BEGUN + timedelta(days=1), sha256="f" * 64, etag='"x"')
    write(tmp_path, a_fetch(1), a_fetch(2), a_fetch(3, site="anshan-ybj"))
    record_night(tmp_path, RUN)
    write(tmp_path, later)
    record_night(tmp_path, NEXT)
    assert known(tmp_path, "shenyang-ybj") == {later.url: later, a_fetch(2).url: a_fetch(2)}


@pytest.mark.parametrize(
    ("status", "outcome"), [(404, "not_found"), (None, "failed"), (None, "refused_by_robots")]
)
def test_a_page_that_gives_nothing_does_not_take_back_what_it_said(tmp_path, status, outcome):
    gone = Fetch(
        run=NEXT,
        site="shenyang-ybj",
        url=a_fetch(1).url,
        fetched_at=BEGUN + timedelta(days=1),
        taken_for="report",
        status=status,
        outcome=outcome,
    )
    write(tmp_path, a_fetch(1))
    record_night(tmp_path, RUN)
    write(tmp_path, gone)
    record_night(tmp_path, NEXT)
    now = known(tmp_path, "shenyang-ybj")[gone.url]
    assert (now.outcome, now.status, now.fetched_at) == (outcome, status, gone.fetched_at)
    assert (now.sha256, now.etag, now.last_modified) == (
        a_fetch(1).sha256,
        a_fetch(1).etag,
        a_fetch(1).last_modified,
    )


def test_a_night_recorded_late_does_not_hide_a_newer_one(tmp_path):
    later = a_fetch(1, run=NEXT, fetched_at=BEGUN + timedelta(days=1), sha256="f" * 64)
    write(tmp_path, later)
    record_night(tmp_path, NEXT)
    write(tmp_path, a_fetch(1))
    record_night(tmp_path, RUN)
    assert known(tmp_path, "shenyang-ybj") == {later.url: later}


def test_a_new_body_brings_its_own_validators(tmp_path):
    bare = a_fetch(
        1,
        run=NEXT,
        fetched_at=BEGUN + timedelta(days=1),
        sha256="f" * 64,
        etag=None,
        last_modified=None,
    )
    write(tmp_path, a_fetch(1))
    record_night(tmp_path, RUN)
    write(tmp_path, bare)
    record_night(tmp_path, NEXT)
    assert known(tmp_path, "shenyang-ybj")[bare.url].etag is None
