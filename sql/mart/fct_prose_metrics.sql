-- one row per report and figure that its prose states
create table mart.fct_prose_metrics (
    report_id varchar not null,
    statement integer not null,
    metric varchar not null,
    value decimal(18, 6),
    lower_bound decimal(18, 6),
    unit varchar,
    qualifier varchar not null,
    period_kind varchar not null,
    scope varchar,
    sentence varchar not null,
    source varchar not null
);

comment on table mart.fct_prose_metrics is 'One row per report and figure that its prose states, in sections one to four and six, where one reading is left. What a report does not say has no row; what it says there was none of is 0 with the qualifier stated_none. A metric may have several rows: repeats, or several accounts.';
comment on column mart.fct_prose_metrics.report_id is 'agency_key and report_year, joined by a hyphen: the key of dim_reports';
comment on column mart.fct_prose_metrics.statement is 'Number of the figure in the report, in the order of reading, from 1';
comment on column mart.fct_prose_metrics.metric is 'What is counted: requests_received (收到), requests_accepted (受理), requests_processed (办理, 办结), requests_answered (答复), requests_carried_in, requests_carried_out, response_rate_pct, reconsideration_cases, litigation_cases, normative_documents_issued, normative_documents_repealed, normative_documents_in_force, items_disclosed_total, website_items_published, website_visits_total, website_unique_visitors, wechat_subscribers, wechat_posts, wechat_reads, app_posts, app_registered_users, short_video_posts, policy_interpretations, press_conferences, training_sessions, staff_full_time, staff_part_time, npc_suggestions_led and npc_suggestions_assisted (人大代表建议), cppcc_proposals_led and cppcc_proposals_assisted (政协提案), information_processing_fee_cny (元)';
comment on column mart.fct_prose_metrics.value is 'The number that is printed, 1.5万 as 15000; how it is meant says qualifier. Null where one sentence gives several figures at once (分别)';
comment on column mart.fct_prose_metrics.lower_bound is 'The least that the sentence allows: the value where it is exact or more_than; null where it gives no bound';
comment on column mart.fct_prose_metrics.unit is 'As printed (件, 次, 人 …); null where none is; 万 and 亿 are in the value';
comment on column mart.fct_prose_metrics.qualifier is 'exact, about (约, 左右), more_than (超, 余, 多), less_than (不足), nearly (近), rounded (printed in 万 or 亿), stated_none (未收到, 无), undecided (several figures at once)';
comment on column mart.fct_prose_metrics.period_kind is 'annual (全年, the report year), cumulative (截至 … 累计, 以来), unmarked';
comment on column mart.fct_prose_metrics.scope is 'Whose figure it is, as printed: an account, a site, a body, 全市; null where it is the agency''s own or nobody is named';
comment on column mart.fct_prose_metrics.sentence is 'The sentence as printed';
comment on column mart.fct_prose_metrics.source is 'Where in the document it stands, as fct_cells.source says it';

insert into mart.fct_prose_metrics by name
select reports.report_id, prose.* exclude (document_sha256)
from staging.reports as reports
join staging.prose as prose using (document_sha256);
