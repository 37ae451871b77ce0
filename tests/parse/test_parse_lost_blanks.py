"""Blank cells that left no trace in running text, and sums that do not hold: no row is cut into figures by chance."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from made_reports import (
    MadeReport,
    as_document,
    bare_line_text,
    lost,
    make_report,
    run_together_text,
    spaced_text,
    tables,
)

from disclosure.parse.read import read_document


def blanked(*keys: tuple[str, str, str], **printed: str) -> MadeReport:
    made = make_report(1)
    for key in keys:
        made.cells[key] = ""
    made.cells["proactive", "rules", "repealed"] = printed["repealed"]
    return made


RULES = [("proactive", "rules", column) for column in ("issued", "in_force")]


@pytest.mark.parametrize("layout", [spaced_text, bare_line_text])
def test_one_figure_where_the_text_keeps_figures_apart_is_not_three(layout) -> None:  # type: ignore[no-untyped-def]
    made = blanked(*RULES, repealed="395")
    assert lost(made, read_document(as_document(layout(made)))) == 3


def test_two_figures_of_another_row_say_that_blanks_are_lost() -> None:
    made = blanked(*RULES, ("applications", "carried_in", "total"), repealed="395")
    for column in ("natural_person", "commercial_enterprise", "research_institution"):
        made.cells["applications", "carried_in", column] = "12"
    assert lost(made, read_document(as_document(spaced_text(made)))) == 3 + 7


def test_sums_decide_nothing_in_a_table_whose_sums_do_not_hold() -> None:
    """Figures at random, run together: some row adds up by chance, split otherwise than it was printed."""
    for seed in range(12):
        chance = random.Random(seed)
        made = make_report(seed)
        made = replace(made, cells={key: str(chance.randrange(1, 990)) for key in made.cells})
        lost(made, read_document(as_document(run_together_text(made))))


def test_where_no_split_adds_up_a_row_may_have_lost_a_blank() -> None:
    made = blanked(*RULES, repealed="395")
    made.cells["applications", "received_new", "total"] = "2500000"
    lost(made, read_document(as_document(run_together_text(made))))


def test_a_page_number_below_a_row_is_no_figure_of_it() -> None:
    made = make_report(1)
    made.cells["applications", "granted_full", "total"] = ""
    text = spaced_text(made)
    row = text.index("\n", text.index("予以公开", text.index("本年度办理结果")))
    assert lost(made, read_document(as_document(f"{text[:row]}\n4{text[row:]}"))) == 7
    whole = make_report(1)
    text = spaced_text(whole)
    row = text.index("\n", text.index("予以公开", text.index("本年度办理结果")))
    assert lost(whole, read_document(as_document(f"{text[:row]}\n4{text[row:]}"))) == 0


@pytest.mark.parametrize("between", ["\n", " "])
def test_digits_set_apart_are_no_figures_each(between: str) -> None:
    made = blanked(*RULES, repealed="395")
    made.cells["applications", "received_new", "total"] = "250000"
    text = re.sub(r"(?<=\d)(?=\d)", between, spaced_text(made).split("<")[0])
    text = text.replace(between.join("2023"), "2023")
    lost(made, read_document(as_document(text)))


def test_a_page_number_between_dashes_is_no_three_cells() -> None:
    made = make_report(1)
    for column in ("natural_person", "commercial_enterprise", "total"):
        made.cells["applications", "granted_full", column] = ""
    text = spaced_text(made)
    row = text.index("\n", text.index("予以公开", text.index("本年度办理结果")))
    lost(made, read_document(as_document(f"{text[:row]}\n— 3 —{text[row:]}")))


def test_a_cell_of_a_drawn_table_goes_on_in_the_next_line() -> None:
    made = make_report(1)
    made.cells["disputes", "litigation_direct", "total"] = "14"
    rule = "+---+---+---+"
    drawn = []
    for rows in tables(made):
        drawn.append(rule)
        for row in rows:
            texts = [text for text, _, _ in row]
            drawn.append("| " + " | ".join("1" if text == "14" else text for text in texts) + " |")
            if "14" in texts:
                drawn.append(
                    "| " + " | ".join("4" if text == "14" else "" for text in texts) + " |"
                )
            drawn.append(rule)
    report = read_document(as_document("\n".join(drawn)))
    assert lost(made, report) == 1


def test_a_row_with_a_piece_that_is_several_figures_has_as_many_pieces_as_columns_by_chance() -> (
    None
):
    made = make_report(1)
    row = "0 1 00 0 1 0 5"  # 1 00 is one cell, and the last figure is none: 2、
    text = re.sub(r"(1\.属于国家秘密)[^\n]*", rf"\1 {row}", spaced_text(made))
    cells = read_document(as_document(text)).cells
    states = {cell.state for cell in cells if cell.item == "denied_state_secret"}
    assert states == {"ambiguous"}
