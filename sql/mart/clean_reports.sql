-- one row per report that passes every error rule
create view mart.clean_reports as
select report_id, agency_key, report_year, template
from mart.dim_reports
anti join (
    select distinct report_id
    from mart.fct_rule_outcomes
    where severity = 'error'
        -- A sum of the form with a cell that has no number was not passed. Other rules cannot be assessed where they
        -- have nothing to be held to: no earlier report, no code printed.
        and (status = 'fail' or starts_with(rule, 'T'))
) using (report_id);

comment on view mart.clean_reports is 'One row per report that passes every rule of severity error: none fails, and no sum of tables two to four is left open by a cell without a number. A rule that had nothing to be held to (no report on the year before, no code printed) does not count. Warnings remain: of Y-STOCK, for instance. Fewer than dim_reports with errors_failing = 0, which lets open sums pass. For use with semi join.';
comment on column mart.clean_reports.report_id is 'Key of dim_reports';
comment on column mart.clean_reports.agency_key is 'Key of dim_agencies';
comment on column mart.clean_reports.report_year is 'Year reported on';
comment on column mart.clean_reports.template is 'Template of the form: 2021-30 or 2019-60';
