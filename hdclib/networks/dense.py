"""Dilation in place of stride: the same features, computed at every sample instead of every few."""

import numpy as np

from hdclib.checks import counted, finite_numbers, shown, sized, whole_number
from hdclib.layers import ConvLayer, as_layers


def dilate_instead(layers, first=0):
    """Take the strides away from layer `first` on, and dilate what follows by what was taken.

    The new stack reads the same taps for each feature that the old one computed, and computes the features
    between them as well. Its receptive field is the same.

    Parameters
    ----------
    layers : sequence of ConvLayer
        First layer first; pooling layers count as layers too.
    first : int
        Index of the first layer that loses its stride, from 0.

    Returns
    -------
    layers : tuple of ConvLayer
        Feature u of the old stack is feature u * (product of the strides taken) of the new one. Paddings grow
        with the dilations, so that a layer that kept its size still does.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, or `first` no index of it.

    References
    ----------
    Chen et al. (2015), sec. 3.1 [chen2015]; Yu, Koltun and Funkhouser (2017), sec. 2 [yu2017].

    Examples
    --------
    >>> from hdclib import ConvLayer
    >>> from hdclib.networks import dilate_instead
    >>> for layer in dilate_instead([ConvLayer(2, stride=2), ConvLayer(3, padding=1)]):
    ...     print(layer)
    ConvLayer(kernel_size=2, dilation=1, stride=1, padding=0)
    ConvLayer(kernel_size=3, dilation=2, stride=1, padding=2)
    """
    layers = as_layers(layers)
    first = whole_number("first", first, 0, len(layers) - 1)
    dense, taken = list(layers[:first]), 1
    for layer in layers[first:]:
        dense.append(ConvLayer(layer.kernel_size, layer.dilation * taken, padding=layer.padding * taken))
        taken *= layer.stride
    return tuple(dense)


def apply_stack(signal, layers, weights):
    """Run a stack of one-channel convolutions over a signal, with zeros as padding and nothing in between.

    Parameters
    ----------
    signal : array of float, shape (n,)
    layers : sequence of ConvLayer
    weights : sequence of array, one a layer
        ``weights[i]`` has ``layers[i].kernel_size`` entries; the kernel is not flipped.

    Returns
    -------
    features : ndarray of float
        What the last layer gives, first position first.

    Raises
    ------
    TypeError, ValueError
        If `signal` or `weights` hold anything but finite numbers, `layers` is no valid stack, a kernel does not fit
        its weights, or spans more than its padded input.

    Examples
    --------
    >>> from hdclib import ConvLayer
    >>> from hdclib.networks import apply_stack
    >>> apply_stack([1, 2, 3, 4], [ConvLayer(2, stride=2)], [[1, 1]])
    array([3., 7.])
    """
    features = finite_numbers("signal", signal)
    if features.ndim != 1 or features.size == 0:
        raise ValueError(f"signal must have 1 axis and at least one sample, got shape {features.shape}")
    layers = as_layers(layers)
    if len(sized("weights", weights)) != len(layers):
        given = f"{counted(len(weights), 'entry', 'entries')} for {counted(len(layers), 'layer')}"
        raise ValueError(f"weights has {given}: give one array a layer")
    for number, (layer, kernel) in enumerate(zip(layers, weights, strict=True)):
        kernel = finite_numbers(f"weights[{number}]", kernel)
        if kernel.shape != (layer.kernel_size,):
            raise ValueError(f"weights[{number}] must have shape ({shown(layer.kernel_size)},), got {kernel.shape}")
        padded = np.pad(features, layer.padding)
        if len(padded) < layer.effective_size:
            raise ValueError(
                f"layers[{number}] spans {shown(layer.effective_size)} samples but its padded input has "
                f"{len(padded)}: give a longer signal or pad more"
            )
        windows = np.lib.stride_tricks.sliding_window_view(padded, layer.effective_size)
        features = windows[:: layer.stride, :: layer.dilation] @ kernel
    return features
