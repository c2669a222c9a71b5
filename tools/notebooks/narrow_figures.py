"""Draw the figure of a cell once more, for a phone. This runs in the kernel of the notebook, after the cell.

The figure is kept in ``_build/narrow``, under the name of its notebook and the number of its cell. A figure whose
words would be too small to read there, or would be cut off, is an error.
"""

import contextlib
import io
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.text import Text

from hdclib.figures import LEAST_TEXT, narrow_style

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "_build" / "narrow"


class DoesNotFit(Exception):
    """A figure cannot be shown on a phone; the message says why."""


def draw_again(source, target, names):
    """Run a cell in a copy of the notebook's names, without its prints, and save the figure that it draws.

    Parameters
    ----------
    source : str
    target : str or Path
        The PNG file to write.
    names : dict
        The variables of the notebook, which stay as they are, as does numpy's legacy generator.
    """
    seed, open_before = np.random.get_state(), set(plt.get_fignums())
    try:
        with narrow_style(), contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, "the cell, drawn for a phone", "exec"), dict(names))
            (number,) = set(plt.get_fignums()) - open_before
            save(plt.figure(number), target)
    finally:
        np.random.set_state(seed)
        for number in set(plt.get_fignums()) - open_before:
            plt.close(number)


def save(figure, target):
    """Save a narrow figure if it can be read on a phone, else raise DoesNotFit."""
    figure.savefig(target)
    small = sorted({f"{text.get_text()!r}: {text.get_fontsize():g}" for text in words(figure) if is_small(text)})
    if small:
        raise DoesNotFit(f"words of less than {LEAST_TEXT} points: {', '.join(small)}")
    edges, size = figure.get_tightbbox(), figure.get_size_inches()
    if min(edges.x0, edges.y0, size[0] - edges.x1, size[1] - edges.y1) < -0.02:
        raise DoesNotFit(f"{edges} does not fit {size}")


def words(figure):
    """Return the texts of a figure that are shown."""
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def is_small(text):
    """Tell whether a text is smaller than what can be read on a phone."""
    return text.get_fontsize() < LEAST_TEXT - 1e-6
