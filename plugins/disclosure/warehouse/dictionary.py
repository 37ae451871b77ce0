"""The dictionary of the published tables, sql/README.md: made from a published file and its scripts, never by hand.

Grain is the first line of a table's script, meaning the comments, types and nulls those of the file; three rows of a
small made-up warehouse show what is in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from disclosure.warehouse.query import run_query
from disclosure.warehouse.scripts import ORDER

NAME = "README.md"
ROWS = 3
LONGEST = 36  # characters of a value that are shown
# Shown whole, these columns of them: a query needs their codes.
CODES = {
    "dim_outcomes": ("*", "print_order"),
    "dim_rules": ("rule, severity, title_en, title_zh", "rule"),
}
# Would make the page stale for nothing that it says.
CHANGES_OFTEN = {"parser_version", "document_sha256", "warnings_failing"}

HEAD = """# The warehouse 数据字典

Made by `make dictionary` from the comments in `sql/mart/`; a test holds it true. In a SQL client the same words are the
comments of tables and columns (`select * from duckdb_columns()`).

**Where to begin.** All of it is in the schema `mart`: write `mart.dim_reports`, or say `use mart` first. `"table"` and
`"column"` of `fct_cells` want quotes, being words of SQL. A report is one agency's report on one year, in its current version: `dim_reports`, key `report_id`.
`agency_key` leads from it to `dim_agencies`. Its three tables are `fct_proactive` (table two, what was made public),
`fct_applications` (table three, requests and their outcomes; `row_code` leads to `dim_outcomes`) and `fct_disputes` (table
four, reviews and suits). `fct_cells` has every single cell with its place in the document, `fct_prose_metrics` the figures that
the prose states (followers, visits, requests …), each with its sentence. `fct_rule_outcomes` says which sums do not agree, `fct_causes` what is probably behind it; `../expectations/README.md` lists the rules. `reports_expected`
says what is not there, and why.

**Numbers** are as printed: never mended, never filled in. A sum of ours says so. 件 counts requests, documents or cases; 万元
is 10,000 CNY.

**Null is not zero.** A cell that prints nothing, a stroke, or what cannot be read is null, and its `fct_cells.state` says
which; a printed 0 is 0. Which columns can be null stands beside them; of a view's columns the words say it. `sum()` passes
over nulls: count them beside it. Whether reports that fail a rule belong in your answer is your choice: `semi join
mart.clean_reports using (report_id)` keeps those that pass every error rule; warnings remain.

**Templates** are never mixed. `dim_reports.template` is 2021-30 or 2019-60; table two of one cannot be compared with the
other's, and has columns of its own. Tables three and four can, but that 其他处理 is one row in 2019-60 (`other_undifferentiated`)
and three in 2021-30.

**Times** are UTC; days of filing end in Shanghai. **Tried queries**: `./disclosure query --example` lists them, the files are
in `sql/examples/`.
"""


PUBLICATION = """
# The publication itself

Tables of the schema `publication`: what this file is, and how it differs from the publication before."""


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    type: str
    nullable: bool
    meaning: str


def dictionary(published: Path, scripts: Path) -> str:
    """Given a published file and the folder of the mart's scripts, return the page as Markdown."""
    views = {name for (name,) in run_query(published, VIEWS).rows}
    made = [name for name in ORDER["mart"] if name not in views]
    tables = sorted(made, key=lambda name: not name.startswith("dim_"))
    parts = [HEAD, "## Contents\n", *_contents(tables, sorted(views), scripts)]
    for name in (*tables, *sorted(views)):
        parts += ["", *_described(published, scripts, name, name in views)]
    parts.append(PUBLICATION)
    for (name,) in run_query(published, TABLES_OF_PUBLICATION).rows:
        parts += ["", *_described_alone(published, name)]
    return "\n".join(parts) + "\n"


def write_dictionary(published: Path, sql: Path) -> None:
    (sql / NAME).write_text(dictionary(published, sql / "mart"), encoding="utf-8")


def _contents(tables: Sequence[str], views: Sequence[str], scripts: Path) -> Iterator[str]:
    yield "| table or view | one row per |"
    yield "|---|---|"
    for name in (*tables, *views):
        link = f"[{name}](#{name})" + (" (view)" if name in views else "")
        yield f"| {link} | {_grain(scripts, name).removeprefix('one row per ')} |"


def _described(published: Path, scripts: Path, name: str, is_view: bool) -> Iterator[str]:
    columns = _columns(published, "mart", name)
    yield from _headed(published, "mart", name)
    yield f"{'View' if is_view else 'Table'}, {_grain(scripts, name)}.\n"
    samples = run_query(published, f"select * from mart.{name} order by all limit {ROWS}").rows
    yield "| column | type | null | meaning |" + "".join(
        f" row {n} |" for n, _ in enumerate(samples, 1)
    )
    yield "|---|---|---|---|" + "---|" * len(samples)
    for place, column in enumerate(columns):
        null = "" if is_view else "may be" if column.nullable else "never"
        shown = (_shown(column.name, row[place]) for row in samples)
        cells = (f"`{column.name}`", column.type.lower(), null, _escaped(column.meaning), *shown)
        yield f"| {' | '.join(cells)} |"
    if name in CODES:
        yield from _whole(published, name)


def _described_alone(published: Path, name: str) -> Iterator[str]:
    """Without a sample: digests and times, of which no reader learns anything."""
    yield from _headed(published, "publication", name)
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    for column in _columns(published, "publication", name):
        yield f"| `{column.name}` | {column.type.lower()} | {_escaped(column.meaning)} |"


def _headed(published: Path, schema: str, name: str) -> Iterator[str]:
    yield f"## {name if schema == 'mart' else f'{schema}.{name}'}"
    comment = run_query(published, COMMENT.format(schema=schema, name=name)).rows[0][0]
    yield f"\n{comment}\n"


def _columns(published: Path, schema: str, name: str) -> list[_Column]:
    return [
        _Column(*row) for row in run_query(published, COLUMNS.format(schema=schema, name=name)).rows
    ]


def _whole(published: Path, name: str) -> Iterator[str]:
    columns, order = CODES[name]
    answer = run_query(published, f"select {columns} from mart.{name} order by {order}")
    yield "\nAll of it:\n"
    for row in (answer.columns, ("---",) * len(answer.columns), *answer.rows):
        yield f"| {' | '.join(_escaped(str(value)) for value in row)} |"


def _grain(scripts: Path, name: str) -> str:
    first = (scripts / f"{name}.sql").read_text(encoding="utf-8").splitlines()[0]
    return first.removeprefix("-- ")


def _shown(column: str, value: Any) -> str:
    if value is None:
        return "*null*"
    if column in CHANGES_OFTEN:
        return "…"
    if isinstance(value, Decimal):
        value = f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    if isinstance(value, list):
        value = "[" + ", ".join("null" if one is None else str(one) for one in value) + "]"
    text = " ".join(str(value).split())
    return _escaped(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


VIEWS = "select view_name from duckdb_views() where schema_name = 'mart'"

TABLES_OF_PUBLICATION = """
select table_name from duckdb_tables() where schema_name = 'publication' order by table_name
"""

COMMENT = """
select comment from duckdb_tables() where schema_name = '{schema}' and table_name = '{name}'
union all
select comment from duckdb_views() where schema_name = '{schema}' and view_name = '{name}'
"""

COLUMNS = """
select column_name, data_type, is_nullable, comment
from duckdb_columns()
where schema_name = '{schema}' and table_name = '{name}'
order by column_index
"""
