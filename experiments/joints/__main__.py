"""Command line: the results are those that the chapter "Designing a schedule" reads."""

import sys

from experiments import pairs
from experiments.joints import settings

if __name__ == "__main__":
    sys.exit(pairs.main(settings, "joints"))
