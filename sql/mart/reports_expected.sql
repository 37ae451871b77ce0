-- one row per agency of a site file and year that it should have reported on
create view mart.reports_expected as
with agency_sites as (
    select sites.site, unnest(sites.agency_keys) as agency_key, len(sites.agency_keys) = 1 as is_only_agency
    from mart.dim_sites as sites
),

addressed as (
    select
        addresses.*,
        reports.agency_key as shown_agency,
        reports.report_year as shown_year,
        coalesce(reports.agency_evidence = 'printed', false) as is_shown_under_unknown_name
    from mart.fct_addresses as addresses
    left join mart.dim_reports as reports using (report_id)
),

-- Whose an address may be: the one agency of its site, the one that its link names, or any, where it names none of them.
-- Many addresses of a site name the same, and what they name decides.
named as (
    select site, agency_named, min(year_named) as first_year_named
    from addressed
    group by site, agency_named
),

fitting as (
    select
        named.*,
        agency_sites.agency_key,
        coalesce(
            agency_sites.is_only_agency
                or ends_with(agencies.agency_name, named.agency_named)
                or ends_with(named.agency_named, agencies.agency_name),
            false
        ) as fits
    from agency_sites
    join named using (site)
    join mart.dim_agencies as agencies using (agency_key)
),

belonging as (
    select *
    from fitting
    qualify fits or not bool_or(fits) over (partition by site, agency_named)
),

-- Of most addresses their report was found, and their link says nothing else.
doubtful as (
    select *
    from addressed
    where report_id is null
        or is_shown_under_unknown_name
        or shown_year <> year_named
        or agency_named is not null
        or site in (select site from agency_sites where is_only_agency)
),

-- A year that a list names, and whose report of that agency was not found: read as something else, or not read.
unread as (
    select
        belonging.agency_key,
        coalesce(doubtful.year_named, doubtful.shown_year) as report_year,
        min(doubtful.url) as url,
        min(
            case
                when doubtful.report_id is null then doubtful.came_of_it
                when doubtful.is_shown_under_unknown_name then 'printed_under_unknown_name'
                when doubtful.shown_agency <> belonging.agency_key then 'reads_as_another_agency'
                else 'reads_as_another_year'
            end
        ) as reason
    from doubtful
    join belonging
        on belonging.site = doubtful.site and belonging.agency_named is not distinct from doubtful.agency_named
    where doubtful.report_id is null
        or doubtful.is_shown_under_unknown_name
        or (doubtful.shown_agency = belonging.agency_key and doubtful.shown_year <> doubtful.year_named)
        or (doubtful.shown_agency <> belonging.agency_key and belonging.fits)
    group by all
),

first_years as (
    select agency_key, min(year) as first_year
    from (
        select agency_key, report_year as year from mart.dim_reports
        union all
        select agency_key, first_year_named from belonging
    )
    group by agency_key
),

sites_of as (
    select
        agency_key,
        bool_and(sites.list_state = 'read') as are_lists_read,
        min(sites.lists_read_after) as lists_read_after,
        min(sites.list_state) filter (where sites.list_state <> 'read') as list_trouble,
        list(distinct agency_sites.site order by agency_sites.site) as sites,
        list_sort(list_distinct(flatten(list(sites.years_listed)))) as years_listed
    from agency_sites
    join mart.dim_sites as sites using (site)
    group by agency_key
),

expected as (
    select
        agencies.agency_key,
        years.report_year,
        sites_of.* exclude (agency_key),
        case
            when agencies.admin_level = 'township' then null
            when agencies.is_government then years.governments_due_on
            else years.departments_due_on
        end as due_on,
        case
            when agencies.admin_level = 'township' then false
            when agencies.is_government then years.are_governments_due
            else years.are_departments_due
        end as is_due
    from sites_of
    join mart.dim_agencies as agencies using (agency_key)
    left join first_years using (agency_key)
    join mart.dim_years as years
        on years.report_year >= coalesce(first_years.first_year, (select max(report_year) from mart.dim_years))
),

held as (
    select
        expected.*,
        reports.report_id,
        coalesce(reports.source_url, unread.url, unread_undated.url) as source_url,
        coalesce(unread.reason, unread_undated.reason) as unread_reason,
        coalesce(reports.published_on, reports.signed_on) as filed_on,
        case
            when reports.published_on is not null then 'published_on'
            when reports.signed_on is not null then 'signed_on'
            when reports.report_id is not null then 'not_stated'
        end as filed_on_evidence,
        -- Times are UTC; a day ends in Shanghai.
        (reports.first_seen_at + interval 8 hours)::date as first_seen_on
    from expected
    left join mart.dim_reports as reports using (agency_key, report_year)
    left join unread using (agency_key, report_year)
    left join unread as unread_undated
        on unread_undated.agency_key = expected.agency_key and unread_undated.report_year is null
),

judged as (
    select
        *,
        case
            when report_id is not null and first_seen_on <= due_on then 'published'
            when report_id is not null and filed_on > due_on then 'late'
            when report_id is not null then 'published'
            when unread_reason is not null then 'unread'
            when not is_due then 'not_due'
            when are_lists_read and lists_read_after >= due_on then 'missing'
            else 'not_reached'
        end as status
    from held
)

select
    agency_key,
    report_year,
    status,
    case
        when status = 'late' then filed_on_evidence || ' is after the day'
        when status = 'published' and due_on is null then 'no national day is set for towns'
        when status = 'published' and first_seen_on <= due_on then 'seen by the day'
        when status = 'published' and filed_on is null then 'states no date: in time or not is not known'
        when status = 'published' then filed_on_evidence || ' is by the day'
        when status = 'unread' then unread_reason
        when status = 'not_due' and due_on is null then 'no national day is set for towns'
        when status = 'not_due' then 'the day had not passed on the last night'
        when status = 'missing' then 'its lists were read to their end after the day and name no report of it on the year'
        when not are_lists_read then 'its lists were not read on the last visit: ' || list_trouble
        else 'its lists were not read to their end since the day'
    end as reason,
    due_on,
    filed_on,
    filed_on_evidence,
    case
        when first_seen_on <= due_on then true
        else filed_on <= due_on
    end as is_in_time,
    report_id,
    source_url,
    sites,
    lists_read_after,
    years_listed
from judged;

comment on view mart.reports_expected is 'One row per agency of a site file and year that it should have reported on: from its first year that a report or list names to the last that has ended (the last alone where none does). An agency is said to be missing a report only where its own site was read after the day and says so. With it, coverage: expected is every row, found and read is report_id is not null (every such report is checked). An agency comes in with its first year, so coverage of the earliest years is near 100 % by construction: fct_unread shows what that hides. Worked out at each reading: keep it in a table of your own where you use it twice.';
comment on column mart.reports_expected.agency_key is 'Key of dim_agencies';
comment on column mart.reports_expected.report_year is 'Key of dim_years';
comment on column mart.reports_expected.status is 'published (in time, or not known to be late), late, missing, unread (there is an address for it that we could not read as its report; an address that names neither agency nor year stands beside every agency and year of its site that it may belong to, also before the day: it may be, so do not count it as found), not_due, not_reached (our crawl cannot say)';
comment on column mart.reports_expected.reason is 'Why it has that status, in a few words; for unread the kind, as fct_addresses.came_of_it, or printed_under_unknown_name, reads_as_another_agency, reads_as_another_year';
comment on column mart.reports_expected.due_on is 'Article 49 of the Regulations: 31 January of the next year for departments, 31 March for governments (and for all until 2018); null for towns, for which no national day is set';
comment on column mart.reports_expected.filed_on is 'Day of publication as the page states it, else of the signature; null when neither is stated or there is no report';
comment on column mart.reports_expected.filed_on_evidence is 'published_on; signed_on (weaker: signed in time may be published late; signed after the day is late for certain); not_stated; null without a report. A site that moved may state the day of its move';
comment on column mart.reports_expected.is_in_time is 'Whether it was filed by the day: seen there by then, or filed_on says so; null when not known';
comment on column mart.reports_expected.report_id is 'Key of dim_reports; null without a report';
comment on column mart.reports_expected.source_url is 'Address of the report, or of what could not be read; null when there is none. Not unique where the status is unread';
comment on column mart.reports_expected.sites is 'Keys of dim_sites: where it publishes';
comment on column mart.reports_expected.lists_read_after is 'The latest filing day after which the lists of all its sites were read to their end; null when they never were';
comment on column mart.reports_expected.years_listed is 'Years that the lists of its sites name, of all their agencies';
