-- how alike two sketches are, from 0 to 1; null where one is missing
create or replace macro quality.likeness(one, other) as (
    -- Sketches, two digits for each of 256 places: the share of places that agree, less what agrees by chance (1 in 255).
    with places as (
        select
            substr(one, 2 * place - 1, 2) as ours,
            substr(other, 2 * place - 1, 2) as theirs
        from range(1, 257) as places(place)
    )

    select if(
        one is null or other is null,
        null,
        greatest(0, (count(*) filter (where ours = theirs) / nullif(count(*), 0) - 1 / 255) / (1 - 1 / 255))
    )
    from places
    where ours <> '00' or theirs <> '00'
);
