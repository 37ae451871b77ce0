"""One document out of a container: the only report in a zip, the page in a single-file web page (MHTML)."""

from __future__ import annotations

from email import message_from_bytes
from email.errors import MessageError
from email.message import Message

from disclosure.errors import ReportError
from disclosure.records import Document
from disclosure.unzip import Unzipped

_DOCUMENTS = (
    *(".docx", ".doc", ".wps", ".rtf", ".odt", ".pdf", ".xlsx", ".xls", ".et", ".ods"),
    *(".html", ".htm", ".mht", ".mhtml", ".txt", ".md"),
)
_NOT_CONTENT = ("__MACOSX/", "~$", ".", "Thumbs.db")
_MOST_NAMED = 8


def only_document(archive: Document) -> Document:
    """Given a zip, return the one document in it, under the zip's own SHA-256.

    Raises ReportError: unsupported_format where it holds none or several.
    """
    parts = Unzipped(archive.body)
    names = [name for name in parts.names if _is_document(name)]
    if len(names) != 1:
        raise ReportError("unsupported_format", _which(names))
    return Document(archive.sha256, parts.read(names[0]), names[0])


def _is_document(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    if name.startswith(_NOT_CONTENT) or last.startswith(_NOT_CONTENT):
        return False
    return last.lower().endswith(_DOCUMENTS)


def _which(names: list[str]) -> str:
    if not names:
        return "a zip without a document in it; give the document itself"
    shown = ", ".join(names[:_MOST_NAMED])
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"a zip with {len(names)} documents ({shown}{more}); give the one that is the report"


def web_page_of(body: bytes) -> tuple[bytes, str]:
    """Given an MHTML file, return its page's bytes and their content type.

    Raises ReportError (damaged).
    """
    try:
        pages = [part for part in message_from_bytes(body).walk() if _is_page(part)]
        page = pages[0].get_payload(decode=True) if pages else None
        content_type = str(pages[0].get("Content-Type", "")) if pages else ""
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise ReportError("damaged", "the single-file web page cannot be taken apart") from error
    if not isinstance(page, bytes) or not page.strip():
        raise ReportError("damaged", "the single-file web page has no page in it; save it anew")
    return page, content_type


def _is_page(part: Message) -> bool:
    return part.get_content_type() == "text/html"
