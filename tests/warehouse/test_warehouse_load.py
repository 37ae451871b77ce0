"""From nights of fetches to staging: everything that was read, once."""

import json
import shutil
from decimal import Decimal

import pytest

from disclosure import form
from disclosure.warehouse.batches import parse_batch
from disclosure.warehouse.load import load
from warehouse.world import page, read_page


def test_every_cell_of_the_seeds_arrives(five):
    summary = five.load()
    assert (summary.documents, summary.reports, summary.unread) == (5, 5, 0)
    assert five.rows("select state, count(*) from staging.cells group by all") == [("number", 1000)]
    assert five.rows(
        """
        select agency_name, report_year, total
        from staging.application_items join staging.reports using (document_sha256)
        where row_code = 'received_new'
        order by 1
        """
    ) == [
        ("上海市崇明区医疗保障局", 2023, 1),
        ("武汉市新洲区医疗保障局", 2025, 0),
        ("沈阳市医疗保障局", 2025, 20),
        ("郑州市惠济区医疗保障局", 2024, 0),
        ("鞍山市医疗保障局", 2022, 1),
    ]


def test_the_wide_tables_have_a_column_for_everything_in_the_form(world):
    world.load()
    templates = form.TEMPLATES.values()
    items = {item for t in templates for item, _ in t.applications.cells}
    proactive = {column for t in templates for _, column in t.proactive.cells}
    columns = {
        (table, column)
        for table, column in world.rows(
            "select table_name, column_name from information_schema.columns where table_schema = 'staging'"
        )
    }
    kinds = {column.code for column in form.APPLICANT_TYPES}
    results = {column for _, column in form.DISPUTES.cells}
    for table, expected in (
        ("applications", items),
        ("application_items", kinds),
        ("proactive", proactive),
        ("disputes", results),
    ):
        found = {column for name, column in columns if name == table}
        keys = {"document_sha256", "applicant_type", "row_code", "item", "channel"}
        assert found - keys == expected, table


def test_a_cell_keeps_its_state_and_is_null_unless_it_is_a_number(world):
    world.has_site("site", "甲局")
    cells = {
        "applications.received_new.total": None,
        "applications.carried_in.total": "/",
        "applications.carried_out.total": "O",
        "applications.granted_full.total": "1 00",
        "proactive.administrative_fees.amount_10k_cny": "0.35",
    }
    world.night({"http://site/1": page("甲局", 2024, cells)})
    world.load()
    assert world.rows(
        """
        select item, value, state, printed from staging.cells
        where state <> 'number' or value <> 0
        order by item
        """
    ) == [
        ("administrative_fees", Decimal("0.350000"), "number", "0.35"),
        ("carried_in", None, "not_applicable", "/"),
        ("carried_out", None, "unreadable", "O"),
        ("granted_full", None, "ambiguous", "1 00"),
        ("received_new", None, "blank", ""),
    ]
    assert world.rows("select cells_read, cells_not_read from staging.documents") == [(196, 4)]


def test_loading_again_loads_nothing(five):
    five.load()
    assert five.collect() == []
    assert five.load().documents == 0
    assert five.rows("select count(*) from staging.cells") == [(1000,)]


def test_a_document_that_a_killed_run_left_in_two_batches_is_loaded_once(world):
    world.has_site("site", "甲局")
    world.night({"http://site/1": page("甲局", 2024)})
    world.parse(world.collect())  # and killed before it was loaded
    world.night({"http://site/2": page("甲局", 2023)})
    assert world.load().documents == 2
    assert world.rows("select count(*), count(distinct document_sha256) from staging.cells") == [
        (400, 2)
    ]


def test_documents_are_divided_into_batches_with_names_of_their_own(five):
    five.settings = five.settings.__class__(
        **{name: getattr(five.settings, name) for name in five.settings.__slots__}
        | {"documents_per_batch": 2}
    )
    batches = five.collect()
    assert len(batches) == 3
    assert five.collect() == batches


def test_a_night_that_was_resumed_is_taken_in_again(world):
    world.has_site("site", "甲局")
    world.night({"http://site/1": page("甲局", 2024)})
    world.load()
    world.nights -= 1
    world.night({"http://site/1": page("甲局", 2024), "http://site/2": page("甲局", 2023)})
    assert world.load().reports == 2
    assert world.rows("select count(*) from raw.fetches") == [(2,)]


def test_a_document_that_is_no_report_says_why(world):
    world.has_site("site", "甲局")
    world.night({"http://site/1": {"unreadable": "challenge_page"}})
    assert world.load().unread == 1
    assert world.rows("select unread_kind, unread_message, content from staging.documents") == [
        ("challenge_page", "this page is not a report", None)
    ]
    assert world.rows("select * from staging.reports") == []


def test_parsing_the_same_batch_gives_the_same_bytes(five):
    (batch,) = five.collect()
    (folder,) = five.parse([batch])
    before = _bytes(folder)
    shutil.rmtree(folder)
    five.parse([batch])
    assert _bytes(folder) == before


def test_a_batch_that_was_written_is_not_read_again(five):
    batches = five.collect()
    five.parse(batches)

    def never(document):
        raise AssertionError

    parse_batch(batches[0], five.settings, read=never)


def test_a_document_on_which_our_reader_fails_is_set_aside_as_our_fault(five):
    batches = five.collect()
    (odd, *_) = json.loads(batches[0].read_text(encoding="utf-8"))

    def fails_on_one(document):
        if document.sha256 == odd["sha256"]:
            raise IndexError("list index out of range")
        return read_page(document)

    parse_batch(batches[0], five.settings, read=fails_on_one)
    loaded = load(five.settings)
    assert (loaded.documents, loaded.unread, loaded.reader_failed) == (5, 1, 1)
    ((document, kind, message),) = five.rows(
        "select document_sha256, unread_kind, unread_message from staging.documents"
        " where unread_kind is not null"
    )
    assert (document, kind) == (odd["sha256"], "reader_failed")
    assert message.startswith(
        "our reader failed on it (IndexError('list index out of range') in test_warehouse_load.py"
    )
    assert load(five.settings).reader_failed == 0, "told once, by the load that met it"


def test_a_reader_that_fails_on_many_documents_stops_the_task(five):
    def broken(document):
        raise IndexError("list index out of range")

    (batch,) = five.collect()
    with pytest.raises(RuntimeError, match="failed on 5 documents of a batch of 5; document "):
        parse_batch(batch, five.settings, read=broken)
    assert not list(five.settings.batches.rglob("*.parquet"))


@pytest.mark.parametrize("trouble", [OSError(28, "No space left"), MemoryError(), ImportError("x")])
def test_trouble_of_the_machine_is_no_documents_trouble_and_stops_the_task(five, trouble):
    def broken(document):
        raise trouble

    (batch,) = five.collect()
    with pytest.raises(RuntimeError, match=r"document [0-9a-f]{64} \(00.*\.txt\): "):
        parse_batch(batch, five.settings, read=broken)
    assert not list(five.settings.batches.rglob("*.parquet"))


@pytest.mark.parametrize("figure", ["1000000000000", "0.1234567", f"-1{30 * '0'}"])
def test_a_figure_without_room_is_kept_as_printed_and_never_rounded(world, figure):
    world.has_site("site", "甲局")
    cells = {"applications.received_new.total": figure}
    world.night({"http://site/1": page("甲局", 2024, cells)})
    world.load()
    assert world.rows(
        "select value, state, printed from staging.cells where state <> 'number'"
    ) == [(None, "unreadable", figure)]
    assert world.rows("select kind from staging.issues") == [("figure_too_long",)]


def test_scope_all_parses_everything_again(five):
    five.load()
    before = five.rows("select * from staging.cells order by all")
    calls = []

    def counting(document):
        calls.append(document.sha256)
        return read_page(document)

    for batch in five.collect("all"):
        parse_batch(batch, five.settings, read=counting)
    assert len(calls) == 5
    five.load()
    assert five.rows("select * from staging.cells order by all") == before


def test_a_work_file_made_by_other_sql_is_made_anew(five):
    five.load()
    five.rows("update raw.layout set layout = 'yesterday'")
    assert len(five.collect()) == 1
    assert five.load().documents == 5


def _bytes(folder):
    from pathlib import Path

    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


@pytest.mark.parametrize("table", ["applications", "application_items", "proactive", "disputes"])
def test_the_wide_rows_of_a_batch_say_what_its_cells_say(world, table):
    world.has_site("site", "甲局", "乙局")
    cells = {
        "applications.received_new.total": 3,
        "applications.received_new.natural_person": None,
        "proactive.administrative_fees.amount_10k_cny": "0.35",
        "disputes.reconsideration.upheld": "/",
    }
    world.night(
        {
            "http://site/1": page("甲局", 2024, cells, missing_rows=["carried_in"]),
            "http://site/2": page("乙局", 2020, {"disputes.litigation_direct.total": 2})
            | {"template": "2019-60"},
        }
    )
    world.load()
    loaded = f"select * from staging.{table}"
    turned = f"select * from staging.wide_{table}('staging.cells')"
    for one, other in ((loaded, turned), (turned, loaded)):
        assert world.rows(f"({one}) except all ({other})") == []
    assert world.rows(f"select count(distinct document_sha256) from staging.{table}") == [(2,)]
