"""Command line: the results are those that the chapter "Does it matter? Trained networks" reads."""

import sys

from experiments import pairs
from experiments.neighbours import settings

if __name__ == "__main__":
    sys.exit(pairs.main(settings, "neighbours"))
