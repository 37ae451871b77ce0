-- Every report was held to every rule for its template.
with held as (
    select report_id, rule from mart.fct_rule_counts
),

expected as (
    select reports.report_id, rules.rule
    from mart.dim_reports as reports
    join mart.dim_rules as rules on list_contains(rules.templates, reports.template)
)

select report_id, rule as problem from expected anti join held using (report_id, rule);
