"""A small process that ends a service's children when the service itself was killed and could not.

    python -m disclosure.service.guardian < lifeline

The service writes the id of each child's session, one a line, and keeps the other end of the pipe open. The end of the
pipe means that the service has stopped, one way or another: whatever is left of those sessions is killed then, so that
the next run has the data folder to itself.
"""

from __future__ import annotations

import sys

from disclosure.service.processes import kill_session


def main() -> None:
    for session in [int(line) for line in sys.stdin]:
        kill_session(session)


if __name__ == "__main__":
    main()
