"""Command line: the results are those that the chapter "Does it matter? In frequencies" reads."""

import sys

from experiments import pairs
from experiments.periods import settings

if __name__ == "__main__":
    sys.exit(pairs.main(settings, "periods"))
