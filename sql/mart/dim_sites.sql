-- one row per publishing site
create table mart.dim_sites (
    site varchar not null,
    agency_keys varchar[] not null,
    is_verified boolean not null,
    list_state varchar not null,
    list_state_since timestamp,
    lists_read_after date,
    years_listed integer[] not null
);

comment on table mart.dim_sites is 'One row per publishing site that a site file describes: whose it is, and how far its lists of reports were read.';
comment on column mart.dim_sites.site is 'Name of the site file';
comment on column mart.dim_sites.agency_keys is 'Agencies that publish there: keys of dim_agencies';
comment on column mart.dim_sites.is_verified is 'Whether somebody has held the site file against the live site';
comment on column mart.dim_sites.list_state is 'How the last visit ended: read (every list page from first to last), never_visited, or what kept us: no_reports (a list without any report), failed, not_found, refused_by_robots, not_crawled, off_site, too_large';
comment on column mart.dim_sites.list_state_since is 'First visit of the run of visits that ended like that, UTC; null when never visited';
comment on column mart.dim_sites.lists_read_after is 'The latest filing day (31 January or 31 March) after which the lists were read from first page to last; null when they never were. What a list does not name after that day was not published there';
comment on column mart.dim_sites.years_listed is 'Years that the lists name, or whose reports were found there';

insert into mart.dim_sites by name
with agencies as (
    select site, list(distinct agency_key order by agency_key) as agency_keys
    from raw.agencies
    group by site
),

compared as (
    select *, list_state is distinct from lag(list_state) over nights as is_new_state
    from quality.visits
    window nights as (partition by site order by visited_at, run)
),

visited as (
    select
        site,
        arg_max(list_state, visited_at) as list_state,
        max(visited_at) filter (where is_new_state) as list_state_since,
        (max(visited_at) filter (where is_complete) + interval 8 hours)::date as read_on -- in Shanghai
    from compared
    group by site
),

listed as (
    select site, list(distinct year order by year) as years_listed
    from (
        select site, year_named as year from mart.fct_addresses
        union all
        select addresses.site, reports.report_year
        from mart.fct_addresses as addresses
        join staging.reports as reports using (report_id)
    )
    where year is not null
    group by site
)

select
    sites.site,
    coalesce(agencies.agency_keys, []) as agency_keys,
    sites.verified as is_verified,
    coalesce(visited.list_state, 'never_visited') as list_state,
    visited.list_state_since,
    case
        when read_on > make_date(year(read_on), 3, 31) then make_date(year(read_on), 3, 31)
        when read_on > make_date(year(read_on), 1, 31) then make_date(year(read_on), 1, 31)
        else make_date(year(read_on) - 1, 3, 31)
    end as lists_read_after,
    coalesce(listed.years_listed, []) as years_listed
from raw.sites as sites
left join agencies using (site)
left join visited using (site)
left join listed using (site)
order by site;
