"""A fall in the reports read: far fewer than usual came of tonight's looks. Told at once, before anything is judged.

The usual is what the very same addresses gave when they were last looked at, for the number of looks itself goes up and
down with the season. Returns a message, sends nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage

from disclosure.alerts.engineers import write_to_engineers
from disclosure.settings import Settings
from disclosure.warehouse.connect import open_work

FEWEST = 5  # addresses: of fewer, one site that is away is half of the night
NAMED = 20  # sites that the mail names


@dataclass(frozen=True, slots=True)
class Fall:
    """`by_site`: (site, addresses that could be read when last looked at, those of them that could be read tonight)."""

    by_site: tuple[tuple[str, int, int], ...]

    @property
    def usual(self) -> int:
        return sum(usual for _, usual, _ in self.by_site)

    @property
    def read(self) -> int:
        return sum(read for _, _, read in self.by_site)


def find_fall(settings: Settings) -> Fall | None:
    """The fall in the night that the work file took in last; None when there is none, or no work file."""
    if not settings.warehouse.exists():
        return None
    with open_work(settings) as connection:
        looks = Fall(tuple(connection.execute(LOOKS).fetchall()))
    is_fall = looks.usual >= FEWEST and 2 * looks.read < looks.usual
    return looks if is_fall else None


def write_fall(fall: Fall, settings: Settings, run: str) -> EmailMessage:
    """Given the fall, return the mail to the engineers."""
    worst = [one for one in fall.by_site if one[2] < one[1]]
    lines = [
        f"Of {fall.usual} lists and reports that could be read when last looked at, {fall.read} could be read tonight.",
        "",
        *(f"  {site}: {read} of {usual}" for site, usual, read in worst[:NAMED]),
        *([f"  … and {len(worst) - NAMED} more sites"] if len(worst) > NAMED else []),
        "",
        "The run goes on: what was read before stays published, and no report is taken for withdrawn.",
        "If it is all sites, look at our own network and address first; if it is some, open their pages in a browser.",
        "If the pages came and were not read, see what the parser says of them:",
        './disclosure query "select site, kind, count(*) from mart.fct_unread group by all order by 3 desc"',
        f"What each request was answered: the night's file in {settings.fetches}.",
    ]
    subject = f"FALL: {fall.read} of {fall.usual} usual reports read · {run}"
    return write_to_engineers(subject, lines, settings)


LOOKS = """
-- one row per site and what came tonight of the addresses that could be read when they were last looked at
with looks as (
    select
        fetches.run,
        fetches.site,
        fetches.url,
        fetches.fetched_at,
        fetches.outcome,
        fetches.outcome in ('stored', 'unchanged')
            and (fetches.taken_for = 'list' or (documents.document_sha256 is not null and documents.unread_kind is null))
            as is_read
    from raw.fetches as fetches
    left join staging.documents as documents on documents.document_sha256 = fetches.sha256
    where fetches.taken_for in ('list', 'report', 'attachment')
),

tonight as (
    -- A report that is asked for at a better address is not lost.
    select site, url, bool_or(is_read) as is_read
    from looks
    where run = (select max(night) from raw.nights) and outcome not in ('other_address', 'elsewhere')
    group by all
),

before as (
    select site, url, arg_max(is_read, fetched_at) as was_read
    from looks
    semi join tonight using (site, url)
    where run < (select max(night) from raw.nights)
    group by all
)

select site, count(*) as usual, count(*) filter (where tonight.is_read) as read
from tonight
join before using (site, url)
where was_read
group by site
order by usual - read desc, site
"""
