"""The digest: what a night with and without news says, and what it takes from outside without trust."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import StringIO
from pathlib import Path

import pytest
from generated_mart import CHONGMING, Mart, Outcome

from disclosure.alerts.digest import Prepared, prepare_digest
from disclosure.alerts.memory import keep_memory
from disclosure.settings import Settings, load_settings

NIGHT = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)  # 02:00 of the 22nd in Shanghai


class Nights:
    """A service in a folder: publishes a mart and digests it, night after night."""

    def __init__(self, folder: Path, language: str = "en") -> None:
        self.settings: Settings = load_settings(
            {"DISCLOSURE_DATA": str(folder), "ALERT_LANGUAGE": language}
        )
        self.now = NIGHT

    def prepare(self, mart: Mart) -> Prepared:
        mart.write(self.settings.published)
        return prepare_digest(self.settings, now=self.now)

    def pass_over(self, mart: Mart, days: int = 1) -> EmailMessage | None:
        """One night: prepare, send (as bytes and back), remember. The mail of the one address, if there is one."""
        mails = self.send_all(mart, days)
        assert len(mails) <= 1
        return next(iter(mails.values()), None)

    def send_all(self, mart: Mart, days: int = 1) -> dict[str, EmailMessage]:
        """One night, as pass_over: the mails by address."""
        prepared = self.prepare(mart)
        keep_memory(self.settings.alerts, prepared.memory)
        self.now += timedelta(days=days)
        assert len({mail.address for mail in prepared.mails}) == len(prepared.mails)
        return {
            mail.address: message_from_bytes(mail.message.as_bytes(), policy=policy.default)
            for mail in prepared.mails
        }


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    return Nights(tmp_path)


def text_of(message: EmailMessage) -> str:
    return message.get_body(("plain",)).get_content()


def html_of(message: EmailMessage) -> str:
    return message.get_body(("html",)).get_content()


def rows_of(message: EmailMessage) -> list[list[str]]:
    (attachment,) = message.iter_attachments()
    return list(csv.reader(StringIO(attachment.get_content().removeprefix("\ufeff"))))


def test_what_a_rule_over_the_text_counted_is_shown_with_its_place(nights):
    shown = "“社会公益” table 2, row 1"
    mart = Mart().with_outcomes(Outcome("V-FEE", "labels", 1, 0, severity="warning", shown=shown))
    message = nights.pass_over(mart)
    assert f"({shown})" in text_of(message)
    assert shown in html_of(message)
    assert shown in rows_of(message)[1]


def test_a_new_failure_is_told_with_its_printed_numbers(nights):
    message = nights.pass_over(CHONGMING)
    assert message["Subject"] == "[disclosure] 4 new failures in 1 report · 2026-11-22"
    assert text_of(message).splitlines() == TOLD.splitlines()


TOLD = """\
2026-11-22

       1  reports read
       0  documents not read
     195  cells with a number
       5  cells without (blank, absent, unreadable: each says which)
       0  causes behind sums that disagree
       4  checks failing: error (4 new)
       0  checks failing: warning
       0  remarks (info): context, counted here and not listed
       0  checks that cannot be made: a number is missing

New failures
========================================================================
Each rule says what should hold, the lines below it what is there. Open
the page and look: if it prints this, tell the agency's office (a
numbered sentence can be sent as it is); if we misread it, add the page
as a document shape (CONTRIBUTING.md); if it is to stay, put it into
expectations/acknowledged.yaml.

上海市崇明区医疗保障局 2023
  [error] T3-BALANCE New + carried in = total + carried out
      自然人: 1 + 0 ≠ 0 + 0
      总计: 1 + 0 ≠ 0 + 0
  [error] T3-OUTCOME-SUM The outcomes add up to the total
      自然人: （四）2.没有现成信息需要另行制作 1 ≠ 0
      总计: （四）2.没有现成信息需要另行制作 1 ≠ 0
  source: http://127.0.0.1:8904/chongming/2023.html
  the cells: ./disclosure query "select row_code, natural_person, total from mart.fct_applications where report_id = 'chongming-2023'"

Numbers are published as printed; nothing is mended.
"""


def test_the_html_part_says_the_same(nights):
    html = html_of(nights.pass_over(CHONGMING))
    for words in ("上海市崇明区医疗保障局 2023", "T3-BALANCE", "自然人", "1 + 0 ≠ 0 + 0"):
        assert words in html
    assert 'href="http://127.0.0.1:8904/chongming/2023.html"' in html


def test_the_table_opens_in_a_spreadsheet(nights):
    message = nights.pass_over(CHONGMING)
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "disclosure-2026-11-22.csv"
    assert attachment.get_payload(decode=True).startswith(b"\xef\xbb\xbf")  # Excel's sign for UTF-8
    first = dict(zip(*rows_of(message)[:2], strict=True))
    assert first["change"] == "new"
    assert first["agency"] == "上海市崇明区医疗保障局"
    assert (first["left"], first["right"]) == ("1", "0")


def test_what_was_told_is_not_told_again(nights):
    nights.pass_over(CHONGMING)
    assert nights.pass_over(CHONGMING) is None


def test_other_numbers_on_a_side_are_a_change(nights):
    nights.pass_over(CHONGMING)
    moved = Outcome("T3-BALANCE", "total", 2, 0)
    message = nights.pass_over(CHONGMING.with_outcomes(moved, *CHONGMING.outcomes[2:]))
    assert message["Subject"] == "[disclosure] 1 changed, 1 resolved · 2026-11-23"
    assert "(before: 1 ≠ 0)" in text_of(message)


@pytest.mark.parametrize(
    ("mart", "heading"),
    [
        (CHONGMING.with_outcomes(), "Resolved: these hold now"),
        (
            CHONGMING.with_outcomes(
                *(
                    Outcome(one.rule, one.subject, None, 0, status="not_assessable")
                    for one in CHONGMING.outcomes
                )
            ),
            "Failed before, cannot be assessed now",
        ),
        (Mart(checked=()), "Failed before, not checked any more"),
    ],
)
def test_a_failure_that_is_gone_is_told_for_what_it_became(nights, mart, heading):
    nights.pass_over(CHONGMING)
    text = text_of(nights.pass_over(mart))
    assert heading in text
    assert "上海市崇明区医疗保障局 2023" in text
    assert nights.pass_over(mart) is None


def test_warnings_come_after_errors(nights):
    fee = Outcome("V-FEE", "administrative_fees.amount_10k_cny", -3, 0, severity="warning")
    text = text_of(nights.pass_over(CHONGMING.with_outcomes(fee, *CHONGMING.outcomes)))
    assert text.index("[error] T3-BALANCE") < text.index("[warning] V-FEE")
    assert "行政事业性收费 · 本年收费金额（单位：万元）: -3, should be at least 0" in text


def test_what_could_not_be_read_is_told_once(nights):
    mart = Mart(
        unread=(("http://a.example/1.html", "ab12", "tables_are_images", "tables are pictures"),),
        issues=(("chongming-2023", "copies_differ", "table 3", "the copies differ"),),
    )
    message = nights.pass_over(mart)
    assert message["Subject"] == "[disclosure] 1 document not read, 1 reservation · 2026-11-22"
    assert "tables_are_images" in text_of(message)
    assert "table 3: the copies differ" in text_of(message)
    assert nights.pass_over(mart) is None


def test_a_page_whose_bytes_change_every_night_is_told_once(nights):
    page = ("http://a.example/1.html", "ab12", "challenge_page", "asks for a code")
    nights.pass_over(Mart(unread=(page,)))
    assert nights.pass_over(Mart(unread=((page[0], "cd34", *page[2:]),))) is None


def test_a_week_of_silence_ends_with_one_line(nights):
    nights.pass_over(CHONGMING, days=6)
    assert nights.pass_over(CHONGMING, days=1) is None
    message = nights.pass_over(CHONGMING)
    assert message["Subject"] == "[disclosure] all is well, nothing new · 2026-11-29"
    assert message.get_content().strip() == (
        "Nothing new, and all is well: 1 reports read, 0 documents not read, 4 known failures in "
        "1 reports. There is nothing to do. This line comes once a week while there is no news."
    )
    assert nights.pass_over(CHONGMING) is None


def test_killed_between_sending_and_remembering_the_mail_comes_again(nights):
    first = nights.prepare(CHONGMING).mails[0].message
    again = nights.prepare(CHONGMING).mails[0].message  # nothing was remembered
    assert again["Message-ID"] == first["Message-ID"]
    assert again["Subject"] == first["Subject"]


def test_a_report_that_goes_away_and_fails_again_is_new_again(nights):
    nights.pass_over(CHONGMING)
    nights.pass_over(CHONGMING.with_outcomes())
    assert "4 new failures" in nights.pass_over(CHONGMING)["Subject"]


def test_the_frame_is_chinese_where_that_is_set(tmp_path):
    message = Nights(tmp_path, language="zh").pass_over(CHONGMING)
    assert message["Subject"] == "[disclosure] 1 份报告新增 4 项不符 · 2026-11-22"
    assert "[错误] T3-BALANCE" in text_of(message)
    assert rows_of(message)[0][:4] == ["变化", "级别", "行政机关", "年度"]


def test_the_printed_numbers_read_alike_in_both_languages(tmp_path):
    message = Nights(tmp_path, language="zh").pass_over(CHONGMING)
    assert "自然人：1 + 0 ≠ 0 + 0" in text_of(message)


def test_nothing_from_outside_becomes_markup_or_a_formula(nights):
    mart = Mart(
        agency="=cmd|'/c calc'!A1<script>alert(1)</script>",
        source_url='javascript:alert(1)"><b>',
        outcomes=CHONGMING.outcomes,
    )
    message = nights.pass_over(mart)
    assert "<script>" not in html_of(message)
    assert "href=" not in html_of(message)
    assert rows_of(message)[1][2].startswith("'=cmd")


def test_a_line_break_from_outside_does_not_make_a_line_of_ours(nights):
    mart = Mart(unread=(("", "ab12", "damaged", "broken\nResolved: these hold now"),))
    lines = text_of(nights.pass_over(mart)).splitlines()
    assert "Resolved: these hold now" not in lines


def test_a_negative_number_of_ours_stays_a_number(nights):
    fee = Outcome("V-FEE", "administrative_fees.amount_10k_cny", -3, 0, severity="warning")
    assert rows_of(nights.pass_over(Mart().with_outcomes(fee)))[1][7] == "-3"


def test_a_first_night_with_thousands_of_failures_has_a_mail_of_bounded_size(nights):
    reports = tuple(f"report-{number:04}" for number in range(2000))
    outcomes = (Outcome("T3-BALANCE", "total", 1, 0, report_id=report) for report in reports)
    message = nights.pass_over(Mart(reports=reports, outcomes=tuple(outcomes)))
    assert "2000 new failures in 2000 reports" in message["Subject"]
    assert "… and 1950 more in the attached table" in text_of(message)
    assert len(rows_of(message)) == 2001


def test_a_report_with_hundreds_of_reservations_stays_readable(nights):
    issues = tuple(
        ("chongming-2023", "stray", f"line {n:03}", f"{n} {'x' * 999}") for n in range(300)
    )
    text = text_of(nights.pass_over(Mart(issues=issues)))
    assert "… and 288 more in the attached table" in text
    assert max(map(len, text.splitlines())) < 250


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_long_subject_arrives_as_it_was_written(tmp_path, language):
    reports = ("a", "b", "c")
    mart = Mart(
        reports=reports,
        outcomes=tuple(
            Outcome("T3-BALANCE", subject, 1, 0, report_id=report)
            for report in reports
            for subject in ("total", "natural_person")
        ),
        issues=tuple(("a", "stray", f"line {n}", "a figure") for n in range(16)),
    )
    prepared = Nights(tmp_path, language).prepare(mart).mails[0].message
    arrived = message_from_bytes(prepared.as_bytes(), policy=policy.default)
    assert arrived["Subject"] == prepared["Subject"]


def test_a_mail_passes_servers_that_take_seven_bits_only(nights):
    nights.prepare(CHONGMING).mails[0].message.as_bytes().decode("ascii")


def test_a_remark_is_counted_and_not_listed(nights):
    remark = Outcome("T3-BALANCE", "total", 1, 0, severity="info")
    assert "all is well" in nights.pass_over(Mart().with_outcomes(remark))["Subject"]
    fee = Outcome("V-FEE", "administrative_fees.amount_10k_cny", -3, 0)
    message = nights.pass_over(Mart().with_outcomes(remark, fee))
    assert "       1  remarks (info)" in text_of(message)
    assert "T3-BALANCE" not in text_of(message)
    assert len(rows_of(message)) == 2


def test_places_that_say_the_same_share_a_line(nights):
    rows = ("carried_in", "granted_full", "denied_state_secret", "other_other", "carried_out")
    blank = (Outcome("V-BLANK-ROW", row, 7, 7, severity="warning") for row in rows)
    text = text_of(nights.pass_over(Mart().with_outcomes(*blank)))
    assert (
        "      5 places: 二、上年结转政府信息公开申请数量, （一）予以公开, （三）1.属于国家秘密, （六）3.其他, …"
        in text.splitlines()
    )


def test_every_section_says_what_to_do(nights):
    nights.pass_over(CHONGMING)
    mart = Mart(
        outcomes=(Outcome("T3-BALANCE", "total", 2, 0),),
        unread=(("http://a.example/1.html", "ab12", "empty", "nothing in it"),),
        issues=(("chongming-2023", "copies_differ", "table 3", "the copies differ"),),
    )
    text = text_of(nights.pass_over(mart))
    for heading in (
        "Changed failures",
        "Could not be read",
        "Read with a reservation",
        "Resolved: these hold now",
    ):
        _, _, after = text.partition(f"{heading}\n{'=' * 72}\n")
        assert after.partition("\n\n")[0], heading


def test_the_html_part_loads_nothing_and_fits_a_phone(nights):
    html = html_of(nights.pass_over(CHONGMING))
    assert "width=device-width" in html
    assert not re.search(
        r"<(img|script|link|iframe)|url\(|@import|width:\s*\d{3,}px", html.replace("max-width", "")
    )
