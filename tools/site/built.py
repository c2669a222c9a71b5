"""What is built bears the date of the commit, so that two builds of one commit are the same bytes; and which it is."""

import datetime
import os
import subprocess


def date():
    """Return the moment in ``SOURCE_DATE_EPOCH`` (seconds), which the Makefile sets; now, where nothing does. UTC."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.datetime.now(datetime.UTC)
    return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC) if seconds else now


def commit(root):
    """Return the commit of a repository in short, and whether its files are changed; nothing outside of one."""
    command = ["git", "describe", "--always", "--dirty"]
    return subprocess.run(command, cwd=root, check=False, capture_output=True, text=True).stdout.strip()
