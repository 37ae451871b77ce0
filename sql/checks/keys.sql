-- Keys are unique, and every key that a table refers to is there.
with references_of as (
    select 'fct_applications' as what, report_id as missing from mart.fct_applications anti join mart.dim_reports using (report_id)
    union all
    select 'fct_applications', row_code from mart.fct_applications anti join mart.dim_outcomes using (row_code)
    union all
    select 'fct_proactive', report_id from mart.fct_proactive anti join mart.dim_reports using (report_id)
    union all
    select 'fct_disputes', report_id from mart.fct_disputes anti join mart.dim_reports using (report_id)
    union all
    select 'fct_cells', report_id from mart.fct_cells anti join mart.dim_reports using (report_id)
    union all
    select 'fct_rule_outcomes', report_id from mart.fct_rule_outcomes anti join mart.dim_reports using (report_id)
    union all
    select 'fct_rule_outcomes', rule from mart.fct_rule_outcomes anti join mart.dim_rules using (rule)
    union all
    select 'fct_rule_counts', report_id from mart.fct_rule_counts anti join mart.dim_reports using (report_id)
    union all
    select 'fct_rule_counts', rule from mart.fct_rule_counts anti join mart.dim_rules using (rule)
    union all
    select 'fct_revisions', report_id from mart.fct_revisions anti join mart.dim_reports using (report_id)
    union all
    select 'fct_causes', report_id from mart.fct_causes anti join mart.dim_reports using (report_id)
    union all
    select 'dim_reports', agency_key from mart.dim_reports anti join mart.dim_agencies using (agency_key)
),

doubles as (
    select 'dim_reports' as what, report_id as key from mart.dim_reports group by all having count(*) > 1
    union all
    select 'dim_agencies', agency_key from mart.dim_agencies group by all having count(*) > 1
    union all
    select 'dim_rules', rule from mart.dim_rules group by all having count(*) > 1
    union all
    select 'fct_rule_counts', report_id || ' ' || rule from mart.fct_rule_counts group by all having count(*) > 1
)

select what, 'missing: ' || missing as problem from references_of
union all
select what, 'twice: ' || key from doubles;
