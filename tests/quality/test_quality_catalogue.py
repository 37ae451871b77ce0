"""The catalogue says what the suites say, and accounts for every rule that is known."""

from disclosure.quality.catalogue import NAME, catalogue, not_built
from disclosure.quality.entries import read_entries, rules_of
from disclosure.settings import load_settings

FOLDER = load_settings({}).expectations
KNOWN = 115


def test_the_catalogue_is_true():
    assert (FOLDER / NAME).read_text(encoding="utf-8") == catalogue(FOLDER), "run `make catalogue`"


def test_every_known_rule_is_built_or_says_why_not():
    built = {rule.rule for rule in rules_of(read_entries(FOLDER))}
    left_out = {rule["rule"] for rule in not_built(FOLDER)}
    assert not built & left_out
    assert len(built | left_out) == KNOWN
    assert all(rule["why_not"] for rule in not_built(FOLDER))
