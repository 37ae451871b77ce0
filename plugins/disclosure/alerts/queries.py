"""What the mails ask the published warehouse. A row about a finding ends in its site and province."""

from __future__ import annotations

SITES = """
select site from mart.dim_sites order by site
"""

PLACES = """
with sites as (
    select site, unnest(agency_keys) as agency_key from mart.dim_sites
),

-- A site whose agencies are of several provinces is of none.
provinces as (
    select site, if(count(distinct province) = 1, any_value(province), '') as province
    from sites
    join mart.dim_agencies as agencies using (agency_key)
    group by site
),

placed as (
    select
        reports.report_id,
        reports.site,
        coalesce(agencies.province, provinces.province, '') as province
    from mart.dim_reports as reports
    left join mart.dim_agencies as agencies using (agency_key)
    left join provinces using (site)
),

-- The year that was last due of each agency.
last_due as (
    select expected.*
    from mart.reports_expected as expected
    where due_on is not null and status <> 'not_due'
    qualify row_number() over (partition by agency_key order by report_year desc) = 1
)
"""

COUNTS = (
    PLACES
    + """,

outcomes as (
    select
        report_id,
        count(*) filter (where status = 'fail' and severity = 'error') as errors,
        count(*) filter (where status = 'fail' and severity = 'warning') as warnings,
        count(*) filter (where status = 'fail' and severity = 'info') as infos,
        count(*) filter (where status <> 'fail') as not_assessable
    from mart.fct_rule_outcomes
    group by report_id
),

of_reports as (
    select
        placed.site,
        placed.province,
        count(*) as reports,
        sum(reports.cells_read) as cells_read,
        sum(reports.cells_not_read) as cells_not_read,
        sum(outcomes.errors) as errors,
        sum(outcomes.warnings) as warnings,
        sum(outcomes.infos) as infos,
        count(*) filter (where outcomes.errors + outcomes.warnings > 0) as failing_reports,
        sum(outcomes.not_assessable) as not_assessable
    from placed
    join mart.dim_reports as reports using (report_id)
    left join outcomes using (report_id)
    group by all
),

of_documents as (
    select unread.site, coalesce(provinces.province, '') as province, count(*) as unread
    from mart.fct_unread as unread
    left join provinces using (site)
    group by all
),

of_agencies as (
    select last_due.sites[1] as site, coalesce(agencies.province, '') as province, count(*) as not_reached
    from last_due
    join mart.dim_agencies as agencies using (agency_key)
    where last_due.status = 'not_reached'
    group by all
),

every as (
    select * from of_reports
    union all by name
    select * from of_documents
    union all by name
    select * from of_agencies
)

select
    site,
    province,
    coalesce(sum(reports), 0),
    coalesce(sum(cells_read), 0),
    coalesce(sum(cells_not_read), 0),
    coalesce(sum(unread), 0),
    coalesce(sum(errors), 0),
    coalesce(sum(warnings), 0),
    coalesce(sum(infos), 0),
    coalesce(sum(failing_reports), 0),
    coalesce(sum(not_assessable), 0),
    coalesce(sum(not_reached), 0)
from every
group by all
"""
)

GAPS = (
    PLACES
    + """,

overdue as (
    select
        'overdue' as kind,
        agencies.agency_name as subject,
        '' as source_url,
        [due_on::varchar, array_to_string(years_listed, ', ')] as facts,
        report_year as year,
        last_due.sites[1] as site,
        coalesce(agencies.province, '') as province
    from last_due
    join mart.dim_agencies as agencies using (agency_key)
    where last_due.status = 'missing'
),

silent as (
    select
        kind,
        coalesce(url, site) as subject,
        coalesce(url, '') as source_url,
        -- Times are UTC; people count days in Shanghai.
        [(since + interval 8 hours)::date::varchar, outcome, coalesce(longest_before, 0)::varchar],
        null::integer,
        site,
        coalesce(provinces.province, '')
    from mart.fct_silences
    left join provinces using (site)
),

unknown_agencies as (
    select
        'agency_unknown',
        coalesce(agencies.agency_name, reports.agency_key),
        reports.source_url,
        [reports.report_year::varchar],
        null::integer,
        placed.site,
        placed.province
    from mart.dim_reports as reports
    join placed using (report_id)
    left join mart.dim_agencies as agencies using (agency_key)
    where reports.agency_evidence = 'printed'
    qualify row_number() over (partition by reports.agency_key, placed.site order by reports.report_year desc) = 1
),

unknown_regions as (
    select 'region_unknown', agencies.agency_name, '', []::varchar[], null::integer, site, coalesce(province, '')
    from sites
    join mart.dim_agencies as agencies using (agency_key)
    where region_code is null
)

select * from overdue
union all
select * from silent
union all
select * from unknown_agencies
union all
select * from unknown_regions
order by kind, province, subject
"""
)

FAILURES = (
    PLACES
    + """
select
    outcomes.report_id,
    coalesce(agencies.agency_name, reports.agency_key) as agency,
    reports.report_year,
    coalesce(reports.source_url, ''),
    outcomes.rule,
    coalesce(rules.title_zh, ''),
    coalesce(rules.title_en, ''),
    coalesce(rules.formula, ''),
    outcomes.severity,
    coalesce(outcomes.subject, ''),
    outcomes.lhs,
    outcomes.rhs,
    coalesce(outcomes.cause_id, ''),
    reports.template,
    coalesce(outcomes.shown, ''),
    placed.site,
    placed.province
from mart.fct_rule_outcomes as outcomes
join mart.dim_reports as reports using (report_id)
join placed using (report_id)
left join mart.dim_agencies as agencies using (agency_key)
left join mart.dim_rules as rules using (rule)
where outcomes.status = 'fail'
order by
    -- The agencies with the gravest failures first; all years of an agency together, its latest first.
    min(case outcomes.severity when 'error' then 1 when 'warning' then 2 else 3 end)
        over (partition by reports.agency_key),
    placed.province, agency, reports.report_year desc, outcomes.report_id,
    case outcomes.severity when 'error' then 1 when 'warning' then 2 else 3 end,
    outcomes.rule, outcomes.subject
"""
)

CAUSES = (
    PLACES
    + """
select cause_id, report_id, cells, explanation, explanation_zh, placed.site, placed.province
from mart.fct_causes
join placed using (report_id)
order by report_id, cause_id
"""
)

UNREAD = (
    PLACES
    + """
select coalesce(source_url, ''), document_sha256, kind, message, unread.site, coalesce(provinces.province, '')
from mart.fct_unread as unread
left join provinces using (site)
order by all
"""
)

RESERVATIONS = (
    PLACES
    + """
select
    issues.report_id,
    coalesce(agencies.agency_name, reports.agency_key) as agency,
    reports.report_year,
    coalesce(reports.source_url, ''),
    issues.kind,
    coalesce(issues.where_in_document, ''),
    issues.message,
    placed.site,
    placed.province
from mart.fct_issues as issues
join mart.dim_reports as reports using (report_id)
join placed using (report_id)
left join mart.dim_agencies as agencies using (agency_key)
where issues.kind <> 'agency_unknown' -- a gap in coverage
order by agency, reports.report_year desc, issues.report_id, issues.kind, 6
"""
)

CELLS = """
select report_id, "table", item, "column", value, printed
from mart.fct_cells
where report_id in ({})
"""

STATUSES = """
with asked (report_id, rule, subject) as (
    values {}
)

select
    asked.report_id,
    asked.rule,
    asked.subject,
    coalesce(outcomes.status, 'pass')
from asked
left join mart.fct_rule_outcomes as outcomes using (report_id, rule, subject)
where outcomes.status is not null
   or exists (
       select 1 from mart.fct_rule_counts as counts
       where counts.report_id = asked.report_id and counts.rule = asked.rule
   )
"""
