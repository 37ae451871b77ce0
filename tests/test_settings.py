"""Settings come from the environment, and a value that cannot be used is named."""

import pytest

from disclosure.errors import SettingError
from disclosure.settings import ROOT, load_settings


def test_relative_paths_are_meant_from_the_projects_root():
    assert load_settings({"DISCLOSURE_DATA": "elsewhere"}).published == (
        ROOT / "elsewhere/published/warehouse.duckdb"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALERT_LANGUAGE", "fr"),
        ("DISCLOSURE_WRITER_THREADS", "0"),
        ("DISCLOSURE_WRITER_THREADS", "two"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name, value):
    with pytest.raises(SettingError, match=name):
        load_settings({name: value})
