"""The types of entries as Great Expectations' own: each is one query over its table that counts three things.

Rows where it holds, rows where it fails, and rows that cannot be assessed because a side is null. What a type asks is
said in relations.py.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from great_expectations.compatibility import pydantic
from great_expectations.expectations.expectation import BatchExpectation

from disclosure.quality.relations import relation_of


class RuleExpectation(BatchExpectation):
    """What the expectations below share. A side that is null is never read as zero."""

    applies_to: str = "true"  # which rows the rule is about
    on_null: Literal["not_assessable", "skip"] = "not_assessable"
    # Where a side was worked out from this very relation, that it holds proves nothing: such a pass is counted apart.
    by_construction: str = "false"
    query: str = ""  # made from the other fields

    metric_dependencies: ClassVar[tuple[str, ...]] = ("query.table",)
    success_keys: ClassVar[tuple[str, ...]] = ("query",)
    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id",)

    @pydantic.root_validator(skip_on_failure=True)
    def _make_query(cls, fields: dict[str, Any]) -> dict[str, Any]:
        holds = relation_of(cls.expectation_type, fields).holds
        fields["query"] = (
            "select count(*) filter (where holds) as passed,"
            " count(*) filter (where not holds) as failed,"
            " count(*) filter (where holds is null) as undecided"
            f" from (select {holds} as holds"
            f" from {{batch}} where {fields['applies_to']}) as judged"
        )
        return fields

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: Any = None,
    ) -> dict[str, Any]:
        (counted,) = metrics["query.table"]
        return {
            "success": counted["failed"] == 0,
            "result": {
                "element_count": sum(counted.values()),
                "unexpected_count": counted["failed"],
                "missing_count": counted["undecided"],
            },
        }


class Comparison(RuleExpectation):
    """Of two sides."""

    left: str
    right: str


class OfOneValue(RuleExpectation):
    """About one number."""

    value: str


class ExpectIdentity(Comparison):
    """`left` equals `right`."""


class ExpectAtLeast(Comparison):
    """`left` is at least `right`."""


class ExpectAtMost(Comparison):
    """`left` is at most `right`."""


class ExpectBelow(Comparison):
    """`left` is less than `right`."""


class ExpectDifferent(Comparison):
    """`left` is another number than `right`."""


class ExpectCount(OfOneValue):
    """`value` is a whole number of at least 0."""


class ExpectNone(OfOneValue):
    """There is none of what `value` counts."""
