"""Whoever reads sees a whole publication, while others are made and their makers are killed."""

from disclosure.warehouse.kept import kept_publications
from warehouse.quick import QuickWorld
from warehouse.readers import publish_among_readers


def test_readers_see_whole_publications_whatever_becomes_of_the_publisher(tmp_path):
    world = QuickWorld(tmp_path / "data")
    told, ends = publish_among_readers(world, readers=3, publications=9, kills=3)
    assert all(isinstance(looks, int) and looks > 0 for looks in told), told
    assert len(ends) == 3
    folder = world.settings.published.parent
    assert not list(folder.glob(".*"))
    assert len(kept_publications(world.settings.published)) == 7
    assert len(list(folder.glob("parquet-*"))) == 7
    assert world.published("select count(*) from mart.dim_reports") == [(10,)]
