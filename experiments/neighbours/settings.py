"""What is run: schedules that tell apart what goes together elsewhere. Needs no PyTorch.

In the experiment on segmentation every schedule that reads the nearest neighbours of its own pixel has a layer of
dilation 1 and few holes, so it cannot tell the three apart. Here some read them without such a layer, and some read
them and leave many holes; one of these has the field, the holes and the pixels of 2, 2, 7, which misses them. (A stack
with a dilation of 1 reads its neighbours always.) Behind an ordinary layer stands
one that leaves holes with it too.
"""

from dataclasses import replace

from experiments.segmentation import settings as common

WITH_ONE = (1, 2, 3)
READING = (2, 2, 3), (2, 2, 5), (2, 3, 4), (2, 3, 9)  # without a dilation of 1: by differences, as 3 - 2
HOLED = (1, 7, 7), (1, 9, 9)  # reading them, with holes in more than half of the samples
ALIKE = (1, 1, 9)  # reading them; 8 holes among 23 samples and 225 pixels, as 2, 2, 7
MISSING = (2, 2, 2), (2, 2, 7)
SCHEDULES = WITH_ONE, *READING, *HOLED, ALIKE, *MISSING
BEHIND = WITH_ONE, MISSING[0], (4, 4, 4)
PAIRS = (
    *((one, MISSING[0]) for one in (*READING, *HOLED, ALIKE)),
    *((one, WITH_ONE) for one in (*READING, *HOLED, ALIKE)),
    (ALIKE, MISSING[1]),
    ((2, 2, 5), (2, 2, 7)),  # 225 pixels each, and the first two layers are the same
    *((BEHIND[-1], one) for one in BEHIND[:-1]),
)  # these are tested, where both were trained


def all_settings():
    """Return every network, one seed after the other: at the centre of that experiment, behind an ordinary layer."""
    behind = replace(common.CENTRE, before="ordinary layer")
    return [
        replace(condition, dilations=dilations, seed=seed)
        for seed in common.SEEDS
        for condition, schedules in ((common.CENTRE, SCHEDULES), (behind, BEHIND))
        for dilations in schedules
    ]
