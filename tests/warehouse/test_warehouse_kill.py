"""Killed at any moment and started again, the build gives the same warehouse."""

import random
import signal
import time

import pytest

from warehouse.world import World, page

STEPS = ("parse", "load", "judge", "explain", "publish")


def nights(world):
    """Three nights: new reports, a changed one, one put right again."""
    world.has_site("site", "甲局")
    wrong = {"applications.received_new.total": 1}
    first = {f"http://site/{year}": page("甲局", year) for year in range(2000, 2030)}
    yield first
    yield {"http://site/2024": page("甲局", 2024, wrong)}
    yield {"http://site/2024": page("甲局", 2024), "http://site/x": {"unreadable": "damaged"}}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    world = World(tmp_path_factory.mktemp("undisturbed"))
    for pages in nights(world):
        world.night(pages)
        world.build()
    return world.mart()


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_build_ends_like_an_undisturbed_one(world, undisturbed, seed):
    chance, ends = random.Random(seed), []
    for pages in nights(world):
        world.night(pages)
        for step in STEPS:
            process = world.process(step)
            if chance.random() < 0.6:
                time.sleep(chance.uniform(0.05, 0.8))
                process.kill()
                process.join()
                ends.append(process.exitcode)
                process = world.process(step)
            process.join()
            assert process.exitcode == 0, step
    assert -signal.SIGKILL in ends  # some were quicker than the signal
    assert world.mart() == undisturbed
    assert not list(world.settings.published.parent.glob(".*"))
