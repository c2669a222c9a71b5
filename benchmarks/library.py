"""Measure hdclib against a rival in the same run and print a table of ratios.

Machines are noisy, so times are processor times, taken in turn, and a figure is the median ratio of several pairs.
"""

import statistics
import subprocess
import sys
import time

import numpy as np

import hdclib as hdc
from benchmarks.rows import Row, arguments, report

STACK = [1, 2, 5, 9, 1, 2, 5, 9]
STACKS = 1_000_000
IMPORTS = 31


def spread_one_pixel(below, row, column, kernel_size, dilation, amount):
    """Add `amount` to every input pixel that the kernel centred on one output pixel touches."""
    top, left = row - kernel_size // 2 * dilation, column - kernel_size // 2 * dilation
    for down in range(kernel_size):
        for right in range(kernel_size):
            below[top + down * dilation][left + right * dilation] += amount


def count_pixel_by_pixel(dilations, size, kernel_size=3):
    """The explainer's way in our words: an array, and a loop over every pixel and every tap of every layer.

    Its cost is that of reading and writing single elements of numpy arrays.
    """
    counts = np.zeros((size, size), dtype=np.int32)
    counts[size // 2][size // 2] = 1
    for dilation in reversed(dilations):
        below = np.zeros_like(counts)
        for row in range(size):
            for column in range(size):
                if counts[row][column] > 0:
                    spread_one_pixel(below, row, column, kernel_size, dilation, counts[row][column])
        counts = below
    return counts


def seconds(act, repeat=1):
    """Processor time of one call, averaged over `repeat` calls."""
    start = time.process_time()
    for _ in range(repeat):
        act()
    return (time.process_time() - start) / repeat


def paired(ours, rival, pairs, repeat=1):
    """Median of our time, of the rival's, and of their ratio, measured in turn."""
    times = [(seconds(ours, repeat), seconds(rival)) for _ in range(pairs)]
    ratios = [rival_time / our_time for our_time, rival_time in times]
    return *(statistics.median(column) for column in zip(*times, strict=True)), statistics.median(ratios)


def usage_counts():
    """Counts of a deep stack: the library against the loops over every pixel."""
    span = hdc.receptive_field(STACK, kernel_size=3)
    assert hdc.usage_map(STACK, kernel_size=3).tolist() == count_pixel_by_pixel(STACK, span).tolist()
    ours, rival, ratio = paired(
        lambda: hdc.usage_map(STACK, kernel_size=3), lambda: count_pixel_by_pixel(STACK, span), pairs=5, repeat=200
    )
    return f"2-D usage counts of {STACK}", ours, rival, f"{ratio:.0f} times as fast as loops", ratio >= 1000


def large_map():
    """A map of 4095 x 4095 cells against filling an array of that size."""
    dilations = [2**level for level in range(11)]
    span = hdc.receptive_field(dilations, kernel_size=3)
    assert span == 4095
    rows = hdc.tap_counts(dilations, kernel_size=3)
    dtype = hdc.outer_counts(rows[:1]).dtype
    ours, rival, ratio = paired(
        lambda: hdc.usage_map(dilations, kernel_size=3), lambda: np.full((span, span), 7, dtype=dtype), pairs=9
    )
    return f"{span} x {span} map", ours, rival, f"{1 / ratio:.2f} times the time of filling it", 1 / ratio <= 3


def exact_criterion():
    """The vectorised criterion on a million stacks against one call for each."""
    stacks = np.random.default_rng(0).integers(1, 30, (STACKS, 4))
    some = stacks[:2000].tolist()
    rate = STACKS / statistics.median(seconds(lambda: hdc.rules.are_hole_free(stacks, 3)) for _ in range(5))
    one_by_one = len(some) / seconds(lambda: [hdc.is_hole_free(stack, 3) for stack in some])
    words = f"{rate / 1e6:.1f} million stacks a second, {rate / one_by_one:.0f} times one by one"
    return "exact criterion, 4 layers", STACKS / rate, STACKS / one_by_one, words, rate >= 1e6


def import_time():
    """`import hdclib` in a fresh interpreter against `import numpy` in another."""
    start = "import time; start = time.process_time(); import {0}; print(time.process_time() - start)"

    def fresh(name):
        return float(subprocess.check_output([sys.executable, "-c", start.format(name)]))

    fresh("hdclib")  # from here on its bytecode is stored
    times = [(fresh("hdclib"), fresh("numpy")) for _ in range(IMPORTS)]
    ours, rival = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = statistics.median(own / other for own, other in times)
    return "import hdclib", ours, rival, f"{ratio:.3f} times the time of importing numpy", ratio <= 1.1


def rows():
    """Yield a row for each budget."""
    for measure in (usage_counts, large_map, exact_criterion, import_time):
        what, ours, rival, words, met = measure()
        yield Row(what, f"{1000 * ours:.3f} ms", f"{1000 * rival:.3f} ms: {words}", met)


if __name__ == "__main__":
    sys.exit(report(rows(), arguments().rows))
