"""Command line: the results are those that the chapter "Designing a schedule" decides by."""

import sys

from experiments import pairs
from experiments.new_seeds import settings

if __name__ == "__main__":
    sys.exit(pairs.main(settings, "new_seeds", shown=settings.SEEDS[0]))
