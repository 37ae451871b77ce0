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
