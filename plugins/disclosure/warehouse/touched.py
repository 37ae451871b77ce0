"""Which addresses a load looks at anew. What an address shows and claims depends on nothing but its fetches, the documents
that it showed, what lists say of its page, and the registry: while these stay, so do its sightings, readings and claims.
"""

from __future__ import annotations

from disclosure.warehouse.connect import Connection, scalar

REGISTRY = """
select concat_ws(
    ' ',
    (select sum(hash(agencies)::hugeint) from raw.agencies),
    (select sum(hash(regions)::hugeint) from raw.regions),
    (select sum(hash(credit_codes)::hugeint) from raw.credit_codes where is_valid)
)
"""

TOUCHED = """
create or replace temp table touched_reports (report_id varchar not null);

create or replace temp table touched as
with nights as (
    select nights.night, before.night is not null as is_resumed
    from raw.nights as nights
    left join staging.nights as before using (night)
    where before.fetches is distinct from nights.fetches
),

answers as (
    select fetches.url, fetches.fetched_at, fetches.sha256, nights.is_resumed
    from raw.fetches as fetches
    join nights on nights.night = fetches.run
    where fetches.taken_for in ('report', 'attachment') and fetches.sha256 is not null
),

-- Most addresses show what they showed when they were seen last: nothing follows from that.
shown_anew as (
    select answers.url
    from answers
    left join staging.sightings as last on last.url = answers.url and last.is_current
    where answers.is_resumed
        or last.document_sha256 is distinct from answers.sha256
        or answers.fetched_at < last.seen_at
),

retitled as (
    (from raw.list_titles except from staging.list_titles)
    union
    (from staging.list_titles except from raw.list_titles)
)

select url from shown_anew
union
select url from staging.sightings semi join incoming using (document_sha256)
union
select seen.url
from staging.sightings as seen
semi join retitled on retitled.site = seen.site and retitled.page_url = coalesce(seen.page_url, seen.url)
union
select url from raw.fetches where taken_for in ('report', 'attachment') and sha256 is not null and $everything;
"""

REMEMBERED = """
delete from staging.drawn_from;
insert into staging.drawn_from values ($registry);
delete from staging.nights;
insert into staging.nights from raw.nights;
delete from staging.list_titles;
insert into staging.list_titles from raw.list_titles;
"""


def find_touched(connection: Connection) -> None:
    """Fill the temporary table touched with the addresses to look at anew: all of them when the registry has changed.

    The scripts fill touched_reports, with the reports that these addresses claimed before or claim now.
    """
    before = scalar(connection, "select registry from staging.drawn_from")
    _run(connection, TOUCHED, everything=before != scalar(connection, REGISTRY))


def remember_drawn(connection: Connection) -> None:
    """Note what everything is drawn from now."""
    _run(connection, REMEMBERED, registry=scalar(connection, REGISTRY))


def _run(connection: Connection, script: str, **parameters: object) -> None:
    for statement in connection.extract_statements(script):
        used = {name: value for name, value in parameters.items() if f"${name}" in statement.query}
        connection.execute(statement, used)
