"""The least zeros in front of a causal layer, by trying every number of them."""

import json
from pathlib import Path

import pytest

from hdclib.sizes.formulas import causal_padding, conv_size, effective_size
from hdclib.sizes.windows import read_positions

TABLE = Path(__file__).parents[1] / "tables" / "keras_causal.json"


def reads_last(size, span, stride, before):
    """(outputs, whether the last sample is read) with `before` zeros in front and none behind."""
    starts = range(-before, size - span + 1, stride)
    return len(starts), len(starts) > 0 and starts[-1] + span == size


@pytest.mark.parametrize("stride", range(1, 6))
@pytest.mark.parametrize("dilation", range(1, 4))
def test_no_other_padding_keeps_every_block_and_reads_the_last_sample(stride, dilation):
    for kernel_size in range(1, 8):
        span = effective_size(kernel_size, dilation=dilation)
        for size in range(1, 25):
            blocks, found = -(-size // stride), causal_padding(size, kernel_size, stride=stride, dilation=dilation)
            tried = {before: reads_last(size, span, stride, before) for before in range(span + stride + 2)}
            right = [before for before, (outputs, last) in tried.items() if outputs == blocks and last]
            assert right in ([found], []) and tried[found][0] >= blocks
            if right == []:  # the stride jumps over samples that a kernel so short cannot reach
                assert found == 0 and span < stride
            assert not any(tried[before][0] >= blocks for before in range(found))


def test_kernel_4_stride_2_wants_2_zeros_and_not_3():
    assert causal_padding(8, 4, stride=2) == 4 - 2
    assert reads_last(8, 4, 2, 2) == (4, True)
    assert reads_last(8, 4, 2, 3) == (4, False)


def test_at_stride_1_it_is_the_span_less_one():
    assert causal_padding(100, 2, dilation=512) == 512


def test_keras_adds_k_minus_1_and_leaves_the_last_samples_of_a_strided_layer_unread():
    lost = 0
    for size, kernel_size, stride, out, reads in json.loads(TABLE.read_text())["cases"]:
        before = kernel_size - 1
        assert conv_size(size + before, kernel_size, stride=stride) == out
        taps = [at for i in range(out) for at in read_positions(i, kernel_size, stride=stride, padding=before)]
        assert [taps.count(at) for at in range(size)] == reads
        lost += reads[-1] == 0 and causal_padding(size, kernel_size, stride=stride) < before
    assert lost > 20
