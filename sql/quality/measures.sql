-- one row per document: its figures as two lists, names and values, of the rows' totals and of tables two and four
create or replace view quality.measures as
with applications as (
    select document_sha256, list(row_code order by row_code) as names, list(total order by row_code) as figures
    from staging.application_items
    where row_code <> 'other_undifferentiated'
    group by document_sha256
),

proactive as (
    select
        document_sha256,
        list(item order by item) filter (where decisions is not null) as names,
        list(decisions order by item) filter (where decisions is not null) as figures
    from staging.proactive
    group by document_sha256
),

disputes as (
    select document_sha256, list(channel order by channel) as names, list(total order by channel) as figures
    from staging.disputes
    group by document_sha256
)

select
    document_sha256,
    list_concat(applications.names, coalesce(proactive.names, []), disputes.names) as names,
    list_concat(applications.figures, coalesce(proactive.figures, []), disputes.figures) as figures
from applications
join proactive using (document_sha256)
join disputes using (document_sha256);
