"""Apply a stack to a picture, take the picture's sub-grids apart, and measure what is left at grid frequencies."""

import numpy as np

from hdclib.checks import as_image, finite_numbers, room_for, shown, sized, whole_number
from hdclib.layers import as_layers


def filter_image(image, layers, kernel_size=None, weights=None, between=None):
    """Apply a stack of square kernels to a picture whose edges are joined, left to right and top to bottom.

    Joined edges keep every pixel alike: no border effect mixes with what the dilations do.

    Parameters
    ----------
    image : array of float, shape (rows, columns)
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        First layer first; stride 1. Padding is ignored, since the edges are joined.
    weights : sequence of array, optional
        One (k, k) array a layer; averages, ``1 / k**2`` each, if left out.
    between : function of array, optional
        Applied between the layers, such as a ReLU, and must keep the shape; nothing if left out.

    Returns
    -------
    output : ndarray of float, shape of `image`
        Pixel (y, x) reads the square around it; for an even kernel size the extra tap lies below and to the right.

    Raises
    ------
    TypeError, ValueError
        If `image` is no picture of finite numbers, `layers` no valid stack, a stride is not 1, the weights do not
        fit the layers, or `between` is no function or returns anything but a picture of the same shape.

    Examples
    --------
    >>> import numpy as np
    >>> from hdclib import filter_image
    >>> checkerboard = np.array([[1.0, -1.0], [-1.0, 1.0]])
    >>> filter_image(checkerboard, [2, 2, 2], kernel_size=3)
    array([[ 1., -1.],
           [-1.,  1.]])
    """
    output = as_image("image", image)
    layers = as_layers(layers, kernel_size)
    if between is not None and not callable(between):
        raise TypeError(f"between must be a function of an array, got {shown(between)}")
    for number, (layer, taps) in enumerate(zip(layers, _weights(layers, weights), strict=True)):
        if number and between is not None:
            output = _between(between, output)
        output = _correlate(output, taps, layer.dilation)
    return output


def split_image(image, step):
    """Return the `step` x `step` small pictures that a picture is woven from.

    Parameters
    ----------
    image : array, shape (rows, columns)
    step : int
        From 1 to the longer side.

    Returns
    -------
    parts : list of list of ndarray
        ``parts[r][c]`` holds every `step`-th pixel, from row r and column c on.

    Raises
    ------
    TypeError, ValueError
        If `image` is no picture of finite numbers, or `step` is out of range.

    Examples
    --------
    >>> import numpy as np
    >>> from hdclib.signal import split_image
    >>> split_image(np.arange(16).reshape(4, 4), 2)[0][1]
    array([[ 1,  3],
           [ 9, 11]])
    """
    sides = as_image("image", image).shape
    step, image = whole_number("step", step, 1, max(sides)), np.asarray(image)
    return [[image[row::step, column::step] for column in range(step)] for row in range(step)]


def weave_image(parts):
    """Return the picture of which `parts` are the sub-grids: the inverse of `split_image`.

    Parameters
    ----------
    parts : list of list of array
        As `split_image` returns them: as many rows as each has pictures, all of one shape.

    Returns
    -------
    image : ndarray

    Raises
    ------
    TypeError, ValueError
        If `parts` is no list of lists, or its rows or the shapes of the pictures differ.

    Examples
    --------
    >>> from hdclib.signal import weave_image
    >>> weave_image([[[[1]], [[2]]], [[[3]], [[4]]]])
    array([[1, 2],
           [3, 4]])
    """
    step = len(sized("parts", parts))
    if any(len(sized(f"parts[{number}]", row)) != step for number, row in enumerate(parts)):
        raise ValueError(f"parts must be square, got {step} rows of {[len(row) for row in parts]}")
    shapes = {as_image(f"parts[{r}][{c}]", part).shape for r, row in enumerate(parts) for c, part in enumerate(row)}
    if len(shapes) != 1:
        raise ValueError(f"parts must be pictures of one shape, got {shown(sorted(shapes))}")
    stacked = np.array(parts)  # (step, step, rows, columns)
    rows, columns = stacked.shape[2:]
    return stacked.transpose(2, 0, 3, 1).reshape(rows * step, columns * step)


def grid_energy(image, step=2):
    """Return the share of a picture's energy that is nearer to a grid frequency than to frequency 0.

    The grid frequencies of step g are the multiples of 1/g along each axis; for g = 2 those of the checkerboard and
    of stripes one pixel wide.

    Parameters
    ----------
    image : array of float, shape (rows, columns)
        An error map, say. Its mean is taken off first.
    step : int
        At least 1.

    Returns
    -------
    share : float
        From 0 to 1; on average about ``1 - 1 / step**2`` for white noise, before and after any stack whose dilations
        are all multiples of `step` (a little more, since the mean is not counted). 0 for a constant picture.

    Raises
    ------
    TypeError, ValueError
        If `image` is no picture of finite numbers, or `step` is no whole number of at least 1.

    Examples
    --------
    >>> import numpy as np
    >>> from hdclib import grid_energy
    >>> y, x = np.mgrid[:8, :8]
    >>> round(grid_energy((x + y) % 2), 6), round(grid_energy(np.cos(2 * np.pi * x / 8)), 6)
    (1.0, 0.0)
    """
    step = whole_number("step", step, 1)
    image = as_image("image", image)
    image = image - image.mean()
    if np.abs(image).max() < 1e-12:
        return 0.0
    power = np.abs(np.fft.fft2(image)) ** 2
    central = np.outer(*(_central(size, step) for size in image.shape))
    return float(power[~central].sum() / power.sum())


def grain(image, step=2):
    """Return how strong the part of a picture is that is nearer to a grid frequency than to frequency 0.

    Parameters
    ----------
    image : array of float, shape (rows, columns)
    step : int
        See `grid_energy`; for 2 it is what is finer than four pixels.

    Returns
    -------
    strength : float
        Root mean square, in the picture's own grey values.

    Raises
    ------
    TypeError, ValueError
        As `grid_energy`.

    Examples
    --------
    >>> from hdclib.signal import grain, scene
    >>> picture, _ = scene("checkerboard", 8)
    >>> grain(picture)
    0.25
    """
    image = as_image("image", image)
    return float(np.std(image) * grid_energy(image, step) ** 0.5)


def grain_part(image, step=2):
    """Return the part of a picture whose strength `grain` measures, as a picture around 0.

    Parameters
    ----------
    image : array of float, shape (rows, columns)
    step : int
        See `grid_energy`; for 2 it is what is finer than four pixels.

    Returns
    -------
    part : ndarray of float, shape (rows, columns)
        Its root mean square is `grain`; what is left of the picture without it is soft, and has the picture's mean.

    Raises
    ------
    TypeError, ValueError
        As `grid_energy`.

    Examples
    --------
    >>> from hdclib.signal import grain_part, scene
    >>> picture, _ = scene("checkerboard", 8)
    >>> grain_part(picture)[0].round(6)
    array([-0.25,  0.25, -0.25,  0.25, -0.25,  0.25, -0.25,  0.25])
    """
    step = whole_number("step", step, 1)
    image = as_image("image", image)
    finer = ~np.outer(*(_central(size, step) for size in image.shape))
    mirrored = np.roll(finer[::-1, ::-1], 1, axis=(0, 1))  # of a wave right on the border half the energy counts
    kept = np.sqrt((finer + 1.0 * mirrored) / 2)
    return np.fft.ifft2(kept * np.fft.fft2(image)).real


def _between(function, image):
    """What a function makes of a picture, or say that it is no picture of that shape."""
    made = as_image("between(image)", function(image))
    if made.shape != image.shape:
        raise ValueError(f"between must keep the shape {image.shape}, got {made.shape}")
    return made


def _central(size, step):
    """Which of the `size` frequencies of one axis are nearer to 0 than to any other multiple of 1/step."""
    step = min(step, size)  # from there on every frequency but 0 is nearer to another
    signed = (np.arange(size) + size // 2) % size - size // 2
    return (-size <= 2 * step * signed) & (2 * step * signed < size)


def _correlate(image, taps, dilation):
    """One layer: the sum of shifted copies of the picture, each times its weight."""
    origin = (len(taps) - 1) // 2
    total = np.zeros_like(image)
    for (row, column), weight in np.ndenumerate(taps):
        shift = (-dilation * (row - origin), -dilation * (column - origin))
        total += weight * np.roll(image, shift, axis=(0, 1))
    return total


def _weights(layers, weights):
    """One (k, k) array for each layer."""
    if any(layer.stride != 1 for layer in layers):
        raise ValueError(f"stride must be 1 for every layer, got {shown([layer.stride for layer in layers])}")
    if weights is None:
        room_for("kernel_size", max(layer.kernel_size for layer in layers) ** 2, "weights")
        return [np.full((layer.kernel_size,) * 2, layer.kernel_size**-2.0) for layer in layers]
    kernels = [finite_numbers("weights", kernel) for kernel in sized("weights", weights)]
    shapes, wanted = [k.shape for k in kernels], [(layer.kernel_size,) * 2 for layer in layers]
    if shapes != wanted:
        raise ValueError(f"weights must have shapes {wanted}, got {shapes}")
    return kernels
