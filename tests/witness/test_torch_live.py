"""hdclib against the real PyTorch on random cases; needs torch, numpy, pytest and hdclib, nothing else.

A new seed each run, shown where a test fails; ``HDCLIB_WITNESS_SEED=<seed>`` runs the same cases again.
"""

import os
import random
import time

import pytest

from hdclib import ConvLayer, receptive_field, tap_counts
from hdclib.sizes.formulas import conv_size, conv_transpose_size, pool_size, same_padding
from hdclib.sizes.windows import read_positions, transposed_read_positions

torch = pytest.importorskip("torch", reason="PyTorch is the witness: pip install -r requirements-witness.txt")
functional = torch.nn.functional

SEED = int(os.environ.get("HDCLIB_WITNESS_SEED", time.time_ns() % 10**9))
CASES = 3000


@pytest.fixture
def rng(request):
    print(f"HDCLIB_WITNESS_SEED={SEED}")  # pytest shows it where a test fails
    return random.Random(f"{SEED} {request.node.name}")


def draw(rng):
    return {
        "size": rng.randint(1, 40),
        "kernel_size": rng.randint(1, 7),
        "stride": rng.randint(1, 6),
        "padding": rng.randint(0, 7),
        "dilation": rng.randint(1, 6),
    }


def out_or_none(function, *arguments, **keywords):
    """The size, or None where hdclib (ValueError) or PyTorch (RuntimeError) refuses the call."""
    try:
        answer = function(*arguments, **keywords)
    except (ValueError, RuntimeError):
        return None
    return answer if isinstance(answer, int) else answer.shape[-1]


def signal(size):
    return torch.zeros(1, 1, size)


def ones(*kernel_size):
    return torch.ones((1, 1, *kernel_size), dtype=torch.float64)


def compare(pairs):
    """Raise on the first difference, and if too few calls were legal, or refused, to tell anything."""
    for case, ours, theirs in pairs:
        assert ours == theirs, f"{case}: hdclib {ours}, PyTorch {theirs}, HDCLIB_WITNESS_SEED={SEED}"
    refused = sum(theirs is None for *_, theirs in pairs)
    assert len(pairs) * 0.02 < refused < len(pairs) * 0.9


def test_convolution_sizes_are_pytorchs(rng):
    pairs = []
    for _ in range(CASES):
        case = draw(rng)
        size, kernel_size, stride, padding, dilation = case.values()
        weight = torch.ones(1, 1, kernel_size)
        theirs = out_or_none(functional.conv1d, signal(size), weight, None, stride, padding, dilation)
        pairs.append((case, out_or_none(conv_size, **case), theirs))
    compare(pairs)


def test_pooling_sizes_are_pytorchs(rng):
    pairs = []
    for _ in range(CASES):
        case = draw(rng) | {"padding": rng.randint(0, 4), "ceil_mode": rng.random() < 0.7}
        size, kernel_size, stride, padding, dilation, ceil_mode = case.values()
        call = (kernel_size, stride, padding, dilation, ceil_mode)
        pairs.append((case, out_or_none(pool_size, **case), out_or_none(functional.max_pool1d, signal(size), *call)))
    compare(pairs)


def test_transposed_sizes_are_pytorchs(rng):
    pairs = []
    for _ in range(CASES):
        case = draw(rng) | {"output_padding": rng.randint(0, 6)}
        weight = torch.ones(1, 1, case["kernel_size"])
        keywords = {name: case[name] for name in ("stride", "padding", "dilation", "output_padding")}
        theirs = out_or_none(functional.conv_transpose1d, signal(case["size"]), weight, **keywords)
        pairs.append((case, out_or_none(conv_transpose_size, **case), theirs))
    compare(pairs)


def test_two_axes_are_one_axis_twice(rng):
    for _ in range(CASES // 10):
        rows, columns = draw(rng), draw(rng)
        pair = {name: (rows[name], columns[name]) for name in rows}
        image, weight = torch.zeros(1, 1, *pair["size"]), torch.ones(1, 1, *pair["kernel_size"])
        ours = [out_or_none(conv_size, **rows), out_or_none(conv_size, **columns)]
        try:
            layer = {name: pair[name] for name in ("stride", "padding", "dilation")}
            theirs = list(functional.conv2d(image, weight, **layer).shape[2:])
        except RuntimeError:
            theirs = None
        assert (None if None in ours else ours) == theirs, f"{pair}, HDCLIB_WITNESS_SEED={SEED}"


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
def test_same_padding_is_pytorchs(rng):
    for _ in range(CASES // 10):
        kernel_size, dilation = rng.randint(1, 9), rng.randint(1, 9)
        values, weight = torch.randn(1, 1, 50, dtype=torch.float64), torch.randn(1, 1, kernel_size, dtype=torch.float64)
        padded = functional.pad(values, same_padding(kernel_size, dilation=dilation))
        theirs = functional.conv1d(values, weight, padding="same", dilation=dilation)
        ours = functional.conv1d(padded, weight, dilation=dilation)
        where = f"kernel_size={kernel_size}, dilation={dilation}, HDCLIB_WITNESS_SEED={SEED}"
        torch.testing.assert_close(ours, theirs, msg=where)


def gradient(answer, values):
    """How often the single number `answer` reads each of `values`, where all weights are 1."""
    values.grad = None
    answer.backward(retain_graph=True)
    return values.grad[0, 0].round().long()


def test_read_positions_are_the_inputs_with_a_gradient(rng):
    checked = 0
    while checked < CASES // 10:
        case = draw(rng)
        size, kernel_size, stride, padding, dilation = case.values()
        out = out_or_none(conv_size, **case)
        if out is None:
            continue
        values = torch.zeros(1, 1, size, dtype=torch.float64, requires_grad=True)
        answer = functional.conv1d(values, ones(kernel_size), None, stride, padding, dilation)
        index = rng.randrange(out)
        read = gradient(answer[0, 0, index], values).nonzero().flatten().tolist()
        taps = read_positions(index, kernel_size, stride=stride, padding=padding, dilation=dilation)
        ours = [at for at in taps if 0 <= at < size]
        assert ours == read, f"output {index} of {case}, HDCLIB_WITNESS_SEED={SEED}"
        checked += 1


def test_transposed_read_positions_are_the_inputs_with_a_gradient(rng):
    checked = 0
    while checked < CASES // 10:
        case = draw(rng)
        size, kernel_size, stride, padding, dilation = case.values()
        out = out_or_none(conv_transpose_size, **case)
        if out is None:
            continue
        values = torch.zeros(1, 1, size, dtype=torch.float64, requires_grad=True)
        layer = {"stride": stride, "padding": padding, "dilation": dilation}
        answer = functional.conv_transpose1d(values, ones(kernel_size), **layer)
        index = rng.randrange(out)
        read = gradient(answer[0, 0, index], values).nonzero().flatten().tolist()
        brought = transposed_read_positions(index, kernel_size, **layer)
        ours = sorted(at for at in brought if at is not None and 0 <= at < size)
        assert ours == read, f"output {index} of {case}, HDCLIB_WITNESS_SEED={SEED}"
        checked += 1


@pytest.mark.parametrize("axes", [1, 2])
def test_tap_counts_are_the_gradients_of_a_real_stack(rng, axes):
    for _ in range(CASES // 10 if axes == 1 else CASES // 60):
        most = (7, 9, 3) if axes == 1 else (3, 4, 2)
        shapes = [[rng.randint(1, top) for top in most] for _ in range(rng.randint(1, 5 - axes))]
        stack = [ConvLayer(size, dilation, stride=stride) for size, dilation, stride in shapes]
        # Three outputs an axis: the middle one's window starts one stride of the stack in.
        size, jump = 3, 1
        for layer in reversed(stack):
            size = (size - 1) * layer.stride + layer.dilation * (layer.kernel_size - 1) + 1
            jump *= layer.stride
        values = torch.zeros((1, 1) + (size,) * axes, dtype=torch.float64, requires_grad=True)
        answer = values
        for layer in stack:
            convolution = functional.conv1d if axes == 1 else functional.conv2d
            answer = convolution(
                answer, ones(*[layer.kernel_size] * axes), stride=layer.stride, dilation=layer.dilation
            )
        read = gradient(answer[(0, 0) + (1,) * axes], values)
        expected = torch.zeros(size, dtype=torch.long)
        expected[jump : jump + receptive_field(stack)] = torch.from_numpy(tap_counts(stack).astype("int64"))
        if axes == 2:
            expected = torch.outer(expected, expected)
        assert torch.equal(read, expected), f"{stack}, HDCLIB_WITNESS_SEED={SEED}"
