-- one row per page that a list links to as a report, with what the link says
create table if not exists raw.list_titles (
    site varchar not null,
    page_url varchar not null,
    title varchar not null,
    agency_named varchar, -- the words before the report's name, whatever they are
    report_year integer
);
