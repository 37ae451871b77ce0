-- one row per report and item of table two
create table mart.fct_proactive (
    report_id varchar not null,
    item varchar not null,
    issued decimal(18, 6),
    repealed decimal(18, 6),
    in_force decimal(18, 6),
    decisions decimal(18, 6),
    amount_10k_cny decimal(18, 6),
    newly_made decimal(18, 6),
    newly_disclosed decimal(18, 6),
    disclosed_total decimal(18, 6),
    prior_year_items decimal(18, 6),
    items_change decimal(18, 6),
    projects decimal(18, 6)
);

comment on table mart.fct_proactive is 'Table two, 主动公开政府信息情况: one row per report and item of its template. A column that the template or item does not have is null; the columns of 2019-60 are never merged with those of 2021-30.';
comment on column mart.fct_proactive.report_id is 'agency_key and report_year, joined by a hyphen: the key of dim_reports';
comment on column mart.fct_proactive.item is 'rules 规章, normative_documents 行政规范性文件, administrative_licensing 行政许可, administrative_penalty 行政处罚, administrative_compulsion 行政强制, administrative_fees 行政事业性收费; in 2019-60 also other_external_services 其他对外管理服务事项, central_procurement 政府集中采购';
comment on column mart.fct_proactive.issued is '本年制发件数, 件; 2021-30, items rules and normative_documents';
comment on column mart.fct_proactive.repealed is '本年废止件数, 件; 2021-30';
comment on column mart.fct_proactive.in_force is '现行有效件数, 件; 2021-30';
comment on column mart.fct_proactive.decisions is '处理决定数量, 件: licensing, penalty and compulsion in both templates, other_external_services in 2019-60';
comment on column mart.fct_proactive.amount_10k_cny is 'In 10,000 CNY (万元), decimals kept: 本年收费金额 of administrative_fees in 2021-30, 采购总金额 of central_procurement in 2019-60';
comment on column mart.fct_proactive.newly_made is '本年新制作数量, 件; 2019-60 only: what was made, not what was issued';
comment on column mart.fct_proactive.newly_disclosed is '本年新公开数量, 件; 2019-60 only';
comment on column mart.fct_proactive.disclosed_total is '对外公开总数量, 件; 2019-60 only: not what is in force';
comment on column mart.fct_proactive.prior_year_items is '上一年项目数量, 项; 2019-60 only: items on the list of powers, not decisions';
comment on column mart.fct_proactive.items_change is '本年增/减, 项; 2019-60 only, may be negative';
comment on column mart.fct_proactive.projects is '采购项目数量, 项; 2019-60 only';

insert into mart.fct_proactive by name
select reports.report_id, items.* exclude (document_sha256)
from staging.reports as reports
join staging.proactive as items using (document_sha256);
