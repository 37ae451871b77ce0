-- one row per text that has the shape of a 统一社会信用代码, in an address or as an agency's key
create table if not exists raw.credit_codes (
    credit_code varchar not null,
    is_valid boolean not null -- its check character is right (GB 32100)
);
