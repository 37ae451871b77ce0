"""How alike two reports' prose is: known from two short sketches, and only of what the sections say."""

import random

import pytest

from disclosure.parse.likeness import sketch_of
from disclosure.parse.read import read_document
from disclosure.records import Document
from disclosure.settings import ROOT
from parse.made_reports import LAYOUTS, make_report
from warehouse.world import World

REPORT = ROOT / "tests" / "parse" / "documents" / "pipes" / "report.txt"
LETTERS = [chr(code) for code in range(0x4E00, 0x4E80)]


@pytest.fixture(scope="module")
def likeness(tmp_path_factory):
    """Measures two sketches as the rules do."""
    world = World(tmp_path_factory.mktemp("likeness"))
    world.has_site("site", "甲局")
    world.night({})
    world.load()
    world.judge()
    return lambda one, other: world.rows(f"select quality.likeness('{one}', '{other}')")[0][0]


def in_common(one, other):
    """The share of shingles in common, counted."""
    ours, theirs = ({text[i : i + 5] for i in range(len(text) - 4)} for text in (one, other))
    return len(ours & theirs) / len(ours | theirs)


@pytest.mark.parametrize("changed", [0, 0.005, 0.02, 0.1, 1])
@pytest.mark.parametrize("length", [250, 3000])
def test_sketches_tell_what_share_of_shingles_is_in_common(likeness, length, changed):
    chance = random.Random(f"{length} {changed}")
    one = "".join(chance.choices(LETTERS, k=length))
    other = "".join(chance.choice(LETTERS) if chance.random() < changed else c for c in one)
    told = likeness(sketch_of(one), sketch_of(other))
    assert told == pytest.approx(in_common(one, other), abs=0.06)


def sketch_in(text):
    report = read_document(Document("0" * 64, text.encode()))
    return next((fact.value for fact in report.facts if fact.kind == "prose_sketch"), None)


def test_the_preamble_and_the_tables_do_not_count():
    text = REPORT.read_text(encoding="utf-8")
    heading = text.index("一、总体情况")
    preamble = "根据《中华人民共和国政府信息公开条例》和省政府办公厅的有关要求，结合本局工作实际，编制本年度报告，供社会各界查阅和监督。"
    assert sketch_in(text[:heading] + preamble + "\n" + text[heading:]) == sketch_in(text)
    assert sketch_in(text.replace("| 212", "| 213")) == sketch_in(text)
    assert sketch_in(text.replace("医疗保障", "住房保障")) != sketch_in(text)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_table_is_no_prose_however_it_is_laid_out(layout):
    long = "".join(random.Random("prose").choices(LETTERS, k=300)) + "。"
    pages = [LAYOUTS[layout](make_report(seed)) for seed in (1, 2)]
    one, other = (page.replace("政策解读形式还有待丰富。", long) for page in pages)
    assert one != other
    assert sketch_in(one) == sketch_in(other)
    assert sketch_in(one) is not None


def test_where_there_is_next_to_no_prose_there_is_no_sketch():
    text = REPORT.read_text(encoding="utf-8")
    lines = [
        line for line in text.splitlines() if "|" in line or line.startswith(tuple("一二三四五六"))
    ]
    assert sketch_in("\n".join(lines)) is None
