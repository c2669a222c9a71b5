"""A line of a benchmark's table: printed as soon as it is measured, and kept for docs/benchmarks.md if asked."""

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """What was measured, what came out, against what, and whether the budget was met; None where there is no budget."""

    what: str
    ours: str
    against: str
    met: bool | None = None

    @property
    def verdict(self):
        """The budget in a word."""
        return {True: "met", False: "MISSED", None: ""}[self.met]


def report(rows, kept=None):
    """Print each row as it comes, add it to the file `kept`, and return the exit status: 1 if a budget was missed."""
    status = 0
    for row in rows:
        status |= row.met is False
        print(f"{row.what:48} {row.ours:>14}  {row.against} {row.verdict}".rstrip(), flush=True)
        if kept:
            with Path(kept).open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(row)) + "\n")
    return int(status)


def arguments(**more):
    """Return the command line of a benchmark: ``--rows FILE``, and what `more` names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", help="file to add the rows to, as JSON, one a line")
    for name, options in more.items():
        parser.add_argument(name, **options)
    return parser.parse_args()
