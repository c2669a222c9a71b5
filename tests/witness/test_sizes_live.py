"""Chains of sizes and average pools against PyTorch's own modules, on random cases."""

import random

import torch

from hdclib.layers import ConvLayer
from hdclib.networks import PadLayer, PoolLayer, TransposedLayer
from hdclib.sizes import average_pool, fitting_sizes, size_chain, u_net_layers
from hdclib.sizes.averages import pool_divisors


def as_module(layer):
    """The PyTorch module that a layer of a chain stands for, on one channel."""
    if isinstance(layer, PadLayer):
        return torch.nn.ConstantPad1d((layer.before, layer.after), 0.0)
    shape = {"stride": layer.stride, "padding": layer.padding, "dilation": layer.dilation}
    if isinstance(layer, PoolLayer):
        return torch.nn.MaxPool1d(layer.kernel_size, ceil_mode=layer.ceil_mode, **shape)
    if isinstance(layer, TransposedLayer):
        shape["output_padding"] = layer.output_padding
        return torch.nn.ConvTranspose1d(1, 1, layer.kernel_size, **shape)
    return torch.nn.Conv1d(1, 1, layer.kernel_size, **shape)


def random_layer(rng):
    kernel_size, stride, dilation = rng.randint(1, 5), rng.randint(1, 3), rng.randint(1, 3)
    kind = rng.randrange(4)
    if kind == 0:
        return PadLayer(rng.randint(-2, 6), rng.randint(-2, 6))
    if kind == 1:
        padding, rounds_up = rng.randint(0, kernel_size // 2), rng.random() < 0.5
        return PoolLayer(kernel_size, dilation, stride=stride, padding=padding, ceil_mode=rounds_up)
    if kind == 2:
        extra = rng.randint(0, max(stride, dilation) - 1)
        return TransposedLayer(kernel_size, dilation, stride=stride, output_padding=extra)
    return ConvLayer(kernel_size, dilation, stride=stride, padding=rng.randint(0, 6))


def measured(size, layers):
    """The sizes as PyTorch finds them; None where it refuses."""
    values, sizes = torch.zeros(1, 1, size), [size]
    with torch.no_grad():
        for layer in layers:
            try:
                values = as_module(layer)(values)
            except RuntimeError:
                return None
            sizes.append(values.shape[-1])
    return sizes if min(sizes) > 0 else None


def test_sizes_through_random_chains_are_those_of_pytorch():
    rng, refused = random.Random(31), 0
    for _ in range(800):
        layers, size = [random_layer(rng) for _ in range(rng.randint(1, 6))], rng.randint(1, 60)
        truth = measured(size, layers)
        try:
            found = size_chain(size, layers)
        except ValueError:
            found, refused = None, refused + 1
        assert found == truth, (size, layers)
    assert 40 < refused < 400


def test_a_u_net_joins_where_the_sizes_are_said_to_fit():
    for depth, padded, size in [(d, p, s) for d in (1, 2, 3) for p in (True, False) for s in range(100, 116)]:
        layers, joins = u_net_layers(depth, padded=padded)
        sizes = measured(size, layers)
        equal = all(sizes[one] == sizes[other] for one, other in joins)
        halved = all(sizes[one] % 2 == 0 for one, _ in joins)
        answer = fitting_sizes(layers, joins if padded else (), whole=not padded)
        assert (equal if padded else halved) == (size in answer), (depth, padded, size)


def test_average_pools_are_those_of_pytorch():
    rng, compared = random.Random(32), 0
    for _ in range(800):
        kernel_size = rng.randint(1, 6)
        given = {"stride": rng.randint(1, 5), "padding": rng.randint(0, kernel_size // 2)}
        given |= {"ceil_mode": rng.random() < 0.5, "count_include_pad": rng.random() < 0.5}
        values = [rng.randint(-9, 9) for _ in range(rng.randint(1, 20))]
        try:
            truth = torch.nn.AvgPool1d(kernel_size, **given)(torch.tensor([[values]], dtype=torch.float64))[0, 0]
        except RuntimeError:
            continue
        assert torch.allclose(torch.tensor(average_pool(values, kernel_size, **given)), truth), (values, given)
        assert len(pool_divisors(len(values), kernel_size, **given)) == len(truth)
        compared += 1
    assert compared > 500
