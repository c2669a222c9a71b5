"""What trained networks say of one picture, two schedules side by side."""

import base64

import numpy as np
import traitlets

from hdclib.training.results import pictures, scores
from hdclib.widgets.kit.base import PageWidget

CONDITIONS = {
    "centre": {},
    "noise-low": {"noise": 0.5},
    "noise-high": {"noise": 2},
    "thin": {"size": 1},
    "thick": {"size": 4},
    "ordinary": {"before": "ordinary layer"},
    "ordinary-low": {"before": "ordinary layer", "noise": 0.5},
    "ordinary-high": {"before": "ordinary layer", "noise": 2},
    "after": {"after": "ordinary layer"},
    "stride": {"before": "stride 2"},
    "photograph": {"data": "photographs"},
    "long": {"steps": 1500},
}  # keywords of `trained`, by the name in the page's address
SCHEDULES = "1 1 1", "2 2 2", "1 2 3", "3 2 1", "1 2 5", "1 2 7", "1 2 9", "2 2 7", "2 4 8", "1 3 9"
VIEWS = "predictions", "errors"
SCORES = "mean_iou", "boundary_f", "grain"
GREYS_A_STEP = 2  # of the 16 greys of an input, a step between neighbouring classes


class TrainedViewer(PageWidget):
    """What two networks that differ in their dilations alone say of a test picture, above the picture and the truth.

    Attributes
    ----------
    condition : str
        A key of `CONDITIONS`.
    first, second : str
        Dilations such as "2 2 2": one of `SCHEDULES`. Where they were not trained in that condition, the viewer says
        so.
    view : str
        "predictions", with the wrong pixels marked, or "errors", the wrong pixels alone.
    pictures : dict
        For each condition ``call`` (keywords for Python), ``input`` (16 greys, 8 the middle class), ``truth`` and
        ``predicted`` (classes by schedule), all in base64, and ``scores`` (mean and half width of each of `SCORES`,
        by schedule).
    """

    script = "training/trained_viewer.js"
    condition = traitlets.Enum(tuple(CONDITIONS), "centre").tag(sync=True)
    first = traitlets.Enum(SCHEDULES, "2 2 2").tag(sync=True)
    second = traitlets.Enum(SCHEDULES, "1 2 3").tag(sync=True)
    view = traitlets.Enum(VIEWS, "predictions").tag(sync=True)
    pictures = traitlets.Dict().tag(sync=True, derived=True)

    @traitlets.default("pictures")
    def _read_pictures(self):
        return {name: _packed(keywords) for name, keywords in CONDITIONS.items()}


def trained_panel(condition="centre", first="2 2 2", second="1 2 3", key="trained"):
    """Return the viewer of trained networks.

    Parameters
    ----------
    condition : str
        "centre", "noise-low", "noise-high", "thin", "thick", "ordinary", "ordinary-low", "ordinary-high", "after",
        "stride", "photograph" or "long".
    first, second : str
        Dilations of the two networks, such as "2 2 2".
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    viewer : TrainedViewer

    Raises
    ------
    traitlets.TraitError
        If `condition` is another word, or there is no network of those dilations.
    """
    return TrainedViewer(key=key, condition=condition, first=first, second=second)


def packed_bits(values, bits):
    """Return whole numbers of `bits` bits each, one behind the other, in base64."""
    shifts = np.arange(bits - 1, -1, -1)
    ones = (np.asarray(values).astype(int).reshape(-1, 1) >> shifts & 1).astype(np.uint8)
    return base64.b64encode(np.packbits(ones).tobytes()).decode("ascii")


def _packed(keywords):
    """One condition, as the page reads it."""
    given, truth, predicted = pictures(**keywords)
    condition = scores(**keywords)
    return {
        "call": ", ".join(f"{name}={value!r}" for name, value in keywords.items()),
        "input": packed_bits(np.clip(np.rint(8 + GREYS_A_STEP * given), 0, 15), 4),
        "truth": packed_bits(truth, 2),
        "predicted": {" ".join(map(str, dilations)): packed_bits(image, 2) for dilations, image in predicted.items()},
        "scores": {
            " ".join(map(str, dilations)): [list(found[name]) for name in SCORES]
            for dilations, found in condition.items()
        },
    }
