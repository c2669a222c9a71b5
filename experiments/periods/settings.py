"""What is run: the networks of the centre once more, to measure the period of what noise does to their scores.

The curve of a stack is that of plain averages. Trained weights are none, so whether its side lobe foretells anything
has to be measured: here for every schedule that was trained at the centre, with the recipe that the chapter gives.
Then, planned when these were known, behind an ordinary layer, as in a network with a stem: for the schedules whose side
lobe is high on the bare picture, for one without holes, and for one that leaves holes behind that layer too. By the
curve the wave of 1, 7, 7 and 1, 9, 9 should still be found there, and that of the others not.
Needs no PyTorch. No pair is tested: each schedule is held against its own side lobe, and against those of the others.
"""

from dataclasses import dataclass, replace

from experiments.neighbours import settings as neighbours
from experiments.segmentation import settings as common

SCHEDULES = tuple(dict.fromkeys((*common.SCHEDULES, *neighbours.SCHEDULES)))
BEHIND = (
    (2, 2, 2), (2, 4, 8), (2, 2, 7), (2, 2, 5), (1, 7, 7), (1, 9, 9), (1, 1, 9), (1, 2, 9), (1, 2, 3), (4, 4, 4),
)  # fmt: skip
PAIRS = ()


@dataclass(frozen=True)
class Probed(common.Setting):
    """A network whose scores of one picture under two noises are subtracted."""

    probed = True

    @property
    def stack(self):
        """The dilations from the picture on."""
        return (1,) * (self.before == common.BEFORE[1]) + self.dilations


def all_settings():
    """Return every network, on the bare picture and then behind an ordinary layer, one seed after the other."""
    bare = Probed(**{name: getattr(common.CENTRE, name) for name in common.CENTRE.__dataclass_fields__})
    behind = replace(bare, before=common.BEFORE[1])
    return [
        replace(condition, dilations=dilations, seed=seed)
        for condition, schedules in ((bare, SCHEDULES), (behind, BEHIND))
        for seed in common.SEEDS
        for dilations in schedules
    ]
