"""First program in the sandbox: give up the rights, set the limits, become the kernel."""

import json
import os
import resource
import sys


def main():
    """Read the settings from the command line and replace this process."""
    settings = json.loads(sys.argv[1])
    for name, value in settings["limits"].items():
        resource.setrlimit(getattr(resource, name), (value, value))
    if settings["uid"]:
        os.setgroups([])
        os.setresgid(*[settings["uid"]] * 3)
        os.setresuid(*[settings["uid"]] * 3)
    os.execv(settings["argv"][0], settings["argv"])


main()
