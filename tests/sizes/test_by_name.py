"""No size function takes a stride, a padding or a dilation by its place: nobody need know their order."""

import importlib
import inspect
import pkgutil

import pytest

import hdclib.sizes

BY_NAME = {"stride", "padding", "dilation", "output_padding", "pads", "auto_pad", "ceil_mode", "before"}


def size_functions():
    """Every public function of the folder that takes one of these arguments."""
    for module in pkgutil.iter_modules(hdclib.sizes.__path__, "hdclib.sizes."):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            parameters = inspect.signature(function).parameters
            if not name.startswith("_") and function.__module__ == module.name and "kernel_size" in parameters:
                yield name, parameters


@pytest.mark.parametrize("name, parameters", [pytest.param(*found, id=found[0]) for found in size_functions()])
def test_what_follows_the_kernel_size_is_given_by_name(name, parameters):
    places = {other for other, parameter in parameters.items() if parameter.kind is not parameter.KEYWORD_ONLY}
    assert places.isdisjoint(BY_NAME), name


def test_the_functions_were_found():
    assert {"conv_size", "pool_size", "spreads_evenly", "keras_conv_transpose_size"} <= {n for n, _ in size_functions()}
