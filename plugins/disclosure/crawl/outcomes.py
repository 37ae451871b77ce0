"""What can come of an address on one night. A fetch row has one of these, and nothing else.

What is done about it: `stored` bodies are read by the next build; the others leave things as they were, and the
digest counts those that are trouble.
"""

from __future__ import annotations

from typing import Literal, get_args

from disclosure.errors import FetchError

Outcome = Literal[
    "stored",  # a body that this address did not have before
    "unchanged",  # 304, or 200 with the body that is known
    "not_found",  # 404 or 410; not a report withdrawn, only a page that is not there tonight
    "no_reports",  # a list that was read to its end without finding a report: its last page has this
    "refused_by_robots",  # robots.txt forbids it; not requested
    "not_crawled",  # its host is left alone tonight (robots.txt or the host does not answer); not requested
    "off_site",  # redirected to a host that is not the site's; not followed
    "too_large",  # the body is longer than the limit; not kept
    "failed",  # no usable answer, after retries
]

OUTCOMES: tuple[str, ...] = get_args(Outcome)
WITH_BODY = ("stored", "unchanged")


class NotFetched(FetchError):
    """Raised when an address gives no answer that can be kept. Becomes a fetch row with `outcome`; the night goes on."""

    def __init__(self, outcome: Outcome, message: str, final_url: str | None = None) -> None:
        super().__init__(message)
        self.outcome: Outcome = outcome
        self.final_url = final_url
        self.status: int | None = None  # of the last answer on the way, if any came
