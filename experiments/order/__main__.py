"""Command line: the results are those that the chapter "Your network" reads."""

import sys

from experiments import pairs
from experiments.order import settings

if __name__ == "__main__":
    sys.exit(pairs.main(settings, "order"))
