"""Say so, in one line, if this Python is too old for the book. Runs on any Python 3."""

import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.exit(
        "This book needs Python %d.%d or newer; %s is %d.%d. Choose another: make PYTHON=python3.12 ..."
        % (OLDEST + (sys.executable,) + sys.version_info[:2])
    )
