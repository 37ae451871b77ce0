"""A document that only lacks LibreOffice waits for it: it is told as unread, and read by itself once the program is there."""

from __future__ import annotations

from disclosure.convert import WITHOUT_CONVERTER
from disclosure.errors import NoConverter
from disclosure.warehouse import collect
from disclosure.warehouse.batches import parse_batch
from warehouse.world import page, read_page

SHOWN = "select parser_version, unread_kind from staging.documents"


def without_it(document):
    raise NoConverter("unsupported_format", "a file of kind doc needs LibreOffice")


def night_without_it(world, monkeypatch):
    monkeypatch.setattr(collect, "is_installed", lambda: False)
    world.has_site("site", "甲局")
    world.night({"http://site/1.doc": page("甲局", 2024)})
    for batch in world.collect():
        parse_batch(batch, world.settings, read=without_it)
    return world.load()


def test_it_is_told_and_not_listed_again_while_there_is_none(world, monkeypatch):
    assert night_without_it(world, monkeypatch).unread == 1
    assert world.rows(SHOWN) == [(WITHOUT_CONVERTER, "unsupported_format")]
    assert world.collect() == []


def test_it_is_read_once_the_program_is_there(world, monkeypatch):
    night_without_it(world, monkeypatch)
    monkeypatch.setattr(collect, "is_installed", lambda: True)
    (batch,) = world.collect()
    parse_batch(batch, world.settings, read=read_page)
    assert world.load().unread == 0
    assert [kind for _, kind in world.rows(SHOWN)] == [None]
    assert world.collect() == []
