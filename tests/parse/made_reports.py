"""Reports made up for tests: random numbers whose sums hold, laid out in the ways that real pages do it.

A layout takes a MadeReport and returns a document's bytes; what it loses on purpose it is told by its arguments.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from disclosure.form import GROUP_LABELS, TEMPLATES, Part, Table, Template
from disclosure.records import Document, Report

Cells = dict[tuple[str, str, str], str]


@dataclass(frozen=True)
class MadeReport:
    """`cells` holds the printed text of every cell, "" for a blank one."""

    template: Template
    cells: Cells
    agency: str = "临江市医疗保障局"
    year: int = 2023

    @property
    def title(self) -> str:
        return f"{self.agency}{self.year}年政府信息公开工作年度报告"


def make_report(seed: int, template: str = "2021-30", blanks: float = 0.0) -> MadeReport:
    chance = random.Random(seed)
    form = TEMPLATES[template]
    cells: Cells = {}
    for part in form.proactive.parts:
        for item in part.items:
            for column in part.columns:
                cells["proactive", item.code, column.code] = _proactive(chance, column.code)
    cells |= _applications(chance, form)
    for item in form.disputes.parts[0].items:
        figures = [_count(chance) for _ in range(4)]
        for column, figure in zip(
            form.disputes.parts[0].columns, [*figures, sum(figures)], strict=True
        ):
            cells["disputes", item.code, column.code] = str(figure)
    for key in cells:
        if chance.random() < blanks:
            cells[key] = ""
    return MadeReport(form, cells, year=2023 if template == "2021-30" else 2019)


def _count(chance: random.Random) -> int:
    return chance.choice(
        (0, 0, 0, chance.randrange(10), chance.randrange(300), chance.randrange(20000))
    )


def _proactive(chance: random.Random, column: str) -> str:
    if column == "amount_10k_cny":
        return chance.choice(
            ("0", "12.5", "4068.208", str(Decimal(chance.randrange(10**9)) / 10**6))
        )
    figure = _count(chance)
    return str(-figure if column == "items_change" and figure and chance.random() < 0.5 else figure)


def _applications(chance: random.Random, form: Template) -> Cells:
    columns = [column.code for column in form.applications.parts[0].columns]
    items = form.applications.parts[0].items
    outcomes = [item.code for item in items if item.group not in ("flow", "total")]
    table: dict[str, list[int]] = {item.code: [0] * 7 for item in items}
    for position in range(6):
        for outcome in outcomes:
            table[outcome][position] = _count(chance) if chance.random() < 0.2 else 0
        table["processed_total"][position] = sum(table[each][position] for each in outcomes)
        table["carried_out"][position] = _count(chance) if chance.random() < 0.3 else 0
        inflow = table["processed_total"][position] + table["carried_out"][position]
        table["carried_in"][position] = chance.randrange(inflow + 1) if chance.random() < 0.3 else 0
        table["received_new"][position] = inflow - table["carried_in"][position]
    for row in table.values():
        row[6] = sum(row[:6])
    return {
        ("applications", item, column): str(figure)
        for item, row in table.items()
        for column, figure in zip(columns, row, strict=True)
    }


def as_document(body: str | bytes, name: str = "report") -> Document:
    data = body.encode() if isinstance(body, str) else body
    return Document("0" * 64, data, name)


# --- the form as rows of cells -------------------------------------------------------------------

Row = list[tuple[str, int, int]]  # text, rowspan, colspan


def proactive_rows(made: MadeReport) -> list[Row]:
    width = 1 + max(len(part.columns) for part in made.template.proactive.parts)
    rows: list[Row] = []
    for part in made.template.proactive.parts:
        rows.append([(part.clause, 1, width)])
        rows.append([("信息内容", 1, 1), *_spread([c.label for c in part.columns], width - 1)])
        for item in part.items:
            figures = _figures(made, made.template.proactive, item.code, part)
            rows.append([(item.label, 1, 1), *_spread(figures, width - 1)])
    return rows


def _spread(texts: list[str], width: int) -> Row:
    """Texts over a width, the last one spanning what is left, as the form prints it."""
    return [(text, 1, 1) for text in texts[:-1]] + [(texts[-1], 1, width - len(texts) + 1)]


def _figures(made: MadeReport, table: Table, item: str, part: Part) -> list[str]:
    return [made.cells[table.code, item, column.code] for column in part.columns]


def applications_header() -> list[Row]:
    return [
        [
            ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
            ("申请人情况", 1, 7),
        ],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [(each, 1, 1) for each in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]


def applications_rows(made: MadeReport) -> list[Row]:
    part = made.template.applications.parts[0]
    inner = [item for item in part.items if item.group != "flow"]
    rows: list[Row] = []
    seen: set[str] = set()
    for item in part.items:
        figures: Row = [
            (text, 1, 1) for text in _figures(made, made.template.applications, item.code, part)
        ]
        labels: Row = []
        if item is inner[0]:
            labels.append(("三、本年度办理结果", len(inner), 1))
        group = GROUP_LABELS.get(item.group)
        if item.group == "flow":
            labels = [(item.label, 1, 3)]
        elif group is None or item.code == "other_undifferentiated":
            labels.append((item.label, 1, 2))
        else:
            if item.group not in seen:
                labels.append((group, sum(each.group == item.group for each in inner), 1))
                seen.add(item.group)
            labels.append((item.label, 1, 1))
        rows.append(labels + figures)
    return rows


def disputes_header() -> list[Row]:
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*[(each, 2, 1) for each in results], ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [(each, 1, 1) for each in results * 2],
    ]


def disputes_rows(made: MadeReport) -> list[Row]:
    part = made.template.disputes.parts[0]
    return [
        [
            (text, 1, 1)
            for item in part.items
            for text in _figures(made, made.template.disputes, item.code, part)
        ]
    ]


def tables(made: MadeReport) -> tuple[list[Row], list[Row], list[Row]]:
    return (
        proactive_rows(made),
        applications_header() + applications_rows(made),
        disputes_header() + disputes_rows(made),
    )


HEADINGS = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)


def opening(made: MadeReport) -> list[str]:
    return [
        made.title,
        f"本报告中所列数据的统计期限自{made.year}年1月1日起至12月31日止。",
        "一、总体情况",
        f"{made.year}年，我局全年作出行政处罚212件，收到政府信息公开申请20件，其中予以公开3件。",
    ]


def closing(made: MadeReport) -> list[str]:
    return [
        "五、存在的主要问题及改进情况",
        "政策解读形式还有待丰富。",
        "六、其他需要报告的事项",
        "本年度未收取信息处理费。",
        made.agency,
        f"{made.year + 1}年1月20日",
    ]


def _around(made: MadeReport, middle: Iterable[tuple[str, str]], line: Callable[[str], str]) -> str:
    parts = [line(text) for text in opening(made)]
    for heading, body in middle:
        parts += [line(heading), body]
    return "".join([*parts, *(line(text) for text in closing(made))])


def lost(made: MadeReport, report: Report) -> int:
    """Cells without their number, all others being exactly what was printed."""
    wrong = [
        (cell, made.cells[cell[:3]])
        for cell in report.cells
        if cell.value is not None and cell.value != Decimal(made.cells[cell[:3]])
    ]
    assert wrong == []
    return sum(cell.value is None for cell in report.cells)


# --- HTML ----------------------------------------------------------------------------------------


def html_table(rows: Iterable[Row], cell: Callable[[str], str] = escape) -> str:
    return "<table border=1>" + "".join(html_row(row, cell) for row in rows) + "</table>"


def html_row(row: Row, cell: Callable[[str], str] = escape) -> str:
    cells = "".join(
        f"<td rowspan={rowspan} colspan={colspan}>{cell(text)}</td>"
        for text, rowspan, colspan in row
    )
    return f"<tr>{cells}</tr>"


def html_page(made: MadeReport, bodies: Iterable[str], charset: str = "utf-8") -> str:
    middle = _around(
        made, zip(HEADINGS, bodies, strict=True), lambda text: f"<p>{escape(text)}</p>"
    )
    return f"<html><head><meta charset={charset}><title>{made.title}</title></head><body>{middle}</body></html>"


def plain_html(made: MadeReport) -> str:
    return html_page(made, (html_table(rows) for rows in tables(made)))


def word_html(made: MadeReport) -> str:
    """As Word exports it: styles, nested spans, several paragraphs in a cell, &nbsp; for nothing."""

    def cell(text: str) -> str:
        inner = escape(text) or "&nbsp;"
        return f"<p class=MsoNormal align=center><span style='font-size:12pt'><font face=宋体>{inner}</font></span><o:p></o:p></p>"

    return html_page(made, (html_table(rows, cell) for rows in tables(made)))


def layout_table_html(made: MadeReport) -> str:
    menu = "<td><a href=/>首页</a><br><a href=/zwgk>政务公开</a></td>"
    inner = plain_html(made).split("<body>")[1].split("</body>")[0]
    return f"<html><body><table><tr>{menu}<td>{inner}</td></tr></table></body></html>"


def row_tables_html(made: MadeReport) -> str:
    """Each row its own little table."""
    return html_page(
        made, ("".join(html_table([row]) for row in rows) for rows in _flat_tables(made))
    )


def _flat_tables(made: MadeReport) -> list[list[Row]]:
    return [[[(text, 1, 1) for text, _, _ in row] for row in rows] for rows in tables(made)]


def split_html(made: MadeReport, after: int) -> str:
    """Table three in two, the header repeated, as at a page break."""
    first, third, fourth = tables(made)
    header, rows = third[:3], third[3:]
    head = [
        row if number else [("三、本年度办理结果", 1, 1), *row]
        for number, row in enumerate(rows[after:])
    ]
    both = html_table(header + rows[:after]) + "<p>3</p>" + html_table(header + head)
    return html_page(made, (html_table(first), both, html_table(fourth)))


# --- text ----------------------------------------------------------------------------------------


def _text(made: MadeReport, table: Callable[[list[Row]], str]) -> str:
    return _around(
        made,
        ((heading, table(rows)) for heading, rows in zip(HEADINGS, tables(made), strict=True)),
        lambda text: text + "\n",
    )


def piped_text(made: MadeReport) -> str:
    return _text(
        made, lambda rows: "".join(" | ".join(c[0] for c in row) + " | ||\n" for row in rows)
    )


def markdown(made: MadeReport) -> str:
    def table(rows: list[Row]) -> str:
        lines = ["| " + " | ".join(c[0] for c in row) + " |" for row in rows]
        return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]) + "\n\n"

    return _text(made, table)


def tabbed_text(made: MadeReport) -> str:
    return _text(made, lambda rows: "".join("\t".join(c[0] for c in row) + "\t\n" for row in rows))


def cell_line_text(made: MadeReport) -> str:
    """One cell a line, begun by a tab, a blank line after each row, as Word's text comes out."""
    return _text(
        made,
        lambda rows: "".join("".join(f"\t{c[0]}\n" for c in row) + "\n" for row in rows) + "\n",
    )


def bare_line_text(made: MadeReport) -> str:
    """One cell a line and nothing else: blank cells are lost."""
    return _text(
        made, lambda rows: "".join("".join(f"{c[0]}\n" for c in row) + "\n" for row in rows)
    )


def spaced_text(made: MadeReport) -> str:
    return _text(made, lambda rows: "".join(" ".join(c[0] for c in row) + "\n" for row in rows))


def run_together_text(made: MadeReport) -> str:
    return _text(made, lambda rows: "".join("".join(c[0] for c in row) for row in rows)).replace(
        "\n", ""
    )


LAYOUTS: dict[str, Callable[[MadeReport], str]] = {
    "plain_html": plain_html,
    "word_html": word_html,
    "layout_table_html": layout_table_html,
    "row_tables_html": row_tables_html,
    "piped_text": piped_text,
    "markdown": markdown,
    "tabbed_text": tabbed_text,
    "cell_line_text": cell_line_text,
    "bare_line_text": bare_line_text,
    "spaced_text": spaced_text,
    "run_together_text": run_together_text,
}
LOSSY = frozenset({"bare_line_text", "spaced_text", "run_together_text"})
"""Layouts that cannot print a blank cell."""
