"""One address of one site, asked for at most once a night: what is known goes out with the request, a body that came
is kept in the object store, and the fetch is written down."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from disclosure.crawl.client import Answer, Client, Gate
from disclosure.crawl.clock import Clock
from disclosure.crawl.impostors import LOOKED_AT_BYTES, Page, challenge_sign, check_hop, examine
from disclosure.crawl.outcomes import NotFetched, Outcome
from disclosure.crawl.sniff import sniff
from disclosure.ledger import NightLog
from disclosure.records import Fetch
from disclosure.store import ObjectStore

TakenFor = Literal["robots", "list", "report", "attachment"]

# 412 and 521 are what the usual protections of these sites answer before their script has run.
_CHALLENGES = (412, 521)
_SCRIPT = re.compile(rb"<script\b", re.IGNORECASE)


@dataclass(slots=True)
class SiteDesk:
    """Where a site's addresses are asked for. `known` is from earlier nights, `done` from this one; `heard` is told of
    every fetch that is written down."""

    site: str
    run: str
    client: Client
    store: ObjectStore
    log: NightLog
    known: dict[str, Fetch]
    clock: Clock = field(default_factory=Clock)
    done: dict[str, Fetch] = field(default_factory=dict)
    heard: Callable[[Fetch], None] | None = None

    def __post_init__(self) -> None:
        self.done = self.log.done()

    def ask(
        self,
        url: str,
        taken_for: TakenFor,
        gate: Gate,
        title: str | None = None,
        page: str | None = None,
        as_form: bool = False,
    ) -> Fetch:
        """Ask for an address that `gate` lets pass, and keep its body. The fetch is not written down yet: `record` it.

        What this night has asked before is not asked again. `as_form` sends the address's query as a form.
        """
        if url in self.done:
            return self.done[url]
        fetch = Fetch(
            run=self.run,
            site=self.site,
            url=url,
            fetched_at=self.clock.now(),
            taken_for=taken_for,
            status=None,
            outcome="failed",
            title=title,
            page=page,
        )
        known = self._known_body(url)
        is_page = taken_for != "robots"  # whatever is at that address are rules, or none
        try:
            answer = self.client.get(
                url,
                etag=known.etag if known else None,
                last_modified=known.last_modified if known else None,
                gate=partial(_check_hop, gate, url) if is_page else gate,
                read=partial(_read, url, taken_for) if is_page else None,
                as_form=as_form,
                known_at=known.final_url if known else None,
            )
        except NotFetched as trouble:
            elsewhere = trouble.final_url if trouble.final_url != url else None
            return replace(
                fetch,
                status=trouble.status,
                outcome=trouble.outcome,
                reason=str(trouble),
                final_url=elsewhere,
            )
        return self._keep(fetch, answer, known)

    def unasked(self, url: str, outcome: Outcome, reason: str, title: str) -> Fetch:
        """What is to be written down of a report's address that is not asked for."""
        now = self.clock.now()
        return Fetch(self.run, self.site, url, now, "report", None, outcome, reason, title=title)

    def record(self, fetch: Fetch) -> Fetch:
        """Write a fetch down, once a night."""
        if fetch.url not in self.done:
            self.log.append(fetch)
            self.done[fetch.url] = fetch
            if self.heard is not None:
                self.heard(fetch)
        return fetch

    def body(self, fetch: Fetch) -> bytes:
        """The body of a fetch that has one."""
        assert fetch.sha256 is not None, fetch
        return self.store.get(fetch.sha256)

    def _known_body(self, url: str) -> Fetch | None:
        """What is known of an address, if its body is still at hand: without it a 304 would leave us with nothing."""
        known = self.known.get(url)
        if known is None or known.sha256 is None or not self.store.has(known.sha256):
            return None
        return known

    def _keep(self, fetch: Fetch, answer: Answer, known: Fetch | None) -> Fetch:
        """The fetch with what came of it. An empty body is a body only of robots.txt, where it means no rules."""
        elsewhere = answer.url if answer.url != fetch.url else None
        fetch = replace(fetch, status=answer.status, final_url=elsewhere)
        if answer.status == 304 and known is not None:
            return _unchanged(fetch, answer, known)
        if answer.status == 200 and (answer.body or fetch.taken_for == "robots"):
            return self._stored(fetch, answer, known)
        if answer.status in (404, 410):
            return replace(fetch, outcome="not_found", reason=f"answered {answer.status}")
        reason = "answered 200 with an empty body" if answer.status == 200 else None
        return replace(fetch, outcome="failed", reason=reason or f"answered {answer.status}")

    def _stored(self, fetch: Fetch, answer: Answer, known: Fetch | None) -> Fetch:
        sha256 = self.store.put(answer.body)
        is_new = known is None or known.sha256 != sha256
        if known is None:
            reason = "first body of this address"
        else:
            reason = "another body than before" if is_new else "the same body again"
        return replace(
            fetch,
            outcome="stored" if is_new else "unchanged",
            reason=reason,
            sha256=sha256,
            size=len(answer.body),
            looks_like=sniff(answer.body),
            content_type=answer.content_type,
            etag=answer.etag,
            last_modified=answer.last_modified,
        )


def _unchanged(fetch: Fetch, answer: Answer, known: Fetch) -> Fetch:
    return replace(
        fetch,
        outcome="unchanged",
        reason="answered 304",
        sha256=known.sha256,
        size=known.size,
        looks_like=known.looks_like,
        content_type=known.content_type,
        etag=answer.etag or known.etag,
        last_modified=answer.last_modified or known.last_modified,
    )


def _check_hop(gate: Gate, asked: str, url: str) -> None:
    if url != asked:
        check_hop(url, asked)
    gate(url)


def _read(asked: str, taken_for: TakenFor, answer: Answer) -> str | None:
    """Where a page leads on to. Raises NotFetched for one that is not what was asked for, whatever its status."""
    if answer.status == 200:
        return examine(answer.body, answer.url, asked, is_list=taken_for == "list")
    if answer.status in (304, 404, 410):
        return None
    if answer.status == 401:
        raise NotFetched("login", "answered 401: it asks for a password", answer.url)
    if answer.status == 202 and _SCRIPT.search(answer.body):
        raise NotFetched("challenge", "answered 202 with a script", answer.url)
    sign = challenge_sign(Page(answer.body[:LOOKED_AT_BYTES]))
    if answer.status in _CHALLENGES or sign:
        raise NotFetched("challenge", f"answered {answer.status}: {sign or 'a test'}", answer.url)
    return None
