"""Labels are found in running text wherever they stand, however white space, brackets and ordinals fell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.form import TEMPLATES
from disclosure.parse.layout import _find_labels, _labels, _printed_labels

LABELS = sorted(set().union(*map(_printed_labels, TEMPLATES.values())))
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
    whole = [label.span() for label in _labels(template).finditer(text)]
    assert [label.span() for label in _find_labels(text, template)] == whole
