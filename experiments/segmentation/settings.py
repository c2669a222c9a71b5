"""What is run: every network of the experiment as a small checked record. Needs no PyTorch."""

from dataclasses import asdict, dataclass, replace

SCHEDULES = ((1, 1, 1), (2, 2, 2), (1, 2, 3), (3, 2, 1), (1, 2, 5), (1, 2, 9), (2, 4, 8), (1, 3, 9))
SAME_FIELD = ((2, 2, 2), (1, 2, 3), (3, 2, 1))  # each sees 13 x 13 pixels: these are compared in pairs
SEEDS = tuple(range(8))

DATA = ("fields", "photographs", "flat")
NOISES = (0.5, 1.0, 2.0)  # standard deviation of the noise; neighbouring classes lie 1 apart
SIZES = (1, 2, 4)  # width of the thin structures in pixels; blobs are six times as wide
BEFORE = ("nothing", "ordinary layer", "stride 2")

STEPS = (500, 1500)  # of training; the second only at the centre
CHANNELS = 16
CLASSES = 3
SIDE = 64  # pixels of a training picture, along each axis
BATCH = 4  # pictures a step
LEARNING_RATE = 0.01  # at the start; falls to 0 along half a cosine
POOL = 256  # label pictures that a network is trained on, each time with fresh noise
TEST_PICTURES = 16
RIM = 14  # pixels at each edge of a photograph's crop that no network is judged on

# What is written down of each network, in this order.
SETTING = ("condition", "data", "noise", "size", "before", "steps", "dilations", "seed", "weights", "seconds")
SEGMENTATION = ("mean_iou", "boundary_f", "boundary_f_near", "error", "grid_energy", "grain", "correlation")
AVERAGING = ("noise_left", "bound", "averages", "correlation", "averages_correlation", "shared", "inputs", "gain")
AVERAGING_SUMMARY = ("noise_left", "correlation")
TESTED = ("mean_iou", "boundary_f", "grain")  # all tests on these make up one family for the correction


@dataclass(frozen=True)
class Setting:
    """One network to train.

    Attributes
    ----------
    data : str
        "fields" (made by the script), "photographs", or "flat" (constant pictures, to be averaged).
    noise : float
        Standard deviation of the white noise, in steps between neighbouring classes.
    size : int
        Width of the thin structures of "fields", in pixels.
    before : str
        What comes before the dilated layers: one of `BEFORE`.
    steps : int
        Of training.
    dilations : tuple of int
        Of the three 3 x 3 layers, first layer first.
    seed : int
        Fixes the weights at the start, the pictures, their order and their noise, whatever the dilations.
    """

    data: str
    noise: float
    size: int
    before: str
    steps: int
    dilations: tuple
    seed: int

    @property
    def condition(self):
        """Everything but the dilations and the seed: within it, schedules are compared."""
        return f"{self.data}, noise {self.noise:g}, size {self.size}, before {self.before}, {self.steps} steps"

    @property
    def key(self):
        """A name for this network that no other has."""
        return f"{self.condition}, dilations {' '.join(map(str, self.dilations))}, seed {self.seed}"

    def record(self):
        """Return the setting as it is written to the results."""
        return {**asdict(self), "dilations": list(self.dilations), "condition": self.condition}


CENTRE = Setting("fields", 1.0, 2, "nothing", STEPS[0], SCHEDULES[0], SEEDS[0])


def conditions():
    """Return one setting for each condition: the centre, then one factor changed at a time, then the other data."""
    changed = [replace(CENTRE, noise=noise) for noise in NOISES if noise != CENTRE.noise]
    changed += [replace(CENTRE, size=size) for size in SIZES if size != CENTRE.size]
    changed += [replace(CENTRE, before=before) for before in BEFORE if before != CENTRE.before]
    other = [replace(CENTRE, data=data, size=0) for data in DATA if data != CENTRE.data]
    return [CENTRE, *changed, *other, replace(CENTRE, steps=STEPS[1])]


def all_settings():
    """Return every network of the experiment: one seed after the other, the long trainings last."""
    listed = [
        replace(condition, dilations=dilations, seed=seed)
        for seed in SEEDS
        for condition in conditions()
        for dilations in SCHEDULES
    ]
    return sorted(listed, key=lambda setting: setting.steps)


def constants():
    """Return what is the same for every network, as it is written to the results."""
    names = ["CHANNELS", "CLASSES", "SIDE", "BATCH", "LEARNING_RATE", "POOL", "TEST_PICTURES", "RIM"]
    return {name.lower(): globals()[name] for name in names}
