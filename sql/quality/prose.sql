-- one row per report in judgement and metric that its prose states and a table counts; one without a metric where it states none
create or replace view quality.prose as
with own as (
    select
        document_sha256,
        -- 受理 may leave out what was received: it is held against the table only where 收到 is not stated.
        if(metric = 'requests_accepted', 'requests_received', metric) as metric,
        metric = 'requests_accepted' as is_second_best,
        qualifier,
        value
    from staging.prose
    semi join quality.to_judge using (document_sha256)
    -- What another body counts, 全市, or all years together, no table of the report does; 累计 alone may mean all years.
    where scope is null
        and (
            period_kind = 'annual'
            or (period_kind = 'unmarked' and not regexp_matches(sentence, '累计|目前|至今'))
        )
        and (
            starts_with(metric, 'requests_')
            or starts_with(metric, 'normative_documents_')
            or metric in ('response_rate_pct', 'reconsideration_cases', 'litigation_cases')
        )
),

best as (
    select * from own
    qualify is_second_best = bool_and(is_second_best) over (partition by document_sha256, metric)
),

stated as (
    select
        document_sha256,
        metric,
        bool_and(qualifier = 'stated_none') as is_denied,
        -- Stated in two ways, or nearly: nobody can say what is meant.
        if(
            min(value) = max(value) and bool_and(qualifier in ('exact', 'stated_none')),
            min(value),
            null
        ) as said
    from best
    group by document_sha256, metric
),

requests as (
    select
        document_sha256,
        max(total) filter (where row_code = 'received_new') as received_new,
        max(total) filter (where row_code = 'carried_in') as carried_in,
        max(total) filter (where row_code = 'processed_total') as processed_total,
        max(total) filter (where row_code = 'carried_out') as carried_out
    from staging.application_items
    semi join stated using (document_sha256)
    group by document_sha256
),

cases as (
    select
        document_sha256,
        max(total) filter (where channel = 'reconsideration') as reviews,
        max(total) filter (where channel = 'litigation_direct') as direct_suits,
        max(total) filter (where channel = 'litigation_after_reconsideration') as suits_after_reviews
    from staging.disputes
    semi join stated using (document_sha256)
    group by document_sha256
),

documents as (
    select document_sha256, issued, repealed, in_force
    from staging.proactive
    semi join stated using (document_sha256)
    where item = 'normative_documents'
),

beside as (
    select
        stated.*,
        requests.* exclude (document_sha256),
        cases.* exclude (document_sha256),
        documents.* exclude (document_sha256),
        received_new + carried_in as in_hand,
        round(100 * processed_total / nullif(in_hand, 0), 1) as processed_pct
    from stated
    left join requests using (document_sha256)
    left join cases using (document_sha256)
    left join documents using (document_sha256)
),

held as (
    select
        document_sha256,
        metric,
        is_denied,
        said,
        -- Where the words allow several counts of the table, the one that agrees is meant.
        case metric
            when 'requests_received' then
                if(said in (received_new, in_hand), said, if(in_hand is null, null, received_new))
            when 'requests_processed' then
                if(said in (processed_total, received_new, in_hand), said, if(in_hand is null, null, processed_total))
            when 'requests_carried_in' then carried_in
            when 'requests_carried_out' then carried_out
            when 'response_rate_pct' then if(abs(said - processed_pct) <= 0.5, said, processed_pct)
            when 'reconsideration_cases' then reviews
            when 'litigation_cases' then direct_suits + suits_after_reviews
            when 'normative_documents_issued' then issued
            when 'normative_documents_repealed' then repealed
            when 'normative_documents_in_force' then in_force
        end as counted
    from beside
)

select
    reports.report_id,
    reports.template,
    coalesce(held.metric, '') as metric,
    held.is_denied,
    held.said,
    held.counted
from quality.to_judge as reports
left join held using (document_sha256);
