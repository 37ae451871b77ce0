"""Great Expectations on DuckDB counts what plain SQL counts; where it cannot, nothing is judged."""

import json

import pytest
from sqlalchemy.pool import NullPool

from disclosure.errors import JudgeError
from disclosure.quality import checkpoint, engine
from disclosure.quality.checkpoint import run_checkpoint
from disclosure.quality.entries import read_entries
from disclosure.quality.outcomes import Counted
from disclosure.quality.suites import read_suites
from disclosure.settings import load_settings
from warehouse.world import page


@pytest.fixture
def suite(tmp_path):
    """Writes a suite over the table judging.sums and reads it."""

    def write(*kwargs, name="sums", kind="expect_identity", **changes):
        entries = [
            {
                "type": kind,
                "severity": "critical",
                "description": "左 = 右",
                "kwargs": each,
                "meta": {
                    "rule": f"R-{number}",
                    "title_zh": "左等于右",
                    "title_en": "left is right",
                    "basis": "测试",
                    "formula": "left = right",
                    "known_to_break": "",
                    "subject": "id",
                    "templates": [],
                },
            }
            | changes
            for number, each in enumerate(kwargs)
        ]
        folder = tmp_path / "expectations"
        folder.mkdir(exist_ok=True)
        text = json.dumps({"name": name, "expectations": entries}, ensure_ascii=False)
        (folder / "sums.json").write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def sums(world):
    """A table of 1,000 rows with known failures and nulls."""
    world.rows(
        """
        create schema judging;
        create table judging.sums as
        select range as id, range % 7 as a, if(range % 5 = 0, null, range % 3) as b from range(1000)
        """
    )
    return world


def count(world, folder):
    return run_checkpoint(world.settings, read_suites(folder))


def test_the_counts_equal_plain_sql(sums, suite):
    folder = suite(
        {"left": "a", "right": "b"}, {"left": "a", "right": "b", "applies_to": "id < 10"}
    )
    sql = "select count(*), count(*) filter (where a <> b), count(*) filter (where b is null) from judging.sums"
    assert count(sums, folder) == {
        "sums.0": Counted(*sums.rows(sql)[0]),
        "sums.1": Counted(*sums.rows(f"{sql} where id < 10")[0]),
    }
    assert sums.rows(sql) == [(1000, 684, 200)]


def test_the_work_file_is_free_again_afterwards(sums, suite):
    count(sums, suite({"left": "a", "right": "b"}))
    sums.rows("create table judging.another (id integer)")


def test_without_our_dialect_the_failure_is_seen_as_ours(sums, suite, monkeypatch):
    """As Great Expectations would report it: success False, no counts, the exception hidden."""
    monkeypatch.setattr(engine, "_keep_rows", lambda cursor: None)
    with pytest.raises(JudgeError, match=r"sums\.0"):
        count(sums, suite({"left": "a", "right": "b"}))


def test_a_rule_over_a_column_that_is_not_there_raises(sums, suite):
    with pytest.raises(JudgeError, match="nothing"):
        count(sums, suite({"left": "nothing", "right": "b"}))


def test_a_table_that_is_not_there_raises(world, suite):
    world.rows("create schema judging")
    with pytest.raises(JudgeError, match="sums"):
        count(world, suite({"left": "a", "right": "b"}))


def test_an_engine_that_cannot_connect_raises(sums, suite, monkeypatch):
    broken = {"poolclass": NullPool, "connect_args": {"nonsense": True}}
    monkeypatch.setattr(checkpoint, "engine_options", lambda settings: broken)
    with pytest.raises(JudgeError):
        count(sums, suite({"left": "a", "right": "b"}))


SIDES = {"left": "a", "right": "b"}


@pytest.mark.parametrize(
    ("kwargs", "changes", "says"),
    [
        (SIDES, {"name": "other"}, "named 'other'"),
        (SIDES, {"kind": "expect_table_row_count_to_equal"}, "is no type of entry"),
        (SIDES, {"meta": {"rule": "R-0"}}, "meta lacks basis, .*title_zh"),
        (SIDES, {"severity": "terrible"}, "severity is 'terrible'"),
        ({"left": "a"}, {}, "kwargs lacks right"),
        (SIDES | {"where": "true"}, {}, "kwargs has where, which means nothing"),
        (SIDES | {"on_null": "pass"}, {}, "on_null is 'pass'"),
    ],
)
def test_an_entry_that_is_wrong_is_named_with_its_file(suite, kwargs, changes, says):
    with pytest.raises(JudgeError, match=rf"sums\.json: .*{says}"):
        read_entries(suite(kwargs, **changes))


@pytest.mark.parametrize(
    ("kwargs", "changes"),
    [
        (SIDES, {"kind": "expect_table_row_count_to_equal"}),
        (SIDES, {"severity": "terrible"}),
        (SIDES | {"where": "true"}, {}),
        ({"left": "a"}, {}),
    ],
)
def test_a_suite_that_great_expectations_cannot_read_is_named(suite, kwargs, changes):
    with pytest.raises(JudgeError, match=r"sums\.json"):
        read_suites(suite(kwargs, **changes))


def test_great_expectations_asks_what_our_own_sql_asks():
    folder = load_settings({}).expectations
    asked = {
        one.meta["entry"]: one.query for suite in read_suites(folder) for one in suite.expectations
    }
    entries = read_entries(folder)
    assert asked.keys() == {entry.key for entry in entries}
    for entry in entries:
        assert f"(select {entry.relation} as holds" in asked[entry.key]
        assert asked[entry.key].endswith(f"where {entry.applies_to}) as judged")


def test_no_suites_at_all_is_no_pass(tmp_path):
    with pytest.raises(JudgeError, match="no entry"):
        read_entries(tmp_path)


def everything(world):
    return [
        world.rows(f"select * from quality.{table} order by all")
        for table in ("rule_outcomes", "rule_counts", "judged")
    ]


@pytest.fixture
def judged_once(world):
    world.counts_twice = True
    world.has_site("site", "甲局")
    world.night({"http://site/1": page("甲局", 2024)})
    world.load()
    world.judge()
    world.night({"http://site/1": page("甲局", 2024, {"disputes.reconsideration.total": 1})})
    world.load()
    return world


def test_with_a_broken_engine_nothing_is_counted_and_what_stood_stands(judged_once, monkeypatch):
    before = everything(judged_once)
    with monkeypatch.context() as broken:
        broken.setattr(engine, "_keep_rows", lambda cursor: None)
        with pytest.raises(JudgeError):
            judged_once.judge()
    assert everything(judged_once) == before
    assert judged_once.judge().judged == 1
    assert everything(judged_once) != before


@pytest.mark.parametrize("counted", [Counted(3, 0, 0), Counted(3, 1, 1), Counted(4, 1, 0)])
def test_where_the_checkpoint_and_our_rows_differ_nothing_is_kept(
    judged_once, monkeypatch, counted
):
    before = everything(judged_once)

    def miscount(settings, suites):
        return run_checkpoint(settings, suites) | {"disputes.0": counted}

    monkeypatch.setattr(checkpoint, "run_checkpoint", miscount)
    with pytest.raises(JudgeError, match=r"T4-ROW-SUM"):
        judged_once.judge()
    assert everything(judged_once) == before
