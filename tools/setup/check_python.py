"""Say so, in one line, if this Python is too old for the book. Runs on Python 3.6 and newer."""

import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    needed, found = (".".join(map(str, version[:2])) for version in (OLDEST, sys.version_info))
    sys.exit(f"This book needs Python {needed} or newer; {sys.executable} is {found}. Say which: make PYTHON=... book")
