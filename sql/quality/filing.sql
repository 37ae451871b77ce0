-- one row per report in judgement: the time it is about, when it was published, as numbers of the form 20260131, and by when
-- it should have been
create or replace view quality.filing as
with dated as (
    select
        report_id,
        agency_key,
        report_year,
        template,
        strftime(published_on, '%Y%m%d')::integer as published,
        strftime(signed_on, '%Y%m%d')::integer as signed,
        strftime(period_start, '%Y%m%d')::integer as period_start,
        strftime(period_end, '%Y%m%d')::integer as period_end
    from quality.reports
    semi join quality.to_judge using (report_id)
)

select
    dated.report_id,
    dated.template,
    dated.report_year,
    agencies.is_government,
    agencies.admin_level is null or agencies.admin_level <> 'township' as is_county_or_above,
    period_start,
    period_end,
    published,
    signed,
    -- A signature is weaker: a report can be signed in time and published late.
    coalesce(published, signed) as filed,
    (dated.report_year + 1) * 10000 as next_year
from dated
join quality.agencies as agencies using (agency_key);
