"""Two schedules of one setting, seed by seed."""

import traitlets

from hdclib.rules import common_divisor
from hdclib.training.failures import failed
from hdclib.training.pairs import every_seed, pair_tests, what_is_read
from hdclib.training.results import differs_in
from hdclib.widgets.kit.base import PageWidget

SETTINGS = (
    "centre", "noise-0.5", "noise-2", "line-width-1", "line-width-4", "ordinary-layer-before", "stride-2-before",
    "ordinary-layer-after", "noise-0.5-ordinary-layer-before", "noise-2-ordinary-layer-before", "1500-steps",
    "photographs", "ordinary-layer-before-with-skips", "line-width-1-zeros-around",
    "noise-2-line-width-1-zeros-around", "noise-2-line-width-4-zeros-around", "joints-noise-0.5-zeros-around",
)  # fmt: skip
SCHEDULES = (
    "1 1 1", "2 2 2", "1 2 3", "3 2 1", "1 2 5", "1 2 7", "1 2 9", "2 2 7", "2 4 8", "1 3 9", "2 2 3", "2 2 5", "2 3 4",
    "2 3 9", "1 7 7", "1 9 9", "1 1 9", "4 4 4", "1 2 4 4", "4 4 2 1", "1 2 3 5", "5 3 2 1", "1 1 12",
    "2 2 4 6", "1 3 5 5", "1 2 4 7", "1 1 3 9",
)  # fmt: skip
#: What is told of a test.
TOLD = ("difference", "half_width", "p_holm", "family")


class SeedPairs(PageWidget):
    """The mean IoU of two schedules in one setting, seed by seed, and what both read.

    Attributes
    ----------
    setting : str
        One of `SETTINGS`: what differs from the centre, with hyphens.
    first, second : str
        Dilations such as "2 2 2": one of `SCHEDULES`. Where they were not trained in that setting, the widget says so.
    settings : dict
        For each setting its ``words``, the ``condition`` for Python, ``schedules`` (for each ``scores``, one a seed,
        the seeds that ``failed``, and what is ``read``) and ``tests``: the two schedules, their difference, the half
        width of its 95 % interval, the corrected p and the number of tests it is corrected for; and in ``again`` the
        same of tests with new seeds.
    """

    script = "training/seed_pairs.js"
    setting = traitlets.Enum(SETTINGS, "centre").tag(sync=True)
    first = traitlets.Enum(SCHEDULES, "2 2 2").tag(sync=True)
    second = traitlets.Enum(SCHEDULES, "1 2 3").tag(sync=True)
    settings = traitlets.Dict().tag(sync=True, derived=True)

    @traitlets.default("settings")
    def _read_settings(self):
        conditions = dict.fromkeys(test["condition"] for test in pair_tests())
        found = {hyphened(differs_in(condition)): _setting(condition) for condition in conditions}
        return {name: found[name] for name in SETTINGS}


def seed_pairs_panel(setting="centre", first="2 2 2", second="1 2 3", key="pair"):
    """Return the comparison of two schedules, seed by seed.

    Parameters
    ----------
    setting : str
        What differs from the centre, with hyphens, as "noise-2" or "ordinary-layer-before", or "centre" itself.
    first, second : str
        Dilations of the two schedules, such as "2 2 2".
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    pairs : SeedPairs

    Raises
    ------
    traitlets.TraitError
        If `setting` is another word, or no network has those dilations.
    """
    return SeedPairs(key=key, setting=setting, first=first, second=second)


def hyphened(words):
    """Return the words of a setting as the page's address has them."""
    return words.replace(", ", "-").replace(" ", "-")


def _setting(condition):
    """One setting, as the page reads it."""
    return {
        "words": differs_in(condition),
        "condition": condition,
        "schedules": {
            _spaced(dilations): {
                "scores": values.tolist(),
                "failed": failed(values).nonzero()[0].tolist(),
                "read": what_is_read(condition, dilations) | {"divisor": common_divisor(dilations)},
            }
            for dilations, values in every_seed(condition).items()
        },
        "tests": _tests(condition),
        "again": _tests(condition, "new_seeds"),
    }


def _tests(condition, run=None):
    """The tests of one setting, as the page reads them."""
    return [
        [_spaced(test["first"]), _spaced(test["second"]), *(test[key] for key in TOLD)]
        for test in pair_tests(run)
        if test["condition"] == condition
    ]


def _spaced(dilations):
    return " ".join(map(str, dilations))
