"""Bytes that other programs had in their hands: encoded twice, or in four bytes a character."""

from __future__ import annotations

import pytest
from made_reports import as_document, lost, make_report, plain_html

from disclosure.parse.read import read_document


def test_text_encoded_twice() -> None:
    made = make_report(1)
    body = plain_html(made).encode().decode("latin-1").encode()
    report = read_document(as_document(body))
    assert (lost(made, report), report.agency) == (0, made.agency)


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le"])
def test_four_bytes_a_character(encoding: str) -> None:
    made = make_report(1)
    body = ("\ufeff" if encoding != "utf-32" else "") + plain_html(made)
    assert lost(made, read_document(as_document(body.encode(encoding)))) == 0
