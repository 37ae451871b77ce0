"""Nothing is published stale: whatever an increment was made from has changed, it says what building all anew says."""

import shutil
from datetime import timedelta

import pytest

from warehouse.quick import QuickWorld, better_parser, said
from warehouse.visits import visit
from warehouse.world import FIRST_NIGHT, World

YEARS = (2022, 2023, 2024)
LISTED = {
    (f"http://site/{agency}/{year}", f"{agency}{year}年政府信息公开工作年度报告"): said(
        agency, year, 2
    )
    for agency in ("甲局", "乙局")
    for year in YEARS
}


def night(world, found, lists=(("stored", ""),), days=1):
    """One more night, on which the list was read unless told otherwise."""
    world.nights += days
    visit(world, FIRST_NIGHT + timedelta(days=world.nights), found, lists=lists)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    world = QuickWorld(tmp_path_factory.mktemp("built") / "data")
    world.has_site("site", "甲局", "乙局", kind="教育局", level="county", region_code="210102")
    night(world, LISTED)
    world.build()
    return world


def what_pages_and_links_show(world, monkeypatch):
    issues = [["label_unknown", "row 4", "?"]]
    night(
        world,
        {
            ("http://site/甲局/2024", "甲局2024年年度报告"): said("甲局", 2024, 7),
            ("http://site/甲局/2023", "甲局2023年年度报告"): said("甲局", 2023, 2, issues=issues),
            ("http://site/甲局/2022", "甲局2022年年度报告"): {"unreadable": "challenge_page"},
            ("http://site/乙局/2024", "乙局2024年年度报告"): "not_found",
            ("http://site/乙局/2023", "甲局2021年年度报告"): said("乙局", 2023, 2),
            ("http://site/other", "乙局2022年年度报告"): said("乙局", 2022, 5),
            ("http://site/nowhere", "乙局2019年年度报告"): "not_found",
        },
    )


def one_report_alone(world, monkeypatch):
    night(world, {("http://site/甲局/2024", "甲局2024年年度报告"): said("甲局", 2024, 7)})


def a_silent_site(world, monkeypatch):
    for _ in range(3):
        night(world, {}, lists=[("failed", "timed out")], days=7)


def a_list_without_reports_in_another_year(world, monkeypatch):
    night(world, {}, lists=[("no_reports", "")], days=400)


def what_site_files_say(world, monkeypatch):
    stated = {"kind": "人民政府", "level": "prefecture", "region_code": "210100"}
    world.has_site("site", "沈阳市甲局", "丁局", **stated)
    world.has_site("another", "丙局")


def the_parser(world, monkeypatch):
    better_parser(world, monkeypatch)


CHANGES = (
    what_pages_and_links_show, one_report_alone, a_silent_site, a_list_without_reports_in_another_year,
    what_site_files_say, the_parser,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_of(built, change, tmp_path, monkeypatch, always_increments):
    before = built.mart()
    world = copy_of(built, tmp_path / "data")
    change(world, monkeypatch)
    assert world.build().touched is not None
    assert_whole_is_the_same(world)
    assert world.mart() != before


def copy_of(world, folder):
    shutil.copytree(world.settings.data, folder, symlinks=True)
    again = type(world)(folder)
    again.nights = world.nights
    return again


def assert_whole_is_the_same(world):
    """Every table, as building all of it anew from the work file gives it."""
    made = world.mart()
    shutil.rmtree(world.settings.published.parent)
    assert world.publish().touched is None
    whole = world.mart()
    for table, rows in made.items():
        assert rows == whole[table], table
    assert made.keys() == whole.keys()


def test_a_change_of_a_rule(tmp_path, monkeypatch, always_increments):
    world = World(tmp_path / "data")
    world.has_site("site", "甲局")
    wrong = {"disputes.reconsideration.total": 1}
    night(
        world, {("http://site/1", "甲局2024年年度报告"): said("甲局", 2024, 2) | {"cells": wrong}}
    )
    world.build()
    errors = "select errors_failing, warnings_failing from mart.dim_reports"
    (before,) = world.published(errors)
    expectations = tmp_path / "expectations"
    shutil.copytree(world.settings.expectations, expectations)
    suite = expectations / "disputes.json"
    text = suite.read_text(encoding="utf-8")
    suite.write_text(text.replace('"severity": "critical"', '"severity": "info"'), encoding="utf-8")
    monkeypatch.setattr(type(world.settings), "expectations", expectations)
    assert world.build().touched == 1
    (after,) = world.published(errors)
    assert after < before
    assert_whole_is_the_same(world)
