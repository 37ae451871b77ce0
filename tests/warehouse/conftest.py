import pytest

from disclosure.warehouse import publish
from warehouse.sample import build_sample
from warehouse.world import World, seeds

NAMES = {
    "惠济区医疗保障局": "郑州市惠济区医疗保障局",
    "新洲区医疗保障局": "武汉市新洲区医疗保障局",
}


@pytest.fixture
def always_increments(monkeypatch):
    """However much has changed, what is published is made from what was published before."""
    monkeypatch.setattr(publish, "MOST_TOUCHED", 10.0)
    monkeypatch.setattr(publish, "MOST_TOUCHED_SINCE_WHOLE", 1000.0)


@pytest.fixture
def world(tmp_path):
    return World(tmp_path / "data")


@pytest.fixture
def five(world):
    """The five seeds, each on the site of its agency, fetched in one night."""
    for number, said in enumerate(seeds()):
        name = NAMES.get(said["agency"], said["agency"])
        world.has_site(f"site{number}", name)
        world.night({f"http://site{number}/{said['name']}": said}, site=f"site{number}")
    return world


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The sample, published; tests read it and leave it as it is."""
    return build_sample(tmp_path_factory.mktemp("sample") / "data")
