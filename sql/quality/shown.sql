-- one row per report in judgement and kind of fact: the first three different ones as printed, each with its first place
create or replace view quality.shown as
with different as (
    select
        report_id,
        kind,
        regexp_replace(value, '\s+', ' ', 'g') as printed,
        arg_min(where_in_document, staging.facts.rowid) as place,
        min(staging.facts.rowid) as first_row
    from staging.facts
    join quality.to_judge using (document_sha256)
    group by report_id, kind, printed
),

numbered as (
    select *, row_number() over (partition by report_id, kind order by first_row) as number
    from different
)

select
    report_id,
    kind,
    string_agg('“' || printed || '” ' || place, '; ' order by number) filter (where number <= 3)
        || if(max(number) > 3, '; …', '') as shown
from numbered
group by report_id, kind;
