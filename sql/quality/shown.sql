-- one row per report in judgement and kind of fact: the first three different ones as printed, each with its first place
create or replace view quality.shown as
with met as (
    select document_sha256, kind, value, where_in_document, rowid as position
    from staging.facts
    union all
    -- What a rule over the prose holds against a table: the sentence.
    select
        document_sha256,
        'said ' || replace(metric, 'requests_accepted', 'requests_received') as kind,
        sentence as value,
        source as where_in_document,
        statement as position
    from staging.prose
    where scope is null and period_kind <> 'cumulative'
),

different as (
    select
        report_id,
        kind,
        regexp_replace(value, '\s+', ' ', 'g') as printed,
        arg_min(where_in_document, position) as place,
        min(position) as first_position
    from met
    join quality.to_judge using (document_sha256)
    group by report_id, kind, printed
),

numbered as (
    select *, row_number() over (partition by report_id, kind order by first_position) as number
    from different
)

select
    report_id,
    kind,
    string_agg('“' || printed || '” ' || place, '; ' order by number) filter (where number <= 3)
        || if(max(number) > 3, '; …', '') as shown
from numbered
group by report_id, kind;
