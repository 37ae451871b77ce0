-- one row per document and applicant type, with the items of table three as columns; null where the template has no such row
-- The same of any cells: a judgement asks it of cells with their blanks read as zero.
create or replace macro staging.wide_applications(cells) as table
select
    document_sha256,
    "column" as applicant_type,
    max(value) filter (where "item" = 'received_new') as received_new,
    max(value) filter (where "item" = 'carried_in') as carried_in,
    max(value) filter (where "item" = 'granted_full') as granted_full,
    max(value) filter (where "item" = 'granted_partial') as granted_partial,
    max(value) filter (where "item" = 'denied_state_secret') as denied_state_secret,
    max(value) filter (where "item" = 'denied_law_prohibited') as denied_law_prohibited,
    max(value) filter (where "item" = 'denied_security_stability') as denied_security_stability,
    max(value) filter (where "item" = 'denied_third_party_rights') as denied_third_party_rights,
    max(value) filter (where "item" = 'denied_internal_affairs') as denied_internal_affairs,
    max(value) filter (where "item" = 'denied_process_information') as denied_process_information,
    max(value) filter (where "item" = 'denied_enforcement_file') as denied_enforcement_file,
    max(value) filter (where "item" = 'denied_administrative_query') as denied_administrative_query,
    max(value) filter (where "item" = 'unavailable_not_held') as unavailable_not_held,
    max(value) filter (where "item" = 'unavailable_requires_creation') as unavailable_requires_creation,
    max(value) filter (where "item" = 'unavailable_unclear_after_correction') as unavailable_unclear_after_correction,
    max(value) filter (where "item" = 'not_processed_petition') as not_processed_petition,
    max(value) filter (where "item" = 'not_processed_duplicate') as not_processed_duplicate,
    max(value) filter (where "item" = 'not_processed_publication') as not_processed_publication,
    max(value) filter (where "item" = 'not_processed_excessive') as not_processed_excessive,
    max(value) filter (where "item" = 'not_processed_confirm_or_reissue') as not_processed_confirm_or_reissue,
    max(value) filter (where "item" = 'other_correction_overdue') as other_correction_overdue,
    max(value) filter (where "item" = 'other_fee_overdue') as other_fee_overdue,
    max(value) filter (where "item" = 'other_other') as other_other,
    max(value) filter (where "item" = 'other_undifferentiated') as other_undifferentiated,
    max(value) filter (where "item" = 'processed_total') as processed_total,
    max(value) filter (where "item" = 'carried_out') as carried_out
from query_table(cells)
where "table" = 'applications'
group by all;

create table if not exists staging.applications (
    document_sha256 varchar not null,
    applicant_type varchar not null,
    received_new decimal(18, 6),
    carried_in decimal(18, 6),
    granted_full decimal(18, 6),
    granted_partial decimal(18, 6),
    denied_state_secret decimal(18, 6),
    denied_law_prohibited decimal(18, 6),
    denied_security_stability decimal(18, 6),
    denied_third_party_rights decimal(18, 6),
    denied_internal_affairs decimal(18, 6),
    denied_process_information decimal(18, 6),
    denied_enforcement_file decimal(18, 6),
    denied_administrative_query decimal(18, 6),
    unavailable_not_held decimal(18, 6),
    unavailable_requires_creation decimal(18, 6),
    unavailable_unclear_after_correction decimal(18, 6),
    not_processed_petition decimal(18, 6),
    not_processed_duplicate decimal(18, 6),
    not_processed_publication decimal(18, 6),
    not_processed_excessive decimal(18, 6),
    not_processed_confirm_or_reissue decimal(18, 6),
    other_correction_overdue decimal(18, 6),
    other_fee_overdue decimal(18, 6),
    other_other decimal(18, 6),
    other_undifferentiated decimal(18, 6),
    processed_total decimal(18, 6),
    carried_out decimal(18, 6)
);

delete from staging.applications where document_sha256 in (select document_sha256 from loaded_before);

insert into staging.applications by name
select * from fresh_applications;
