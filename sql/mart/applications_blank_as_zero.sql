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
    if(list_contains(blanks.columns_blank, 'natural_person'), 0, items.natural_person) as natural_person,
    if(list_contains(blanks.columns_blank, 'commercial_enterprise'), 0, items.commercial_enterprise) as commercial_enterprise,
    if(list_contains(blanks.columns_blank, 'research_institution'), 0, items.research_institution) as research_institution,
    if(list_contains(blanks.columns_blank, 'public_interest_org'), 0, items.public_interest_org) as public_interest_org,
    if(list_contains(blanks.columns_blank, 'legal_service_org'), 0, items.legal_service_org) as legal_service_org,
    if(list_contains(blanks.columns_blank, 'other_org'), 0, items.other_org) as other_org,
    if(list_contains(blanks.columns_blank, 'total'), 0, items.total) as total,
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
