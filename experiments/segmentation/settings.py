"""What is run: every network of the experiment as a small checked record. Needs no PyTorch."""

from dataclasses import asdict, dataclass, replace

import hdclib as hdc

SCHEDULES = (
    (1, 1, 1), (2, 2, 2), (1, 2, 3), (3, 2, 1), (1, 2, 5), (1, 2, 7), (1, 2, 9), (2, 2, 7), (2, 4, 8), (1, 3, 9),
)  # fmt: skip
MAIN = (1, 1, 1), (2, 2, 2), (1, 2, 3), (1, 2, 5), (1, 2, 7), (1, 2, 9)
HOLES = (2, 2, 2), (1, 2, 3), (1, 2, 5), (1, 2, 9)  # a lattice and holes without one, each beside one that has none
LATTICE = (2, 2, 2), (1, 2, 3)
PAIRS = (
    ((2, 2, 2), (1, 2, 3)),  # one field of 13 x 13 pixels, with a common divisor and without
    ((2, 2, 2), (3, 2, 1)),
    ((1, 2, 3), (3, 2, 1)),  # the same inputs, each as often, in another order
    ((1, 2, 9), (1, 2, 5)),  # with holes, and with none and a narrower field
    ((1, 2, 9), (1, 2, 7)),  # 441 pixels, read equally often, with holes between them and without
    ((2, 4, 8), (2, 2, 7)),  # 225 pixels without the nearest neighbours, with a common divisor and without
)  # these are tested
SEEDS = tuple(range(8))

DATA = ("fields", "photographs", "flat", "joints")
NOISES = (0.5, 1.0, 2.0)  # standard deviation of the noise; neighbouring classes lie 1 apart
SIZES = (1, 2, 4)  # width of the thin structures in pixels; blobs are six times as wide
BEFORE = ("nothing", "ordinary layer", "stride 2")
AFTER = ("nothing", "ordinary layer")

STEPS = (500, 1500)  # of training; the second only at the centre
CHANNELS = 16
CLASSES = 3
SIDE = 64  # pixels of a training picture, along each axis
BATCH = 1  # pictures a step: each has a label at every pixel
FLAT_BATCH = 4  # constant pictures a step: each has one grey to be named
LEARNING_RATE = 0.01  # at the start; falls to 0 along half a cosine
LOWER_RATE = 0.003  # of the second attempt, where a network failed
FAILED_BELOW = 0.03  # of mean IoU: a network that lies further below the middle one of its seeds has failed
POOL = 256  # label pictures that a network is trained on, each time with fresh noise
TEST_PICTURES = 16
RIM = 14  # pixels at each edge of a photograph's crop that no network is judged on
EDGE = 8  # pixels from the edge that count as near it, where zeros stand around the pictures

# What is written down of each network, in this order.
SETTING = (
    "condition", "data", "noise", "size", "before", "after", "steps", "dilations", "seed", "rate", "weights", "seconds",
)  # fmt: skip
SEGMENTATION = ("mean_iou", "boundary_f", "boundary_f_near", "error", "grid_energy", "grain", "correlation")
BORDERED = "mean_iou_edge", "iou_lines"  # where zeros stand around the pictures
PROBED = ("period",)  # where that is asked
AVERAGING = ("noise_left", "bound", "averages", "correlation", "averages_correlation", "shared", "inputs", "gain")
AVERAGING_SUMMARY = ("noise_left", "correlation")
TESTED = ("mean_iou", "boundary_f", "grain")  # all tests on these make up one family for the correction


@dataclass(frozen=True)
class Setting:
    """One network to train.

    Attributes
    ----------
    data : str
        "fields" and "joints" (made by the script), "photographs", or "flat" (constant pictures, to be averaged).
    noise : float
        Standard deviation of the white noise, in steps between neighbouring classes.
    size : int
        Width of the thin structures of "fields" and of the lines of "joints", in pixels.
    before : str
        What comes before the dilated layers: one of `BEFORE`.
    after : str
        What comes after them: one of `AFTER`.
    steps : int
        Of training.
    dilations : tuple of int
        Of the three 3 x 3 layers, first layer first.
    seed : int
        Fixes the weights at the start, the pictures, their order and their noise, whatever the dilations.
    rate : float
        Learning rate at the start.
    """

    data: str
    noise: float
    size: int
    before: str
    after: str
    steps: int
    dilations: tuple
    seed: int
    rate: float = LEARNING_RATE

    skips = False  # whether an identity stands beside each dilated layer, as in `experiments.order`
    zeros = False  # whether zeros stand around each map, as in `experiments.borders`, or its edges are joined
    probed = False  # whether the period of what noise does to its scores is measured, as in `experiments.periods`

    @property
    def condition(self):
        """Everything but the dilations, the seed and the rate: within it, schedules are compared."""
        around = f"before {self.before}, after {self.after}"
        return f"{self.data}, noise {self.noise:g}, size {self.size}, {around}, {self.steps} steps"

    @property
    def key(self):
        """A name for this network that no other has."""
        return f"{self.condition}, dilations {' '.join(map(str, self.dilations))}, seed {self.seed}, rate {self.rate:g}"

    def record(self):
        """Return the setting as it is written to the results."""
        return {**asdict(self), "dilations": list(self.dilations), "condition": self.condition}


CENTRE = Setting("fields", 1.0, 2, "nothing", "nothing", STEPS[0], SCHEDULES[0], SEEDS[0])


def conditions():
    """Return what is trained: the setting of each condition, and its schedules.

    Returns
    -------
    conditions : list of (Setting, tuple of schedules)
        The centre, then one factor changed at a time, then the other data, then what is dearer: a condition has the
        schedules that something is asked about in it. The noise is changed behind an ordinary layer too, since it is
        there that the lattice is said to cost nothing.
    """
    noises = [noise for noise in NOISES if noise != CENTRE.noise]
    sizes = [size for size in SIZES if size != CENTRE.size]
    return [
        (CENTRE, SCHEDULES),
        *((replace(CENTRE, noise=noise), MAIN) for noise in noises),
        *((replace(CENTRE, size=size), MAIN) for size in sizes),
        *((replace(CENTRE, before=before), MAIN) for before in BEFORE[1:]),
        (replace(CENTRE, after=AFTER[1]), LATTICE),
        *((replace(CENTRE, before=BEFORE[1], noise=noise), LATTICE) for noise in noises),
        (replace(CENTRE, data="photographs", size=0), HOLES),
        (replace(CENTRE, data="flat", size=0), SCHEDULES),
        (replace(CENTRE, steps=STEPS[1]), HOLES),
    ]


def all_settings():
    """Return every network of the first attempts: one seed after the other, the long trainings last."""
    listed = [
        replace(condition, dilations=dilations, seed=seed)
        for seed in SEEDS
        for condition, schedules in conditions()
        for dilations in schedules
    ]
    return sorted(listed, key=lambda setting: setting.steps)


def failed(records):
    """Return the records of the networks that lie far below the middle one of their condition and schedule.

    Parameters
    ----------
    records : list of dict
        Of networks that name classes: ``condition``, ``dilations`` and ``mean_iou`` are read.
    """
    groups = {}
    for record in records:
        groups.setdefault(_schedule_of(record), []).append(record)
    found = {schedule: iter(hdc.failed([one["mean_iou"] for one in group], FAILED_BELOW))
             for schedule, group in groups.items()}  # fmt: skip
    return [record for record in records if next(found[_schedule_of(record)])]


def second_attempts(records):
    """Return what is trained again at the lower rate, given the records of the first attempts.

    Where a network failed, its seed is trained again in that condition with every schedule: those that did not fail
    tell what the lower rate does by itself.
    """
    found = {(record["condition"], record["seed"]) for record in failed(records)}
    return [
        replace(condition, dilations=dilations, seed=seed, rate=LOWER_RATE)
        for condition, schedules in conditions()
        for seed in SEEDS
        if (condition.condition, seed) in found
        for dilations in schedules
    ]


def _schedule_of(record):
    """What the seeds of a network have in common."""
    return record["condition"], tuple(record["dilations"])


def constants():
    """Return what is the same for every network, as it is written to the results."""
    names = ["CHANNELS", "CLASSES", "SIDE", "BATCH", "FLAT_BATCH", "LEARNING_RATE", "LOWER_RATE", "FAILED_BELOW"]
    names += ["POOL", "TEST_PICTURES", "RIM"]
    return {name.lower(): globals()[name] for name in names}
