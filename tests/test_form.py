"""The official form as declared: the counts that the notices print."""

import pytest

from disclosure.form import TEMPLATES


@pytest.mark.parametrize(
    ("template", "proactive", "applications", "disputes"),
    [("2021-30", 10, 25 * 7, 15), ("2019-60", 22, 23 * 7, 15)],
)
def test_each_template_has_its_cells(template, proactive, applications, disputes):
    tables = TEMPLATES[template].tables
    assert [len(table.cells) for table in tables] == [proactive, applications, disputes]


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_cell_is_declared_twice(template):
    cells = TEMPLATES[template].cells
    assert len(set(cells)) == len(cells)
