-- one row per site that is silent for longer than its habit, or list page without a report
create or replace view quality.silences as
with visits as (
    select
        visits.*,
        list_state in ('read', 'no_reports') as is_answered
    from quality.visits as visits
    semi join raw.sites using (site)
),

numbered as (
    select
        *,
        sum(is_answered::integer) over past as answers,
        min(if(is_answered, visited_at, null)) over future as answered_at
    from visits
    window
        past as (partition by site order by visited_at, run),
        future as (partition by site order by visited_at, run rows between current row and unbounded following)
),

-- Visits in a row that brought no list.
spells as (
    select
        site,
        min(visited_at) as since,
        arg_max(list_state, visited_at) as outcome,
        any_value(answered_at) as answered_at,
        date_diff('day', min(visited_at), coalesce(any_value(answered_at), max(visited_at))) as days
    from numbered
    where not is_answered
    group by site, answers
),

habits as (
    select site, max(days) as longest_before
    from spells
    where answered_at is not null
    group by site
),

silent as (
    select
        spells.site,
        'silent' as kind,
        null as url,
        spells.since,
        spells.outcome,
        coalesce(habits.longest_before, 0) as longest_before
    from spells
    left join habits using (site)
    -- One bad night is no news, and after two weeks no habit excuses a silence.
    where spells.answered_at is null
        and spells.days > least(greatest(coalesce(habits.longest_before, 0), 2), 13)
),

pages as (
    select
        site,
        url,
        arg_max(outcome, fetched_at) as outcome,
        max(fetched_at) filter (where outcome <> 'no_reports') as other_until
    from raw.fetches
    semi join raw.sites using (site)
    where taken_for = 'list'
    group by site, url
),

barren as (
    select
        pages.site,
        'no_reports' as kind,
        pages.url,
        min(fetches.fetched_at) as since,
        'no_reports' as outcome,
        null as longest_before
    from pages
    join raw.fetches as fetches
        on fetches.site = pages.site
        and fetches.url = pages.url
        and fetches.taken_for = 'list'
        and fetches.fetched_at > coalesce(pages.other_until, '-infinity'::timestamp)
    where pages.outcome = 'no_reports'
    group by pages.site, pages.url
)

select * from silent
union all
select * from barren;
