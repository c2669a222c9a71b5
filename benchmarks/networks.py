"""Measure `inspect` and long stacks against rivals in the same run: a pass of the network, and gradients.

The networks need PyTorch and torchvision, as ``make witness`` installs them; without them only stacks are measured.
"""

import resource
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np

import hdclib as hdc
from benchmarks.library import seconds
from benchmarks.rows import Row, arguments, report
from hdclib.gridding.powers import long_counts

DEEP, WIDE = 10_000, 10**6
MEGABYTE = 2**20


def layer_by_layer(layers):
    """The counts of equal layers of three taps, each layer adding three copies of them."""
    counts = np.ones(1, dtype=object)
    for _ in range(layers):
        total = np.zeros(len(counts) + 2, dtype=object)
        for tap in range(3):
            total[tap : tap + len(counts)] += counts
        counts = total
    return counts


def deep_chain():
    """A chain of ten thousand layers, and one layer of a dilation of a million."""
    for what, layers in (
        (f"report on {DEEP} layers", [hdc.ConvLayer(3)] * DEEP),
        (f"report on a dilation of {WIDE}", [hdc.ConvLayer(3, WIDE), hdc.ConvLayer(3)]),
    ):
        ours = seconds(lambda layers=layers: str(hdc.inspect(layers)))
        yield what, ours, f"{ours:.2f} s of 1 s", ours <= 1


def long_numbers():
    """Counts of a thousand layers against adding them up, and of five thousand."""
    ours, rival = seconds(lambda: long_counts([3] * 1000, [1] * 1000)), seconds(lambda: layer_by_layer(1000))
    yield "tap counts of 1000 layers", ours, f"{rival / ours:.0f} times as fast as layer by layer", rival / ours >= 10
    ours = seconds(lambda: hdc.tap_counts([1] * 5000, kernel_size=3))
    yield "tap counts of 5000 layers", ours, f"{ours:.2f} s of 1 s", ours <= 1


def real_network():
    """ResNet-50 at stride 8: trace and report, the table of views against gradients, and memory."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "witness"))
    import torch
    from gradients import Truth, made_positive
    from zoo import of_torchvision

    from hdclib.networks.inspecting.inspection import inspected
    from hdclib.networks.inspecting.tracing_torch import traced

    network = of_torchvision("resnet50", replace_stride_with_dilation=[False, True, True])().eval()
    str(hdc.inspect(network, (3, 65, 65)))  # from here on everything is loaded
    before = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    ours = seconds(lambda: str(hdc.inspect(network, (3, 513, 513))))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before) / MEGABYTE  # most ever, less now
    with torch.no_grad():
        rival = seconds(lambda: network(torch.zeros(1, 3, 513, 513)))
    words = f"{ours / rival:.2f} times the time of one pass, {ours:.2f} s of 2 s"
    yield "ResNet-50 at stride 8, 513 x 513: report", ours, words, ours <= 2
    yield "the same: memory beyond the model", ours, f"{grown:.0f} MB of 200 MB", grown <= 200

    shape = (3, 257, 257)
    made_positive(network)
    graph, _ = traced(network, shape)
    ours = seconds(lambda: inspected(graph, "ResNet-50"), repeat=5)
    whole = seconds(lambda: hdc.inspect(network, shape))
    start, report = time.process_time(), inspected(graph, "ResNet-50")
    _, views = Truth(network, shape).reads(report.at)
    rival = time.process_time() - start
    assert [view.seen.read for view in report.views] == [int(view.sum()) for view in views]
    words = f"{rival / ours:.0f} times as fast as by gradients, {rival / whole:.0f} times with the trace"
    yield "the same, 257 x 257: table of views", ours, words, rival / ours >= 50


def rows():
    """Yield a row for each budget."""
    parts = [deep_chain, long_numbers]
    if find_spec("torch") and find_spec("torchvision"):
        parts.append(real_network)
    else:
        yield Row("real networks", "not measured", "PyTorch is not here (make witness installs it)")
    for part in parts:
        for what, ours, words, met in part():
            yield Row(what, f"{1000 * ours:.1f} ms", words, met)


if __name__ == "__main__":
    sys.exit(report(rows(), arguments().rows))
