-- one row per report in judgement: its totals beside those of the year before, and the agency's run of years
create or replace view quality.years as
with run as (
    select
        report_id,
        agency_key,
        report_year,
        report_year - lag(report_year) over agency - 1 as years_missing,
        count(*) over (partition by agency_key) > 1 as has_other_years
    from staging.reports
    semi join quality.to_judge using (agency_key)
    window agency as (partition by agency_key order by report_year)
),

-- The last four years in a row, this one included.
four as (
    select
        report_id,
        if(
            count(*) over last_four = 4 and bool_and(is_all_zero is not null) over last_four,
            count(*) filter (where is_all_zero) over last_four,
            null
        ) as years_all_zero
    from quality.contents
    semi join quality.to_judge using (agency_key)
    window last_four as (partition by agency_key order by report_year range between 3 preceding and current row)
)

select
    judged.report_id,
    judged.template,
    now.carried_in,
    before.carried_out as carried_out_before,
    now.processed_total,
    before.processed_total as processed_before,
    reviews.total + suits.total as reviews_and_suits,
    reviews.total as reviews,
    reviews_before.total as reviews_before,
    suits_after.total as suits_after_review,
    reports.document_before is not null as has_before,
    case
        when reports.document_before is null then null
        when reports.content = reports.content_before then own.nonzero_cells
        else 0
    end as nonzero_cells_copied,
    coalesce(run.years_missing, if(run.has_other_years, 0, null)) as years_missing,
    four.years_all_zero,
    -- One version says nothing of revisions: a night on which nothing changed may change no outcome.
    if(reports.version > 1, reports.version, null) as versions,
    if(judged.other_addresses > 0, judged.other_contents, null) as other_contents,
    judged.agencies_with_content,
    judged.agencies_with_numbers,
    judged.likeness,
    judged.twin,
    round(quality.likeness(own.sketch, prose_before.sketch), 2) as likeness_before
from quality.to_judge as judged
join quality.reports as reports using (report_id)
join quality.contents as own using (report_id)
join run using (report_id)
join four using (report_id)
left join quality.contents as prose_before
    on prose_before.agency_key = own.agency_key and prose_before.report_year = own.report_year - 1
left join staging.applications as now
    on now.document_sha256 = judged.document_sha256 and now.applicant_type = 'total'
left join staging.applications as before
    on before.document_sha256 = reports.document_before and before.applicant_type = 'total'
left join staging.disputes as reviews
    on reviews.document_sha256 = judged.document_sha256 and reviews.channel = 'reconsideration'
left join staging.disputes as suits
    on suits.document_sha256 = judged.document_sha256 and suits.channel = 'litigation_direct'
left join staging.disputes as suits_after
    on suits_after.document_sha256 = judged.document_sha256 and suits_after.channel = 'litigation_after_reconsideration'
left join staging.disputes as reviews_before
    on reviews_before.document_sha256 = reports.document_before and reviews_before.channel = 'reconsideration';
