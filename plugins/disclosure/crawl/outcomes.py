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
    "soft_not_found",  # 200, or a way to the home page, and words that say the page is not there
    "challenge",  # a test whether we are a browser (412, 521, a script, 安全验证), or a firewall's refusal
    "login",  # leads to a login, or asks for a password
    "redirect_loop",  # redirected in a circle, or without end
    "script_redirect",  # a script leads elsewhere, where only a browser could follow
    "no_reports",  # a list that was read to its end without finding a report: its last page has this
    "not_a_report",  # asked for on suspicion, or as the site file states it, and by its own words it is none
    "refused_by_robots",  # robots.txt forbids it; not requested
    "not_crawled",  # its host is left alone tonight (robots.txt or the host does not answer); not requested
    "asked_to_wait",  # 429 or 503 with a Retry-After longer than we wait; its host is left alone from here on
    "other_address",  # of a report that is asked for at a better one: `reason` says which; not requested
    "elsewhere",  # a report by its title, on a host that no list of the site stands on: a copy; not requested
    "off_site",  # redirected to a host that is not the site's; not followed
    "private_address",  # its name leads into this machine or a network near it; not connected to
    "not_trusted",  # the certificate or the handshake is not good, and the site file allows no exception
    "too_large",  # body or headers are longer than the limit; not kept
    "failed",  # no usable answer, after retries
]

OUTCOMES: tuple[str, ...] = get_args(Outcome)
WITH_BODY = ("stored", "unchanged")

NOT_REQUESTED = ("refused_by_robots", "not_crawled", "other_address", "elsewhere")

REFUSALS = ("failed", "challenge", "not_trusted")
"""What counts against a host: after some of them in a row it is left alone."""

UNSETTLED = (*REFUSALS, "not_crawled", "asked_to_wait")
"""What says nothing of the address itself: it is asked for again the next night."""


class NotFetched(FetchError):
    """Raised when an address gives no answer that can be kept. Becomes a fetch row with `outcome`; the night goes on."""

    def __init__(self, outcome: Outcome, message: str, final_url: str | None = None) -> None:
        super().__init__(message)
        self.outcome: Outcome = outcome
        self.final_url = final_url
        self.status: int | None = None  # of the last answer on the way, if any came
