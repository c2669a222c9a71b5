"""Command line: ``python -m course COMMAND ...``; each command is a module with a function ``main``."""

import importlib
import sys

COMMANDS = ("release", "collect", "grade", "feedback", "export")

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: python -m course {{{','.join(COMMANDS)}}} ...")
    command = sys.argv.pop(1)
    sys.argv[0] = f"course {command}"
    sys.exit(importlib.import_module(f"course.{command}").main())
