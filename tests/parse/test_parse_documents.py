"""Real documents, one folder for each shape they came in: what is printed is what is read, cell for cell.

`expected.json` was made by reading the document; a value is a number, or the state of a cell that has none. A folder
without one gets a draft from the parser, and its test fails until somebody has read the document against it.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from made_reports import as_document

from disclosure.parse.read import read_document
from disclosure.records import Report

DOCUMENTS = Path(__file__).parent / "documents"
SHAPES = sorted(folder.name for folder in DOCUMENTS.iterdir())
FIELDS = ("template", "agency", "report_year", "title", "published_on", "signed_on")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_real_document_is_read_exactly(shape: str) -> None:
    folder = DOCUMENTS / shape
    source = next(path for path in folder.iterdir() if path.stem == "report")
    read = as_expected(read_document(as_document(source.read_bytes(), source.name)))
    if not (folder / "expected.json").exists():
        (folder / "expected.json").write_text(json.dumps(read, ensure_ascii=False, indent=1))
        pytest.fail(f"a draft of {shape}/expected.json was written: read it against the document")
    expected = json.loads((folder / "expected.json").read_text(), parse_float=str)
    assert read == expected


def as_expected(report: Report) -> dict:
    """A report in the shape of expected.json."""
    facts = {name: getattr(report, name) for name in FIELDS}
    facts |= {
        name: value.isoformat() for name, value in facts.items() if hasattr(value, "isoformat")
    }
    cells: dict[str, dict[str, int | str]] = {}
    for cell in report.cells:
        row = cells.setdefault(f"{cell.table}.{cell.item}", {})
        row[cell.column] = cell.state if cell.value is None else _number(cell.value)
    return facts | {"cells": cells}


def _number(value: Decimal) -> int | str:
    return int(value) if value == value.to_integral_value() else f"{value.normalize():f}"


def test_the_body_printed_twice_is_read_once_and_said_so() -> None:
    source = DOCUMENTS / "pipes_twice_with_pinyin" / "report.txt"
    report = read_document(as_document(source.read_bytes()))
    assert report.copies == {"proactive": 2, "applications": 2, "disputes": 2}
    assert not [issue for issue in report.issues if issue.kind == "copies_differ"]


def test_a_figure_worked_out_from_the_sums_is_marked() -> None:
    source = DOCUMENTS / "run_together_column_sums" / "report.txt"
    report = read_document(as_document(source.read_bytes()))
    resolved = [cell for cell in report.cells if cell.resolved_by]
    assert resolved
    assert {cell.resolved_by for cell in resolved} == {"identity"}


def test_what_cannot_be_decided_names_its_candidates() -> None:
    source = DOCUMENTS / "run_together_blank_lost" / "report.txt"
    report = read_document(as_document(source.read_bytes()))
    messages = [issue.message for issue in report.issues if issue.kind == "digits_run_together"]
    assert any("63600" in message and "6 3 600" in message for message in messages)
