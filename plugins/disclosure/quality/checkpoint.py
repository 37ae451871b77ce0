"""Runs the suites through a Great Expectations checkpoint, pushed down into DuckDB, and returns what it counted.

A suite that could not be evaluated looks like a failing one to Great Expectations. Here it is our failure: a result
that raised, or that lacks a count, is a JudgeError.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import great_expectations as gx

from disclosure.errors import JudgeError
from disclosure.quality.engine import connection_string, engine_options, held_open
from disclosure.quality.outcomes import Counted
from disclosure.settings import Settings


def run_checkpoint(
    settings: Settings, suites: tuple[gx.ExpectationSuite, ...]
) -> dict[str, Counted]:
    """Evaluate every entry over the work file, which nobody else may have open, and return the counts by entry.

    Raises JudgeError when anything could not be evaluated.
    """
    try:
        with held_open(settings):
            outcome = _checkpoint(settings, suites).run()
        results = [result for run in outcome.run_results.values() for result in run.results]
    # Great Expectations, SQLAlchemy and DuckDB each have exceptions of their own, without a common ancestor; whichever
    # it is, nothing was judged, and the caller keeps what stood before.
    except Exception as error:
        raise JudgeError(f"the checkpoint did not run: {error}") from error
    counted = {_entry_of(result): _counted(result) for result in results}
    expected = {_key(one) for suite in suites for one in suite.expectations}
    if counted.keys() != expected:
        missing = ", ".join(sorted(expected ^ counted.keys()))
        raise JudgeError(f"the checkpoint did not answer for each entry once: {missing}")
    return counted


def _checkpoint(settings: Settings, suites: tuple[gx.ExpectationSuite, ...]) -> gx.Checkpoint:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    source = context.data_sources.add_sql(  # type: ignore[call-arg]  # kwargs is not in its stub
        "work",
        connection_string=connection_string(settings),
        create_temp_table=False,
        kwargs=engine_options(settings),
    )
    validations = []
    for suite in suites:
        asset = source.add_table_asset(suite.name, table_name=suite.name)
        validation = gx.ValidationDefinition(
            name=suite.name,
            data=asset.add_batch_definition_whole_table("to judge"),
            suite=context.suites.add(suite),
        )
        validations.append(context.validation_definitions.add(validation))
    return context.checkpoints.add(
        gx.Checkpoint(name="rules", validation_definitions=validations, result_format="BASIC")
    )


def _entry_of(result: Any) -> str:
    return _key(result.expectation_config)


def _key(expectation: Any) -> str:
    """Given an expectation or its configuration, return which entry it was made from."""
    return str(expectation.meta["entry"])


def _counted(result: Any) -> Counted:
    raised = [info for info in _infos(result.exception_info) if info.get("raised_exception")]
    if raised:
        raise JudgeError(f"{_entry_of(result)}: {raised[0].get('exception_message')}")
    said = result.result or {}
    counts = [said.get(name) for name in ("element_count", "unexpected_count", "missing_count")]
    numbers = [count for count in counts if isinstance(count, int)]
    if len(numbers) < len(counts):
        raise JudgeError(f"{_entry_of(result)}: the result has no counts: {result.result}")
    return Counted(*numbers)


def _infos(info: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    """Great Expectations gives one record, or one for each metric that raised."""
    if info:
        yield info
        yield from (part for part in info.values() if isinstance(part, dict))
