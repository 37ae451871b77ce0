-- one row per report and item of table three
create table mart.fct_applications (
    report_id varchar not null,
    row_code varchar not null,
    natural_person decimal(18, 6),
    commercial_enterprise decimal(18, 6),
    research_institution decimal(18, 6),
    public_interest_org decimal(18, 6),
    legal_service_org decimal(18, 6),
    other_org decimal(18, 6),
    total decimal(18, 6)
);

comment on table mart.fct_applications is 'Table three, 收到和处理政府信息公开申请情况: one row per report and item of its template. Null is not zero: the cell had no number (see fct_cells.state).';
comment on column mart.fct_applications.report_id is 'agency_key and report_year, joined by a hyphen: the key of dim_reports';
comment on column mart.fct_applications.row_code is 'Item: key of dim_outcomes';
comment on column mart.fct_applications.natural_person is '自然人, 件';
comment on column mart.fct_applications.commercial_enterprise is '商业企业, 件';
comment on column mart.fct_applications.research_institution is '科研机构, 件';
comment on column mart.fct_applications.public_interest_org is '社会公益组织, 件';
comment on column mart.fct_applications.legal_service_org is '法律服务机构, 件';
comment on column mart.fct_applications.other_org is '其他, 件';
comment on column mart.fct_applications.total is '总计 as printed, 件: not our sum';

insert into mart.fct_applications by name
select reports.report_id, items.* exclude (document_sha256)
from staging.reports as reports
join staging.application_items as items using (document_sha256);
