"""Tap counts that 64 bits do not hold: exact, and far from adding them up layer by layer."""

import decimal
import heapq
from collections import Counter

import numpy as np

FEW = 48  # taps of the smaller factor: up to here multiplying one by one is quicker than packing
EXACT = decimal.Context(prec=decimal.MAX_PREC, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN)


def long_counts(kernel_sizes, spacings):
    """Return the counts of a stack as Python's own numbers.

    Layers that are alike are a power of one polynomial, whose coefficients follow each other by a recurrence. The
    powers are multiplied as single long numbers, a fixed count of digits to a coefficient.

    Parameters
    ----------
    kernel_sizes, spacings : sequence of int
        One of each a layer, the spacing in samples of the input.

    Returns
    -------
    counts : ndarray of int (dtype object)

    Examples
    --------
    >>> from hdclib.gridding.powers import long_counts
    >>> long_counts([2, 3], [1, 2]).tolist()
    [1, 1, 1, 1, 1, 1]
    """
    alike = Counter((taps, spacing) for taps, spacing in zip(kernel_sizes, spacings, strict=True) if taps > 1)
    factors = [_spaced(power_counts(taps, times), spacing) for (taps, spacing), times in alike.items()]
    heap = [(len(counts), number, counts) for number, counts in enumerate(factors)] or [(1, 0, np.array([1], object))]
    heapq.heapify(heap)
    while len(heap) > 1:  # the two shortest first
        (_, number, one), (_, _, other) = heapq.heappop(heap), heapq.heappop(heap)
        product = _multiplied(one, other)
        heapq.heappush(heap, (len(product), number, product))
    return heap[0][2]


def power_counts(kernel_size, layers):
    """Return the counts of equal layers without gaps: the coefficients of ``(1 + x + ... + x**(k - 1)) ** layers``.

    With p for the power, ``(1 - x)(1 - x**k) p' = layers (1 - k x**(k - 1) + (k - 1) x**k) p``, which gives each
    coefficient from six before it.

    Examples
    --------
    >>> from hdclib.gridding.powers import power_counts
    >>> power_counts(3, 2).tolist()
    [1, 2, 3, 2, 1]
    """
    size, k, found, slopes = layers * (kernel_size - 1) + 1, kernel_size, [1], []
    for j in range((size - 1) // 2):
        slope = layers * (found[j] - k * _at(found, j - k + 1) + (k - 1) * _at(found, j - k))
        slopes.append(slope + _at(slopes, j - 1) + _at(slopes, j - k) - _at(slopes, j - k - 1))
        found.append(slopes[j] // (j + 1))
    counts = np.empty(size, dtype=object)
    counts[: len(found)] = found
    counts[size - len(found) :] = found[::-1]
    return counts


def _at(values, place):
    return values[place] if place >= 0 else 0


def _spaced(counts, spacing):
    spread = np.zeros((len(counts) - 1) * spacing + 1, dtype=object)
    spread[::spacing] = counts
    return spread


def _multiplied(one, other):
    """The convolution of two lists of counts, both of the same kind of numbers."""
    if min(np.count_nonzero(one), np.count_nonzero(other)) <= FEW:
        total = np.zeros(len(one) + len(other) - 1, dtype=object)
        few, many = sorted((one, other), key=np.count_nonzero)
        for place in np.flatnonzero(few):
            total[place : place + len(many)] += few[place] * many
        return total
    digits = len(str(decimal.Decimal(sum(one) * sum(other))))
    product = EXACT.multiply(_packed(one, digits), _packed(other, digits))
    count = len(one) + len(other) - 1
    text = format(product, "f").zfill(count * digits)
    pieces = [int(decimal.Decimal(text[start : start + digits])) for start in range(0, len(text), digits)]
    return np.array(pieces, dtype=object)


def _packed(counts, digits):
    """One number that holds all counts, first count first, as so many decimal digits each."""
    return EXACT.create_decimal("".join(str(decimal.Decimal(count)).zfill(digits) for count in counts))
