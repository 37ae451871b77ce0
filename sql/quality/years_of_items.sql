-- one row per report in judgement and item of table two, beside the year before
create or replace view quality.years_of_items as
select
    judged.report_id,
    judged.template,
    now.item,
    coalesce(reports.template_before = judged.template, true) as is_comparable,
    now.issued,
    now.repealed,
    now.in_force,
    before.in_force as in_force_before,
    now.prior_year_items,
    before.prior_year_items as prior_year_items_before,
    before.items_change as items_change_before
from quality.to_judge as judged
join quality.reports as reports using (report_id)
join staging.proactive as now on now.document_sha256 = judged.document_sha256
left join staging.proactive as before
    on before.document_sha256 = reports.document_before and before.item = now.item;
