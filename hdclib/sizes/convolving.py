"""Dilated convolution of real numbers, by its definition, and the same links walked backwards."""

import math

import numpy as np

from hdclib.checks import INT64_MAX, room_for, room_for_all, shown, whole_array, whole_number
from hdclib.sizes.formulas import conv_size, conv_transpose_size


def dilated_convolve(values, kernel, *, stride=1, padding=0, dilation=1):
    """Return the convolution of an array with a kernel whose taps lie `dilation` apart.

    The operation is cross-correlation, as in every deep-learning framework: the kernel is not flipped.

    Parameters
    ----------
    values : array of numbers, shape (H,) or (rows, columns), or of more axes
    kernel : array of numbers
        As many axes as `values`; an axis of it may have any length.
    stride, padding, dilation : int, or sequence of one int an axis
        As in `conv_size`; `padding` adds zeros on *each* side.

    Returns
    -------
    answer : ndarray
        `conv_size` numbers along each axis; ``answer[i]`` is the sum over the taps t of
        ``kernel[t] * values[i * stride - padding + t * dilation]``, where values outside the array are 0.
        Whole numbers stay whole: int64, or Python int where a sum may exceed 2**63 - 1.

    Raises
    ------
    TypeError, ValueError
        If an array holds no numbers, the axes do not match, an argument is out of range, or the kernel spans more
        than the padded input.

    References
    ----------
    Yu and Koltun (2016), eq. 2 [yu2016], there with a flipped kernel.

    Examples
    --------
    >>> from hdclib.sizes import dilated_convolve
    >>> dilated_convolve([3, 1, 4, 1, 5, 9, 2], [1, 2, -1], dilation=2)
    array([ 6, -6, 12])
    """
    values, kernel = _exact(_numbers("values", values), _numbers("kernel", kernel))
    given = {"stride": stride, "padding": padding, "dilation": dilation}
    layers = _axes(values, kernel, given)
    shape = _sizes(conv_size, values, kernel, layers)
    longest = [length + 2 * layer["padding"] for length, layer in zip(values.shape, layers, strict=True)]
    room_for("padding", math.prod(longest), "samples")
    padded = np.pad(values, [(layer["padding"],) * 2 for layer in layers])
    answer = np.zeros(shape, np.result_type(values, kernel))
    for tap in np.ndindex(kernel.shape):
        answer += kernel[tap] * padded[_every(tap, shape, layers)]
    return answer


def transposed_convolve(values, kernel, *, stride=1, padding=0, output_padding=0, dilation=1):
    """Return the transposed convolution: each value spreads over the outputs that a convolution would read it for.

    Parameters
    ----------
    values, kernel : array of numbers
        As in `dilated_convolve`.
    stride, padding, output_padding, dilation : int, or sequence of one int an axis
        As in `conv_transpose_size`; `padding` cuts samples off *each* end.

    Returns
    -------
    answer : ndarray
        `conv_transpose_size` numbers along each axis; ``values[i]`` times ``kernel[t]`` is added to
        ``answer[i * stride - padding + t * dilation]``. As a matrix it is the transpose of `dilated_convolve`.

    Raises
    ------
    TypeError, ValueError
        As `dilated_convolve`, and if `output_padding` is too large or `padding` leaves nothing.

    References
    ----------
    Dumoulin and Visin (2016), ch. 4 [dumoulin2016].

    Examples
    --------
    >>> from hdclib import transposed_convolve
    >>> transposed_convolve([5, 7], [1, 2, 3], stride=2)
    array([ 5, 10, 22, 14, 21])
    """
    values, kernel = _exact(_numbers("values", values), _numbers("kernel", kernel))
    given = {"stride": stride, "padding": padding, "output_padding": output_padding, "dilation": dilation}
    layers = _axes(values, kernel, given)
    shape = _sizes(conv_transpose_size, values, kernel, layers)
    whole = [out + 2 * layer["padding"] for out, layer in zip(shape, layers, strict=True)]
    room_for("stride", math.prod(whole), "samples")
    spread = np.zeros(whole, np.result_type(values, kernel))
    for tap in np.ndindex(kernel.shape):
        spread[_every(tap, values.shape, layers)] += kernel[tap] * values
    cuts = [layer["padding"] for layer in layers]
    return spread[tuple(slice(cut, cut + out) for cut, out in zip(cuts, shape, strict=True))]


def spread_kernel(kernel, *, dilation=1):
    """Return the kernel with its holes written out as zeros.

    An ordinary convolution with it equals the dilated one with `kernel`. No framework builds it.

    Parameters
    ----------
    kernel : array of numbers
    dilation : int, or sequence of one int an axis

    Returns
    -------
    spread : ndarray
        `effective_size` numbers along each axis, zero except at the multiples of `dilation`.

    Raises
    ------
    TypeError, ValueError
        If `kernel` holds no numbers, or `dilation` is out of range.

    References
    ----------
    Holschneider et al. (1990), the *algorithme à trous* [holschneider1990].

    Examples
    --------
    >>> from hdclib.sizes import spread_kernel
    >>> spread_kernel([1, 2, -1], dilation=2)
    array([ 1,  0,  2,  0, -1])
    """
    kernel = _numbers("kernel", kernel)
    layers = _axes(kernel, kernel, {"dilation": dilation})
    spread = np.zeros([_span(size, layer) for size, layer in zip(kernel.shape, layers, strict=True)], kernel.dtype)
    spread[tuple(slice(None, None, layer["dilation"]) for layer in layers)] = kernel
    return spread


def _span(size, layer):
    return (size - 1) * layer["dilation"] + 1


def _every(tap, counts, layers):
    """Slices to what one tap meets: `counts` samples along each axis, a stride apart."""
    starts = [layer["dilation"] * at for at, layer in zip(tap, layers, strict=True)]
    return tuple(
        slice(start, start + (count - 1) * layer["stride"] + 1, layer["stride"])
        for start, count, layer in zip(starts, counts, layers, strict=True)
    )


def _numbers(name, given):
    """Return an array of floats, of 64-bit integers, or of Python ints where these are too large for 64 bits."""
    room_for_all(name, given)
    try:
        array = np.asarray(given)
    except ValueError:
        raise TypeError(f"{name} must hold numbers, got rows of different lengths") from None
    too_large = array.dtype.kind == "O" and all(type(number) is int for number in array.flat)
    if array.dtype.kind not in "iufc" and not too_large:
        raise TypeError(f"{name} must hold numbers, got {array.dtype}")
    if array.ndim == 0 or array.size == 0:
        raise ValueError(f"{name} must hold at least one number along each of its axes, got shape {array.shape}")
    return whole_array(name, array) if array.dtype.kind in "iuO" else array


def _exact(values, kernel):
    """Return both as Python ints if 64 bits may not hold the sum of their products."""
    if values.dtype.kind in "fc" or kernel.dtype.kind in "fc":
        return [_as_floats(*part) if part[1].dtype == object else part[1]
                for part in (("values", values), ("kernel", kernel))]  # fmt: skip
    largest = max(int(values.max()), -int(values.min()))
    weight = sum(abs(int(number)) for number in kernel.flat)
    kind = object if max(largest, largest * weight) > INT64_MAX else np.int64
    return [part.astype(kind) for part in (values, kernel)]


def _as_floats(name, numbers):
    """Return Python ints as floats, since what they meet are floats."""
    try:
        return numbers.astype(float)
    except OverflowError:
        largest = shown(max(numbers.flat, key=abs))
        raise ValueError(f"{name} must be at most 1.8e308 beside numbers with a fraction, got {largest}") from None


def _axes(values, kernel, given):
    """Return one {argument: number} an axis."""
    if values.ndim != kernel.ndim:
        raise ValueError(f"values has {values.ndim} axes and kernel has {kernel.ndim}: give them the same number")
    count = values.ndim
    each = {name: _one_an_axis(name, value, count) for name, value in given.items()}
    return [{name: numbers[axis] for name, numbers in each.items()} for axis in range(count)]


def _one_an_axis(name, value, count):
    least = 0 if name.endswith("padding") else 1
    if not isinstance(value, (tuple, list)):
        return [whole_number(name, value, least)] * count
    if len(value) != count:
        raise ValueError(f"{name} has {len(value)} entries for {count} axes: give one number or one an axis")
    return [whole_number(f"{name}[{axis}]", number, least) for axis, number in enumerate(value)]


def _sizes(formula, values, kernel, layers):
    """Return the output size along each axis; an error names the axis."""
    sizes = []
    for axis, layer in enumerate(layers):
        try:
            sizes.append(formula(values.shape[axis], kernel.shape[axis], **layer))
        except ValueError as error:
            raise ValueError(f"axis {axis}: {error}" if values.ndim > 1 else str(error)) from None
    return tuple(sizes)
