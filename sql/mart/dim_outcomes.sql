-- one row per item of table three
create table mart.dim_outcomes (
    row_code varchar not null,
    label varchar not null,
    outcome_group varchar not null,
    article varchar not null,
    print_order integer not null
);

comment on table mart.dim_outcomes is 'One row per item of table three, of all templates: requests received, their outcomes, and what is carried over.';
comment on column mart.dim_outcomes.row_code is 'Canonical name of the item';
comment on column mart.dim_outcomes.label is 'Official label as the form prints it';
comment on column mart.dim_outcomes.outcome_group is 'flow, granted, denied, unavailable, not_processed, other or total';
comment on column mart.dim_outcomes.article is 'Article of the Regulations (2019) it rests on; empty where none is stated. Inferred where the label does not repeat the words of the article';
comment on column mart.dim_outcomes.print_order is 'Place in the form, from 1; the 2019-60 row for other outcomes follows those of 2021-30';

insert into mart.dim_outcomes by name
with items as (
    select
        item as row_code,
        any_value(label) as label,
        any_value(item_group) as outcome_group,
        any_value(article) as article,
        max(print_order) as place,
        max(template) as template
    from raw.form_items
    where "table" = 'applications'
    group by item
),

-- The one row 其他处理 of 2019-60 stands after the three rows that took its place in 2021-30.
placed as (
    select
        *,
        if(row_code = 'other_undifferentiated', (select place from items where row_code = 'other_other') + 0.5, place)
            as sort_key
    from items
)

select
    row_code,
    label,
    outcome_group,
    article,
    row_number() over (order by sort_key) as print_order
from placed
order by print_order;
