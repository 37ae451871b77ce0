-- one row per address that a site's list names as a report, and report that it shows
create table mart.fct_addresses (
    site varchar not null,
    url varchar not null,
    title varchar,
    agency_named varchar,
    year_named integer,
    first_seen_at timestamp not null,
    came_of_it varchar not null,
    report_id varchar
);

comment on table mart.fct_addresses is 'One row per address that a site''s list names as a report, and report that it shows: what came of everything that was found.';
comment on column mart.fct_addresses.site is 'Key of dim_sites';
comment on column mart.fct_addresses.url is 'Address of the page that the list links to; a report that is a file stands under its page';
comment on column mart.fct_addresses.title is 'What the link says';
comment on column mart.fct_addresses.agency_named is 'The words of the link before the report''s name, often an agency; null when there are none';
comment on column mart.fct_addresses.year_named is 'Year in the words of the link; null when there is none';
comment on column mart.fct_addresses.first_seen_at is 'When it was first asked for, UTC';
comment on column mart.fct_addresses.came_of_it is 'report; or why not: a kind of fct_unread, or how the last request ended where there never was a body (refused_by_robots, not_found, not_a_report, failed, off_site, too_large, not_crawled; other_address: a report that is asked for at a better one; elsewhere: a copy on a foreign host)';
comment on column mart.fct_addresses.report_id is 'Key of dim_reports; null unless a report came of it';

insert into mart.fct_addresses by name
select * exclude (agency_key, report_year, agency_evidence)
from quality.addresses
order by site, url, report_id;
