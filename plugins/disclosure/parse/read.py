"""A document becomes a report: its format is recognised, its carrier's reader makes blocks, the form reads the blocks."""

from __future__ import annotations

import gc
from itertools import chain

from disclosure.errors import ReportError
from disclosure.form import Template
from disclosure.parse import PARSER_VERSION
from disclosure.parse.cells import read_tables
from disclosure.parse.cut import mark_cut
from disclosure.parse.facts import read_facts
from disclosure.parse.formats import read_content
from disclosure.parse.layout import read_lines
from disclosure.parse.metadata import read_metadata
from disclosure.parse.moved import doubt_moved_rows
from disclosure.parse.prose import read_prose
from disclosure.parse.rows import read_rows
from disclosure.parse.summaries import without_summaries
from disclosure.parse.templates import find_template
from disclosure.parse.torn import doubt_torn_figures
from disclosure.records import Content, Document, Report


def read_document(document: Document) -> Report:
    """Given a document's bytes, return the report it is.

    Raises ReportError when it is none, or cannot be read at all.
    """
    # Reading makes thousands of small things and no cycles: the collector would look through them for nothing.
    is_collecting = gc.isenabled()
    gc.disable()
    try:
        return _read(document)
    finally:
        if is_collecting:
            gc.enable()


def _read(document: Document) -> Report:
    content = read_content(document)
    template, template_issues = find_template(content.text, content.pictures)
    lines = read_lines(content.blocks, template)
    printed = without_summaries(read_rows(lines, template), template)
    printed = doubt_torn_figures(printed, template)
    if not any(printed.copies.values()):
        raise _nothing_in_it(content, template)
    tables = read_tables(printed, template)
    if content.format in ("text", "markdown"):
        tables = doubt_moved_rows(tables, template)
    tables = mark_cut(tables, printed, lines, template, content)
    metadata = read_metadata(content)
    facts = read_facts(content, lines, template)
    return Report(
        document_sha256=document.sha256,
        format=content.format,
        parser_version=PARSER_VERSION,
        template=template.id,
        agency=metadata.agency,
        report_year=metadata.report_year,
        title=metadata.title,
        period_start=metadata.period_start,
        period_end=metadata.period_end,
        published_on=metadata.published_on,
        signed_on=metadata.signed_on,
        cells=tuple(chain.from_iterable(table.cells for table in tables.values())),
        rows=tuple(chain.from_iterable(table.rows for table in tables.values())),
        copies={code: table.copies for code, table in tables.items()},
        issues=(
            *content.issues,
            *template_issues,
            *printed.issues,
            *chain.from_iterable(table.issues for table in tables.values()),
            *metadata.issues,
        ),
        facts=(*metadata.evidence, *facts),
        prose=read_prose(content, facts, metadata.agency, metadata.report_year),
    )


def _nothing_in_it(content: Content, template: Template) -> ReportError:
    if content.pictures:
        message = (
            "the form's headings with pictures below; type the tables in or ask for a text version"
        )
        return ReportError("tables_are_images", message)
    return ReportError("not_a_report", f"labels of the form {template.id}, and no row with figures")
