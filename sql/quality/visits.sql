-- one row per site and night on which its lists, or the pages for each year that it has instead, were asked for: were
-- they read from the first page to the last?
create or replace view quality.visits as
with pages as (
    select
        site,
        run,
        fetched_at,
        outcome,
        -- A list that does not say how many pages it has ends with an address that is not there; one that has a page
        -- for each year has none for the newest until the first report of it.
        outcome in ('stored', 'unchanged')
        or reason in ('the list ends before this page', 'the list of this year is not there yet')
        or (outcome in ('not_found', 'not_a_report') and is_by_year) as is_read
    from (select *, ends_with(reason, 'asked for by its year') as is_by_year from raw.fetches)
    where taken_for = 'list' or is_by_year or reason = 'the list page is the report itself'
)

select
    site,
    run,
    min(fetched_at) as visited_at,
    bool_and(is_read) as is_complete,
    if(is_complete, 'read', arg_min(outcome, fetched_at) filter (where not is_read)) as list_state
from pages
group by site, run;
