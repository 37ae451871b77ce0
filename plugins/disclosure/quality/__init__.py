"""Rules held against reports. What imports Great Expectations (seconds) is imported where it is needed."""

import os

# Great Expectations reports its use to its makers unless told otherwise, and looks when it is imported.
os.environ["GX_ANALYTICS_ENABLED"] = "false"
