"""XML parts of office documents. The only door to lxml within parse: no entities, no network, bounded depth and size."""

from __future__ import annotations

from typing import Any

from lxml import etree

from disclosure.errors import ReportError

Element = Any  # lxml has no types of its own


def parse_markup(body: bytes, name: str) -> Element:
    """Given an XML part's bytes, return its root element.

    Raises ReportError (damaged). lxml's own bounds (256 levels, 10 MB a text) stay on.
    """
    # A parser is not shared: it keeps the state of the document that broke it.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = f"the part {name} is no well-formed XML; save the file anew"
        raise ReportError("damaged", message) from error
    if root is None:
        raise ReportError("damaged", f"the part {name} is empty; save the file anew")
    return root


def local(element: Element) -> str:
    """An element's name without its namespace; "" for an entity that was left unresolved."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute's value, whatever its namespace: strict and transitional documents differ in it."""
    return next(
        (value for key, value in element.items() if key.rpartition("}")[2] == name),
        None,
    )


def child(element: Element, *path: str) -> Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        element = next((each for each in element if local(each) == name), None)
        if element is None:
            return None
    return element
