-- one row per layer of this file: the scripts that made its tables, views and macros
create table if not exists raw.made_by (
    layer varchar not null, -- raw, staging, quality
    scripts varchar not null -- digest of the files of the layer and of those to its left
);
