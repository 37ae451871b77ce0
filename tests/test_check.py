"""Documents held to the rules before they are filed: findings a clerk can act on, and a status that scripts can use."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO

import pytest

from disclosure.check import check_files
from disclosure.settings import ROOT, load_settings

DOCUMENTS = ROOT / "plugins" / "disclosure" / "replay" / "documents"
NOW = datetime(2026, 2, 1, tzinfo=UTC)
GOOD, BAD, NONE = "good", "bad", "none"


def document(name):
    """The file of a replayed site that holds a report."""
    return max((DOCUMENTS / name).rglob("*.*"), key=lambda path: path.stat().st_size)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("documents")
    none = folder / "notice.html"
    none.write_text("<html><p>关于放假的通知</p></html>", encoding="utf-8")
    return {GOOD: document("shenyang-ybj"), BAD: document("chongming-ybj"), NONE: none}


def check(files, wants_json):
    out = StringIO()
    status = check_files(files, wants_json, load_settings({}), NOW, out)
    return status, out.getvalue()


@pytest.fixture(scope="module")
def checked(files):
    """Both reports and a file that is none, checked at once."""
    status, shown = check(list(files.values()), wants_json=True)
    return status, dict(zip(files, map(json.loads, shown.splitlines()), strict=True))


@pytest.fixture(scope="module")
def shown(files):
    return check([files[BAD]], wants_json=False)


def test_counts_come_first(shown):
    lines = [line.strip() for line in shown[1].splitlines()]
    assert lines[1] == "上海市崇明区医疗保障局  2023"
    assert lines[3].startswith("1  causes of failing sums")
    assert lines[4].startswith("4  checks failing, error")


def test_each_cause_is_said_in_both_languages_with_its_cells_and_their_place(shown):
    text = shown[1]
    english = "（七）总计 is printed 0 in 自然人 and 总计; the outcomes add up to 1; with 1 all 14 checks hold."
    assert (
        text.index("causes · 原因") < text.index(english) < text.index("“（七）总计”在自然人、总计")
    )
    rows = [line.split("  ") for line in text.splitlines() if "（七）总计 · " in line]
    told = [[part.strip() for part in row if part.strip()] for row in rows]
    assert [row[:3] for row in told] == [
        ["（七）总计 · 自然人", "0", "1"],
        ["（七）总计 · 总计", "0", "1"],
    ]
    assert all(row[3] for row in told)


def test_the_table_as_read_follows(shown):
    assert shown[1].index("causes · 原因") < shown[1].index("as read · 识读结果")


def test_the_status_says_whether_an_error_was_found(shown, checked):
    assert shown[0] == 1
    assert checked[0] == 2  # a file could not be read, whatever the others say


def test_json_has_what_parse_says_and_the_judgement(checked):
    said = checked[1][BAD]
    assert len(said["cells"]) == 200
    assert said["report"]["agency"] == "上海市崇明区医疗保障局"
    counts = said["check"]["counts"]
    assert (counts["causes"], counts["error"]) == (1, 4)
    (cause,) = said["check"]["causes"]
    assert [(cell["cell"], cell["printed"], cell["suggested"]) for cell in cause["cells"]] == [
        ("applications.processed_total.natural_person", "0", "1"),
        ("applications.processed_total.total", "0", "1"),
    ]
    failing = [
        one
        for one in said["check"]["findings"]
        if one["severity"] == "error" and one["status"] == "fail"
    ]
    assert {one["cause_id"] for one in failing} == {cause["cause_id"]}
    assert {(one["rule"], one["subject"], one["lhs"], one["rhs"]) for one in failing} == {
        (rule, column, "1", "0")
        for rule in ("T3-BALANCE", "T3-OUTCOME-SUM")
        for column in ("natural_person", "total")
    }


def test_a_report_that_agrees_has_no_cause(checked):
    said = checked[1][GOOD]["check"]
    assert (said["counts"]["error"], said["causes"]) == (0, [])
    assert said["counts"]["passed"] > 200


def test_a_file_that_is_no_report_is_named_with_the_reason(checked, files):
    assert checked[1][NONE]["file"] == str(files[NONE])
    assert checked[1][NONE]["error"]["kind"] == "not_a_report"


def test_nothing_is_left_behind_and_no_warehouse_is_needed(files, tmp_path):
    command = [sys.executable, "-m", "disclosure", "check", str(files[GOOD]), "--json"]
    environment = {
        "PYTHONPATH": str(ROOT / "plugins"),
        "DISCLOSURE_DATA": str(tmp_path / "data"),
        "TMPDIR": str(tmp_path),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["check"]["counts"]["error"] == 0
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_is_nowhere_is_one_line(tmp_path):
    from disclosure.errors import DisclosureError

    with pytest.raises(DisclosureError, match="no such file"):
        check([tmp_path / "nowhere.html"], wants_json=False)


def test_a_title_and_a_period_of_different_years_are_an_error(files, tmp_path):
    """Which year is meant nobody can say; what does not hang on it is checked all the same."""
    text = files[BAD].read_text(encoding="utf-8")
    assert "2023年1月1日" in text
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(
        text.replace("2023年1月1日", "2022年1月1日").replace("2023年12月31日", "2022年12月31日"),
        encoding="utf-8",
    )
    status, shown = check([wrong], wants_json=True)
    said = json.loads(shown)
    failing = {one["rule"] for one in said["check"]["findings"] if one["status"] == "fail"}
    assert (status, said["report"]["report_year"]) == (1, None)
    assert {"S-YEAR", "T3-BALANCE"} <= failing
    assert not {"F-DEPT", "S-TEMPLATE-YEAR"} & failing
