"""Labels are found in running text wherever they stand, however white space, brackets and ordinals fell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.form import TEMPLATES
from disclosure.parse.headers import column_code
from disclosure.parse.labels import mark
from disclosure.parse.loose_labels import find_labels, labels_of, printed_labels

LABELS = sorted(set().union(*map(printed_labels, TEMPLATES.values())))
BETWEEN = ["", " ", "\n", "0", "12 0", "。", "本年", "三、", "第二十条 第（五）项", "1."]


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
@settings(max_examples=100, deadline=None)
@given(
    pieces=st.lists(
        st.tuples(
            st.sampled_from(BETWEEN),
            st.sampled_from(LABELS),
            st.sampled_from(["", " ", "\u3000", "\n"]),
            st.integers(0, 3),
        ),
        max_size=12,
    )
)
def test_labels_are_those_that_the_whole_pattern_finds(template, pieces):
    text = "".join(
        between + space.join(label.replace("（", "(") if cut == 3 else label)[cut % 3 :]
        for between, label, space, cut in pieces
    )
    whole = [label.span() for label in labels_of(template).finditer(text)]
    assert [label.span() for label in find_labels(text, template)] == whole


def test_two_labels_in_one_cell_name_no_row_and_no_column():
    template = TEMPLATES["2021-30"]
    both = "一、本年新收政府信息公开申请数量二、上年结转政府信息公开申请数量"
    assert not mark(both, template).items
    assert column_code("本年制发件数本年废止件数", "proactive", template) is None
    assert column_code("本年制发件数", "proactive", template) == "issued"


@pytest.mark.parametrize(
    "printed",
    [
        "公开出版物由大量反复",
        "公开出版物\n由大量反复",
        "过程性信息 行政执法案",
        "信访举报投诉要求提供公",
    ],
)
def test_a_label_that_hangs_over_into_the_row_below_names_neither(printed: str) -> None:
    assert not mark(printed, TEMPLATES["2021-30"]).items


def test_every_label_and_wording_of_the_form_names_its_own_row() -> None:
    for template in TEMPLATES.values():
        for table in template.tables:
            for item in (item for part in table.parts for item in part.items):
                for printed in (item.label, *item.variants):
                    assert (table.code, item.code) in mark(printed, template).items, printed
