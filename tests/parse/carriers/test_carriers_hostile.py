"""Broken, locked and hostile files: always a ReportError that says what to do, never anything else, never for long."""

from __future__ import annotations

import random
import struct
import time
import zipfile
from io import BytesIO

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from made_pdf import Sheet, form_pdf, pdf
from made_sheet import number, words, workbook
from made_word import cell, package, paragraph, row, table, word_report

from disclosure.errors import ReportError
from disclosure.parse import pdf_drawn, pdf_page, pdf_sight
from disclosure.parse.formats import recognise
from disclosure.reading import read_any
from parse.made_reports import as_document, make_report, plain_html

LONGEST_SECONDS = 10.0


def kind_of(body: bytes) -> str:
    """The kind of error that a document makes, "" where it is read; anything but a ReportError fails the test."""
    began = time.perf_counter()
    try:
        read_any(as_document(body))
    except ReportError as error:
        assert error.message
        return error.kind
    finally:
        assert time.perf_counter() - began < LONGEST_SECONDS
    return ""


def zipped(entries: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in entries.items():
            made.writestr(name, body)
    return packed.getvalue()


@pytest.fixture(scope="module")
def whole(office) -> dict[str, bytes]:
    made = make_report(1)
    docx = word_report(made)
    sheet = office({"a.html": plain_html(made).encode()}, "xlsx:Calc MS Excel 2007 XML")["a"]
    return {
        "docx": docx,
        "pdf": office({"a.docx": docx}, "pdf")["a"],
        "xlsx": sheet,
        "xls": office({"a.xlsx": sheet}, "xls:MS Excel 97")["a"],
    }


@pytest.mark.parametrize("tenth", range(1, 10))
@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx", "xls"])
def test_cut_off(kind, tenth, whole):
    body = whole[kind]
    assert kind_of(body[: len(body) * tenth // 10]) in (
        "damaged",
        "not_a_report",
        "unsupported_format",
    )


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx", "xls"])
def test_a_byte_changed_here_and_there(kind, whole):
    chance = random.Random(kind)
    for _ in range(60):
        body = bytearray(whole[kind])
        for _ in range(chance.choice((1, 3, 30))):
            body[chance.randrange(len(body))] = chance.randrange(256)
        kind_of(bytes(body))


SIGNATURES = (
    b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x89PNG\r\n", b"\xff\xd8\xff",
)  # fmt: skip


@pytest.mark.parametrize("signature", SIGNATURES)
def test_noise_behind_a_signature(signature):
    noise = random.Random(1).randbytes(20_000)
    assert kind_of(signature + noise) in ("damaged", "tables_are_images", "unsupported_format")


@pytest.mark.parametrize("body", [b"\x89PNG\r\n\x1a\n0", b"\xff\xd8\xff\xe0JFIF", b"GIF89a"])
def test_a_picture_says_so(body):
    assert kind_of(body) == "tables_are_images"


# --- bombs ---------------------------------------------------------------------------------------


def test_a_pdf_without_end(monkeypatch):
    monkeypatch.setattr(pdf_page, "MOST_CHARACTERS", 1_000)
    with pytest.raises(ReportError, match="more than 1000 characters"):
        read_any(as_document(form_pdf(make_report(1))))


def _with_objects(tmp_path, count: int) -> bytes:
    """A report's first page with a picture of 100 pixels, and a page of its own as a drawing, several times."""
    document = pypdfium2.PdfDocument(form_pdf(make_report(1)))
    page, other = document[0], pypdfium2.PdfDocument(pdf([Sheet()]))
    drawing = pdfium.FPDF_NewXObjectFromPage(document, other, 0)
    for _ in range(count):
        pdfium.FPDFPage_InsertObject(page, pdfium.FPDF_NewFormObjectFromXObject(drawing))
    picture = pypdfium2.PdfImage.new(document)
    picture.set_bitmap(pypdfium2.PdfBitmap.new_native(10, 10, pdfium.FPDFBitmap_BGR))
    page.insert_obj(picture)
    page.gen_content()
    document.save(tmp_path / "made.pdf")
    return (tmp_path / "made.pdf").read_bytes()


def test_pictures_that_take_too_long_to_draw(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf_sight, "MOST_PICTURED", 99)
    with pytest.raises(ReportError, match="pictures have"):
        read_any(as_document(_with_objects(tmp_path, 0)))


def test_drawings_without_number(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf_drawn, "_MOST_DRAWINGS", 3)
    with pytest.raises(ReportError, match="more than 3 drawings"):
        read_any(as_document(_with_objects(tmp_path, 4)))


def test_a_page_of_nothing_but_lines():
    sheet = Sheet()
    for at in range(800):
        sheet.line(10 + at * 0.7, 10, 10 + at * 0.7, 830)
        sheet.line(10, 10 + at, 580, 10 + at)
    sheet.text("行政许可 12", 300, 400)
    assert kind_of(pdf([sheet])) == "not_a_report"


def test_a_part_that_unpacks_too_large():
    parts = {"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a>" + b" " * 200_000_000}
    assert kind_of(zipped(parts)) == "unsupported_format"


def test_a_zip_of_too_many_parts():
    with pytest.raises(ReportError, match="6000 parts"):
        read_any(as_document(zipped({f"word/{n}": b"" for n in range(6_000)})))


def test_entities_are_not_followed():
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "哈"}">' for n in range(12))
    document = f"<!DOCTYPE x [{laughs}<!ENTITY f SYSTEM 'file:///etc/passwd'>]><w:document xmlns:w='w'><w:body><w:p><w:r><w:t>&a11;&f;</w:t></w:r></w:p></w:body></w:document>"
    parts = {"[Content_Types].xml": b"<a/>", "word/document.xml": document.encode()}
    assert kind_of(zipped(parts)) in ("empty", "damaged")


def test_tables_nested_without_end():
    nested = paragraph("1")
    for _ in range(60):
        nested = table([row([cell(nested), cell(paragraph("2"))])])
    assert kind_of(package(nested)) in ("damaged", "not_a_report")


def test_a_cell_at_the_far_corner():
    rows = f'<row r="1">{words("A1", "行政许可")}</row><row r="1048576">{number("XFD1048576", "1")}</row>'
    assert kind_of(workbook(rows)) == "not_a_report"


def test_a_merge_over_everything():
    rows = f'<row r="1">{words("A1", "行政许可")}{number("B1", "1")}</row>'
    merge = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert kind_of(workbook(rows, after=merge)) == "not_a_report"


# --- locked --------------------------------------------------------------------------------------


def compound(*streams: str) -> bytes:
    """A compound file's header and directory, naming the streams."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0").ljust(128, b"\0") for name in streams
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries.ljust(512, b"\0")


def test_a_locked_document_says_so():
    assert kind_of(compound("Root Entry", "EncryptedPackage")) == "encrypted"


def test_a_locked_old_document_says_so():
    word = compound("Root Entry", "WordDocument") + b"\xec\xa5\xc1\0".ljust(10, b"\0")
    assert kind_of(word + struct.pack("<H", 0x0100) + bytes(500)) == "encrypted"


def test_a_locked_zip_says_so():
    body = bytearray(zipped({"report.html": plain_html(make_report(1)).encode()}))
    body[6] |= 1  # both headers of the part say that it is encrypted
    body[body.rindex(b"PK\x01\x02") + 8] |= 1
    assert kind_of(bytes(body)) == "encrypted"


# --- containers ----------------------------------------------------------------------------------


def test_the_only_document_in_a_zip_is_read():
    page = plain_html(make_report(2)).encode()
    body = zipped({"__MACOSX/._a.html": b"x", "附件/a.html": page, "readme.png": b"x"})
    assert kind_of(body) == ""


def test_several_documents_in_a_zip_are_named():
    with pytest.raises(ReportError, match=r"2 documents \(年报\.docx, 附表\.xlsx\)"):
        read_any(as_document(zipped({"年报.docx": b"1", "附表.xlsx": b"2"})))


def test_a_zip_within_a_zip_is_not_opened():
    inner = zipped({"a.html": b"x"})
    assert kind_of(zipped({"a.docx": inner})) == "unsupported_format"


def test_a_single_file_web_page_is_read():
    page = plain_html(make_report(3))
    body = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        f"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{page}\r\n--x--\r\n"
    ).encode()
    assert recognise(body) == "mhtml"
    assert kind_of(body) == ""


def test_a_page_under_another_name_is_read_by_its_bytes():
    body = plain_html(make_report(4)).encode()
    assert read_any(as_document(body)).format == "html"
