"""What an analyst may ask, and what the answer is when something is wrong: one clear line."""

import pytest

from disclosure.errors import QueryError
from disclosure.warehouse.query import run_query


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    from warehouse.world import World

    world = World(tmp_path_factory.mktemp("query"))
    world.build()
    return world.settings.published


def test_an_answer_has_columns_and_rows(published):
    answer = run_query(published, "select 1 as one, '二' as two")
    assert (answer.columns, answer.rows) == (("one", "two"), ((1, "二"),))


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("selec 1", 'Parser Error: syntax error at or near "selec"'),
        ("select * from mart.nothing", "Table with name nothing does not exist"),
        ("select nothing from mart.dim_reports", '"nothing" not found'),
        ("delete from mart.dim_reports", "read-only"),
        ("copy mart.dim_reports to 'out.csv'", "disabled by configuration"),
        ("attach 'other.duckdb'", "disabled by configuration"),
        ("select * from read_csv('/etc/passwd')", "disabled by configuration"),
        ("set enable_external_access = true", "locked"),
    ],
)
def test_a_query_that_is_wrong_or_wants_more_than_to_read(published, sql, says):
    with pytest.raises(QueryError) as caught:
        run_query(published, sql)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_before_the_first_run_it_says_what_to_do(tmp_path):
    with pytest.raises(QueryError, match=r"no warehouse yet .*make run"):
        run_query(tmp_path / "warehouse.duckdb", "select 1")


def test_a_file_that_is_no_warehouse_is_one_line_too(tmp_path):
    (tmp_path / "warehouse.duckdb").write_bytes(
        b"not a database, but long enough to be looked at" * 9
    )
    with pytest.raises(QueryError) as caught:
        run_query(tmp_path / "warehouse.duckdb", "select 1")
    assert "\n" not in str(caught.value)
