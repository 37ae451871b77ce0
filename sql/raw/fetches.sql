-- one row per request and its answer, as the crawl recorded it
create table if not exists raw.fetches (
    run varchar not null,
    site varchar not null,
    url varchar not null,
    fetched_at timestamp not null, -- UTC, as all times in this warehouse
    taken_for varchar not null,
    status integer,
    outcome varchar not null,
    reason varchar,
    final_url varchar,
    title varchar,
    sha256 varchar,
    size bigint,
    content_type varchar,
    etag varchar,
    last_modified varchar,
    page varchar, -- of an attachment: the address of the page it belongs to
    looks_like varchar -- the kind of the body by its bytes, whatever content_type says
);
