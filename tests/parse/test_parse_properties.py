"""What holds for every report, however it is laid out and whatever happened to its bytes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_reports import LAYOUTS, LOSSY, MadeReport, as_document, lost, make_report, plain_html

from disclosure.errors import ReportError
from disclosure.form import TEMPLATES
from disclosure.parse.read import read_document
from disclosure.parse.splits import splits
from disclosure.parse.sums import Counts
from disclosure.records import Report

SEEDS = st.integers(0, 10**6)
TEMPLATE_IDS = st.sampled_from(sorted(TEMPLATES))


def wrong_cells(made: MadeReport, report: Report) -> list[tuple[object, str]]:
    """Cells that claim a number other than the one printed."""
    return [
        (cell, made.cells[cell[:3]])
        for cell in report.cells
        if cell.value is not None
        and (not made.cells[cell[:3]] or cell.value != Decimal(made.cells[cell[:3]]))
    ]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@settings(max_examples=10, deadline=None)
@given(seed=SEEDS, template=TEMPLATE_IDS)
def test_a_whole_report_is_read_as_printed(layout: str, seed: int, template: str) -> None:
    made = make_report(seed, template)
    report = read_document(as_document(LAYOUTS[layout](made)))
    assert wrong_cells(made, report) == []
    assert (report.agency, report.report_year) == (made.agency, made.year)
    unread = [cell for cell in report.cells if cell.value is None]
    assert layout == "run_together_text" or unread == []
    assert all(cell.state == "ambiguous" for cell in unread)


@pytest.mark.parametrize("layout", sorted(set(LAYOUTS) - LOSSY))
@settings(max_examples=10, deadline=None)
@given(seed=SEEDS, template=TEMPLATE_IDS)
def test_a_blank_is_blank_or_in_doubt_and_never_a_number(
    layout: str, seed: int, template: str
) -> None:
    made = make_report(seed, template, blanks=0.3)
    report = read_document(as_document(LAYOUTS[layout](made)))
    assert wrong_cells(made, report) == []
    for cell in report.cells:
        if not made.cells[cell[:3]]:
            assert cell.state in ("blank", "ambiguous")


@settings(max_examples=60, deadline=None)
@given(
    seed=SEEDS,
    template=TEMPLATE_IDS,
    layout=st.sampled_from(sorted(LAYOUTS)),
    where=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 3000),
    junk=st.binary(max_size=4),
    is_repeated=st.booleans(),
)
def test_no_damage_makes_anything_but_a_report_or_a_reason(
    seed: int,
    template: str,
    layout: str,
    where: float,
    length: int,
    junk: bytes,
    is_repeated: bool,
) -> None:
    body = LAYOUTS[layout](make_report(seed, template)).encode()
    at = int(where * len(body))
    middle = body[at : at + length] * 2 if is_repeated else b""
    try:
        report = read_document(as_document(body[:at] + junk + middle + body[at + length :]))
    except ReportError as error:
        assert error.message
        return
    assert [cell[:3] for cell in report.cells] == list(TEMPLATES[report.template].cells)
    assert all((cell.value is None) == (cell.state != "number") for cell in report.cells)


@settings(max_examples=60, deadline=None)
@given(
    seed=SEEDS,
    layout=st.sampled_from(sorted(set(LAYOUTS) - LOSSY)),
    where=st.floats(0, 1, exclude_max=True),
    to=st.integers(0, 255),
)
def test_one_changed_byte_harms_what_it_touches_alone(
    seed: int, layout: str, where: float, to: int
) -> None:
    made = make_report(seed)
    body = bytearray(LAYOUTS[layout](made).encode())
    body[int(where * len(body))] = to
    try:
        report = read_document(as_document(bytes(body)))
    except ReportError:
        return
    # Two: a byte that parts two cells touches both.
    assert len(wrong_cells(made, report)) <= 2 or report.template != made.template.id


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        read_document(as_document(body))
    except ReportError as error:
        assert error.kind in ReportError.KINDS


COLUMNS = TEMPLATES["2021-30"].applications.parts[0].columns


@settings(deadline=None)
@given(st.lists(st.integers(0, 400), min_size=6, max_size=6))
def test_the_true_split_is_among_those_that_add_up(figures: list[int]) -> None:
    row = tuple(str(figure) for figure in (*figures, sum(figures)))
    assert row in Counts(["".join(row)]).that_add_up(7, 1)


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), min_size=7, max_size=7), st.booleans())
def test_what_adds_up_and_what_is_the_only_way_is_found_among_all_splits(
    figures: list[int], is_parted: bool
) -> None:
    run = [str(figure) for figure in figures]
    pieces = ["".join(run[:3]), "".join(run[3:])] if is_parted else ["".join(run)]
    every = splits(pieces, COLUMNS)
    counts = Counts(pieces)
    assert counts.can_make(7)
    assert counts.only_way(7) == (every[0] if len(every) == 1 else None)
    summed = [each for each in every if sum(map(int, each[:6])) == int(each[6])]
    assert counts.that_add_up(7, 1) == summed


@settings(deadline=None)
@given(st.lists(st.integers(0, 60), min_size=12, max_size=12))
def test_the_three_channels_of_table_four_each_end_in_their_sum(figures: list[int]) -> None:
    groups = [figures[:4], figures[4:8], figures[8:]]
    row = tuple(str(figure) for group in groups for figure in (*group, sum(group)))
    assert row in Counts(["".join(row)]).that_add_up(5, 3)


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), min_size=7, max_size=7))
def test_every_split_makes_one_figure_a_column(figures: list[int]) -> None:
    run = "".join(str(figure) for figure in figures)
    found = splits([run], COLUMNS)
    assert tuple(str(figure) for figure in figures) in found
    assert len(set(found)) == len(found)
    assert all("".join(split) == run and len(split) == 7 for split in found)


@pytest.mark.parametrize("layout", ["plain_html", "piped_text"])
@pytest.mark.parametrize(
    "heap", ["\u3000", "&nbsp;", "\n", "|", "0.", "-", "<td>", "<table>", "（"]
)
def test_a_heap_of_anything_costs_only_what_it_touches(layout: str, heap: str) -> None:
    """Read within seconds, or the suite would stand still for hours: 200,000 characters in the place of one."""
    made = make_report(1)
    page = LAYOUTS[layout](made)
    place = page.index("行政许可") + 4
    report = read_document(as_document(page[:place] + heap * (200_000 // len(heap)) + page[place:]))
    assert lost(made, report) <= len(made.cells) // 10


def test_a_heap_of_nested_elements_is_refused() -> None:
    made = make_report(1)
    page = plain_html(made)
    with pytest.raises(ReportError, match=r"40,\d+ tags"):
        read_document(as_document(page.replace("<p>", "<div>" * 40_000 + "<p>", 1)))
