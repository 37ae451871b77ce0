"""Documents on which our own reader failed: the engineers hear of them at once, since nobody else can mend them."""

from __future__ import annotations

from email.message import EmailMessage

from disclosure.alerts.engineers import write_to_engineers
from disclosure.records import READER_FAILED
from disclosure.settings import Settings
from disclosure.warehouse.connect import open_work

NAMED = 20  # documents that the mail names


def write_failed_reading(count: int, settings: Settings, run: str) -> EmailMessage:
    """Given how many were met now, return the mail; it names all that wait for a better reader."""
    with open_work(settings) as connection:
        waiting = connection.execute(WAITING, [READER_FAILED]).fetchall()
    documents = "1 document" if count == 1 else f"{count} documents"
    lines = [
        f"Our reader failed on {documents} of this run. What it cannot read is set aside; every other report goes on.",
        "Documents that wait for the reader to be mended:",
        "",
        *(f"  {sha256}  {url}\n    {message}" for sha256, url, message in waiting[:NAMED]),
        *([f"  … and {len(waiting) - NAMED} more"] if len(waiting) > NAMED else []),
        "",
        f"Their bytes are in {settings.objects}; try one with: ./disclosure parse FILE",
        "Mend the reader and raise PARSER_VERSION: the next run reads them again.",
    ]
    return write_to_engineers(f"READER FAILED: {documents} · {run}", lines, settings)


WAITING = """
select documents.document_sha256, coalesce(min(fetches.url), ''), documents.unread_message
from staging.documents as documents
left join raw.fetches as fetches on fetches.sha256 = documents.document_sha256
where documents.unread_kind = ?
group by all
order by 2, 1
"""
