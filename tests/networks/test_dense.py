"""Dilation in place of stride gives the same numbers: run both networks and compare."""

import random

import numpy as np
import pytest

from hdclib import ConvLayer, receptive_field, resnet
from hdclib.networks import apply_stack, backbone, dilate_instead, vgg16


def correlate_by_definition(signal, layer, kernel):
    """One layer, one output and one tap at a time; shares no code with hdclib."""
    outputs, at = [], -layer.padding
    while at + layer.dilation * (layer.kernel_size - 1) < len(signal) + layer.padding:
        taps = [at + layer.dilation * tap for tap in range(layer.kernel_size)]
        inside = [signal[place] if 0 <= place < len(signal) else 0.0 for place in taps]
        outputs.append(sum(weight * value for weight, value in zip(kernel, inside, strict=True)))
        at += layer.stride
    return outputs


def random_case(rng):
    layers = [
        ConvLayer(rng.randint(1, 4), rng.randint(1, 2), stride=rng.choice((1, 1, 2, 3)), padding=rng.randint(0, 2))
        for _ in range(rng.randint(1, 4))
    ]
    weights = [[rng.randint(-3, 3) for _ in range(layer.kernel_size)] for layer in layers]
    signal = [rng.randint(-9, 9) for _ in range(120)]
    return layers, weights, signal


def test_a_stack_gives_what_the_definition_gives():
    rng = random.Random(33)
    for _ in range(100):
        layers, weights, signal = random_case(rng)
        wanted = signal
        for layer, kernel in zip(layers, weights, strict=True):
            wanted = correlate_by_definition(wanted, layer, kernel)
        assert apply_stack(signal, layers, weights).tolist() == wanted


def test_the_dense_stack_holds_every_value_of_the_strided_one():
    rng = random.Random(34)
    for _ in range(200):
        layers, weights, signal = random_case(rng)
        first = rng.randrange(len(layers))
        taken = int(np.prod([layer.stride for layer in layers[first:]]))
        coarse = apply_stack(signal, layers, weights)
        dense = apply_stack(signal, dilate_instead(layers, first), weights)
        assert dense[::taken][: len(coarse)].tolist() == coarse.tolist(), layers


@pytest.mark.parametrize("layers", [resnet(50), resnet(101, "first 3x3"), backbone("inception_v3")], ids=len)
def test_the_field_stays(layers):
    for first in (0, len(layers) // 2, len(layers) - 1):
        dense = dilate_instead(layers, first)
        assert receptive_field(dense) == receptive_field(layers)
        assert all(layer.stride == 1 for layer in dense[first:])


def test_vgg_with_dilated_pools_is_the_library_s_own_recipe():
    layers = [item.layer for item in vgg16()]
    fourth_pool = 13
    dense = dilate_instead(layers, fourth_pool)
    assert list(dense) == [item.layer for item in vgg16(["keep"] * 3 + ["dilate"] * 2)]


def test_front_end_of_yu_and_koltun_has_dilations_2_and_4():
    layers = [*backbone("vgg_16"), ConvLayer(7)]
    dense = dilate_instead(layers, 13)
    assert [layer.dilation for layer in dense[14:17]] == [2, 2, 2]
    assert dense[-1].dilation == 4


def test_a_first_layer_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match=r"^first must be at most 0, got 1$"):
        dilate_instead([ConvLayer(3)], 1)


def test_weights_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match="^weights has 1 entry for 2 layers: give one array a layer$"):
        apply_stack([1, 2, 3], [ConvLayer(1), ConvLayer(1)], [[1]])
    with pytest.raises(ValueError, match=r"^weights\[0\] must have shape \(2,\), got \(3,\)$"):
        apply_stack([1, 2, 3], [ConvLayer(2)], [[1, 2, 3]])
    with pytest.raises(ValueError, match=r"^layers\[0\] spans 5 samples but its padded input has 3"):
        apply_stack([1, 2, 3], [ConvLayer(3, 2)], [[1, 2, 3]])
