"""An argument that is True or False is not taken to be true because it is some other value."""

import inspect
import re
from dataclasses import is_dataclass

import numpy as np
import pytest

import hdclib as hdc
from hdclib.sizes import fitting_sizes, pool_divisors, pool_size, sampled_positions, u_net_layers
from hdclib.sizes.chains import PoolLayer

REPORT = hdc.inspect(hdc.resnet_graph(50, 32, shape=(3, 65, 65)))
CALLS = {
    "ceil_mode": (lambda value: pool_size(7, 2, ceil_mode=value), lambda value: PoolLayer(2, ceil_mode=value)),
    "count_include_pad": (lambda value: pool_divisors(4, 3, count_include_pad=value),),
    "align_corners": (lambda value: sampled_positions(4, 7, align_corners=value),),
    "whole": (lambda value: fitting_sizes([hdc.ConvLayer(3)], whole=value),),
    "padded": (lambda value: u_net_layers(2, padded=value),),
    "deep_stem": (lambda value: hdc.resnet_graph(deep_stem=value),),
    "through_global": (
        lambda value: REPORT.reads(through_global=value),
        lambda value: REPORT.feeds((0, 0), through_global=value),
    ),
}
CASES = [(name, call) for name, calls in CALLS.items() for call in calls]


@pytest.mark.parametrize("value", [0, 1, "", "no", None, [], np.int64(1)], ids=repr)
@pytest.mark.parametrize(("name", "call"), CASES, ids=[name for name, _ in CASES])
def test_other_values_are_refused_by_name(name, call, value):
    with pytest.raises(TypeError, match=rf"^{name} must be True or False, got {re.escape(repr(value))}$"):
        call(value)


@pytest.mark.parametrize(("name", "call"), CASES, ids=[name for name, _ in CASES])
def test_true_and_false_are_taken_from_numpy_too(name, call):
    for value in (True, False, np.True_, np.False_):
        call(value)


def test_every_public_function_with_such_an_argument_is_asked():
    """A default of True or False tells such an argument, at the top and in each topic."""
    topics = [hdc.gridding, hdc.networks, hdc.rules, hdc.signal, hdc.sizes, hdc.training]
    functions = [getattr(topic, name) for topic in (hdc, *topics) for name in topic.__all__]
    found = {
        name
        for function in functions
        if callable(function) and not is_dataclass(function)
        for name, parameter in inspect.signature(function).parameters.items()
        if isinstance(parameter.default, bool)
    }
    assert found == CALLS.keys() - {"through_global"}  # methods have that one
