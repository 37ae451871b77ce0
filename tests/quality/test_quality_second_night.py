"""The mail of a second night is about what was repaired, broken and changed, and about nothing else."""

import pytest

from quality.second_night import second_night


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    return second_night(tmp_path_factory.mktemp("nights"), agencies=20, each=2)


@pytest.mark.parametrize("kind", ["resolved", "new", "changed"])
def test_each_kind_of_change_is_told_as_it_is(told, kind):
    assert told.said[kind] == told.done[kind] != set()


def test_no_other_report_is_in_the_mail(told):
    assert told.named == set().union(*told.done.values())
