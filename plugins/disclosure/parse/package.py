"""How the parts of an office document (DOCX, XLSX) lead to each other, and pages of HTML kept in one as they are."""

from __future__ import annotations

from posixpath import dirname, join, normpath

from disclosure.errors import ReportError
from disclosure.parse.archive import web_page_of
from disclosure.parse.decode import decode
from disclosure.parse.html import read_html
from disclosure.parse.markup import attribute, parse_markup
from disclosure.records import Content
from disclosure.unzip import Unzipped

Relations = dict[str, tuple[str, str]]
"""Of a part: the relation's id → its kind and the part it leads to."""


def read_relations(parts: Unzipped, part: str) -> Relations:
    """Given a part's name, "" for the package itself, return what it leads to.

    Raises ReportError (damaged).
    """
    folder, _, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels".lstrip("/")
    if path not in parts:
        return {}
    found = {}
    for relation in parse_markup(parts.read(path), path):
        target = attribute(relation, "Target") or ""
        target = target.lstrip("/") if target.startswith("/") else join(dirname(part), target)
        kind = (attribute(relation, "Type") or "").rpartition("/")[2]
        found[attribute(relation, "Id") or ""] = (kind, normpath(target))
    return found


def main_part(parts: Unzipped, usual: str) -> str:
    """The part that the package says is its document; the usual one where it says none."""
    relations = read_relations(parts, "").values()
    return next((target for kind, target in relations if kind == "officeDocument"), usual)


def read_page_within(parts: Unzipped, name: str) -> Content:
    """Given the name of a part that is a page (HTML, or a single-file web page), return its content.

    Raises ReportError: damaged, undecodable, or unsupported_format where it is something else.
    """
    body, content_type = parts.read(name), ""
    if not name.lower().endswith((".htm", ".html", ".xhtml", ".mht", ".mhtml")):
        message = f"its text is in a part of another kind ({name}); save the document anew"
        raise ReportError("unsupported_format", message)
    if name.lower().endswith((".mht", ".mhtml")):
        body, content_type = web_page_of(body)
    return read_html(decode(body, content_type))
