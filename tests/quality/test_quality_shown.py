"""Beside a rule that counts what the text shows stands what it counted, and where: nobody has to search the page for it."""

import pytest

from warehouse.world import World, page

YEAR = 2023
FACTS = {
    "label": ["尚未", "社会公益\n组织", "尚未", "信息", "内容"],
    "residue": ["_GoBack"],
    "year": ["2023", "2023", "2022"],
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    world = World(tmp_path_factory.mktemp("shown"))
    world.has_site("site", "甲局")
    wrong_sum = {"applications.received_new.total": 7}
    world.night({"http://site/1": page("甲局", YEAR, wrong_sum, facts=FACTS)})
    world.build()
    return dict(
        world.published("select rule, shown from mart.fct_rule_outcomes where status = 'fail'")
    )


def test_the_first_three_different_things_are_shown_with_their_places(shown):
    assert shown["S-LABELS"] == "“尚未” here; “社会公益 组织” here; “信息” here; …"


def test_one_thing_stands_alone(shown):
    assert shown["S-RESIDUE"] == "“_GoBack” here"


def test_values_that_contradict_each_other_are_shown_once_each(shown):
    assert shown["S-YEAR"] == "“2023” here; “2022” here"


def test_a_rule_over_figures_shows_nothing(shown):
    assert shown["T3-ROW-SUM"] is None
