-- one row per address and change of the document that it shows
create table if not exists staging.sightings (
    site varchar not null,
    url varchar not null,
    page_url varchar, -- the page that links to the document; null when the document is the page
    seen_at timestamp not null,
    document_sha256 varchar not null,
    is_current boolean not null -- no other document was shown there since
);

delete from staging.sightings where url in (select url from touched);

insert into staging.sightings by name
with answers as (
    -- A page that vanished says nothing of the report: only answers with a body count.
    select site, url, page as page_url, fetched_at as seen_at, sha256 as document_sha256
    from raw.fetches
    semi join touched using (url)
    where taken_for in ('report', 'attachment') and sha256 is not null
),

compared as (
    select
        *,
        lag(document_sha256) over address as shown_before
    from answers
    window address as (partition by url order by seen_at, document_sha256)
),

changes as (
    select site, url, page_url, seen_at, document_sha256
    from compared
    where shown_before is distinct from document_sha256
)

select
    *,
    row_number() over (partition by url order by seen_at desc, document_sha256 desc) = 1 as is_current
from changes;
