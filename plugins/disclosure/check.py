"""Documents at hand, held to every rule before they are filed: what is wrong, where, and what it should probably say."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from disclosure.check_text import as_text
from disclosure.errors import ReportError
from disclosure.judging import SEVERITIES, Finding, FoundCause, Judgement, judge_documents
from disclosure.records import Document, Report
from disclosure.settings import Settings
from disclosure.show import as_json, facts_of, find_files, plain_number, read_file, show_error

FAILING, UNREAD = 1, 2  # exit statuses


def check_files(
    paths: Sequence[Path], wants_json: bool, settings: Settings, now: datetime, out: TextIO
) -> int:
    """Read and judge every file, or every file in a folder, and print what was found.

    Returns 0 without a finding of level error, 1 with one, 2 when a file could not be read; the others are checked
    all the same.
    """
    read: dict[Path, Report | ReportError] = {}
    documents: dict[str, Document] = {}
    for file in find_files(paths):
        try:
            report = read_file(file)
        except ReportError as error:
            read[file] = error
            continue
        read[file] = report
        documents[report.document_sha256] = Document(report.document_sha256, file.read_bytes())
    reports = {one.document_sha256: one for one in read.values() if isinstance(one, Report)}
    judged = judge_documents(documents, reports, settings, now) if reports else {}
    for file, one in read.items():
        if isinstance(one, ReportError):
            show_error(file, one, wants_json, out)
        else:
            judgement = judged[one.document_sha256]
            print((as_line if wants_json else as_text)(file, one, judgement), file=out)
    if any(isinstance(one, ReportError) for one in read.values()):
        return UNREAD
    return FAILING if any(one.failing("error") for one in judged.values()) else 0


@contextmanager
def clean_output() -> Iterator[TextIO]:
    """Yield an output that only we write to: the solver prints a line of its own now and then, past its settings."""
    sys.stdout.flush()
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    with os.fdopen(kept, "w", encoding="utf-8") as out:
        yield out


def as_line(file: Path, report: Report, judgement: Judgement) -> str:
    """One line of JSON: what `parse --json` says, and the judgement under `check`."""
    places = {".".join(cell[:3]): cell.source for cell in report.cells}
    facts = facts_of(file, report)
    facts["check"] = {
        "counts": {
            "passed": judgement.passed,
            **{name: len(judgement.failing(name)) for name in SEVERITIES},
            "not_assessable": len(judgement.not_assessable),
            "causes": len(judgement.causes),
        },
        "causes": [_cause(cause, places) for cause in judgement.causes],
        "findings": [_finding(finding) for finding in judgement.findings],
    }
    return as_json(facts)


def _cause(cause: FoundCause, places: dict[str, str | None]) -> dict[str, Any]:
    cells = zip(cause.cells, cause.printed, cause.suggested, strict=True)
    return {
        "cause_id": cause.cause_id,
        "kind": cause.kind,
        "explanation": cause.explanation,
        "explanation_zh": cause.explanation_zh,
        "is_reading_suspect": cause.is_reading_suspect,
        "cells": [
            {"cell": cell, "printed": printed, "suggested": suggested, "source": places[cell]}
            for cell, printed, suggested in cells
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "title_en": finding.title_en,
        "title_zh": finding.title_zh,
        "severity": finding.severity,
        "status": finding.status,
        "subject": finding.subject,
        "lhs": None if finding.lhs is None else plain_number(finding.lhs),
        "rhs": None if finding.rhs is None else plain_number(finding.rhs),
        "holds_if_blank_is_zero": finding.holds_if_blank_is_zero,
        "cause_id": finding.cause_id,
        "shown": finding.shown,
    }
