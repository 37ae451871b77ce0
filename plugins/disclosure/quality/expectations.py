"""The expectations that rules are written in: two sides, and what must hold between them.

Each is one query over its table that counts three things: rows where it holds, rows where it fails, and rows that
cannot be assessed because a side is null. Expressions are SQL over the columns of the suite's table.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from great_expectations.compatibility import pydantic
from great_expectations.expectations.expectation import BatchExpectation


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

    @classmethod
    def sides(cls, fields: dict[str, Any]) -> tuple[str, str]:
        """The expressions that are compared and shown, left and right."""
        return fields["left"], fields["right"]

    @classmethod
    def relation(cls, fields: dict[str, Any]) -> str:
        """The SQL that is true where the rule holds, false where it fails and null where nobody can say."""
        raise NotImplementedError

    @pydantic.root_validator(skip_on_failure=True)
    def _make_query(cls, fields: dict[str, Any]) -> dict[str, Any]:
        fields["query"] = (
            "select count(*) filter (where holds) as passed,"
            " count(*) filter (where not holds) as failed,"
            " count(*) filter (where holds is null) as undecided"
            f" from (select {cls.relation(fields)} as holds"
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


class ExpectIdentity(RuleExpectation):
    """`left` equals `right`."""

    left: str
    right: str

    @classmethod
    def relation(cls, fields: dict[str, Any]) -> str:
        return f"({fields['left']}) = ({fields['right']})"


class ExpectAtLeast(RuleExpectation):
    """`left` is at least `right`."""

    left: str
    right: str

    @classmethod
    def relation(cls, fields: dict[str, Any]) -> str:
        return f"({fields['left']}) >= ({fields['right']})"


class ExpectCount(RuleExpectation):
    """`value` is a whole number of at least 0. There is no right side to show."""

    value: str

    @classmethod
    def sides(cls, fields: dict[str, Any]) -> tuple[str, str]:
        return fields["value"], "null"

    @classmethod
    def relation(cls, fields: dict[str, Any]) -> str:
        value = fields["value"]
        return f"({value}) >= 0 and ({value}) = trunc({value})"


class ExpectAtMost(RuleExpectation):
    """`left` is at most `right`."""

    left: str
    right: str

    @classmethod
    def relation(cls, fields: dict[str, Any]) -> str:
        return f"({fields['left']}) <= ({fields['right']})"


class ExpectDifferent(RuleExpectation):
    """`left` is another number than `right`."""

    left: str
    right: str

    @classmethod
    def relation(cls, fields: dict[str, Any]) -> str:
        return f"({fields['left']}) <> ({fields['right']})"


class ExpectNone(RuleExpectation):
    """There is none of what `value` counts."""

    value: str

    @classmethod
    def sides(cls, fields: dict[str, Any]) -> tuple[str, str]:
        return fields["value"], "0"

    @classmethod
    def relation(cls, fields: dict[str, Any]) -> str:
        return f"({fields['value']}) = 0"
