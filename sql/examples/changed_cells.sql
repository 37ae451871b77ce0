-- What changed between two versions of a report?
select
    agencies.agency_name,
    reports.report_year,
    changes.from_version,
    changes.to_version,
    changes."table" || '.' || changes.item || '.' || changes."column" as cell,
    changes.before,
    changes.after,
    changes.seen_at,
    reports.source_url
from mart.fct_revisions as changes
join mart.dim_reports as reports using (report_id)
join mart.dim_agencies as agencies using (agency_key)
order by changes.seen_at desc, agencies.agency_name, reports.report_year, cell;
