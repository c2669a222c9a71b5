"""What is run: two sets of dilations, each rising and falling, alone and behind an ordinary layer. Needs no PyTorch."""

from dataclasses import dataclass, replace

from experiments.segmentation import settings as common

AS_BUILT = 1, 2, 4, 4  # as the stages of a network at output stride 8: 1, 2, ..., 4, 4
REORDERED = 4, 4, 2, 1
REPAIRED = 5, 3, 2, 1  # of the same sum, so of the same field
SCHEDULES = AS_BUILT, REORDERED, REPAIRED[::-1], REPAIRED
PAIRS = (AS_BUILT, REORDERED), (REPAIRED[::-1], REPAIRED), (AS_BUILT, REPAIRED)


@dataclass(frozen=True)
class Residual(common.Setting):
    """A network that has an identity beside each of its dilated layers."""

    skips = True

    @property
    def condition(self):
        """Everything but the dilations, the seed and the rate."""
        return super().condition + ", with skips"


def conditions():
    """Return the setting of each condition: the bare picture, an ordinary layer before, and skips as well."""
    behind = replace(common.CENTRE, before="ordinary layer")
    return [common.CENTRE, behind, Residual(**{name: getattr(behind, name) for name in behind.__dataclass_fields__})]


def all_settings():
    """Return every network, one seed after the other."""
    return [
        replace(condition, dilations=dilations, seed=seed)
        for seed in common.SEEDS
        for condition in conditions()
        for dilations in SCHEDULES
    ]
