"""One address of one site, asked for at most once a night: what is known goes out with the request, a body that came
is kept in the object store, and the fetch is written down."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from disclosure.crawl.client import Answer, Client, Gate
from disclosure.crawl.clock import Clock
from disclosure.crawl.outcomes import NotFetched
from disclosure.ledger import NightLog
from disclosure.records import Fetch
from disclosure.store import ObjectStore

TakenFor = Literal["robots", "list", "report", "attachment"]


@dataclass(slots=True)
class SiteDesk:
    """Where a site's addresses are asked for. `known` is from earlier nights, `done` from this one."""

    site: str
    run: str
    client: Client
    store: ObjectStore
    log: NightLog
    known: dict[str, Fetch]
    clock: Clock = field(default_factory=Clock)
    done: dict[str, Fetch] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.done = self.log.done()

    def ask(
        self,
        url: str,
        taken_for: TakenFor,
        gate: Gate,
        title: str | None = None,
        page: str | None = None,
    ) -> Fetch:
        """Ask for an address that `gate` lets pass, and keep its body. The fetch is not written down yet: `record` it.

        What this night has asked before is not asked again.
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
        try:
            answer = self.client.get(
                url,
                etag=known.etag if known else None,
                last_modified=known.last_modified if known else None,
                gate=gate,
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

    def record(self, fetch: Fetch) -> Fetch:
        """Write a fetch down, once a night."""
        if fetch.url not in self.done:
            self.log.append(fetch)
            self.done[fetch.url] = fetch
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
        content_type=known.content_type,
        etag=answer.etag or known.etag,
        last_modified=answer.last_modified or known.last_modified,
    )
