"""The causes of the reports that fail: one sentence each, kept beside the facts and never among them."""

import pytest

from warehouse.world import World, page

CHONGMING = "上海市崇明区医疗保障局"
CELL = "applications.{}.{}"
COLUMNS = ("natural_person", "total")
ONE_ANSWERED = {
    CELL.format(row, column): 1
    for row in ("received_new", "granted_full", "processed_total")
    for column in COLUMNS
}


@pytest.fixture
def night(world):
    """One agency whose yearly reports are these: year → what differs from a report with one request, answered."""
    world.has_site("site", "甲局")

    def build(reports, **more):
        pages = {
            f"http://site/{year}": page("甲局", year, ONE_ANSWERED | cells, **more)
            for year, cells in reports.items()
        }
        world.night(pages)
        world.build()
        return world

    return build


def causes(world, columns="kind, cells, printed, suggested"):
    return world.published(f"select {columns} from mart.fct_causes order by report_id, cells")


def test_chongming_2023_is_one_cause_in_one_sentence(five):
    five.build()
    ((report, cells, printed, suggested, english, chinese, is_suspect),) = causes(
        five,
        "report_id, cells, printed, suggested, explanation, explanation_zh, is_reading_suspect",
    )
    assert report == f"key-{CHONGMING}-2023"
    assert cells == [CELL.format("processed_total", column) for column in COLUMNS]
    assert (printed, suggested, is_suspect) == (["0", "0"], ["1", "1"], False)
    assert english == (
        "（七）总计 is printed 0 in 自然人 and 总计; the outcomes add up to 1; with 1 all 14 checks hold."
    )
    assert chinese == (
        "“（七）总计”在自然人、总计栏填报为0；各项办理结果之和为1；改为1后，14项勾稽关系全部成立。"
    )


def test_all_four_failing_outcomes_of_chongming_point_to_the_one_cause(five):
    five.build()
    assert five.published(
        """
        select rule, subject, cause_id = (select cause_id from mart.fct_causes)
        from mart.fct_rule_outcomes
        where severity = 'error' and status = 'fail'
        order by all
        """
    ) == [(rule, column, True) for rule in ("T3-BALANCE", "T3-OUTCOME-SUM") for column in COLUMNS]


def test_a_suggestion_does_not_enter_the_facts(five):
    five.build()
    assert five.published(
        f"""
        select natural_person, total from mart.fct_applications
        where row_code = 'processed_total' and report_id = 'key-{CHONGMING}-2023'
        """
    ) == [(0, 0)]


def test_the_old_form_is_traced_by_its_own_rows(night):
    # In 2019 （六）其他处理 is one row of its own.
    wrong = {CELL.format("other_undifferentiated", "natural_person"): 2}
    world = night({2019: wrong}, template="2019-60")
    assert causes(world) == [
        ("component", [CELL.format("other_undifferentiated", "natural_person")], ["2"], ["0"])
    ]


SENTENCES = {
    "a component": (
        {CELL.format("denied_state_secret", "natural_person"): 3},
        "（三）1.属于国家秘密 is printed 3 in 自然人; the other figures leave 0; with 0 all 32 checks hold.",
        "“（三）1.属于国家秘密”在自然人栏填报为3；按其余数字推算为0；改为0后，32项勾稽关系全部成立。",
    ),
    "the total of a row": (
        {CELL.format("granted_full", "total"): 7},
        "（一）予以公开 is printed 7 in 总计; the row adds up to 1; with 1 all 32 checks hold.",
        "“（一）予以公开”在总计栏填报为7；本行各栏之和为1；改为1后，32项勾稽关系全部成立。",
    ),
    "a value in the next column": (
        {CELL.format("received_new", "natural_person"): 0}
        | {CELL.format("received_new", "commercial_enterprise"): 1},
        "一、本年新收政府信息公开申请数量 in 自然人 (0) and 一、本年新收政府信息公开申请数量 in 商业企业 (1)"
        " seem to be exchanged; with them changed back all 7 checks hold.",
        "“一、本年新收政府信息公开申请数量”自然人栏（0）、“一、本年新收政府信息公开申请数量”商业企业栏（1）"
        "疑似互相错位；改为互换后，7项勾稽关系全部成立。",
    ),
    "what cannot be decided": (
        {"disputes.reconsideration.upheld": 2, "disputes.reconsideration.total": 3},
        "行政复议 does not add up to its 总计; the figures alone cannot decide what is wrong:"
        " 行政复议 in 总计 should be 2, not 3; or 行政复议 in 结果维持 should be 3, not 2;"
        " or 行政复议 in 结果纠正 should be 1, not 0; or 行政复议 in 其他结果 should be 1, not 0;"
        " or 行政复议 in 尚未审结 should be 1, not 0.",
        "“行政复议”各结果之和与总计不符；仅凭表内数字无法判定何处有误：“行政复议”总计栏应为2而非3；"
        "或者“行政复议”结果维持栏应为3而非2；或者“行政复议”结果纠正栏应为1而非0；"
        "或者“行政复议”其他结果栏应为1而非0；或者“行政复议”尚未审结栏应为1而非0。",
    ),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_sentences(cases, case):
    _, english, chinese = SENTENCES[case]
    assert [found[:2] for found in cases[case]] == [(english, chinese)]


def test_without_a_decision_there_is_no_suggestion(night):
    world = night(
        {2023: {"disputes.reconsideration.total": 3, "disputes.reconsideration.upheld": 2}}
    )
    ((kind, cells, printed, suggested),) = causes(world)
    assert kind == "undecided"
    assert cells[0] == "disputes.reconsideration.total"
    assert printed == ["3", "2", "0", "0", "0"]
    assert suggested == [None] * 5


def test_two_faults_far_apart_are_two_causes(night):
    world = night(
        {
            2023: {
                CELL.format("denied_state_secret", "natural_person"): 3,
                CELL.format("carried_in", "other_org"): 2,
            }
        }
    )
    assert [(cells, suggested) for _, cells, _, suggested in causes(world)] == [
        ([CELL.format("carried_in", "other_org")], ["0"]),
        ([CELL.format("denied_state_secret", "natural_person")], ["0"]),
    ]


WEAK = {
    "a neighbour that may be several numbers": (
        {CELL.format("denied_enforcement_file", "natural_person"): "1 00"},
        (),
        True,
    ),
    "cells that do not fit": ({}, [("cells_do_not_fit", "here", "…")], True),
    "a label lost": ({}, [("label_lost", "here", "…")], True),
    "digits run together": ({}, [("digits_run_together", "here", "…")], True),
    "copies that differ": ({}, [("copies_differ", "here", "…")], True),
    "a blank": ({CELL.format("denied_enforcement_file", "research_institution"): None}, (), False),
    "a title that is missing": ({}, [("years_differ", "title and period", "…")], False),
}


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """The causes of every report above and below, each an agency's of its own, built in one night."""
    world = World(tmp_path_factory.mktemp("cases"))
    stale = {CELL.format("received_new", column): 5 for column in COLUMNS}
    pages = {
        name: page(name, 2023, ONE_ANSWERED | cells) for name, (cells, *_) in SENTENCES.items()
    }
    for name, (cells, issues, _) in WEAK.items():
        said = ONE_ANSWERED | stale | cells
        pages[name] = page(name, 2023, said, issues=[list(issue) for issue in issues])
    world.has_site("site", *pages)
    world.night({f"http://site/{name}": said for name, said in pages.items()})
    world.build()
    found = {name: [] for name in pages}
    for report, *cause in causes(
        world, "report_id, explanation, explanation_zh, is_reading_suspect"
    ):
        found[report.removeprefix("key-").removesuffix("-2023")].append(tuple(cause))
    return found


@pytest.mark.parametrize("reading", WEAK)
def test_our_reading_is_doubted_before_the_agency_is(cases, reading):
    is_suspect = WEAK[reading][-1]
    assert cases[reading]
    for english, chinese, suspect in cases[reading]:
        assert suspect is is_suspect
        assert english.startswith("check our reading") is is_suspect
        assert chinese.startswith("请先核对本系统的识读") is is_suspect


def test_a_cause_keeps_its_id_while_it_is_the_same(night):
    world = night({2022: {}, 2023: {CELL.format("granted_full", "total"): 7}})
    before = causes(world, "cause_id")
    world.build(scope="all")
    assert causes(world, "cause_id") == before
    night({2023: {CELL.format("granted_full", "total"): 8}})
    assert causes(world, "cause_id") != before


def test_a_repaired_report_has_no_cause_and_only_what_changed_is_traced(night):
    world = night({year: {CELL.format("granted_full", "total"): 7} for year in (2022, 2023)})
    assert len(causes(world)) == 2
    assert world.explain().traced == 0
    night({2022: {}})
    assert [suggested for *_, suggested in causes(world)] == [["1"]]
    assert world.explain().traced == 0
    night({2023: {CELL.format("granted_full", "total"): 8}})
    assert causes(world) == [("total", [CELL.format("granted_full", "total")], ["8"], ["1"])]


def test_judging_everything_anew_keeps_the_causes(night):
    world = night({2023: {CELL.format("granted_full", "total"): 7}})
    before = world.mart()
    world.judge(scope="all")
    assert world.explain().traced == 0
    from disclosure.warehouse.publish import publish

    assert not publish(world.settings).is_changed
    assert world.mart() == before


def test_what_a_killed_run_traced_stands(night, monkeypatch):
    world = night({2023: {}})
    pages = {
        f"http://site/{year}": page(
            "甲局", year, ONE_ANSWERED | {CELL.format("granted_full", "total"): 7}
        )
        for year in (2020, 2021, 2022)
    }
    world.night(pages)
    world.load()
    world.judge()
    from disclosure.quality import causes as stage
    from disclosure.quality import tracing

    monkeypatch.setattr(stage, "BATCH", 1)
    trace, seen = tracing.trace, []

    def trace_and_die(reading, expectations):
        seen.append(reading.report_id)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return trace(reading, expectations)

    monkeypatch.setattr(tracing, "trace", trace_and_die)
    with pytest.raises(KeyboardInterrupt):
        world.explain()
    assert world.rows("select count(*) from quality.causes") == [(1,)]
    assert (world.explain().traced, len(seen)) == (2, 4)
    assert world.rows("select count(*), count(distinct report_id) from quality.causes") == [(3, 3)]
