"""Where many tests notice the same mistakes: `python -m tools.mutants.thick hdclib/sizes/`.

Each written mutant of a room is planted, and all tests of the room run to their end. Tests that turn red for the same
mutants are one group. What is printed may be thinned, not must: a test may hold what no mutant is about.
"""

import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from tools.mutants.entries import ROOT, written_mutants
from tools.mutants.layers import Step, steps_for
from tools.mutants.planting import Copy

#: A group of more tests than that is thick: where twenty notice the same mistakes, five are enough.
ENOUGH = 5


def tests_of(file, root):
    """Return one step with all tests of a file's own room."""
    rooms = [step.arguments for step in steps_for(file, root) if step.layer == "room"]
    return Step("room", rooms[-1])  # the last of them holds the others


def groups(noticed):
    """Return the tests that notice the same mutants: (names of the mutants, names of the tests), the most tests first.

    Parameters
    ----------
    noticed : dict
        Name of a mutant → names of the tests that notice it.
    """
    mutants = defaultdict(set)
    for mutant, tests in noticed.items():
        for test in tests:
            mutants[test].add(mutant)
    alike = defaultdict(list)
    for test, found in sorted(mutants.items()):
        alike[frozenset(found)].append(test)
    return sorted(((sorted(found), tests) for found, tests in alike.items()), key=lambda group: -len(group[1]))


def main(room):
    """Print the thick groups of a room, and for each mutant how many tests notice it."""
    mutants = [one for one in written_mutants() if one.file.startswith(room) and not one.equivalent]
    if not mutants or not room.startswith("hdclib/") or room.startswith("hdclib/coursework"):
        raise SystemExit(f"the room must be one of hdclib with written mutants, such as hdclib/sizes/, got {room!r}")
    noticed = {}
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(ROOT, Path(folder), with_site=False)
        for mutant in mutants:
            with copy.planted(mutant):
                red = copy.all_red(tests_of(mutant.file, ROOT), mutant.is_script)
            noticed[f"{mutant.file}: {mutant.mistake}"] = red
            print(f"{len(red):4} tests: {mutant.file}: {mutant.mistake}", flush=True)
        copy.close()
    for found, tests in groups(noticed):
        if len(tests) > ENOUGH:
            print(f"\n{len(tests)} tests notice the same {len(found)} mutants, such as {found[0]}")
            print("\n".join(f"    {test}" for test in tests))


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
