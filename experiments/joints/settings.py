"""What is run: cracks and joints that only a wide field tells apart, with zeros around. Needs no PyTorch.

In `experiments.borders` no field above 13 paid, because nothing in its pictures lies further away. Here the other edge
of a joint does: 7 to 12 pixels, in a grey that cracks have too. So the fields go up in steps through those distances.
All pairs were planned before anything of this was trained, but for four networks with other seeds that told whether
the task can be learned at all: 1, 2, 3 and 1, 3, 9 with two seeds each. (Four more had less noise and more steps.)
"""

from dataclasses import replace

from experiments.borders.settings import AS_BUILT, NARROW, NARROWER, NEIGHBOURS, PROPOSED, Bordered
from experiments.segmentation import settings as common

STEPS = *NARROW, (1, 2, 5), (1, 2, 7), NARROWER  # fields of 7, 13, 17, 21 and 27, without a hole
SCHEDULES = AS_BUILT, NEIGHBOURS, *STEPS, PROPOSED[0], PROPOSED[2]
PAIRS = (
    *zip(STEPS, STEPS[1:], strict=False),  # a field and the next wider one
    (NARROW[1], NARROWER),  # the field that the other tasks rewarded, and the one that this asks for
    (AS_BUILT, NEIGHBOURS),  # what is near
    (NEIGHBOURS, NARROWER),  # holes further out
    (AS_BUILT, NARROWER),
    (NARROWER, PROPOSED[0]),  # one layer more
    (PROPOSED[0], PROPOSED[2]),  # whether it matters which of the ten is taken
)
NOISE = 0.5


def all_settings():
    """Return every network, one seed after the other."""
    centre = {name: getattr(common.CENTRE, name) for name in common.CENTRE.__dataclass_fields__}
    task = replace(Bordered(**centre), data="joints", noise=NOISE)
    return [replace(task, dilations=dilations, seed=seed) for seed in common.SEEDS for dilations in SCHEDULES]
