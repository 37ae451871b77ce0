"""Bytes to a Report. Nothing below opens a file, a socket or a database, or reads a clock."""

PARSER_VERSION = "16"
"""Raise it with every change that can change a reading: stored documents are then read again."""
