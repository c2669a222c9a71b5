"""Test pictures that are kept beside the scores: what the networks saw, the truth, and what they said."""

from functools import cache
from importlib.resources import files

import numpy as np


def pictures_of(name, condition):
    """Return the test picture of one condition of an experiment, the truth, and what its networks say of it.

    Parameters
    ----------
    name : str
        Of the experiment whose results are asked.
    condition : str
        As the results name it.

    Returns
    -------
    given : ndarray of float, shape (48, 48)
        What the networks see, to within 1/64: steps of 1 between neighbouring classes.
    truth : ndarray of uint8, shape (48, 48)
    predicted : dict of tuple to ndarray
        By schedule the classes named, as in the truth.
    """
    arrays = _arrays(name)
    start = f"predicted/{condition}/"
    predicted = {
        tuple(map(int, found.removeprefix(start).split())): array.copy()
        for found, array in arrays.items()
        if found.startswith(start)
    }
    return (arrays[f"input/{condition}"] - 128.0) / 32, arrays[f"truth/{condition}"].copy(), predicted


@cache
def _arrays(name):
    """The pictures by name; not to be handed out."""
    with (files("hdclib.training") / f"{name}_shown.npz").open("rb") as file, np.load(file) as found:
        return {name: found[name] for name in found.files}
