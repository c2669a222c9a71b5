"""Find out which cell of a submission is which cell of the release, whatever was done to the notebook."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property


@dataclass
class Match:
    """For each cell of the release the cells of the submission that are it; and what was noticed."""

    places: dict = field(default_factory=dict)  # index in the submission → index in the release
    notes: list = field(default_factory=list)

    def of(self, index):
        """Return where in the submission the release's cell `index` is, in order."""
        return self._of.get(index, [])

    @cached_property
    def _of(self):
        """Map each cell of the release to its places; made when matching is done."""
        found = {}
        for at in sorted(self.places):
            found.setdefault(self.places[at], []).append(at)
        return found


def match(submitted, release):
    """Match the cells of a submission to those of the release.

    Parameters
    ----------
    submitted, release : list of preflight.Cell

    Returns
    -------
    match : Match
        Cells are recognised by nbgrader's name; failing that by their own id, by their text, and at last
        by standing between two recognised neighbours.
    """
    result = Match()
    _by_key(result, submitted, release, lambda cell: cell.grade_id, many=True)
    named = set(result.places.values())
    _by_key(result, submitted, release, lambda cell: cell.id and (cell.id, cell.kind))
    _by_key(result, submitted, release, lambda cell: cell.text.strip())
    _by_place(result, submitted, release)
    rejoined = [release[at].grade_id for at in sorted(set(result.places.values()) - named) if release[at].grade_id]
    if rejoined:
        result.notes.append(f"the grader's marks were lost; cells recognised without them: {', '.join(rejoined)}")
    return result


def _by_key(result, submitted, release, key, many=False):
    """Match cells whose keys are equal; `many` lets several cells be the same one of the release."""
    keys = Counter(filter(None, map(key, release)))
    wanted = {key(cell): at for at, cell in enumerate(release) if keys.get(key(cell)) == 1}
    taken = set(result.places.values())
    for at, cell in enumerate(submitted):
        where = wanted.get(key(cell)) if key(cell) else None
        if at not in result.places and where is not None and where not in taken:
            result.places[at] = where
            if not many:
                taken.add(where)


def _by_place(result, submitted, release):
    """Match what is left between two recognised neighbours if both notebooks have the same kinds of cells there."""
    known = [-1, *sorted(result.places), len(submitted)]
    place = {-1: -1, len(submitted): len(release), **result.places}
    taken = set(place.values())
    for before, after in zip(known, known[1:], strict=False):
        here = list(range(before + 1, after))
        there = [at for at in range(place[before] + 1, place[after]) if at not in taken]
        if [submitted[at].kind for at in here] == [release[at].kind for at in there]:
            result.places.update(zip(here, there, strict=True))
