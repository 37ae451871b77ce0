-- one row per report whose agency reported on the year before, and applicant type
create view mart.carry_over as
with carries as (
    select
        reports.agency_key,
        reports.report_year,
        reports.report_id,
        reports.template,
        items.row_code,
        unnest([
            {'applicant_type': 'total', 'figure': items.total},
            {'applicant_type': 'natural_person', 'figure': items.natural_person},
            {'applicant_type': 'commercial_enterprise', 'figure': items.commercial_enterprise},
            {'applicant_type': 'research_institution', 'figure': items.research_institution},
            {'applicant_type': 'public_interest_org', 'figure': items.public_interest_org},
            {'applicant_type': 'legal_service_org', 'figure': items.legal_service_org},
            {'applicant_type': 'other_org', 'figure': items.other_org}
        ], recursive := true)
    from mart.fct_applications as items
    join mart.dim_reports as reports using (report_id)
    where items.row_code in ('carried_in', 'carried_out')
)

select
    later.report_id,
    earlier.report_id as report_id_before,
    later.agency_key,
    later.report_year,
    later.template,
    earlier.template as template_before,
    later.applicant_type,
    earlier.figure as carried_out_before,
    later.figure as carried_in,
    (later.figure - earlier.figure)::decimal(18, 6) as difference
from carries as later
join carries as earlier
    on earlier.agency_key = later.agency_key
    and earlier.report_year = later.report_year - 1
    and earlier.applicant_type = later.applicant_type
    and earlier.row_code = 'carried_out'
where later.row_code = 'carried_in';

comment on view mart.carry_over is 'What a report says was carried in, beside what the same agency''s report on the year before said it carried out: one row per report with such a neighbour and applicant type. The two rows mean the same in both templates.';
comment on column mart.carry_over.report_id is 'Key of dim_reports';
comment on column mart.carry_over.report_id_before is 'Key of dim_reports: the report on the year before';
comment on column mart.carry_over.agency_key is 'Key of dim_agencies';
comment on column mart.carry_over.report_year is 'Year of the later report';
comment on column mart.carry_over.template is 'Template of the later report';
comment on column mart.carry_over.template_before is 'Template of the earlier report';
comment on column mart.carry_over.applicant_type is 'total (as printed), natural_person, commercial_enterprise, research_institution, public_interest_org, legal_service_org, other_org';
comment on column mart.carry_over.carried_out_before is '结转下年度继续办理 of the year before, as printed, 件; null when that cell has no number';
comment on column mart.carry_over.carried_in is '上年结转 of this year, as printed, 件; null when that cell has no number';
comment on column mart.carry_over.difference is 'carried_in - carried_out_before, 件: 0 where they agree; null when either is null';
