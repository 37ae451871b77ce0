-- one row per report of quality.groups_to_measure
create or replace view quality.to_measure as
select report_id
from quality.contents
semi join quality.groups_to_measure using (agency_kind, admin_level, report_year);
