"""The file of acknowledged failures is read strictly: a mistake is named with its line, before anything is silenced."""

from datetime import date
from decimal import Decimal

import pytest

from disclosure.errors import AcknowledgementError
from disclosure.quality.acknowledged import load_acknowledged
from disclosure.settings import ROOT

ENTRY = """\
# a comment
- report: chongming-2023
  rule: T3-BALANCE
  subject: total
  lhs: 1
  rhs: 0.5
  status: reported
  reason: written to the office
  date: 2026-02-03
"""


def load(tmp_path, text):
    path = tmp_path / "acknowledged.yaml"
    path.write_text(text, encoding="utf-8")
    return load_acknowledged(path)


def test_an_entry(tmp_path):
    (entry,) = load(tmp_path, ENTRY)
    assert (entry.key, entry.line) == ("chongming-2023|T3-BALANCE|total", 2)
    assert (entry.lhs, entry.rhs) == (Decimal(1), Decimal("0.5"))
    assert (entry.status, entry.date) == ("reported", date(2026, 2, 3))


def test_the_shipped_file_is_empty():
    assert load_acknowledged(ROOT / "expectations" / "acknowledged.yaml") == ()


def test_the_example_in_the_shipped_file_is_a_valid_entry(tmp_path):
    lines = (ROOT / "expectations" / "acknowledged.yaml").read_text(encoding="utf-8").splitlines()
    example = [line.removeprefix("# ") for line in lines if line.startswith(("# - ", "#   "))]
    (entry,) = load(tmp_path, "\n".join(example))
    assert entry.rule == "T3-BALANCE"


def test_without_a_file_nothing_is_acknowledged(tmp_path):
    assert load_acknowledged(tmp_path / "acknowledged.yaml") == ()


def test_a_rule_about_one_value_has_no_right_side(tmp_path):
    (entry,) = load(tmp_path, ENTRY.replace("rhs: 0.5", "rhs: null"))
    assert entry.rhs is None


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("status: reported", "status: fine", 7, "one of reported, confirmed_by_agency"),
        ("  reason: written to the office\n", "", 2, "reason missing"),
        ("reason:", "why:", 8, "unknown key 'why'"),
        ("lhs: 1", "lhs: one", 5, "must be a number"),
        ("date: 2026-02-03", "date: yesterday", 9, "like 2026-02-03"),
        ("subject: total", "rule: total", 4, "given twice"),
        ("subject: total", "subject: [total]", 4, "one value"),
        ("- report", "  report", 2, "expected a list"),
        ("lhs: 1", "lhs: [", 7, "not YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path, before, after, line, words):
    with pytest.raises(AcknowledgementError, match=rf"acknowledged\.yaml:{line}: .*{words}"):
        load(tmp_path, ENTRY.replace(before, after))


def test_a_failure_is_acknowledged_once(tmp_path):
    with pytest.raises(AcknowledgementError, match="10: acknowledged before, on line 2"):
        load(tmp_path, ENTRY + ENTRY.removeprefix("# a comment\n"))
