"""What is read of a sentence of the prose, and what is left because it may be meant in another way."""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure.parse.prose import read_prose
from disclosure.parse.prose_figures import spelled_number
from disclosure.records import Content, Fact, Grid, Statement, Text

AGENCY, YEAR = "沈阳市医疗保障局", 2025
HEADINGS = ("一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项")


def read(*paragraphs: str, carrier: str = "html") -> tuple[Statement, ...]:
    """The statements of a report on 2025 with these paragraphs; those among HEADINGS are headings."""
    texts = ("一、总体情况", *paragraphs)
    blocks = tuple(Text(text, f"paragraph {number}") for number, text in enumerate(texts, 1))
    facts = [
        Fact("section", str("一二三四五六".index(block.text[0]) + 1), block.place)
        for block in blocks
        if block.text in HEADINGS
    ]
    return read_prose(Content(blocks, carrier), facts, AGENCY, YEAR)


def said(*paragraphs: str) -> list[str]:
    """The statements of a report, each as `metric value qualifier`; `exact` is left out."""
    return [
        " ".join([one.metric, str(one.value)] + [one.qualifier] * (one.qualifier != "exact"))
        for one in read(*paragraphs)
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # requests
        ("本年度共受理政府信息公开申请20件,均及时答复。", ["requests_accepted 20"]),
        ("全年共受理36件政府信息公开申请。", ["requests_accepted 36"]),
        ("收到群众通过邮寄、网络提交的各类政府信息公开申请共计8件。", ["requests_received 8"]),
        ("收到依申请公开事项 1 件。", ["requests_received 1"]),
        ("2025 年收到依申请公开0件次。", ["requests_received 0"]),
        ("全年共办理依申请公开 0 件,但始终重视。", ["requests_processed 0"]),
        (
            "2025年共收到政府信息公开申请1件,上年度结转0件;当年办理1件,结转下年度0件。",
            ["requests_received 1", "requests_carried_in 0", "requests_processed 1", "requests_carried_out 0"],
        ),
        ("收到政府信息公开申请7件，共办结6件，结转至2026年1件。", ["requests_received 7", "requests_processed 6", "requests_carried_out 1"]),
        ("收到政府信息公开申请5件，上年度结转办理2件。", ["requests_received 5"]),
        ("收到政府信息公开申请5件，办结上年结转的政府信息公开申请2件。", ["requests_received 5"]),
        ("收到政府信息公开申请1件；结转上年度政府信息公开申请1件。", ["requests_received 1", "requests_carried_in 1"]),
        ("收到政府信息公开申请12件（其中自然人10件），同比下降20%。", ["requests_received 12"]),
        ("接收当面申请3件、网络申请5件，共计收到政府信息公开申请8件。", ["requests_received 8"]),
        ("收到政府信息公开申请２０件，答复率１００％。", ["requests_received 20", "response_rate_pct 100"]),
        # reviews and suits
        ("因政府信息公开引起的行政复议0件，诉讼0件。", ["reconsideration_cases 0", "litigation_cases 0"]),
        ("因政府信息公开引起的行政复议、行政诉讼0件。", ["reconsideration_cases 0", "litigation_cases 0"]),
        ("因政府信息公开引起的行政复议、行政诉讼均为0件。", ["reconsideration_cases 0", "litigation_cases 0"]),
        ("全年办理因政府信息公开申请引发的行政复议36起，行政诉讼9起。", ["reconsideration_cases 36", "litigation_cases 9"]),
        ("有 1 件涉及政府信息公开工作的行政复议。", ["reconsideration_cases 1"]),
        (
            "因政府信息公开引发行政复议案件6件和行政诉讼案件3件,其中行政复议结果维持5件,尚未审结1件。",
            ["reconsideration_cases 6", "litigation_cases 3"],
        ),
        # documents, channels, people
        (
            "制发行政规范性文件2件，废止行政规范性文件10件，现行有效件数14件。",
            ["normative_documents_issued 2", "normative_documents_repealed 10", "normative_documents_in_force 14"],
        ),
        ("主动公开政府信息项目为 12，重视公开。", ["items_disclosed_total 12"]),
        ("公开各类政务信息600余条。", ["items_disclosed_total 600 more_than"]),
        ("通过网站发布各类信息528条。", ["website_items_published 528"]),
        ("全年网站总访问量达750,524次,独立用户访问量579,591次。", ["website_visits_total 750524", "website_unique_visitors 579591"]),
        ("门户网站访问量累计超过7708682人次,日均浏览量1.7万余人次。", ["website_visits_total 7708682 more_than"]),
        ("“崇明医保”微信公众号关注人数达1.5万人，累计发布转载推文120多篇。", ["wechat_subscribers 15000 rounded", "wechat_posts 120 more_than"]),
        ("微信公众号粉丝用户19.9万余人。", ["wechat_subscribers 199000 more_than"]),
        ("公众号观注人数近64000人。", ["wechat_subscribers 64000 nearly"]),
        ("微信公众号总阅读数约101.1万。", ["wechat_reads 1011000 about"]),
        ("智慧医保APP同步发布信息137条,注册用户数达3,780,291人。", ["app_posts 137", "app_registered_users 3780291"]),
        ("发布政策解读79条，召开新闻发布会4场。", ["policy_interpretations 79", "press_conferences 4"]),
        ("共开展了三次政务公开工作培训会议。", ["training_sessions 3"]),
        ("政务公开方面，配置1名专职人员，2名兼职人员。", ["staff_full_time 1", "staff_part_time 2"]),
        ("主办人大代表建议1件、协办政协提案2件。", ["npc_suggestions_led 1", "cppcc_proposals_assisted 2"]),
        ("收取信息处理费共计380元。", ["information_processing_fee_cny 380"]),
        ("收取信息处理费0.12万元。", ["information_processing_fee_cny 1200 rounded"]),
    ],
)  # fmt: skip
def test_a_sentence_states_a_figure(sentence, expected):
    assert said(sentence) == expected


REQUESTS = ["requests_received 0 stated_none"]
DISPUTES = ["reconsideration_cases 0 stated_none", "litigation_cases 0 stated_none"]
FEE = ["information_processing_fee_cny 0 stated_none"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("本年度我局未收到社会公众提出的政府信息公开申请。", REQUESTS),
        ("未收到公民提出的公开政府信息申请。", REQUESTS),
        ("本年度无依申请公开事项。", REQUESTS),
        ("未收到政府信息公开工作的行政复议、行政诉讼。", DISPUTES),
        ("主动公开各类信息，未发生被行政复议行政诉讼的情况。", DISPUTES),
        ("本年度无因政府信息依申请公开引起行政复议和行政诉讼案件。", DISPUTES),
        ("未收到有关政府信息公开行政复议、提起行政诉讼的申请。", DISPUTES),
        ("没有因政府信息公开引起的行政诉讼。", DISPUTES[1:]),
        ("本年度未收取任何信息处理费用。", FEE),
        ("我局无政府信息处理费收取情况。", FEE),
        ("未制发信息处理费收费通知，未发生收取信息处理费的情况。", FEE),
        ("未发生政府信息公开收费事项。", FEE),
    ],
)
def test_a_denial_is_zero(sentence, expected):
    assert said(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        # a part, one way, one kind of asker
        "其中，市本级收到政府信息公开申请3件。",
        "通过网络收到政府信息公开申请5件，通过信函收到政府信息公开申请3件。",
        "收到自然人政府信息公开申请5件。",
        # another time, a comparison, a plan
        "2024年收到政府信息公开申请8件。",
        "第一季度收到政府信息公开申请3件。",
        "去年收到政府信息公开申请3件。",
        "政府信息公开申请比上年增加3件。",
        "下一步，力争微信公众号关注人数达2万人。",
        # no one number
        "全年收到政府信息公开申请3-5件。",
        "全年收到政府信息公开申请3至5件。",
        "全年收到政府信息公开申请2 0件。",
        "收到政府信息公开申请若干件。",
        "因政府信息公开引起的行政复议和行政诉讼共3件。",
        "因政府信息公开引起的行政复议、行政诉讼各1件。",
        "政务微博、微信粉丝共计5万人。",
        # another thing
        "收到医保待遇申请500件。",
        "接到群众咨询30件，办理30件。",
        "全年审理行政复议案件120件，均已公开。",
        "共办理政府信息公开申请行政复议2件。",
        "公开有序，行政复议案件12件。",
        "依申请公开信息数142条，不予公开信息数137条。",
        "公开规范性文件5件。",
        "新增微信公众号关注用户1000人。",
        "高效办成一件事，一次办好。",
        "提案答复率100%。",
        # another body's
        "经市医保局推送新洲医保相关推文5篇。",
        "督促县直部门在信息公开网站发布信息3044条。",
        "经省医保局转办，收到政府信息公开申请2件。",
        # a denial of something else, or of nothing
        "本年度未发生因政府信息公开引起的行政复议被纠错的情况。",
        "未发生因答复不当引起的行政复议，公开有序。",
        "没有应公开而未公开的政府信息公开申请。",
        "无逾期未答复的政府信息公开申请。",
        "如未收到政府信息公开申请，则填0。",
        "未依申请公开政府信息。",
        "因未公开政府信息引发行政复议。",
        "由于收到依申请公开的申请情况较少甚至基本没有，流程不熟练。",
        "申请人未按收费通知要求缴纳信息处理费。",
        "做到信息公开行政复议零纠错、行政诉讼零败诉。",
    ],
)
def test_nothing_is_guessed(sentence):
    assert said(sentence) == []


def test_requests_are_not_those_of_another_matter_in_between():
    sentence = "收到政府信息公开申请10件，收到群众留言20件，办结20件。"
    assert said(sentence) == ["requests_received 10"]


def test_figures_in_one_breath_are_not_told_apart():
    (statement,) = read("抖音官方号分别发布信息255条、63条。")
    assert (statement.value, statement.lower_bound) == (None, None)
    assert (statement.metric, statement.qualifier) == ("short_video_posts", "undecided")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("全年主动公开政府信息12条。", "annual"),
        ("2025年，主动公开政府信息12条。", "annual"),
        ("2025年1月1日至12月31日，主动公开政府信息12条。", "annual"),
        ("截至2025年12月底，累计主动公开政府信息12条。", "cumulative"),
        ("历年主动公开政府信息12条。", "cumulative"),
        ("今年以来，主动公开政府信息12条。", "annual"),
        ("截至2025年12月底，主动公开政府信息12条。", "unmarked"),
        ("主动公开政府信息12条。", "unmarked"),
    ],
)
def test_what_time_a_figure_is_about(sentence, kind):
    assert [one.period_kind for one in read(sentence)] == [kind]


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("我局收到政府信息公开申请2件。", None),
        ("沈阳市医疗保障局收到政府信息公开申请2件。", None),
        ("全市共收到政府信息公开申请2件。", "全市"),
        ("县教育局2025年收到政府信息公开申请2件。", "县教育局"),
        ("交警支队收到政府信息公开申请2件。", "交警支队"),
        ("各镇街共收到政府信息公开申请2件。", "各镇街"),
        ("我市医保系统共收到政府信息公开申请2件。", "医保系统"),
        ("市本级收到政府信息公开申请2件。", "市本级"),
        ("“沈阳智慧医保”服务号关注人数2人。", "“沈阳智慧医保”服务号"),
        ("微信公众号(鞍山医保)发布信息295条。", "微信公众号(鞍山医保)"),
        ("市医保局门户网站总访问量达539003次。", "市医保局门户网站"),
        ("我局在新洲区政府门户网站公开各类信息21条。", "新洲区政府门户网站"),
    ],
)
def test_whose_figure_it_is(sentence, scope):
    assert [one.scope for one in read(sentence)] == [scope]


def test_a_body_named_once_stands_for_the_figures_after_it():
    scopes = [one.scope for one in read("县教育局收到政府信息公开申请12件，办结12件。")]
    assert scopes == ["县教育局", "县教育局"]


def test_it_stands_until_another_is_named_in_the_same_paragraph():
    first = "全县共收到政府信息公开申请12件。办结依申请公开12件。我局收到政府信息公开申请2件。"
    assert [one.scope for one in read(first, "办结依申请公开11件。")] == [
        "全县",
        "全县",
        None,
        None,
    ]


def test_what_an_extractor_ran_together_is_no_sentence():
    assert read("收到政府信息公开申请1件，" * 200) == ()


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [("发布政策解读79条。", 79), ("发布政策解读79余条。", 79), ("发布政策解读近79条。", None)],
)
def test_the_least_that_a_sentence_allows(sentence, bound):
    (statement,) = read(sentence)
    assert statement.lower_bound == bound


def test_the_sentence_is_kept_as_printed_with_its_place():
    (statement,) = read("我局重视公开。本年度 收到政府信息公开申请１件，已答复。余从略。")
    assert statement.sentence == "本年度 收到政府信息公开申请１件，已答复。"
    assert statement.source == "paragraph 2"
    assert statement.value == Decimal(1)


def test_the_same_sentence_twice_is_one_statement():
    assert len(read("收到政府信息公开申请1件。", "收到政府信息公开申请1件。")) == 1


def test_nothing_before_the_first_heading_and_nothing_of_section_five():
    sentence = Text("收到政府信息公开申请1件。", "paragraph 1")
    heading = Text("一、总体情况", "paragraph 2")
    content = Content((sentence, heading), "html")
    assert read_prose(content, [Fact("section", "1", "paragraph 2")], AGENCY, YEAR) == ()
    assert read(HEADINGS[1], "收到政府信息公开申请1件。") == ()
    assert len(read(HEADINGS[1], HEADINGS[2], "收到政府信息公开申请1件。")) == 1


def test_a_paragraph_wrapped_over_lines_is_read_as_one():
    lines = (
        "全年收到政府信息公开申请 34 件，上年结转政府信息公开",
        "申请 2 件，所有申请均已按要求办理完成。",
    )
    assert [one.metric for one in read(*lines, carrier="text")] == [
        "requests_received",
        "requests_carried_in",
    ]
    assert [one.value for one in read(*lines, carrier="text")] == [34, 2]


def test_a_table_between_two_lines_parts_them():
    blocks = (
        Text("一、总体情况", "line 1"),
        Text("按照要求做好各项工作，全年未收到政府信息公开", "line 2"),
        Grid((), "lines 3-9"),
        Text("申请的有关事项如下。", "line 10"),
    )
    assert read_prose(Content(blocks, "text"), [Fact("section", "1", "line 1")], AGENCY, YEAR) == ()


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("零", 0),
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("两", 2),
        ("二零", None),
        ("十百", None),
        ("三四", None),
        ("百十百", None),
    ],
)
def test_numbers_in_words(printed, number):
    assert spelled_number(printed) == number
