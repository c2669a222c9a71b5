"""Which input sizes a network takes: a step and remainders, against every size walked by definition."""

import random

import pytest

from hdclib.layers import ConvLayer
from hdclib.sizes.chains import FittingSizes, PadLayer, PoolLayer, TransposedLayer, fitting_sizes, size_chain
from hdclib.sizes.u_nets import u_net_layers

KEEP, VALID, HALVE, DOUBLE = ConvLayer(3, padding=1), ConvLayer(3), PoolLayer(2), TransposedLayer(2, stride=2)


def unet(conv, halve=HALVE, double=DOUBLE, levels=4):
    """A U-Net as a chain, and its joins: the layer before each pool with the layer that comes back to its level."""
    layers, before = [], []
    for _ in range(levels):
        layers += [conv, conv]
        before.append(len(layers))
        layers.append(halve)
    layers += [conv, conv]
    joins = []
    for level in reversed(before):
        layers.append(double)
        joins.append((level, len(layers)))
        layers += [conv, conv]
    return layers, joins


def walk(size, layers):
    """Sizes by listing positions, or None where a layer has none; no code shared with hdclib."""
    sizes = [size]
    for layer in layers:
        if isinstance(layer, PadLayer):
            kept = list(range(sizes[-1]))
            for pad, end in ((layer.before, 0), (layer.after, -1)):
                for _ in range(-pad):
                    if not kept:
                        return None
                    kept.pop(end)
            sizes.append(len(kept) + max(0, layer.before) + max(0, layer.after))
        elif isinstance(layer, TransposedLayer):
            ends = [i * layer.stride + t * layer.dilation for i in range(sizes[-1]) for t in range(layer.kernel_size)]
            sizes.append(max(ends) + 1 + layer.output_padding - 2 * layer.padding)
        else:
            sizes.append(count_windows(sizes[-1], layer))
        if sizes[-1] < 1:
            return None
    return sizes


def count_windows(size, layer):
    up, count, start = getattr(layer, "ceil_mode", False), 0, -layer.padding
    end = size + layer.padding
    while True:
        fits = start + layer.dilation * (layer.kernel_size - 1) < end
        hangs = up and start < size and start + layer.dilation * (layer.kernel_size - 1) < end + layer.stride - 1 + fits
        if not fits and not hangs:
            return count
        count, start = count + 1, start + layer.stride


def fits(size, layers, joins):
    sizes = walk(size, layers)
    return sizes is not None and all(sizes[one] == sizes[other] for one, other in joins)


def test_a_padded_u_net_takes_multiples_of_16():
    found = fitting_sizes(*unet(KEEP))
    assert (found.step, found.remainders, found.least) == (16, (0,), 16)
    assert found.explanation == "an input size fits if it leaves 0 when divided by 16, from 16 on"
    assert found.nearest(572) == (560, 576) and found.nearest(576) == (576, 576) and found.nearest(3) == (None, 16)


def test_the_first_u_net_goes_from_572_to_388_and_takes_12_more_than_multiples_of_16():
    layers, _ = unet(VALID)
    assert size_chain(572, layers)[-1] == 388
    found = fitting_sizes(layers, whole=True)  # it crops before it joins, and asks only that every pool comes out even
    assert (found.step, found.remainders) == (16, (12,))
    assert 572 in found and 576 not in found


def test_rounding_up_alone_does_not_free_a_u_net_and_cropping_does():
    up = PoolLayer(2, ceil_mode=True)
    assert fitting_sizes(*unet(KEEP, halve=up)).step == 16
    cropped = [up, DOUBLE, PadLayer(0, -1)]
    assert fitting_sizes(cropped, [(0, 3)]).remainders == (1,)


def test_strided_layers_with_output_padding_want_their_own_remainder():
    halve = ConvLayer(3, stride=2, padding=1)
    for extra, rest in ((0, 1), (1, 0)):
        double = TransposedLayer(3, stride=2, padding=1, output_padding=extra)
        found = fitting_sizes([halve, double], [(0, 2)])
        assert (found.step, found.remainders) == (2, (rest,))


def random_layer(rng):
    size, dilation, stride = rng.randint(1, 4), rng.randint(1, 3), rng.randint(1, 3)
    kind = rng.choice(["conv", "pool", "up", "pad"])
    if kind == "conv":
        return ConvLayer(size, dilation, stride=stride, padding=rng.randint(0, 4))
    if kind == "pool":
        padding = rng.randint(0, size // 2)
        return PoolLayer(size, dilation, stride=stride, padding=padding, ceil_mode=rng.random() < 0.6)
    if kind == "up":
        extra = rng.randint(0, max(stride, dilation) - 1)
        return TransposedLayer(size, dilation, stride=stride, padding=rng.randint(0, 2), output_padding=extra)
    return PadLayer(rng.randint(-2, 4), rng.randint(-2, 4))


@pytest.mark.parametrize("seed", range(6))
def test_every_size_is_told_right_for_random_networks(seed):
    rng = random.Random(seed)
    for _ in range(40):
        layers = [random_layer(rng) for _ in range(rng.randint(1, 5))]
        whole = rng.random() < 0.3
        joins = [(0, len(layers))] if not whole and rng.random() < 0.7 else []
        try:
            found = fitting_sizes(layers, joins, whole=whole)
        except ValueError as error:
            assert "one scale" in str(error)
            continue
        for size in range(1, 120):
            told = size in found
            if whole:
                assert not told or walk(size, layers) is not None
            else:
                assert told == fits(size, layers, joins), (size, layers, joins, found)
        assert found.step == 1 or any(
            (rest + 1) % found.step not in found.remainders for rest in found.remainders or [0]
        )


@pytest.mark.parametrize("seed", range(6))
def test_chains_equal_a_walk_over_positions(seed):
    rng = random.Random(100 + seed)
    for _ in range(100):
        layers, size = [random_layer(rng) for _ in range(rng.randint(1, 5))], rng.randint(1, 60)
        expected = walk(size, layers)
        if expected is None:
            with pytest.raises(ValueError, match=r"^layer \d+ of"):
                size_chain(size, layers)
        else:
            assert size_chain(size, layers) == expected


def test_where_nothing_fits_the_reason_is_told():
    found = fitting_sizes([VALID], [(0, 1)])
    assert isinstance(found, FittingSizes) and found.remainders == () and 7 not in found
    assert found.explanation == "no input size fits: 3 samples in, layer 0 gives 3 and layer 1 gives 1"
    assert found.nearest(9) == (None, None)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: fitting_sizes([HALVE], [(0, 1)]),
            r"^joins\[0\] joins layer 0, on 1 .* layer 1, on 1/2: join layers of",
        ),
        (lambda: fitting_sizes([HALVE], [(0, 2)]), r"^joins\[0\] must be at most 1, got 2$"),
        (lambda: fitting_sizes([HALVE], [(0, 1, 1)]), r"^joins\[0\] must be two layers, got \(0, 1, 1\)$"),
        (lambda: fitting_sizes([HALVE] * 20), r"^layers asks for 1048576 input sizes to try, at most 16384"),
        (lambda: size_chain(3, [PadLayer(-1, -2)]), r"^layer 1 of 1: 3 samples are cut off 3: give at least 4$"),
        (lambda: size_chain(1, [PadLayer(-2, 6)]), r"^layer 1 of 1: 2 samples are cut off 1: give at least 2$"),
        (lambda: PoolLayer(3, padding=2), r"^padding must be at most 1, half of kernel_size=3"),
        (lambda: TransposedLayer(3, stride=2, output_padding=2), r"^output_padding must be less than stride=2"),
        (lambda: PoolLayer(0), r"^kernel_size must be at least 1, got 0$"),
    ],
)
def test_what_cannot_be_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("padded", [True, False])
@pytest.mark.parametrize("depth", [1, 2, 4])
def test_a_u_net_is_made_as_one_is_made_by_hand(depth, padded):
    layers, joins = u_net_layers(depth, padded=padded)
    assert (layers, joins) == (lambda net, pairs: (net, pairs[::-1]))(*unet(KEEP if padded else VALID, levels=depth))


@pytest.mark.parametrize("dilation", [1, 2, 3])
def test_a_padded_u_net_keeps_the_size_of_its_maps_whatever_the_dilation(dilation):
    layers, _ = u_net_layers(2, dilation=dilation)
    convolutions = [layer for layer in layers if isinstance(layer, ConvLayer)]
    assert convolutions and all(layer.dilation == layer.padding == dilation for layer in convolutions)


@pytest.mark.parametrize(("padding", "remainder"), [(0, 0), (1, 1), (2, 2)])
def test_what_a_stride_leaves_over_is_counted_with_the_padding(padding, remainder):
    found = fitting_sizes([ConvLayer(3, stride=3, padding=padding)], whole=True)
    assert (found.step, found.remainders) == (3, (remainder,))
    assert (found.least + 2 * padding - 3) % 3 == 0


def test_a_u_net_of_no_levels_is_refused():
    with pytest.raises(ValueError, match=r"^depth must be at least 1, got 0$"):
        u_net_layers(0)
    with pytest.raises(ValueError, match=r"^convolutions must be at least 1, got 0$"):
        u_net_layers(2, 0)
