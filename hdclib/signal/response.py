"""A stack of averaging layers as a filter: what it does to frequencies, to noise and to neighbouring outputs.

The weights are averages: every tap of a layer counts the same, so an input's weight is its usage count over their sum.
"""

from fractions import Fraction

import numpy as np

from hdclib.checks import as_image, finite_numbers, room_for, whole_number
from hdclib.gridding.counts import tap_counts
from hdclib.layers import as_layers, tap_spacings

LOBE_STEPS = 5040  # divisible by 1 to 10, so that most zeros lie on a step
LOBE_FINER = 100  # parts of a step, around the best one
MOST_SQUARED = 1e150  # the square of more is no number any more
MOST_ZEROS = 2**20  # exact fractions: some seconds


def averaging_weights(layers, kernel_size=None):
    """Return the weight of each input sample in one output of a stack of averages.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        First layer first. One axis.

    Returns
    -------
    weights : ndarray of float, shape (R,)
        ``tap_counts(layers)`` over their sum; R is the receptive field. Symmetric; sums to 1.

    Raises
    ------
    TypeError, ValueError
        As `tap_counts`.

    Examples
    --------
    >>> from hdclib.signal import averaging_weights
    >>> averaging_weights([2], kernel_size=3).round(3)
    array([0.333, 0.   , 0.333, 0.   , 0.333])
    """
    counts = tap_counts(layers, kernel_size)
    return (counts / counts.sum()).astype(float)


def frequency_response(layers, frequencies, *, kernel_size=None):
    """Return the gain of a stack of averages for waves of the given frequencies.

    A wave of gain 1 leaves the stack as it came, one of gain 0 is wiped out, one of negative gain is turned over.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        One axis; for a wave on an image multiply the gains of its two axes.
    frequencies : float or array of float
        In cycles per input sample: 0 is a constant, 1/2 the finest wave, plus and minus in turn.

    Returns
    -------
    gain : ndarray of float, shape of `frequencies`
        Product over the layers of ``(1 + 2 cos(2 pi d f)) / 3`` for kernel size 3. Even in the frequency, 1 at 0,
        never above 1 in size. With a common divisor g of all tap spacings its size has the period 1/g.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, a frequency is no finite number, or a kernel size times the number of
        frequencies is more than 2**26.

    References
    ----------
    Oppenheim and Schafer (2010), ch. 2 [oppenheim2010].

    Examples
    --------
    >>> from hdclib.signal import frequency_response
    >>> frequency_response([2, 2, 2], [0, 0.25, 0.5], kernel_size=3).round(3)
    array([ 1.   , -0.037,  1.   ])
    """
    frequencies = finite_numbers("frequencies", frequencies)
    layers = as_layers(layers, kernel_size)
    room_for("layers", max(layer.kernel_size for layer in layers) * frequencies.size, "cosines")
    gain = np.ones_like(frequencies)
    for layer, spacing in zip(layers, tap_spacings(layers), strict=True):
        taps = spacing * (np.arange(layer.kernel_size) - (layer.kernel_size - 1) / 2)
        gain *= np.cos(2 * np.pi * np.multiply.outer(frequencies, taps)).mean(axis=-1)
    return gain


def response_zeros(layers, kernel_size=None):
    """Return the frequencies up to 1/2 that a stack of averages wipes out, exactly.

    A layer of k taps, d apart, averages to nothing what has a whole number of periods in its k·d samples, unless
    all its taps meet the same phase.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    zeros : list of Fraction
        In cycles per input sample, rising, each once, above 0 and at most 1/2.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, or has more than 2**20 zeros to list.

    Examples
    --------
    >>> from hdclib.signal import response_zeros
    >>> [str(zero) for zero in response_zeros([2, 2, 2], kernel_size=3)]
    ['1/6', '1/3']
    """
    layers = as_layers(layers, kernel_size)
    spacings = tap_spacings(layers)
    counts = [layer.kernel_size * spacing // 2 for layer, spacing in zip(layers, spacings, strict=True)]
    room_for("layers", sum(counts), "frequencies", MOST_ZEROS)
    zeros = set()
    for layer, spacing in zip(layers, spacings, strict=True):
        periods = layer.kernel_size * spacing
        zeros |= {Fraction(j, periods) for j in range(1, periods // 2 + 1) if j % layer.kernel_size}
    return sorted(zeros)


def side_lobe(layers, kernel_size=None):
    """Return the strongest gain beyond the first zero, and the frequency where it is.

    What lies before the first zero is the blur that was wanted; what comes through beyond it is a leak.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    gain, frequency : float
        Size of the gain, and cycles per input sample, up to 1/2; looked for on multiples of 1/5040, and beside the
        best of them on multiples of 1/504000. (0.0, 0.5) if nothing lies beyond the first zero, (1.0, 0.5) if there
        is no zero.

    Raises
    ------
    TypeError, ValueError
        As `response_zeros`.

    Examples
    --------
    >>> from hdclib import side_lobe
    >>> [round(value, 4) for value in side_lobe([1, 2, 5], kernel_size=3)]
    [0.1677, 0.0925]
    """
    zeros = response_zeros(layers, kernel_size)
    if not zeros:
        return 1.0, 0.5
    coarse = np.arange(int(zeros[0] * LOBE_STEPS) + 1, LOBE_STEPS // 2 + 1)
    if len(coarse) == 0:
        return 0.0, 0.5
    best = coarse[np.abs(frequency_response(layers, coarse / LOBE_STEPS, kernel_size=kernel_size)).argmax()]
    steps = LOBE_STEPS * LOBE_FINER
    first = max((best - 1) * LOBE_FINER, int(zeros[0] * steps) + 1)
    frequencies = np.arange(first, min((best + 1) * LOBE_FINER, steps // 2) + 1) / steps
    gains = np.abs(frequency_response(layers, frequencies, kernel_size=kernel_size))
    return float(gains.max()), float(frequencies[gains.argmax()])


def row_energies(image):
    """Return the energy of the waves along the rows of a picture, the mean over its rows.

    Parameters
    ----------
    image : array of float, shape (rows, columns)

    Returns
    -------
    energies : ndarray of float, shape (columns // 2 + 1,)
        Squared sizes of the discrete Fourier transform at the frequencies 0, 1 / columns, 2 / columns, ... up to 1/2,
        without the mean of each row, so the first is 0 but for rounding.

    Raises
    ------
    TypeError, ValueError
        If `image` is no picture of finite numbers, or has one beyond 1e150, whose square cannot be told.

    Examples
    --------
    >>> import numpy as np
    >>> from hdclib.signal import row_energies
    >>> row_energies([np.cos(np.pi * np.arange(8))]).round(3).tolist()
    [0.0, 0.0, 0.0, 0.0, 64.0]
    """
    image = as_image("image", image)
    largest = float(np.abs(image).max(initial=0))
    if largest > MOST_SQUARED:
        raise ValueError(f"image must hold numbers of at most {MOST_SQUARED:g} in size, got {largest:g}")
    return (np.abs(np.fft.rfft(image - image.mean(axis=1, keepdims=True), axis=1)) ** 2).mean(axis=0)


def measured_period(image, layers, kernel_size=None):
    """Return the period of the strongest wave along the rows of a picture, beyond the first zero of a stack.

    Compare it with one over the frequency of `side_lobe`: below the first zero lie the broad waves, which every stack
    lets through.

    Parameters
    ----------
    image : array of float, shape (rows, columns)
        On the grid that the layers read, and without a picture in it: what is left of noise, say.
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    period : float
        In samples, one of ``columns / 1``, ``columns / 2``, ... down to 2: the spectra of the rows are averaged.

    Raises
    ------
    TypeError, ValueError
        If `image` is no picture of finite numbers, or holds no wave beyond the first zero, or is too narrow for one;
        or as `response_zeros`.

    Examples
    --------
    >>> from hdclib import filter_image, side_lobe, white_noise
    >>> from hdclib.signal import measured_period
    >>> image = filter_image(white_noise((128, 128), 3), [2, 2, 7], 3)
    >>> round(measured_period(image, [2, 2, 7], 3), 2), round(1 / side_lobe([2, 2, 7], 3)[1], 2)
    (2.25, 2.28)
    """
    given, image = image, as_image("image", image)
    first_zero = next(iter(response_zeros(layers, kernel_size)), 0)
    columns = image.shape[1]
    first = int(first_zero * columns) + 1
    if first > columns // 2:
        raise ValueError(f"image must be wide enough for a wave beyond frequency {first_zero}, got {columns} columns")
    power = row_energies(image / (np.abs(image).max() or 1))  # squares of what is very large or small would be lost
    kind = np.asarray(given).dtype
    rounding = np.finfo(kind).eps if kind.kind == "f" else 0  # of PyTorch's maps a billion times larger
    if not power[first:].max() > max(1e-24, 4 * columns * rounding**2):
        raise ValueError(f"image must hold a wave beyond frequency {first_zero} along its rows, got none")
    return columns / int(first + power[first:].argmax())


def effective_inputs(layers, kernel_size=None):
    """Return how many equally used inputs would average noise as well as this stack does.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    number : float
        ``sum(c)**2 / sum(c**2)`` for the usage counts c of one axis; square it for an image. Equal to the inputs
        read if all are used equally often, smaller otherwise. White noise of variance 1 at the input leaves
        ``1 / number`` at the output.

    Raises
    ------
    TypeError, ValueError
        As `tap_counts`.

    References
    ----------
    Kish (1965) calls it the effective sample size [kish1965].

    Examples
    --------
    >>> from hdclib import effective_inputs
    >>> [round(effective_inputs(d, kernel_size=3), 2) for d in ([2, 2, 2], [1, 2, 3], [1, 3, 9])]
    [5.17, 11.22, 27.0]
    """
    weights = averaging_weights(layers, kernel_size)
    return float(1 / np.sum(weights**2))


def output_correlation(layers, shift, *, kernel_size=None):
    """Return the correlation of two outputs, `shift` samples apart, when the input is white noise.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
    shift : int
        Distance of the two outputs along one axis, in *input* samples, at least 0.

    Returns
    -------
    correlation : float
        From 0 to 1: the overlap of the usage counts with themselves, ``sum(c[x] c[x + shift]) / sum(c**2)``.
        Exactly 0 where the two outputs share no input. For a shift along both axes of an image multiply the two.

    Raises
    ------
    TypeError, ValueError
        As `tap_counts`, or if `shift` is no whole number of at least 0.

    Examples
    --------
    >>> from hdclib.signal import output_correlation
    >>> [round(output_correlation([2, 2, 2], shift, kernel_size=3), 3) for shift in (0, 1, 2)]
    [1.0, 0.0, 0.894]
    """
    shift = whole_number("shift", shift, 0)
    weights = averaging_weights(layers, kernel_size)
    overlap = max(len(weights) - shift, 0)
    return float(weights[:overlap] @ weights[len(weights) - overlap :] / (weights @ weights))
