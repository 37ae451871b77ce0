-- one row per report and applicant type: table three by group of outcomes
create view mart.applications_by_group as
-- A union of one column each, not an unpivot: a query for the totals alone reads no other column.
with figures as (
    select report_id, row_code, 'total' as applicant_type, total as figure from mart.fct_applications
    union all
    select report_id, row_code, 'natural_person', natural_person from mart.fct_applications
    union all
    select report_id, row_code, 'commercial_enterprise', commercial_enterprise from mart.fct_applications
    union all
    select report_id, row_code, 'research_institution', research_institution from mart.fct_applications
    union all
    select report_id, row_code, 'public_interest_org', public_interest_org from mart.fct_applications
    union all
    select report_id, row_code, 'legal_service_org', legal_service_org from mart.fct_applications
    union all
    select report_id, row_code, 'other_org', other_org from mart.fct_applications
),

-- sum() would pass over a null: a group with one cell that is not known is not known.
grouped as (
    select
        report_id,
        applicant_type,
        sum(figure) filter (where row_code = 'received_new') as received_new,
        sum(figure) filter (where row_code = 'carried_in') as carried_in,
        sum(figure) filter (where outcome_group = 'granted') as granted_known,
        bool_and(figure is not null) filter (where outcome_group = 'granted') as is_granted_known,
        sum(figure) filter (where outcome_group = 'denied') as denied_known,
        bool_and(figure is not null) filter (where outcome_group = 'denied') as is_denied_known,
        sum(figure) filter (where outcome_group = 'unavailable') as unavailable_known,
        bool_and(figure is not null) filter (where outcome_group = 'unavailable') as is_unavailable_known,
        sum(figure) filter (where outcome_group = 'not_processed') as not_processed_known,
        bool_and(figure is not null) filter (where outcome_group = 'not_processed') as is_not_processed_known,
        sum(figure) filter (where outcome_group = 'other') as other_known,
        bool_and(figure is not null) filter (where outcome_group = 'other') as is_other_known,
        sum(figure) filter (where row_code = 'processed_total') as processed_total,
        sum(figure) filter (where row_code = 'carried_out') as carried_out
    from figures
    join mart.dim_outcomes using (row_code)
    group by report_id, applicant_type
),

kept as (
    select
        report_id,
        applicant_type,
        received_new,
        carried_in,
        case when is_granted_known then granted_known end as granted,
        case when is_denied_known then denied_known end as denied,
        case when is_unavailable_known then unavailable_known end as unavailable,
        case when is_not_processed_known then not_processed_known end as not_processed,
        case when is_other_known then other_known end as other,
        processed_total,
        carried_out
    from grouped
)

select
    kept.report_id,
    reports.agency_key,
    reports.report_year,
    reports.template,
    kept.* exclude (report_id),
    kept.granted + kept.denied + kept.unavailable + kept.not_processed + kept.other = kept.processed_total as adds_up,
    (kept.granted / nullif(kept.processed_total, 0))::double as disclosure_rate
from kept
join mart.dim_reports as reports using (report_id);

comment on view mart.applications_by_group is 'Table three by group of outcomes: one row per report and applicant type. The groups are sums of ours (the form prints no subtotals); a group with a cell that has no number is null. Rows of 2019-60 and 2021-30 are never added up; template says which one it is.';
comment on column mart.applications_by_group.report_id is 'Key of dim_reports';
comment on column mart.applications_by_group.agency_key is 'Key of dim_agencies';
comment on column mart.applications_by_group.report_year is 'Year reported on';
comment on column mart.applications_by_group.template is 'Template of the form, 2021-30 or 2019-60. In 2019-60 other is one printed row, in 2021-30 three';
comment on column mart.applications_by_group.applicant_type is 'total (as printed), natural_person, commercial_enterprise, research_institution, public_interest_org, legal_service_org, other_org';
comment on column mart.applications_by_group.received_new is '本年新收, as printed, 件';
comment on column mart.applications_by_group.carried_in is '上年结转, as printed, 件';
comment on column mart.applications_by_group.granted is '（一）予以公开 + （二）部分公开, 件';
comment on column mart.applications_by_group.denied is '（三）不予公开, eight grounds, 件';
comment on column mart.applications_by_group.unavailable is '（四）无法提供, three grounds, 件';
comment on column mart.applications_by_group.not_processed is '（五）不予处理, five grounds, 件';
comment on column mart.applications_by_group.other is '（六）其他处理, 件';
comment on column mart.applications_by_group.processed_total is '（七）总计 as printed, 件: all outcomes of the year, the denominator of disclosure_rate';
comment on column mart.applications_by_group.carried_out is '结转下年度继续办理, as printed, 件';
comment on column mart.applications_by_group.adds_up is 'Whether the five groups add up to the printed processed_total; null when one of them is. A rate of a report that does not add up is not to be trusted';
comment on column mart.applications_by_group.disclosure_rate is 'granted / processed_total, 0 to 1; null when either is null or nothing was processed. Over many reports divide sums, sum(granted) / sum(processed_total) where adds_up; an average of rates counts an agency with one request as much as a ministry';
