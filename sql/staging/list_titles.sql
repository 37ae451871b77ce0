-- one row per row of raw.list_titles that the readings are drawn from
create table if not exists staging.list_titles (
    site varchar not null,
    page_url varchar not null,
    title varchar not null,
    agency_named varchar,
    report_year integer
);
