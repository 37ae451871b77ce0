"""The mail says what is probably behind the failures, once for each report, and counts causes like failures."""

import json
import re
from dataclasses import replace

from generated_mart import CHONGMING, Outcome
from test_digest import Nights, html_of, nights, rows_of, text_of

__all__ = ["nights"]

SENTENCE = "（七）总计 is printed 0 in 自然人 and 总计; the outcomes add up to 1."
CHINESE = "“（七）总计”在自然人、总计栏填报为0；各项办理结果之和为1。"
CELLS = [
    "applications.processed_total.natural_person",
    "applications.processed_total.total",
]
CAUSE = ("c1", "chongming-2023", CELLS, SENTENCE, CHINESE)
EXPLAINED = replace(
    CHONGMING,
    outcomes=tuple(replace(one, cause_id="c1") for one in CHONGMING.outcomes),
    causes=(CAUSE,),
)


def counted(message):
    """What the mail leads with on causes: how many there are, and what of it is new, changed, resolved."""
    (line,) = [line for line in text_of(message).splitlines() if "causes behind" in line]
    return re.sub(r"\s+causes behind sums that disagree", "", line.strip())


def test_the_cause_stands_between_the_agency_and_its_failing_rules(nights):
    text = text_of(nights.pass_over(EXPLAINED))
    assert text.count(SENTENCE) == 1
    assert (
        text.index("上海市崇明区医疗保障局 2023")
        < text.index(f"  1. {SENTENCE}")
        < text.index("T3-BALANCE 自然人: 1 + 0 ≠ 0 + 0")
        < text.index("the cells: ./disclosure query")
    )


def test_the_html_part_and_the_table_have_it_too(nights):
    message = nights.pass_over(EXPLAINED)
    assert f"</b> {SENTENCE}</p>" in html_of(message)
    assert {row[11] for row in rows_of(message)[1:]} == {SENTENCE}


def test_a_chinese_mail_has_the_chinese_sentence(tmp_path):
    text = text_of(Nights(tmp_path, language="zh").pass_over(EXPLAINED))
    assert CHINESE in text
    assert SENTENCE not in text


def test_causes_are_counted_as_new_changed_and_resolved(nights):
    assert counted(nights.pass_over(EXPLAINED)) == "1 (1 new)"
    moved = replace(
        EXPLAINED,
        outcomes=(Outcome("T3-BALANCE", "total", 2, 0, cause_id="c2"),),
        causes=(("c2", *CAUSE[1:]),),
    )
    assert counted(nights.pass_over(moved)) == "1 (1 changed)"
    assert counted(nights.pass_over(CHONGMING.with_outcomes())) == "0 (1 resolved)"


def test_a_sentence_from_outside_stays_text(nights):
    hostile = "=1+1 <b>bold</b>\nResolved: these hold now"
    mart = replace(EXPLAINED, causes=((*CAUSE[:3], hostile, hostile),))
    message = nights.pass_over(mart)
    assert "<b>bold" not in html_of(message)
    assert "Resolved: these hold now" not in text_of(message).splitlines()
    assert all(row[11].startswith("'=") for row in rows_of(message)[1:])


def test_what_an_older_version_remembered_can_be_read(nights):
    nights.pass_over(CHONGMING)
    memory = nights.settings.alerts / "last.json"
    old = memory.read_text(encoding="utf-8")
    kept = {key: value for key, value in json.loads(old).items() if key not in ("causes", "stale")}
    memory.write_text(json.dumps(kept), encoding="utf-8")
    assert nights.pass_over(CHONGMING) is None


def test_of_thousands_of_reports_the_second_mail_lists_exactly_what_changed(nights):
    """1,000 agencies by 3 years, 2 in 100 failing; then 5 repaired, 5 broken, 5 with other numbers."""
    reports = tuple(f"agency{n:04}-{year}" for n in range(1000) for year in (2021, 2022, 2023))
    first = dict.fromkeys(reports[::50], (3, 2))
    repaired, changed, broken = reports[:250:50], reports[500:750:50], reports[1:250:50]
    second = {report: sides for report, sides in first.items() if report not in repaired}
    second |= dict.fromkeys(changed, (4, 2)) | dict.fromkeys(broken, (1, 0))

    def mart(failing):
        return replace(
            CHONGMING,
            reports=reports,
            outcomes=tuple(
                Outcome(
                    "T3-BALANCE", "total", *sides, report_id=report, cause_id=f"c-{report}-{sides}"
                )
                for report, sides in failing.items()
            ),
            causes=tuple(
                (f"c-{report}-{sides}", report, CELLS, SENTENCE, CHINESE)
                for report, sides in failing.items()
            ),
        )

    assert len(rows_of(nights.pass_over(mart(first)))) == 1 + 60
    message = nights.pass_over(mart(second))
    assert message["Subject"] == (
        "[disclosure] 5 new failures in 5 reports, 5 changed, 5 resolved · 2026-11-23"
    )
    told = {(row[0], row[13], row[7:11] != []) for row in rows_of(message)[1:]}
    assert told == {
        *(("new", report, True) for report in broken),
        *(("changed", report, True) for report in changed),
        *(("resolved", report, True) for report in repaired),
    }
    assert len(rows_of(message)) == 1 + 15
    assert counted(message) == "60 (5 new, 5 changed, 5 resolved)"
    assert nights.pass_over(mart(second)) is None
