-- one row per report and item of table three, for those who choose to read blanks as zero
create view mart.applications_blank_as_zero as
with blanks as (
    select
        report_id,
        item as row_code,
        count(*) as blanks,
        list("column") as columns_blank
    from mart.fct_cells
    where "table" = 'applications' and state = 'blank'
    group by report_id, item
)

select
    items.report_id,
    items.row_code,
    case when list_contains(blanks.columns_blank, 'natural_person') then 0 else items.natural_person end as natural_person,
    case when list_contains(blanks.columns_blank, 'commercial_enterprise') then 0 else items.commercial_enterprise end as commercial_enterprise,
    case when list_contains(blanks.columns_blank, 'research_institution') then 0 else items.research_institution end as research_institution,
    case when list_contains(blanks.columns_blank, 'public_interest_org') then 0 else items.public_interest_org end as public_interest_org,
    case when list_contains(blanks.columns_blank, 'legal_service_org') then 0 else items.legal_service_org end as legal_service_org,
    case when list_contains(blanks.columns_blank, 'other_org') then 0 else items.other_org end as other_org,
    case when list_contains(blanks.columns_blank, 'total') then 0 else items.total end as total,
    coalesce(blanks.blanks, 0) as blanks_read_as_zero
from mart.fct_applications as items
left join blanks using (report_id, row_code);

comment on view mart.applications_blank_as_zero is 'fct_applications with cells that are printed blank read as 0: an assumption of the reader, not what the report says. Cells that are not applicable, unreadable, ambiguous or absent stay null.';
comment on column mart.applications_blank_as_zero.report_id is 'Key of dim_reports';
comment on column mart.applications_blank_as_zero.row_code is 'Item: key of dim_outcomes';
comment on column mart.applications_blank_as_zero.natural_person is '自然人, 件; a blank is 0';
comment on column mart.applications_blank_as_zero.commercial_enterprise is '商业企业, 件; a blank is 0';
comment on column mart.applications_blank_as_zero.research_institution is '科研机构, 件; a blank is 0';
comment on column mart.applications_blank_as_zero.public_interest_org is '社会公益组织, 件; a blank is 0';
comment on column mart.applications_blank_as_zero.legal_service_org is '法律服务机构, 件; a blank is 0';
comment on column mart.applications_blank_as_zero.other_org is '其他, 件; a blank is 0';
comment on column mart.applications_blank_as_zero.total is '总计 as printed, 件: not our sum; a blank is 0';
comment on column mart.applications_blank_as_zero.blanks_read_as_zero is 'Cells of the row that are printed blank, and stand as 0 here';
