"""What a stack loses at the borders: the paths that step off the input and meet the padding."""

import numpy as np

from hdclib.checks import room_for, shown, whole_number
from hdclib.layers import as_layers

MOST_STEPS = 2**30  # of one tap to one sample: some seconds


def paths_lost(layers, kernel_size=None, *, length):
    """Return the share of all paths that step off a line of samples in some layer, and so meet padding.

    Each layer keeps the length, as with zeros on both sides, and every sample of the line has an output. A path is lost
    if any of its steps ends outside the line, even where a later step would come back. This is counted from the
    definition of zero padding; `design` ranks by the sum of squares, which tells nearly the same.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        First layer first; stride 1. Padding is taken to keep the length, whatever the layers say.
    length : int
        Samples of the line, at least 1: one side of the map that the stack reads.

    Returns
    -------
    share : float
        From 0 to below 1, over the paths of all outputs along one axis; exact but for rounding. Plain averages with
        zeros around a line of ones leave a mean of ``1 - share``. Where an even kernel size needs an odd number of
        zeros, the odd one stands behind the line, as with ``padding="same"`` in PyTorch. The same layers in the
        opposite order lose as many.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, a stride is not 1, `length` is no whole number of at least 1, or taking each tap
        to each sample would be more than 2**30 steps.

    Examples
    --------
    >>> from hdclib import paths_lost
    >>> round(paths_lost([1], kernel_size=3, length=4), 4)  # 2 of 12 paths: one at each end
    0.1667
    >>> [round(paths_lost(dilations, 3, length=65), 3) for dilations in ([1, 3, 5, 5], [1, 1, 3, 9])]
    [0.106, 0.12]
    """
    layers = as_layers(layers, kernel_size)
    length = whole_number("length", length, 1)
    if any(layer.stride != 1 for layer in layers):
        raise ValueError(f"stride must be 1 for every layer, got {shown([layer.stride for layer in layers])}")
    room_for("length", length * sum(layer.kernel_size for layer in layers), "steps", MOST_STEPS)
    kept = np.ones(length)  # of the paths that come to each sample, the share that has stayed on the line
    for layer in layers:
        kept = _after(kept, layer)
    return float(1 - kept.mean())


def _after(kept, layer):
    """The mean of what each output's taps kept, where a tap off the line keeps nothing."""
    found = np.zeros_like(kept)
    for tap in range(layer.kernel_size):
        shift = layer.dilation * tap - layer.dilation * (layer.kernel_size - 1) // 2
        if abs(shift) < len(kept):
            found[max(0, -shift) : len(kept) - max(0, shift)] += kept[max(0, shift) : len(kept) - max(0, -shift)]
    return found / layer.kernel_size
