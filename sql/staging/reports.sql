-- one row per report: its current version
create or replace view staging.reports as
select * from staging.report_versions where is_current;
