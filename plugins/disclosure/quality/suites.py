"""The suites of expectations/*.json as Great Expectations reads them: each stands on the view of quality that it names."""

from __future__ import annotations

import json
from pathlib import Path

import great_expectations as gx

from disclosure.errors import JudgeError
from disclosure.quality.entries import suite_files

# Importing it makes our types of expectations known to Great Expectations.
from disclosure.quality.expectations import RuleExpectation


def read_suites(folder: Path) -> tuple[gx.ExpectationSuite, ...]:
    """Read all suites; every expectation's meta says which entry it is. Raises JudgeError, naming the file."""
    return tuple(_read_suite(path) for path in suite_files(folder))


def _read_suite(path: Path) -> gx.ExpectationSuite:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        for place, expectation in enumerate(said["expectations"]):
            expectation["meta"]["entry"] = f"{path.stem}.{place}"
        suite = gx.ExpectationSuite(**said)
    # What Great Expectations raises over an entry is of many kinds, its own and pydantic's; each is the file's mistake.
    except Exception as error:
        raise JudgeError(f"{path.name}: {error}") from error
    # Great Expectations leaves out what it cannot read, with a line in its log.
    if len(suite.expectations) != len(said["expectations"]):
        raise JudgeError(f"{path.name}: an entry is not valid; the log above says which and why")
    if foreign := [one for one in suite.expectations if not isinstance(one, RuleExpectation)]:
        raise JudgeError(
            f"{path.name}: {type(foreign[0]).__name__} is not in quality/expectations.py"
        )
    return suite
