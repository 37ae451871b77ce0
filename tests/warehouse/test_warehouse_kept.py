"""What was published can be gone back to, and stays when anything is wrong with what comes after it."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from disclosure.errors import PublishError
from disclosure.warehouse.connect import open_published, scalar
from disclosure.warehouse.kept import KEPT, kept_publications, lasting_name, roll_back
from disclosure.warehouse.publish import publish
from warehouse.quick import QuickWorld, said

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
RECEIVED = "select max(total) from mart.fct_applications where row_code = 'received_new'"


@pytest.fixture(scope="module")
def ten(tmp_path_factory):
    """Ten publications, a day apart; the last says 10."""
    world = QuickWorld(tmp_path_factory.mktemp("ten") / "data")
    world.has_site("site", "甲局")
    for number in range(1, 11):
        world.night({"http://site/1": said("甲局", 2024, number)})
        world.load()
        world.judge()
        publish(world.settings, NOON + timedelta(days=number))
    return world


def test_the_last_seven_are_kept_and_nothing_else(ten):
    kept = kept_publications(ten.settings.published)
    assert [one.time for one in kept] == [f"2026-03-{day:02}T12-00-00Z" for day in range(11, 4, -1)]
    assert [one.is_current for one in kept] == [True] + [False] * (KEPT - 1)
    names = {path.name for path in ten.settings.published.parent.iterdir()}
    assert names == {"warehouse.duckdb", "parquet"} | {
        name for one in kept for name in (one.warehouse.name, one.parquet.name)
    }


def test_a_reader_opens_a_name_that_stays(ten, tmp_path):
    (current,) = [one for one in kept_publications(ten.settings.published) if one.is_current]
    assert lasting_name(ten.settings.published) == current.warehouse
    with open_published(ten.settings.published) as connection:
        opened = scalar(connection, "select path from duckdb_databases() where not internal")
    assert opened == str(current.warehouse)
    alone = tmp_path / "warehouse.duckdb"
    assert lasting_name(alone) == alone


def test_one_step_back_and_forth(ten):
    published = ten.settings.published
    latest = kept_publications(published)[0].time
    assert roll_back(published).time == "2026-03-10T12-00-00Z"
    assert ten.published(RECEIVED) == [(9,)]
    assert (published.parent / "parquet").readlink().name == "parquet-2026-03-10T12-00-00Z"
    roll_back(published, "2026-03-05T12-00-00Z")
    assert ten.published(RECEIVED) == [(4,)]
    with pytest.raises(PublishError, match="no publication before"):
        roll_back(published)
    with pytest.raises(PublishError, match=r"none of 1999; kept are: 2026-03-11"):
        roll_back(published, "1999")
    roll_back(published, latest)
    assert ten.published(RECEIVED) == [(10,)]


def test_the_datapackage_describes_every_file(ten):
    folder = ten.settings.published.parent / "parquet"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resources = {one["name"]: one for one in package["resources"]}
    files = [file for one in resources.values() for file in one.get("files", [one])]
    on_disk = {str(path.relative_to(folder)) for path in folder.rglob("*.parquet")}
    assert {file["path"] for file in files} == on_disk
    for file in files:
        body = (folder / file["path"]).read_bytes()
        assert (file["bytes"], file["hash"]) == (len(body), f"sha256:{sha256(body).hexdigest()}")
    cells = resources["fct_cells"]["schema"]
    assert cells["primaryKey"] == ["report_id", "table", "item", "column"]
    assert cells["foreignKeys"] == [
        {"fields": ["report_id"], "reference": {"resource": "dim_reports", "fields": ["report_id"]}}
    ]
    value = next(field for field in cells["fields"] if field["name"] == "value")
    assert (value["title"], value["type"]) == ("The number", "number")
    assert all(
        field["description"] for one in resources.values() for field in one["schema"]["fields"]
    )


@pytest.fixture
def world(tmp_path):
    world = QuickWorld(tmp_path / "data")
    world.has_site("site", "甲局", "乙局")
    world.night(
        {
            f"http://site/{agency}{year}": said(agency, year, 2)
            for agency in ("甲局", "乙局")
            for year in range(2015, 2020)
        }
    )
    world.build()
    return world


def test_a_great_fall_wants_a_reason(world):
    before = world.mart()
    world.load()
    for table in ("claims", "report_versions"):
        world.rows(f"delete from staging.{table} where report_year < 2017")
    world.judge()
    with pytest.raises(PublishError, match=r"falls: .*'dim_reports', 10, 6.*with a reason"):
        publish(world.settings)
    assert world.mart() == before
    assert publish(world.settings, reason="两年的报告重复").is_changed
    assert world.published("select reason from publication.about") == [("两年的报告重复",)]
    assert world.published("select count(*) from mart.dim_reports") == [(6,)]


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (
            "insert into quality.rule_counts select * from quality.rule_counts limit 1",
            "fct_rule_counts: twice",
        ),
        ("delete from quality.rules", "fct_rule_counts: not in dim_rules"),
        (
            "insert into quality.rule_counts values ('nobody', 'ODD', 1, 0, 0, 0)",
            "fct_rule_counts: not in dim_reports",
        ),
        ("delete from quality.judged where report_id = 'key-甲局-2015'", "reports_were_judged"),
    ],
)
def test_whatever_is_wrong_nothing_is_published(world, fault, problem):
    before = world.mart()
    world.night({"http://site/new": said("甲局", 2024, 4)})
    world.load()
    world.judge()
    world.rows(fault)
    with pytest.raises(PublishError, match=problem):
        publish(world.settings)
    assert world.mart() == before
    assert len(kept_publications(world.settings.published)) == 1


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (
            "delete from staging.report_versions where report_id = 'key-甲局-2015'",
            "fct_addresses: not in dim_reports",
        ),
        (
            "insert into quality.rule_counts select * from quality.rule_counts where report_id = 'key-甲局-2015'",
            "counts_of_rows",
        ),
        (
            "insert into quality.rule_counts select * from quality.rule_counts where report_id = 'key-甲局-2016'",
            "fct_rule_counts: twice",
        ),
        ("update quality.judged set reading = '' where report_id = 'key-甲局-2015'", "were_judged"),
    ],
)
def test_nor_where_only_what_changed_is_made_again(world, fault, problem, always_increments):
    before = world.mart()
    world.night({"http://site/甲局2016": said("甲局", 2016, 4)})
    world.load()
    world.judge()
    world.rows(fault)
    with pytest.raises(PublishError, match=problem):
        publish(world.settings)
    assert world.mart() == before


def test_a_folder_that_was_copied_goes_on(world, tmp_path):
    copied = QuickWorld(shutil.copytree(world.settings.data, tmp_path / "copy", symlinks=True))
    (kept,) = kept_publications(world.settings.published)
    assert not publish(copied.settings).is_changed
    (again,) = kept_publications(copied.settings.published)
    assert (again.time, again.is_current) == (kept.time, True)


def test_what_a_killed_run_left_half_done_is_put_right(world):
    published = world.settings.published
    (kept,) = kept_publications(published)
    kept.warehouse.unlink()  # killed after it was shown, before it was kept
    (published.parent / "parquet").unlink()
    (published.parent / ".building-7-parquet").mkdir()
    assert not publish(world.settings).is_changed
    assert kept_publications(published) == [kept]
    assert (published.parent / "parquet").readlink().name == kept.parquet.name
    assert not list(published.parent.glob(".*"))
