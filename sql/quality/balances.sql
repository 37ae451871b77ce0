-- one row per report in judgement: by how much the balance of table three is off, over its columns
create or replace view quality.balances as
with columns as (
    select
        report_id,
        template,
        applicant_type,
        received_new + carried_in - processed_total - carried_out as off_by
    from quality.applications
),

reports as (
    select
        report_id,
        template,
        max(off_by) filter (where applicant_type = 'total') as total_off_by,
        count(*) filter (where applicant_type <> 'total' and off_by <> 0) as columns_off,
        count(off_by) = count(*) as is_complete,
        list(off_by) filter (where applicant_type <> 'total' and off_by <> 0) as amounts
    from columns
    group by report_id, template
)

select
    report_id,
    template,
    total_off_by,
    columns_off,
    -- One application counted under two types: one column is off by as much as another, the other way.
    if(
        is_complete,
        len(list_filter(coalesce(amounts, []), lambda amount: list_contains(amounts, -amount))),
        null
    ) as columns_offset
from reports;
