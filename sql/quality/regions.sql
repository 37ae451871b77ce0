-- one row per way to write a region's name, with or without its province and prefecture
create or replace view quality.regions as
select spelled, region_code, valid_from, valid_to, is_sure
from staging.region_spellings;
