"""A Word document (DOCX) becomes blocks: paragraphs and tables in reading order, with the columns and merges it states.

A row with a table in one of its cells is layout: its cells' blocks are read in order. Headers, footers, notes and
comments stand in parts of their own, which are not opened. Tracked deletions are left out, insertions count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import dirname

from disclosure.errors import ReportError
from disclosure.parse.markup import Element, attribute, child, local, parse_markup
from disclosure.parse.package import main_part, read_page_within, read_relations
from disclosure.parse.word_line import PLAIN, Look, Styles, chosen, is_on, read_line, read_look
from disclosure.parse.word_table import Slot, read_slots
from disclosure.records import Block, Content, Grid, GridCell, Issue, Text
from disclosure.unzip import Unzipped

_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "Choice"})
_SPACES = re.compile(r"[ \t\r\n]+")
_DEEPEST = 40  # tables within tables, styles based on styles; beyond, it is an attack
MOST_CELLS = 200_000


def read_word(parts: Unzipped) -> Content:
    """Given a DOCX's parts, return its blocks and how many pictures it shows.

    Raises ReportError (damaged).
    """
    name = main_part(parts, "word/document.xml")
    root = parse_markup(parts.read(name), name)
    body = child(root, "body")
    if body is None:
        raise ReportError("damaged", f"the part {name} has no body; save the document anew")
    walk = _Walk(_styles(parts, name), parts, name)
    blocks = tuple(walk.blocks(body, "", 0))
    metadata = _metadata(parts)
    return Content(blocks, "docx", metadata, tuple(walk.issues), walk.pictures)


def _styles(parts: Unzipped, main: str) -> Styles:
    name = f"{dirname(main)}/styles.xml"
    if name not in parts:
        return {}
    own: dict[str, tuple[Look, str]] = {}  # style → its own look, the style that it is based on
    for style in parse_markup(parts.read(name), name):
        base = child(style, "basedOn")
        based_on = (attribute(base, "val") or "") if base is not None else ""
        own[attribute(style, "styleId") or ""] = read_look(child(style, "rPr")), based_on
    return {identity: _whole_look(identity, own) for identity in own}


def _whole_look(identity: str, own: dict[str, tuple[Look, str]]) -> Look:
    look = PLAIN
    seen: set[str] = set()
    while identity in own and identity not in seen and len(seen) < _DEEPEST:
        seen.add(identity)
        of_style, identity = own[identity]
        look = look.over(of_style)
    return look


def _metadata(parts: Unzipped) -> dict[str, str]:
    """The title that the file states, where it names a report: most state what the file was copied from."""
    name = "docProps/core.xml"
    if name not in parts:
        return {}
    title = child(parse_markup(parts.read(name), name), "title")
    text = (title.text or "").strip() if title is not None else ""
    return {"title": text} if "信息公开" in text else {}


@dataclass(slots=True)
class _Walk:
    styles: Styles
    parts: Unzipped
    name: str  # of the part that is read
    pictures: int = 0
    tables: int = 0
    cells: int = 0
    issues: list[Issue] = field(default_factory=list)

    def blocks(self, container: Element, at: str, depth: int) -> Iterator[Block]:
        """The blocks of a body, cell or text box. `at` is where it stands, "" for the body."""
        if depth > _DEEPEST:
            raise ReportError("damaged", "tables are nested deeper than in any document")
        number, waiting = 0, ""
        for element in _members(container, frozenset({"p", "tbl", "altChunk"})):
            if local(element) == "tbl":
                yield from self.table(element, depth)
                continue
            if local(element) == "altChunk":
                yield from self.page(element)
                continue
            number += 1
            place = f"{at}, paragraph {number}" if at else f"paragraph {number}"
            line = read_line(element, self.styles)
            self.pictures += line.pictures
            text = waiting + line.text
            waiting = text if _goes_on(element) else ""
            if not waiting:
                yield from _lines(text, place)
            for box in line.boxes:
                yield from self.blocks(box, f"{place}, text box", depth + 1)
        yield from _lines(waiting, at or "end")

    def page(self, chunk: Element) -> Iterator[Block]:
        """What some systems export instead of paragraphs: a page of HTML, kept as a part of its own."""
        relation = read_relations(self.parts, self.name).get(attribute(chunk, "id") or "")
        if relation is None:
            raise ReportError("damaged", "a part of its text is missing; save the document anew")
        content = read_page_within(self.parts, relation[1])
        self.pictures += content.pictures
        yield from content.blocks

    def table(self, table: Element, depth: int) -> Iterator[Block]:
        self.tables += 1
        place = f"table {self.tables}"
        rows = list(_members(table, frozenset({"tr"})))
        printed = [row for row in rows if not self._is_left_out(row, place)]
        ready: list[tuple[GridCell, ...]] = []
        for number, slots in enumerate(read_slots(printed)):
            inner = [(slot, self._in_cell(slot, place, number, depth)) for slot in slots]
            self.cells += len(slots)
            if self.cells > MOST_CELLS:
                raise ReportError("damaged", f"more than {MOST_CELLS} cells; no report has as many")
            if any(_is_table(block) for _, blocks in inner for block in blocks):
                yield from _grid(ready, place)
                ready = []
                for _, blocks in inner:
                    yield from blocks
            else:
                row = len(ready)
                ready.append(
                    tuple(_cell(slot, blocks, place, number, row) for slot, blocks in inner)
                )
        yield from _grid(ready, place)

    def _in_cell(self, slot: Slot, place: str, number: int, depth: int) -> list[Block]:
        at = f"{place}, row {number + 1}, column {slot.column + 1}"
        return list(self.blocks(slot.element, at, depth + 1))

    def _is_left_out(self, row: Element, place: str) -> bool:
        """Whether a row was deleted by a tracked change, or is hidden."""
        properties = child(row, "trPr")
        if properties is None:
            return False
        if is_on(properties, "hidden"):
            self.issues.append(Issue("hidden_row", place, "a hidden row is left out"))
            return True
        return child(properties, "del") is not None


def _members(container: Element, wanted: frozenset[str]) -> Iterator[Element]:
    """The wanted elements directly in a container, or in what merely wraps them."""
    stack = list(reversed(container))
    while stack:
        element = stack.pop()
        tag = local(element)
        if tag in wanted:
            yield element
        elif tag == "AlternateContent":
            stack.extend(chosen(element))
        elif tag in _WRAPPERS:
            stack.extend(reversed(element))


def _goes_on(paragraph: Element) -> bool:
    """Whether the paragraph's end was deleted by a tracked change, so that the next one continues its line."""
    return child(paragraph, "pPr", "rPr", "del") is not None


def _lines(text: str, place: str) -> Iterator[Text]:
    for line in text.split("\n"):
        shown = _SPACES.sub(" ", line).strip()
        if shown:
            yield Text(shown, place)


def _is_table(block: Block) -> bool:
    """Whether a block in a cell makes its row layout: a table of one cell is only a frame around a text."""
    return isinstance(block, Grid) and sum(len(row) for row in block.rows) > 1


def _cell(slot: Slot, blocks: list[Block], place: str, number: int, row: int) -> GridCell:
    lines: list[str] = []
    for block in blocks:
        lines += (
            [block.text]
            if isinstance(block, Text)
            else [cell.text for inner in block.rows for cell in inner if cell.text]
        )
    return GridCell(
        "\n".join(lines),
        row,
        slot.column,
        slot.rowspan,
        slot.colspan,
        f"{place}, row {number + 1}, column {slot.column + 1}",
    )


def _grid(rows: list[tuple[GridCell, ...]], place: str) -> Iterator[Grid]:
    if rows:
        yield Grid(tuple(rows), place)
