"""The errors that cross a stage. Each says what happens next; anything else that is raised is ours, and stops the task."""


class DisclosureError(Exception):
    """Root of our own errors. The command line prints its text as one line and exits with 2."""


class ReportError(DisclosureError):
    """Raised by parse when a document cannot become a report. The document is set aside; the run continues.

    `kind` is one word of the closed list below; the message says what was seen and what to do.
    """

    KINDS = (
        "empty",  # no text at all
        "not_a_report",  # readable, and no table of the form in it
        "old_form",  # the 2014 statistics sheet, or an older local one: recognised, set aside
        "tables_are_images",  # headings of the form with pictures below them
        "encrypted",
        "damaged",
        "challenge_page",  # a login, verification or error page instead of the document
        "unsupported_format",
        "undecodable",  # no known encoding gives text
    )

    def __init__(self, kind: str, message: str) -> None:
        if kind not in self.KINDS:
            raise ValueError(f"unknown kind of report error: {kind}")
        super().__init__(message)
        self.kind = kind
        self.message = message


class NoConverter(ReportError):
    """Raised by convert where LibreOffice is not installed. The document is set aside, and read once the program is there."""


class SiteFileError(DisclosureError):
    """Raised when a file in sites/ is wrong; says file, line and what is allowed. No site is visited."""


class FetchError(DisclosureError):
    """Raised by crawl.client when an address gives no usable answer. Recorded as a fetch row; the night goes on."""


class JudgeError(DisclosureError):
    """Raised when a rule could not be evaluated. The run stops and nothing is published: a crash is no verdict."""


class AcknowledgementError(DisclosureError):
    """Raised when expectations/acknowledged.yaml is wrong; says file, line and what is allowed. No mail is written."""


class RouteError(DisclosureError):
    """Raised when the file that ALERT_ROUTES names is wrong; says file, line and what is allowed. No mail is written."""


class PublishError(DisclosureError):
    """Raised when the built warehouse fails its own checks. What was published before stays."""


class SettingError(DisclosureError):
    """Raised when an environment variable has a value that cannot be used; names the variable."""


class QueryError(DisclosureError):
    """Raised when an analyst's query is refused or wrong, with the database's own words."""
