"""The command line: help with an example, one line on bad input, and a table that lines up."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import duckdb
import pytest

from disclosure.__main__ import main, parser
from disclosure.answer import print_answer, width

COMMANDS = ("run", "serve", "replay", "query", "parse", "check")


@dataclass(frozen=True)
class Answer:
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


ANSWER = Answer(
    ("agency_name", "report_year", "total", "published_on"),
    (
        ("沈阳市医疗保障局", 2025, Decimal("20.000000"), date(2026, 1, 29)),
        ("A (南园街道)", 2024, None, None),
        ("", 2019, Decimal("25.100000"), None),
    ),
)


def printed(shape: str, answer: Answer = ANSWER) -> str:
    out = StringIO()
    print_answer(answer, shape, out)
    return out.getvalue()


def test_a_table_lines_up_in_a_terminal():
    assert printed("table") == (
        "agency_name       report_year  total  published_on\n"
        "----------------  -----------  -----  ------------\n"
        "沈阳市医疗保障局         2025     20  2026-01-29\n"
        "A (南园街道)             2024   NULL  NULL\n"
        "                         2019   25.1  NULL\n"
        "(3 rows)\n"
    )


@pytest.mark.parametrize(("text", "places"), [("a", 1), ("沈", 2), ("（", 2), ("１", 2), ("ｱ", 1)])
def test_width_in_a_terminal(text, places):
    assert width(text) == places


def test_csv_leaves_nothing_empty_handed():
    assert printed("csv").splitlines()[1:3] == [
        "沈阳市医疗保障局,2025,20,2026-01-29",
        "A (南园街道),2024,,",
    ]


def test_json_keeps_numbers_as_numbers():
    rows = json.loads(printed("json"))
    assert rows[0] == {
        "agency_name": "沈阳市医疗保障局",
        "report_year": 2025,
        "total": 20,
        "published_on": "2026-01-29",
    }
    assert (rows[1]["total"], rows[2]["total"]) == (None, 25.1)


def test_columns_of_one_name_are_kept_apart():
    assert json.loads(printed("json", Answer(("n", "n"), ((1, 2),)))) == [{"n": 1, "n_2": 2}]


@pytest.mark.parametrize("shape", ["table", "csv", "json"])
def test_an_answer_without_rows(shape):
    assert printed(shape, Answer(("n",), ())).strip()


# --- commands ------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    assert "example:" in shown
    assert f"./disclosure {command}" in shown


@pytest.mark.parametrize("arguments", [[], ["dance"], ["query"], ["parse"], ["query", "a", "b"]])
def test_a_wrong_command_line_is_one_line_and_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        parser().parse_args(arguments)
    assert stopped.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.fixture
def warehouse(tmp_path, monkeypatch):
    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path))
    (tmp_path / "published").mkdir()
    with duckdb.connect(tmp_path / "published" / "warehouse.duckdb") as connection:
        connection.execute("create schema mart; create table mart.dim_agencies as select 1 as n")


def test_a_query_prints_its_answer(warehouse, capsys):
    assert main(["query", "select n from mart.dim_agencies"]) == 0
    assert capsys.readouterr().out == "n\n-\n1\n(1 row)\n"


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("selec n", "syntax error"),
        ("select m from mart.dim_agencies", '"m" not found'),
        ("drop table mart.dim_agencies", "read-only"),
        ("select * from read_csv('/etc/passwd')", "disabled"),
    ],
)
def test_a_query_that_cannot_be_answered_is_one_line(warehouse, capsys, sql, words):
    assert main(["query", sql]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("disclosure: ")
    assert len(shown.err.splitlines()) == 1
    assert words in shown.err


def test_before_the_first_run_a_query_says_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DISCLOSURE_DATA", str(tmp_path))
    assert main(["query", "select 1"]) == 2
    assert "make run" in capsys.readouterr().err


def test_a_setting_that_cannot_be_used_is_one_line(monkeypatch, capsys):
    monkeypatch.setenv("ALERT_LANGUAGE", "fr")
    assert main(["query", "select 1"]) == 2
    assert capsys.readouterr().err == "disclosure: ALERT_LANGUAGE is 'fr'; it can be en or zh\n"


def test_a_reader_that_has_seen_enough_gets_no_traceback(warehouse):
    command = [sys.executable, "-m", "disclosure", "query", "select * from range(200000)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as shown:
        shown.stdout.readline()
        shown.stdout.close()
        assert b"Traceback" not in shown.stderr.read()


def test_parse_says_which_file_it_cannot_read(tmp_path, capsys):
    assert main(["parse", str(tmp_path / "none.html")]) == 2
    shown = capsys.readouterr()
    assert "none.html" in shown.out + shown.err
    assert "Traceback" not in shown.err
