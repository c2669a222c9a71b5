"""What is run: schedules without a layer of dilation 1, some of which read the nearest neighbours. Needs no PyTorch.

In the experiment on segmentation every schedule that reads the nearest neighbours of its own pixel has a layer of
dilation 1, so it cannot tell the two apart. (A stack with such a layer reads them always.)
"""

from dataclasses import replace

from experiments.segmentation import settings as common

WITH_ONE = (1, 2, 3)
READING = (2, 2, 3), (2, 2, 5), (2, 3, 4), (2, 3, 9)  # without a dilation of 1: by differences, as 3 - 2
MISSING = (2, 2, 2), (2, 2, 7)
SCHEDULES = WITH_ONE, *READING, *MISSING
PAIRS = (
    *((reading, MISSING[0]) for reading in READING),
    *((reading, WITH_ONE) for reading in READING),
    ((2, 2, 5), (2, 2, 7)),  # 225 pixels each, and the first two layers are the same
)


def all_settings():
    """Return every network, one seed after the other: each in the centre of the experiment on segmentation."""
    return [replace(common.CENTRE, dilations=dilations, seed=seed) for seed in common.SEEDS for dilations in SCHEDULES]
