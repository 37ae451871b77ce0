-- one row per template, table and item of the official form, as form.py states it
create table if not exists raw.form_items (
    template varchar not null,
    "table" varchar not null,
    item varchar not null,
    label varchar not null,
    item_group varchar not null,
    article varchar not null,
    print_order integer not null -- within the table of that template, from 1
);
