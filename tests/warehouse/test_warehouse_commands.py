"""`./disclosure publish` and `./disclosure rollback`, as a person runs them."""

import os
import subprocess

import pytest

from disclosure.__main__ import main
from disclosure.settings import ROOT
from disclosure.warehouse.connect import open_work
from disclosure.warehouse.kept import kept_publications
from warehouse.quick import QuickWorld, said

RECEIVED = "select max(total) from mart.fct_applications where row_code = 'received_new'"


@pytest.fixture
def world(tmp_path, monkeypatch):
    """Published twice: 1, then 2."""
    world = QuickWorld(tmp_path / "data")
    world.has_site("site", "甲局")
    for number in (1, 2):
        world.night({"http://site/1": said("甲局", 2024, number)})
        world.build()
    monkeypatch.setenv("DISCLOSURE_DATA", str(world.settings.data))
    return world


def disclosure(*arguments):
    """The launcher in a process of its own."""
    return subprocess.run(
        [ROOT / "disclosure", *arguments],
        capture_output=True,
        text=True,
        env=os.environ,
        check=False,
    )


def names(world):
    return {path.name for path in world.settings.published.parent.iterdir()}


def test_publish_says_what_it_made(world):
    world.night({"http://site/1": said("甲局", 2024, 3)})
    world.load()
    world.judge()
    ran = disclosure("publish")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("changed 1, bytes ")
    assert "cells_changed 1" in ran.stdout
    assert world.published(RECEIVED) == [(3,)]
    assert len(kept_publications(world.settings.published)) == 3


def test_publish_leaves_alone_what_says_the_same(world, capsys):
    before = names(world)
    assert main(["publish"]) == 0
    assert capsys.readouterr().out.startswith("changed 0, bytes ")
    assert names(world) == before


def test_publish_wants_a_reason_for_a_fall(world, capsys):
    before = names(world)
    with open_work(world.settings) as connection:
        connection.execute("delete from staging.report_versions")
        connection.execute("delete from staging.claims")
    world.judge()
    assert main(["publish"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("disclosure: check falls: ")
    assert "publish it with a reason" in shown.err
    assert len(shown.err.splitlines()) == 1
    assert names(world) == before
    assert world.published(RECEIVED) == [(2,)]
    assert main(["publish", "--reason", "甲局 withdrew it"]) == 0
    assert world.published("select reason from publication.about") == [("甲局 withdrew it",)]


def test_rollback_lists_what_is_kept_and_leaves_it(world, capsys):
    latest, first = (one.time for one in kept_publications(world.settings.published))
    assert main(["rollback", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [latest, first]
    assert [line.endswith("MB  current") for line in lines] == [True, False]
    assert world.published(RECEIVED) == [(2,)]


def test_rollback_shows_the_publication_before(world):
    before = names(world)
    latest, first = kept_publications(world.settings.published)
    ran = disclosure("rollback")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[0] == f"readers find the publication of {first.time} now"
    assert world.published(RECEIVED) == [(1,)]
    assert (latest.parquet.parent / "parquet").resolve() == first.parquet.resolve()
    assert names(world) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["1999"], "none of 1999; kept are: "), ([], "no publication before the current one")],
)
def test_rollback_to_what_is_not_there_is_one_line_and_status_2(world, capsys, arguments, words):
    latest, first = kept_publications(world.settings.published)
    assert main(["rollback", first.time]) == 0
    capsys.readouterr()
    assert main(["rollback", *arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert words in shown.err
    assert len(shown.err.splitlines()) == 1
    assert main(["rollback", latest.time]) == 0
    assert world.published(RECEIVED) == [(2,)]


def test_rollback_before_the_first_publication(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path))
    assert main(["rollback"]) == 2
    assert "kept are: none" in capsys.readouterr().err
