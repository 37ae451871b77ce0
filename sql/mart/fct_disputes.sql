-- one row per report and channel of table four
create table mart.fct_disputes (
    report_id varchar not null,
    channel varchar not null,
    upheld decimal(18, 6),
    corrected decimal(18, 6),
    other decimal(18, 6),
    pending decimal(18, 6),
    total decimal(18, 6)
);

comment on table mart.fct_disputes is 'Table four, 政府信息公开行政复议、行政诉讼情况: one row per report and channel.';
comment on column mart.fct_disputes.report_id is 'agency_key and report_year, joined by a hyphen: the key of dim_reports';
comment on column mart.fct_disputes.channel is 'reconsideration 行政复议, litigation_direct 未经复议直接起诉, litigation_after_reconsideration 复议后起诉';
comment on column mart.fct_disputes.upheld is '结果维持, 件';
comment on column mart.fct_disputes.corrected is '结果纠正, 件';
comment on column mart.fct_disputes.other is '其他结果, 件';
comment on column mart.fct_disputes.pending is '尚未审结, 件';
comment on column mart.fct_disputes.total is '总计 as printed, 件: not our sum. What was concluded is upheld + corrected + other; total - pending differs from it where the row does not add up';

insert into mart.fct_disputes by name
select reports.report_id, channels.* exclude (document_sha256)
from staging.reports as reports
join staging.disputes as channels using (document_sha256);
