"""A small grey image, pooled as often as the reader likes, and enlarged again."""

import base64

import numpy as np
import traitlets

from hdclib.signal.pooling import ENLARGINGS, POOLINGS
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.sliders import Panel, linked_slider

SIDE = 64
MOST_POOLINGS = 5


class PoolingView(PageWidget):
    """An image, what pooling leaves of it, the enlarged result, and the difference.

    Attributes
    ----------
    times : int, 0 to 5
        How often the image is pooled 2 × 2.
    kind : str
        "max", "average" or "stride", as in `hdclib.signal.pool_image`.
    enlarging : str
        "nearest" or "bilinear", as in `hdclib.signal.enlarge`.
    pixels : str
        64 × 64 grey levels, a byte each, row by row, in base64.
    """

    script = "signal/pooling_view.js"
    times = traitlets.Int(3, min=0, max=MOST_POOLINGS).tag(sync=True)
    kind = traitlets.Enum(tuple(POOLINGS), "max").tag(sync=True)
    enlarging = traitlets.Enum(ENLARGINGS, "nearest").tag(sync=True)
    pixels = traitlets.Unicode().tag(sync=True, derived=True)


def pooling_panel(image, times=3, kind="max", key="pooling"):
    """Return the pooling view of a small image, with a slider for the number of poolings.

    Parameters
    ----------
    image : array of uint8, shape (64, 64)
        Grey levels from 0, black, to 255, white.
    times : int, 0 to 5
    kind : str
        "max", "average" or "stride".
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    panel : Panel

    Raises
    ------
    ValueError, traitlets.TraitError
        If `image` has another shape or type, `times` is out of range, or `kind` is another word.
    """
    try:
        image = np.asarray(image)
    except ValueError:
        raise ValueError(f"image must be {SIDE} × {SIDE} of uint8, got rows of different lengths") from None
    if image.shape != (SIDE, SIDE) or image.dtype != np.uint8:
        raise ValueError(f"image must be {SIDE} × {SIDE} of uint8, got shape {image.shape} of {image.dtype}")
    pixels = base64.b64encode(image.tobytes()).decode("ascii")
    picture = PoolingView(key=key, pixels=pixels, times=times, kind=kind)
    return Panel([linked_slider(picture, "times", "Poolings")], picture)
