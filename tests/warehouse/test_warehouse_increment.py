"""A publication in which only what changed was made again is the one that building all anew would give."""

import shutil

from disclosure.parse import PARSER_VERSION
from disclosure.warehouse.connect import open_to_export
from warehouse.quick import AGENCIES, Nights, QuickWorld, better_parser, said
from warehouse.world import World

NIGHTS = 20
JUDGED_NIGHTS = 3


def parquet(world):
    """Every row of the Parquet files, by table."""
    folder = (world.settings.published.parent / "parquet").resolve()
    rows = {}
    with open_to_export(world.settings) as connection:
        for path in folder.iterdir():
            files = f"{path}/*.parquet" if path.is_dir() else str(path)
            if path.suffix != ".json" and (path.is_file() or list(path.iterdir())):
                found = connection.execute(f"select * from read_parquet('{files}') order by all")
                rows[path.stem] = found.fetchall()
    return rows


def tables(world):
    return {name: rows for name, rows in world.mart().items() if rows}


def test_twenty_random_nights_one_by_one_give_what_a_rebuild_gives(tmp_path, always_increments):
    world, nights = QuickWorld(tmp_path / "data"), Nights(seed=6)
    world.has_site("site", *AGENCIES)
    world.night(nights.first())
    assert world.build().touched is None
    increments = []
    for _ in range(NIGHTS):
        world.night(nights.next())
        increments.append(world.build().touched)
    assert None not in increments
    assert sum(increments) >= NIGHTS
    before, files = world.mart(), parquet(world)
    assert {"version", 3} <= {
        "version",
        *(v for (v,) in world.published("select version from mart.dim_reports")),
    }
    shutil.rmtree(world.settings.published.parent)
    assert world.build("all").touched is None
    assert world.mart() == before
    assert parquet(world) == files
    base = set(world.published("select table_name from duckdb_tables() where schema_name = 'mart'"))
    assert {name: before[name] for (name,) in base if before[name]} == {
        k: v for k, v in files.items() if v
    }


def test_with_all_rules_held_random_nights_give_what_a_rebuild_gives(tmp_path, always_increments):
    world, nights = World(tmp_path / "data"), Nights(seed=7)
    world.has_site("site", *AGENCIES)
    world.night(nights.first())
    world.build()
    for _ in range(JUDGED_NIGHTS):
        world.night(nights.next())
        assert world.build().touched is not None
    before, files = world.mart(), parquet(world)
    shutil.rmtree(world.settings.published.parent)
    assert world.build("all").touched is None
    assert world.mart() == before
    assert {k: v for k, v in parquet(world).items() if v} == {k: v for k, v in files.items() if v}


def test_a_report_that_was_judged_to_the_same_again_is_not_made_again(tmp_path, always_increments):
    world = World(tmp_path / "data")
    world.has_site("site", "甲局")
    world.night({f"http://site/{year}": said("甲局", year, 0) for year in (2021, 2022, 2023)})
    world.build()
    world.night({"http://site/2022": said("甲局", 2022, 7)})
    world.load()
    assert world.judge().judged == 3  # what is judged of a year rests on the years around it
    world.explain()
    assert world.publish().touched == 2  # of 2021 the same holds as before


def test_parquet_files_that_were_lost_are_made_anew(tmp_path, always_increments):
    world = QuickWorld(tmp_path / "data")
    world.has_site("site", "甲局")
    world.night({f"http://site/{year}": said("甲局", year, 2) for year in (2021, 2022)})
    world.build()
    files = parquet(world)
    (path,) = (world.settings.published.parent / "parquet" / "fct_cells").glob("2021-*.parquet")
    path.unlink()
    world.night({"http://site/2022": said("甲局", 2022, 4)})
    assert world.build().touched == 1
    assert len(parquet(world)["fct_cells"]) == len(files["fct_cells"])


def test_from_another_work_file_all_is_built_anew(tmp_path, always_increments):
    world = QuickWorld(tmp_path / "data")
    world.has_site("site", "甲局")
    world.night({"http://site/1": said("甲局", 2024, 2)})
    world.build()
    world.night({"http://site/1": said("甲局", 2024, 4)})
    assert world.build("all").touched is None


def test_what_changed_is_told_with_the_reason(tmp_path, monkeypatch):
    world = QuickWorld(tmp_path / "data")
    world.has_site("site", "甲局")
    world.night({"http://site/1": said("甲局", 2024, 2), "http://site/2": said("甲局", 2023, 2)})
    world.build()
    world.night({"http://site/1": said("甲局", 2024, 4)})
    assert world.build().cells_changed == 1
    changed = "select report_id, before, after, why from publication.changed_cells"
    assert world.published(changed) == [("key-甲局-2024", 2, 4, "page")]
    better_parser(world, monkeypatch)
    assert world.build().cells_changed == 1
    assert world.published(changed) == [("key-甲局-2023", 2, 3, f"parser {PARSER_VERSION} → next")]
    assert world.published("select count(*) from mart.fct_revisions") == [(1,)]
