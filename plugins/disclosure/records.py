"""Plain facts that cross a stage. Standard library only; nothing here does any work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

State = Literal["number", "blank", "not_applicable", "unreadable", "ambiguous", "absent"]
"""What a cell of the form turned out to be; defined in parse/figures.py and shown to analysts as `state`."""

Severity = Literal["error", "warning", "info"]
Status = Literal["pass", "fail", "not_assessable"]


# --- crawl ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency that publishes on a site, as its site file states it."""

    key: str  # 统一社会信用代码 when known, else <division code>-<kind>
    name: str  # full official name, Simplified Chinese
    kind: str | None = None  # e.g. 医疗保障局
    level: str | None = None  # province, prefecture, county, township
    region_code: str | None = None  # GB/T 2260, six digits
    region_name: str | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """Where a site lists its reports, and how to walk the list. What is None is as the family has it."""

    url: str  # the page that a person opens; {year} in it: one page for each year
    cms: str = "static"  # a family of crawl/families.py
    parameters: tuple[tuple[str, str], ...] = ()  # the facts that the family asks for, by name
    link: str | None = None  # CSS selector of the links to consider
    next: str | None = None  # how the following pages are addressed, see crawl/lists.py
    contains: str | None = None  # of a list that many agencies share: what the words of ours hold
    first_year: int = 2019  # of the pages for each year: the form in force begins with it
    max_pages: int = 20


@dataclass(frozen=True, slots=True)
class Tls:
    """What a site's connections are let off, which no other site's are."""

    reason: str  # why, for a reviewer
    ca_file: str | None = None  # PEM of an authority to trust as well, beside the site file
    fingerprint: str | None = (
        None  # SHA-256 (hex) of the one certificate to expect, whoever signed it
    )
    legacy_renegotiation: bool = False  # servers from before RFC 5746
    old_ciphers: bool = False  # TLS 1.0 and 1.1, short keys


@dataclass(frozen=True, slots=True)
class Site:
    """One publishing site: facts that a reviewer can check against the web page."""

    name: str
    agencies: tuple[Agency, ...]
    lists: tuple[ListPage, ...]
    hosts: tuple[str, ...] = ()  # further hosts of the agencies, to which the lists may link
    unofficial_host: str | None = None  # why a host outside .gov.cn is the agencies' own
    delay_seconds: float = 2.0
    look_again_days: int = 28  # how long a page that is not due is left; 0: every night
    tls: Tls | None = None
    private_network: str | None = None  # why its hosts are on this machine or in a network near it
    verified: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request and its answer, as kept for good. A row of raw.fetches."""

    run: str  # the night: the run's id
    site: str
    url: str  # as asked for
    fetched_at: datetime  # UTC
    taken_for: str  # robots, list, report, attachment
    status: int | None  # HTTP status; None when no answer came
    outcome: str  # stored, unchanged, refused_by_robots, failed, …: crawl/outcomes.py
    reason: str = ""  # for a person: why, when it is not plain
    final_url: str | None = None  # after redirects, when different
    title: str | None = None  # the text of the link that led here
    sha256: str | None = None  # of the body that this address has now (kept on 304)
    size: int | None = None  # bytes of the body
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    page: str | None = None  # of an attachment: the address of the page it belongs to
    looks_like: str | None = None  # the kind of the body by its bytes: crawl/sniff.py


# --- parse ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes to read, with what the sender said about them (hints, never believed against the bytes)."""

    sha256: str
    body: bytes
    name: str = ""  # file name or last part of the address
    content_type: str = ""  # as sent, may carry a charset


class GridCell(NamedTuple):
    """A cell of a printed table. Rows and columns count from 0 within the grid; spans are at least 1."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    place: str = ""  # leads a person to it; empty: the grid's place with row and column


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, heading or line of running text."""

    text: str
    place: str


@dataclass(frozen=True, slots=True, eq=False)  # one object each: compared and hashed by identity
class LineShape:
    """A line as far as a row of the form depends on it, made by parse/shapes.py: of each cell the kind of its text and
    its column, rowspan and colspan; its row before them where the line is of a grid whose columns are known."""

    texts: tuple[str, ...]
    spans: tuple[tuple[int, ...], ...]
    has_geometry: bool
    alone: int | None  # the one cell that is printed, where the others are blank
    comes_again: bool  # whether it is short enough for others to be the same


@dataclass(frozen=True, slots=True, eq=False)
class GridShape:
    """A grid whatever its figures: a shape for each row, and where a cell is the one printed in its row."""

    lines: tuple[LineShape, ...]
    alone: tuple[tuple[int, int], ...]  # row and position in it


@dataclass(frozen=True, slots=True)
class Grid:
    """A printed table: rows of cells in printed order. `has_geometry` is false where columns were lost
    (text, Markdown), so that a cell's position in its row is all there is."""

    rows: tuple[tuple[GridCell, ...], ...]
    place: str
    has_geometry: bool = True
    shape: GridShape | None = field(default=None, compare=False)  # once its texts are final


Block = Text | Grid


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a document shows beside its cells, as parse/facts.py names it. A row of staging.facts."""

    kind: str
    value: str
    where: str


class Statement(NamedTuple):
    """A figure that the prose states; parse/prose.py says which are read. A row of staging.prose."""

    metric: str  # requests_received, wechat_subscribers, …: parse/prose_patterns.py
    value: Decimal | None  # None where the sentence gives several figures at once
    lower_bound: Decimal | None  # None where the sentence gives none (近, 约, printed in 万)
    unit: str | None  # as printed
    qualifier: str  # exact, about, more_than, less_than, nearly, rounded, stated_none, undecided
    period_kind: str  # annual, cumulative, unmarked
    scope: str | None  # whose, as printed: an account, a site, a body; None: the agency's own
    sentence: str  # as printed
    source: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a carrier's reader makes of a document: its blocks in reading order, and what it says of itself."""

    blocks: tuple[Block, ...]
    format: str  # html, text, markdown, docx, doc, pdf, xlsx, xls
    metadata: dict[str, str] = field(default_factory=dict)  # e.g. HTML <title> and <meta name=…>
    issues: tuple[Issue, ...] = ()
    pictures: int = 0  # images met among the blocks
    facts: tuple[Fact, ...] = ()  # what the reader saw and the blocks no longer show
    text: str = ""  # of all blocks, once they are final


class Cell(NamedTuple):
    """One cell of the official form, as printed. `value` is None unless `state` is "number"."""

    table: str
    item: str
    column: str
    value: Decimal | None
    state: State
    printed: str | None  # None when absent
    source: str | None  # table, row and column, or line and column; None when absent
    resolved_by: str | None = None  # "identity": worked out from the form's sums, not read as such


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that could not be read, or was read with a reservation. Goes to mart.fct_issues and the digest."""

    kind: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of the form as it was met in the document, for the structure rules."""

    table: str
    item: str
    times: int  # how often it is printed within one copy of the body
    figures: int  # value cells printed in it, blank ones included


@dataclass(frozen=True, slots=True)
class Report:
    """One document, read. Every cell of its template appears once in `cells`, whatever its state."""

    document_sha256: str
    format: str
    parser_version: str
    template: str
    agency: str | None
    report_year: int | None
    title: str | None
    period_start: date | None
    period_end: date | None
    published_on: date | None
    signed_on: date | None
    cells: tuple[Cell, ...]
    rows: tuple[PrintedRow, ...]
    copies: dict[str, int]  # table → how often the document prints it (1 is right, 0 is missing)
    issues: tuple[Issue, ...]
    facts: tuple[Fact, ...] = ()
    prose: tuple[Statement, ...] = ()


READER_FAILED = "reader_failed"  # the one kind of Unreadable that is our own fault


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that did not become a report, and why: the other outcome of parse.

    `kind` is one of ReportError.KINDS, or READER_FAILED.
    """

    document_sha256: str
    format: str | None
    parser_version: str
    kind: str
    message: str


# --- quality -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """A rule that failed or could not be assessed for one subject of one report."""

    report_id: str
    rule: str
    subject: str  # a column, row or cell of the form
    status: Status
    severity: Severity
    lhs: Decimal | None
    rhs: Decimal | None


@dataclass(frozen=True, slots=True)
class Cause:
    """The fewest cells of a report whose change would satisfy failing sums. A suggestion is never a fact."""

    cause_id: str  # the same as long as report, cells, printed and suggested are
    report_id: str
    kind: str  # what may have gone wrong: total_left_zero, swapped, …; undecided, unexplained
    cells: tuple[str, ...]  # table.item.column
    printed: tuple[str, ...]
    suggested: tuple[str | None, ...]  # None: the numbers alone cannot decide
    explanation: str
    explanation_zh: str
    is_reading_suspect: bool  # look at our reading first
    outcomes: tuple[tuple[str, str], ...]  # rule and subject of what it explains
