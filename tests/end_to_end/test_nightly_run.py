"""Six nights of one service, through real Airflow, HTTP and SMTP: what is read, told, left alone, and never lost.

The nights follow each other; each test looks at one of them.
"""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from nightly_service import Night, Service, standing_service

SHENYANG = "shenyang-ybj/zwgk/zfxxgkndbg/202601/t20260129_4978614.txt"
RIGHT, WRONG = "(七)总计 | 16 | 0 | 0 | 0 | 0 | 3 | 19", "(七)总计 | 16 | 0 | 0 | 0 | 0 | 3 | 91"

SEEDS = [
    ("上海市崇明区医疗保障局", 2023, 1),
    ("武汉市新洲区医疗保障局", 2025, 0),
    ("沈阳市医疗保障局", 2025, 20),
    ("郑州市惠济区医疗保障局", 2024, 0),
    ("鞍山市医疗保障局", 2022, 1),
]

RECEIVED = """
select a.agency_name, r.report_year, f.total
from mart.fct_applications f
join mart.dim_reports r using (report_id)
join mart.dim_agencies a using (agency_key)
where f.row_code = 'received_new'
order by 1
"""


class Story:
    """The service and its nights, by name."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.nights: dict[str, Night] = {}
        self.seen: dict[str, list[tuple]] = {}

    def pass_night(self, name: str) -> None:
        self.nights[name] = self.service.run_night()
        self.seen[name] = self.service.ask(
            "select version, errors_failing from mart.dim_reports where report_id like '%2025' "
            "and source_url like '%t20260129_4978614.txt'"
        )


@pytest.fixture(scope="module")
def story(airflow_database, tmp_path_factory):
    with standing_service(tmp_path_factory.mktemp("service")) as service:
        story = Story(service)
        story.pass_night("first")
        story.pass_night("second")
        service.edit(SHENYANG, RIGHT, WRONG)
        story.pass_night("wrong total")
        service.edit(SHENYANG, WRONG, RIGHT)
        story.pass_night("put right")
        service.edit(SHENYANG, RIGHT, WRONG)
        with pytest.MonkeyPatch.context() as patch:
            # The fault as it comes: rows are gone when Great Expectations reads them.
            patch.setattr("disclosure.quality.engine._keep_rows", lambda cursor: None)
            story.pass_night("broken engine")
        story.pass_night("engine mended")
        yield story


def digest_of(night: Night) -> EmailMessage:
    (mail,) = night.mails
    return mail


def text_of(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


def test_both_dags_succeed(story):
    night = story.nights["first"]
    assert night.status == 0
    assert set(night.tasks) == {
        "plan", "visit", "record", "collect", "parse", "load", "check", "explain", "publish", "digest",
    }  # fmt: skip
    assert set(night.tasks.values()) == {"done"}


def test_the_five_reports_are_in_the_warehouse(story):
    assert set(SEEDS) <= set(story.service.ask(RECEIVED))


def test_the_first_mail_names_chongming_with_its_numbers_and_its_page(story):
    text = text_of(digest_of(story.nights["first"]))
    _, _, told = text.partition("上海市崇明区医疗保障局 2023")
    assert "T3-BALANCE" in told
    assert "自然人: 1 + 0 ≠ 0 + 0" in told
    address = story.service.site.address("chongming-ybj", "/govxxgk/ybj/2024-01-22/7d1f0c5e.txt")
    assert f"source: {address}" in told


def test_the_mail_has_text_html_and_a_table(story):
    mail = digest_of(story.nights["first"])
    assert [part.get_content_type() for part in mail.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        "text/csv",
    ]


def test_a_second_night_sends_no_mail_and_stores_parses_and_publishes_nothing(story):
    night = story.nights["second"]
    assert night.status == 0
    assert night.mails == ()
    assert night.new_bodies == frozenset()
    assert "parse" not in night.tasks
    assert not night.published_again


def test_a_second_night_only_asks_whether_anything_changed(story):
    visits = story.nights["second"].visits
    assert visits
    assert {(visit.is_conditional, visit.status) for visit in visits} == {(True, 304)}


def test_a_wrong_total_is_told_as_new(story):
    mail = digest_of(story.nights["wrong total"])
    # Two sums of the column and one of the row; that the report was revised at all is counted.
    assert "3 new failures in 1 report" in mail["Subject"]
    assert "沈阳市医疗保障局 2025" in text_of(mail)
    assert "总计: 20 + 0 ≠ 91 + 1" in text_of(mail)
    assert "崇明" not in text_of(mail)


def test_a_changed_page_is_another_version_and_the_old_one_stays(story):
    assert story.seen["first"] == [(1, 0)]
    assert story.seen["wrong total"] == [(2, 3)]
    revised = story.service.ask(
        'select from_version, to_version, item, "column", before, after from mart.fct_revisions'
    )
    assert (1, 2, "processed_total", "total", 19, 91) in revised


def test_only_the_changed_page_was_fetched_again(story):
    changed = [visit for visit in story.nights["wrong total"].visits if visit.status != 304]
    assert [visit.path for visit in changed] == [SHENYANG.removeprefix("shenyang-ybj")]


def test_put_right_again_it_is_told_as_resolved(story):
    mail = digest_of(story.nights["put right"])
    assert "3 resolved" in mail["Subject"]
    assert "Resolved: these hold now" in text_of(mail)
    assert story.seen["put right"] == [(3, 0)]


def test_a_broken_engine_turns_the_run_red(story):
    night = story.nights["broken engine"]
    assert night.status == 1
    assert night.tasks["check"] == "failed"


def test_a_broken_engine_publishes_nothing_and_counts_nothing(story):
    night = story.nights["broken engine"]
    assert not night.published_again
    assert story.seen["broken engine"] == story.seen["put right"]
    assert "publish" not in night.tasks
    assert "digest" not in night.tasks


def test_a_broken_engine_is_mailed_to_the_engineers_at_once(story):
    mail = digest_of(story.nights["broken engine"])
    assert mail["Subject"].startswith("[disclosure] FAILED: build_warehouse.check · ")
    assert "JudgeError" in mail.get_content()


def test_the_next_night_makes_up_for_it(story):
    night = story.nights["engine mended"]
    assert night.status == 0
    assert story.seen["engine mended"] == [(4, 3)]
    assert "3 new failures in 1 report" in digest_of(night)["Subject"]
