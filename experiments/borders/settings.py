"""What is run: a stack with holes, and what a design puts in its place, with zeros around. Needs no PyTorch.

In the experiment on segmentation the edges of a picture are joined, so that a border costs nothing. Here zeros stand
around every map, as in most networks. The first schedule is that of network A in the chapter on designing; thin lines
stand for its cracks. One schedule of four layers keeps the common divisor and the field, so that what a layer more
does is told apart from what the holes do. Another keeps the field, the layers and the number of holes, and reads all
that is near, so that this is told apart from the holes. Two narrow ones tell what the width of the field is worth.

The last four pairs were added when the scores of the others were known. So they were planned a second time, before
anything was trained there: with twice the noise, where there is more to average and a wide field may pay; and then
with wide lines too, because with thin ones a wide field did not pay, so that holes far out could not cost anything.

The field of 21 came last, when `experiments.joints` had it ahead: it is trained for the figure, and tested in no pair.
"""

from dataclasses import dataclass, replace

from experiments.segmentation import settings as common

AS_BUILT = 2, 4, 8  # a field of 29, with holes
LAYER_MORE = 2, 2, 4, 6  # the same field, with holes too
NARROWER = 1, 3, 9  # three layers without a hole: a field of 27
NEIGHBOURS = 1, 1, 12  # three layers, the field and as many holes as at first, but none near the middle
NARROW = (1, 1, 1), (1, 2, 3)  # fields of 7 and 13, without a hole
PROPOSED = (1, 3, 5, 5), (1, 2, 4, 7), (1, 1, 3, 9)  # the first, one of the middle and the last of ten without a hole
NOISIER = 2.0
MIDDLE = 1, 2, 7  # a field of 21, the widest that paid among joints; trained last, and in no tested pair here
SCHEDULES = AS_BUILT, LAYER_MORE, NEIGHBOURS, *NARROW, NARROWER, *PROPOSED, MIDDLE
AGAIN = AS_BUILT, NEIGHBOURS, *NARROW, NARROWER, PROPOSED[0], PROPOSED[2], MIDDLE  # with more noise
PAIRS = (
    (AS_BUILT, LAYER_MORE),  # one layer more
    (LAYER_MORE, PROPOSED[0]),  # holes and none, as many layers
    (AS_BUILT, PROPOSED[0]),
    (AS_BUILT, NARROWER),
    (NARROWER, PROPOSED[0]),
    (PROPOSED[0], PROPOSED[1]),  # whether it matters which of the ten is taken
    (PROPOSED[0], PROPOSED[2]),
    (AS_BUILT, NEIGHBOURS),  # what is near
    (NEIGHBOURS, NARROWER),  # holes further out
    (NARROWER, NARROW[1]),  # a wide field and a narrow one
    (NARROW[0], NARROW[1]),
)  # these are tested wherever both were trained


@dataclass(frozen=True)
class Bordered(common.Setting):
    """A network that meets zeros where the picture ends."""

    zeros = True

    @property
    def condition(self):
        """Everything but the dilations, the seed and the rate."""
        return super().condition + ", zeros around"


def all_settings():
    """Return every network, one task after the other, and in each one seed after the other."""
    centre = {name: getattr(common.CENTRE, name) for name in common.CENTRE.__dataclass_fields__}
    thin = Bordered(**{**centre, "size": common.SIZES[0]})
    noisy, wide = replace(thin, noise=NOISIER), replace(thin, noise=NOISIER, size=common.SIZES[-1])
    tasks = (thin, SCHEDULES), (noisy, AGAIN), (wide, AGAIN)
    return [replace(task, dilations=dilations, seed=seed)
            for task, schedules in tasks for seed in common.SEEDS for dilations in schedules]  # fmt: skip
