"""hdclib/from_torch.py with plain objects that have the attributes of torch.nn's; tests/witness has the real ones."""

import subprocess
import sys

import pytest
from brute_force import path_counts

import hdclib as hdc
from hdclib import ConvLayer, layers_of


class Module:
    """As torch.nn.Module: attributes, and children in the order of their definition."""

    __module__ = "torch.nn.modules.module"

    def __init__(self, *children, **attributes):
        self.parts = children
        self.__dict__.update(attributes)

    def children(self):
        return iter(self.parts)

    def forward(self):
        raise NotImplementedError


class Sequential(Module):
    __module__ = "torch.nn.modules.container"

    def forward(self):
        """Run the children in turn."""


class ConvBlock(Sequential):
    """Only makes its children, as torchvision's ConvNormActivation does."""


class Branches(Sequential):
    def forward(self):
        """Not one after the other."""


class Conv2d(Module):
    def __init__(self, kernel_size, stride=(1, 1), padding=(0, 0), dilation=(1, 1), transposed=False):
        super().__init__(
            kernel_size=kernel_size, stride=stride, padding=padding, dilation=dilation, transposed=transposed
        )


class MaxPool2d(Module):
    pass


class _MaxUnpoolNd(Module):
    pass


class MaxUnpool2d(_MaxUnpoolNd):
    pass


class ReLU(Module):
    pass


class ModuleList(Module):
    pass


class Take2(Module):
    def forward(self, values):
        return values[:, :, ::2]


class PaddedConv2d(Conv2d):
    """Pads in its own forward, which its attributes do not say."""

    def forward(self, values):
        return super().forward()


def patched(module):
    """A module whose forward was replaced after it was made, be it by one from PyTorch."""
    module.forward = lambda values: values[:, :, ::2]
    module.forward.__module__ = "torch.nn.functional"
    return module


class OfTorchlike(Module):
    """Of another package, whose name only begins like PyTorch's."""

    __module__ = "torchlike.nn"

    def forward(self):
        """What it does is not known here."""


class OfTorchvision(Module):
    __module__ = "torchvision.ops.misc"

    def forward(self):
        """Known by its attributes."""


class DeformConv2d(Conv2d):
    """Its taps stand where a second input says."""


SQUARE = {"kernel_size": (3, 3), "stride": (2, 2), "padding": (1, 1), "dilation": (1, 1)}
CONV, POOL = Conv2d(**SQUARE), MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)


def test_a_chain_is_read_in_order_and_what_has_no_kernel_is_left_out():
    inner = ConvBlock(Conv2d((3, 5), (1, 2), (2, 4), (2, 3)), ReLU(inplace=True))
    net = Sequential(CONV, ReLU(), Sequential(inner, POOL), Conv2d((1, 1)))
    wanted = [(3, 1, 2), (3, 2, 1), (2, 1, 2), (1, 1, 1)]
    assert layers_of(net) == layers_of([CONV, inner, POOL, Conv2d((1, 1))])
    assert [(x.kernel_size, x.dilation, x.stride) for x in layers_of(net)] == wanted
    assert [x.padding for x in layers_of(net)] == [1, 2, 0, 0]
    assert hdc.tap_counts(layers_of(net)).tolist() == path_counts(wanted)


def test_the_axis_chooses_from_pairs_and_leaves_single_numbers_alone():
    net = [Conv2d((3, 5), (1, 2), (2, 4), (2, 3)), POOL]
    assert layers_of(net, axis=1) == (ConvLayer(5, 3, stride=2, padding=4), ConvLayer(2, stride=2))
    assert layers_of(net, axis=0) == (ConvLayer(3, 2, padding=2), ConvLayer(2, stride=2))


def test_words_for_padding_become_numbers_and_missing_attributes_what_torch_means_by_them():
    same = [Conv2d((3, 4), padding="same", dilation=(5, 2)), Conv2d((3, 3), padding="valid")]
    assert [x.padding for x in layers_of(same)] == [5, 0]
    assert layers_of(same, axis=1)[0].padding == 3
    assert layers_of([Module(kernel_size=2, stride=None)]) == (ConvLayer(2, stride=2),)  # LPPool2d(2)


def test_one_layer_and_a_layer_of_our_own_are_enough():
    assert layers_of(CONV) == layers_of([CONV]) == (ConvLayer(3, stride=2, padding=1),)
    assert layers_of([ConvLayer(1, padding=3), CONV])[0] == ConvLayer(1, padding=3)


@pytest.mark.parametrize(
    ("modules", "error", "message"),
    [
        ([CONV, Branches(CONV)], ValueError, r"modules\[1\] is a Branches, which does not say in which order"),
        (
            Sequential(Sequential(Module(CONV))),
            ValueError,
            r"modules\[0\]\[0\] is a Module, which does not say in which",
        ),
        (
            [Conv2d((2, 2), transposed=True)],
            ValueError,
            r"modules\[0\] is a Conv2d, and layers are convolutions and pools",
        ),
        ([MaxUnpool2d(kernel_size=2, stride=2)], ValueError, r"modules\[0\] is a MaxUnpool2d, and layers are convolut"),
        (
            [CONV, Module(output_size=1)],
            ValueError,
            r"modules\[1\] is a Module with output_size and without kernel_size",
        ),
        ([CONV, Module(padding=(1, 1))], ValueError, r"modules\[1\] is a Module with padding and without kernel_size"),
        ([CONV, Module(in_features=1)], ValueError, r"modules\[1\] is a Module with in_features and without kernel"),
        (
            [MaxPool2d(kernel_size=3, stride=2, padding=0, ceil_mode=True)],
            ValueError,
            r"modules\[0\] has ceil_mode=True, and layers round sizes down: for field and holes write "
            r"ConvLayer\(kernel_size=3, dilation=1, stride=2, padding=0\) in its place, for sizes ask pool_size$",
        ),
        ([CONV, Take2()], ValueError, r"modules\[1\] is a Take2 with a forward of its own: leave it out of the list "),
        ([PaddedConv2d((3, 3))], ValueError, r"modules\[0\] is a PaddedConv2d with a forward of its own: leave it out"),
        ([patched(Conv2d((3, 3)))], ValueError, r"modules\[0\] is a Conv2d with a forward of its own: leave it out"),
        ([CONV, patched(ReLU())], ValueError, r"modules\[1\] is a ReLU with a forward of its own: leave it out"),
        ([patched(Sequential(CONV))], ValueError, r"modules\[0\] is a Sequential, which does not say in which order"),
        ([CONV, OfTorchlike()], ValueError, r"modules\[1\] is a OfTorchlike with a forward of its own"),
        ([DeformConv2d((3, 3))], ValueError, r"modules\[0\] is a DeformConv2d, and layers are convolutions and pools"),
        (
            [CONV, ModuleList(CONV)],
            ValueError,
            r"modules\[1\] is a ModuleList, which does not say in which order its modules run: put list\(...\) of it",
        ),
        (Sequential(CONV).children(), TypeError, r"modules must be .*, got <.*>: put it into list\(\.\.\.\)$"),
        ({"a": CONV}.values(), TypeError, r"modules must be a module of torch\.nn .*: put it into list\(\.\.\.\)$"),
        (Conv2d, TypeError, "modules is the class Conv2d: give a module that was made of it$"),
        ([CONV, Sequential], TypeError, r"modules\[1\] is the class Sequential: give a module that was made of it$"),
        (
            [Conv2d((4, 4), padding="same")],
            ValueError,
            r"modules\[0\] has padding='same' with 3 zeros, one more at the end",
        ),
        (
            [Conv2d((3, 3), (2, 2), "same")],
            ValueError,
            r"modules\[0\] has padding='same' with stride 2: give its padding",
        ),
        (
            [Conv2d((3, 3), padding="full")],
            ValueError,
            r"modules\[0\]\.padding must be a number, 'same' or 'valid', got 'f",
        ),
        ([Conv2d((3.0, 3))], TypeError, r"modules\[0\]\.kernel_size must be a whole number, got 3\.0"),
        ([Conv2d((3, 3), dilation=(0, 1))], ValueError, r"modules\[0\]\.dilation must be at least 1, got 0"),
        (
            [Module(kernel_size=3)],
            TypeError,
            r"modules\[0\] is a Module without stride: give modules with the attributes",
        ),
        ([CONV, "relu"], TypeError, r"modules\[1\] must be a module of torch\.nn or a list of them, got 'relu'"),
        (None, TypeError, "modules must be a module of torch.nn or a list of them, got None"),
        ([ReLU()], ValueError, "modules has no layer with a kernel_size"),
        ([], ValueError, "modules has no layer with a kernel_size"),
    ],
)
def test_what_is_no_chain_of_windows_is_refused_by_name(modules, error, message):
    with pytest.raises(error, match=f"^{message}"):
        layers_of(modules)


def test_a_module_of_torchvision_is_known_by_its_attributes():
    assert layers_of([CONV, OfTorchvision()]) == layers_of([CONV])


def test_an_axis_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match=r"^axis must be at most 1, got 2: modules\[0\]\.kernel_size is \(3, 3\)$"):
        layers_of([CONV], axis=2)
    with pytest.raises(ValueError, match="^axis must be at least 0, got -1$"):
        layers_of([CONV], axis=-1)


def test_it_needs_no_torch():
    done = subprocess.run(
        [sys.executable, "-c", "import sys, hdclib; hdclib.layers_of; print('torch' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "False\n"
