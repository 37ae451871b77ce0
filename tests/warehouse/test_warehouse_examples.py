"""The questions that analysts ask: each example runs, and answers as the sample can be worked out by hand to answer."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from disclosure.__main__ import main
from disclosure.answer import print_answer
from disclosure.errors import QueryError
from disclosure.settings import load_settings
from disclosure.warehouse.examples import find_example, read_examples
from disclosure.warehouse.query import run_query

ANSWERS = Path(__file__).with_name("answers")
EXAMPLES = read_examples(load_settings({}).examples)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_answers_its_question(sample, example):
    out = io.StringIO()
    print_answer(run_query(sample.settings.published, example.sql), "csv", out)
    path = ANSWERS / f"{example.name}.csv"
    if not path.exists():
        path.write_text(out.getvalue(), encoding="utf-8")
        pytest.fail(f"{path.name} was written: work the answer out by hand from sample.py")
    assert out.getvalue() == path.read_text(encoding="utf-8")


def test_every_answer_belongs_to_an_example():
    assert {path.stem for path in ANSWERS.glob("*.csv")} == {example.name for example in EXAMPLES}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_begins_with_its_question(example):
    assert example.sql.startswith("-- ")
    assert example.question.endswith("?")


def test_a_name_that_is_nearly_right_is_helped():
    with pytest.raises(QueryError, match="did you mean coverage"):
        find_example(load_settings({}).examples, "covrage")


def test_the_command_lists_the_questions(capsys):
    assert main(["query", "--example"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(EXAMPLES)
    assert all(
        line.split() == f"{example.name} {example.question}".split()
        for line, example in zip(lines, EXAMPLES, strict=True)
    )


def test_the_command_runs_one(sample, capsys, monkeypatch):
    monkeypatch.setenv("DISCLOSURE_DATA", str(sample.settings.data))
    assert main(["query", "--example", "nothing_for_four_years", "--csv"]) == 0
    assert "上海市崇明区医疗保障局,上海市,2024" in capsys.readouterr().out
