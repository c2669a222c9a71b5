"""The date that what is built bears: that of the commit, so that two builds of one commit are the same bytes."""

import datetime
import os


def date():
    """Return the moment in ``SOURCE_DATE_EPOCH`` (seconds), which the Makefile sets; now, where nothing does. UTC."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.datetime.now(datetime.UTC)
    return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC) if seconds else now
