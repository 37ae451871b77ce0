"""`./disclosure parse`: the JSON that others rely on, and the form as a person reads it."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from disclosure.errors import DisclosureError
from disclosure.show import plain_number, show_files
from parse.made_reports import make_report, plain_html, run_together_text

MADE = make_report(1)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    path.write_text(plain_html(MADE), encoding="utf-8")
    return path


def shown(*paths: Path, as_json: bool = False) -> tuple[str, int]:
    out = io.StringIO()
    status = show_files(list(paths), as_json, out, io.StringIO())
    return out.getvalue(), status


def test_one_json_object_a_document_with_every_cell_once(report: Path) -> None:
    text, status = shown(report, report, as_json=True)
    lines = [json.loads(line) for line in text.splitlines()]
    assert (len(lines), status) == (2, 0)
    assert set(lines[0]) == {
        "file",
        "sha256",
        "format",
        "parser_version",
        "report",
        "cells",
        "issues",
        "prose",
    }
    assert lines[0]["report"]["agency"] == MADE.agency
    assert lines[0]["report"]["period_start"] == "2023-01-01"
    keys = [(cell["table"], cell["item"], cell["column"]) for cell in lines[0]["cells"]]
    assert keys == list(MADE.template.cells)


def test_numbers_keep_their_decimals_exactly(report: Path) -> None:
    text, _ = shown(report, as_json=True)
    cells = json.loads(text, parse_int=Decimal, parse_float=Decimal)["cells"]
    for cell in cells:
        printed = MADE.cells[cell["table"], cell["item"], cell["column"]]
        assert cell["value"] == Decimal(printed)
        assert (cell["state"], cell["printed"]) == ("number", printed)


def with_prose(path: Path) -> Path:
    """The same report with a sentence below its first heading."""
    sentence = "<p>“甲市医保”微信公众号关注人数达1.5万人，推送信息120余条。</p>"
    body = plain_html(MADE)
    path.write_text(body.replace("二、", f"{sentence}<p>二、", 1), encoding="utf-8")
    return path


def test_figures_in_the_prose_stand_beside_the_cells(tmp_path: Path) -> None:
    path = with_prose(tmp_path / "report.html")
    prose = json.loads(shown(path, as_json=True)[0])["prose"]
    figures = {one["metric"]: (one["value"], one["lower_bound"]) for one in prose}
    assert figures["wechat_subscribers"] == (15000, None)
    assert figures["wechat_posts"] == (120, 120)
    (followers,) = [one for one in prose if one["metric"] == "wechat_subscribers"]
    assert followers.pop("source")
    assert followers == {
        "metric": "wechat_subscribers",
        "value": 15000,
        "lower_bound": None,
        "unit": "人",
        "qualifier": "rounded",
        "period_kind": "unmarked",
        "scope": "“甲市医保”微信公众号",
        "sentence": "“甲市医保”微信公众号关注人数达1.5万人，推送信息120余条。",
    }


def test_figures_in_the_prose_stand_below_the_tables(tmp_path: Path) -> None:
    _, prose = shown(with_prose(tmp_path / "report.html"))[0].split("in the prose\n")
    assert (
        "推送信息120余条。\n      wechat_subscribers  15000  rounded  “甲市医保”微信公众号\n"
        in prose
    )


def test_what_was_worked_out_says_so(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(run_together_text(MADE), encoding="utf-8")
    cells = json.loads(shown(path, as_json=True)[0])["cells"]
    assert {cell.get("resolved_by") for cell in cells} == {None, "identity"}


def test_a_document_that_cannot_be_read_is_an_error_object_and_the_others_go_on(
    report: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    text, status = shown(empty, report, as_json=True)
    first, second = (json.loads(line) for line in text.splitlines())
    assert first == {
        "file": str(empty),
        "error": {"kind": "empty", "message": first["error"]["message"]},
    }
    assert "cells" in second
    assert status == 2


def test_a_folder_is_every_file_in_it(report: Path) -> None:
    assert shown(report.parent) == shown(report)


def test_a_path_that_is_nowhere_is_named(tmp_path: Path) -> None:
    with pytest.raises(DisclosureError, match=r"missing\.html: there is no such file"):
        shown(tmp_path / "missing.html")


def test_null_cells_are_marked_and_the_reasons_stand_below(report: Path) -> None:
    page = report.read_text(encoding="utf-8")
    figure = MADE.cells["applications", "received_new", "total"]
    row = page.index("本年新收")
    report.write_text(page[:row] + page[row:].replace(f">{figure}<", "><", 1), encoding="utf-8")
    text, _ = shown(report)
    line = next(line for line in text.splitlines() if "本年新收" in line)
    assert line.split()[-1] == "□"
    assert "199 of 200 cells are numbers" in text
    assert "□ blank" in text


def test_the_form_is_shown_with_its_groups(report: Path) -> None:
    text, _ = shown(report)
    assert (
        text.index("（三）不予公开") < text.index("1.属于国家秘密") < text.index("（四）无法提供")
    )


@pytest.mark.parametrize(
    ("value", "text"), [("25.1000", "25.1"), ("1E+2", "100"), ("0.0", "0"), ("-18", "-18")]
)
def test_a_number_in_plain_digits(value: str, text: str) -> None:
    assert plain_number(Decimal(value)) == text
