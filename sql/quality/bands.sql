-- one row per year, sketch of prose and band of it, of a table with these two columns
create or replace macro quality.bands(texts) as table
-- Two texts nine tenths alike have one of 16 bands of 8 places in common in all but one of ten thousand cases.
select
    report_year,
    sketch,
    band,
    substr(sketch, 16 * band + 1, 16) as places
from query_table(texts), range(16) as bands(band)
where places <> repeat('00', 8);
