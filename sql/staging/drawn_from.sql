-- one row: what all sightings, readings and claims are drawn from beside the pages of their own address
create table if not exists staging.drawn_from (
    registry varchar not null -- digest of the agencies of the site files, the divisions and the credit codes
);
