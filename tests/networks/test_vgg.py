"""VGG16 with pools kept, removed and replaced: against published numbers and against windows counted by hand."""

from itertools import product

import pytest

from hdclib import receptive_field
from hdclib.networks import layer_table, network_cost, vgg16
from hdclib.networks.vgg import POOL_CHOICES

ALL_CHOICES = list(product(POOL_CHOICES, repeat=5))


def test_sizes_halve_five_times_from_224_to_7():
    pools = [row for row in layer_table(vgg16()) if row.name.startswith("pool")]
    assert [row.size for row in pools] == [112, 56, 28, 14, 7]
    assert [row.stride for row in pools] == [2, 4, 8, 16, 32]
    assert [row.field for row in pools] == [6, 16, 44, 100, 212]


def test_thirteen_convolutions_have_the_channels_of_the_paper():
    convolutions = [item for item in vgg16() if not item.is_pool]
    assert [item.outputs for item in convolutions] == [64] * 2 + [128] * 2 + [256] * 3 + [512] * 6
    assert [item.inputs for item in convolutions] == [3] + [item.outputs for item in convolutions[:-1]]


def test_twice_the_multiplications_is_the_published_count_within_a_thousandth():
    """30.713 billion operations at 224 (Araujo et al.), which count biases and activations as well."""
    assert 2 * network_cost(vgg16())[1] == pytest.approx(30.713e9, rel=1e-3)


def test_values_are_counted_output_by_output():
    total, size = 0, 224
    for convolutions, channels in ((2, 64), (2, 128), (3, 256), (3, 512), (3, 512)):
        total += convolutions * size * size * channels
        size //= 2
        total += size * size * channels
    assert network_cost(vgg16())[0] == total


@pytest.mark.parametrize("pools", ALL_CHOICES)
def test_only_kept_pools_change_the_size_and_only_removed_ones_the_field(pools):
    last = layer_table(vgg16(pools))[-1]
    assert last.size == 224 // 2 ** pools.count("keep")
    assert last.stride == 2 ** pools.count("keep")
    if "remove" not in pools:
        assert last.field == 212
    else:
        assert last.field < 212


def test_without_pools_thirteen_small_kernels_see_27_pixels():
    assert receptive_field([item.layer for item in vgg16(["remove"] * 5)]) == 1 + 13 * 2


def test_wrong_choice_is_named_with_its_place():
    with pytest.raises(ValueError, match=r"^pools\[1\] must be one of keep, remove, dilate, got 'drop'$"):
        vgg16(["keep", "drop", "keep", "keep", "keep"])
    with pytest.raises(ValueError, match=r"^pools must have 5 entries, got 2$"):
        vgg16(["keep", "keep"])


def test_an_image_too_small_for_five_pools_is_refused():
    with pytest.raises(ValueError, match="the kernel spans 2 samples"):
        layer_table(vgg16(), 16)
