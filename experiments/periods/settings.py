"""What is run: the networks of the centre once more, to measure the period of what noise does to their scores.

The curve of a stack is that of plain averages. Trained weights are none, so whether its side lobe foretells anything
has to be measured: here for every schedule that was trained at the centre, with the recipe that the chapter gives.
Needs no PyTorch. No pair is tested: each schedule is held against its own side lobe, and against those of the others.
"""

from dataclasses import dataclass, replace

from experiments.neighbours import settings as neighbours
from experiments.segmentation import settings as common

SCHEDULES = tuple(dict.fromkeys((*common.SCHEDULES, *neighbours.SCHEDULES)))
PAIRS = ()


@dataclass(frozen=True)
class Probed(common.Setting):
    """A network whose scores of one picture under two noises are subtracted."""

    probed = True


def all_settings():
    """Return every network, one seed after the other."""
    centre = Probed(**{name: getattr(common.CENTRE, name) for name in common.CENTRE.__dataclass_fields__})
    return [replace(centre, dilations=dilations, seed=seed) for seed in common.SEEDS for dilations in SCHEDULES]
