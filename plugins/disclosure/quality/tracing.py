"""One report's failing sums become causes: which cells, what they print, what would satisfy the sums, in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from disclosure.quality.identities import Key, identities_of
from disclosure.quality.labels import in_print_order
from disclosure.quality.localise import Explanation, explain
from disclosure.quality.programme import together
from disclosure.quality.puzzle import Puzzle, make_puzzles
from disclosure.quality.sentences import Case, write_sentence
from disclosure.quality.suspicion import Figure, is_suspect
from disclosure.records import Cause
from disclosure.warehouse.files import digest_of


@dataclass(frozen=True)
class Reading:
    """A report as the tracing needs it."""

    report_id: str
    template: str
    values: Mapping[Key, Decimal | None]
    figures: Mapping[Key, Figure]
    issues: tuple[tuple[str, str], ...]  # kind, where


def trace(reading: Reading, expectations: Path) -> Iterator[Cause]:
    """The causes of the report's failing sums; none when all hold."""
    identities = identities_of(expectations, reading.template)
    known = {key for key, value in reading.values.items() if value is not None}
    assessable = tuple(one for one in identities if all(key in known for key, _ in one.terms))
    whole = Puzzle(
        {key: value for key, value in reading.values.items() if value is not None}, assessable
    )
    for puzzle in make_puzzles(reading.values, identities):
        for explanation in explain(puzzle, reading.template):
            yield _cause(reading, whole, puzzle, explanation)


def _cause(reading: Reading, whole: Puzzle, puzzle: Puzzle, explanation: Explanation) -> Cause:
    failing = [puzzle.identities[place] for place in sorted(explanation.places)]
    case = Case(
        template=reading.template,
        printed={key: figure.printed for key, figure in reading.figures.items()},
        whole=whole,
        puzzle=puzzle,
        explanation=explanation,
        is_reading_suspect=is_suspect(failing, reading.figures, reading.issues),
    )
    keys = _cells(reading.template, puzzle, explanation)
    changes = together(explanation.moves)
    cells = tuple(".".join(key) for key in keys)
    printed = tuple(case.printed[key] for key in keys)
    suggested = tuple(
        f"{puzzle.values[key] + changes[key]}" if explanation.is_decided else None for key in keys
    )
    return Cause(
        cause_id=digest_of(repr((reading.report_id, cells, printed, suggested)))[:16],
        report_id=reading.report_id,
        kind="+".join(sorted({move.kind for move in explanation.moves})) or "unexplained"
        if explanation.is_decided or not explanation.moves
        else "undecided",
        cells=cells,
        printed=printed,
        suggested=suggested,
        explanation=write_sentence(case, "en"),
        explanation_zh=write_sentence(case, "zh"),
        is_reading_suspect=case.is_reading_suspect,
        outcomes=tuple((identity.rule, identity.subject) for identity in failing),
    )


def _cells(template: str, puzzle: Puzzle, explanation: Explanation) -> list[Key]:
    """The cells to look at: those of the first explanation, then those of its rivals; the totals where there is none."""
    ways = [explanation.moves, *explanation.rivals]
    keys = [key for moves in ways for key in in_print_order(template, together(moves))]
    totals = [puzzle.identities[place].terms[-1][0] for place in sorted(explanation.places)]
    return list(dict.fromkeys(keys or totals))
