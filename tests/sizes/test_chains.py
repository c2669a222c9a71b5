import pytest
from brute_force import reached_by

from hdclib.layers import ConvLayer
from hdclib.networks.backbones import halving_layers
from hdclib.networks.grids import feature_grid
from hdclib.sizes.chains import size_chain

KEEP, HALVE = ConvLayer(3, padding=1), ConvLayer(2, stride=2)
VGG16 = [layer for convolutions in (2, 2, 3, 3, 3) for layer in [KEEP] * convolutions + [HALVE]]


def test_vgg16_goes_from_224_to_7_as_its_paper_says():
    sizes = size_chain(224, VGG16)
    assert len(sizes) == 19
    assert [sizes[at] for at in (0, 3, 6, 10, 14, 18)] == [224, 112, 56, 28, 14, 7]


def test_five_floors_forget_up_to_31_samples():
    assert [size for size in range(32, 320) if size_chain(size, VGG16)[-1] == 7] == list(range(224, 256))


@pytest.mark.parametrize(("output_stride", "last"), [(32, 17), (16, 33), (8, 65)])
def test_deeplabs_513_ends_where_its_output_stride_says(output_stride, last):
    assert size_chain(513, halving_layers(output_stride))[-1] == last == 512 // output_stride + 1


@pytest.mark.parametrize(
    ("output_stride", "dilations"), [(32, [1, 1, 1, 1, 1]), (16, [1, 1, 1, 1, 1]), (8, [1, 1, 1, 1, 2])]
)
def test_each_lost_halving_dilates_what_follows_it(output_stride, dilations):
    layers = halving_layers(output_stride)
    assert [layer.dilation for layer in layers] == dilations
    product = 1
    for layer in layers:
        product *= layer.stride
    assert product == output_stride


@pytest.mark.parametrize("output_stride", [8, 16])
def test_what_an_output_reads_is_the_same_at_every_output_stride(output_stride):
    ends = [
        sorted(reached_by([(layer.kernel_size, layer.dilation, layer.stride) for layer in halving_layers(stride)]))
        for stride in (output_stride, 32)
    ]
    assert ends[0] == ends[1] and ends[1][-1] - ends[1][0] + 1 == 67


def causal_reads(at, shapes):
    """First and last input position that output `at` of causal layers reads: taps at `at` and before it."""
    first = at
    for kernel_size, dilation in reversed(shapes):
        first -= dilation * (kernel_size - 1)
    return first, at


@pytest.mark.parametrize("shapes", [[(2, 1), (2, 2), (2, 4)], [(3, 2), (2, 5)], [(4, 1)]], ids=str)
def test_zeros_on_one_side_are_samples_of_a_larger_input(shapes):
    zeros = sum(dilation * (kernel_size - 1) for kernel_size, dilation in shapes)
    sizes = size_chain(50 + zeros, [ConvLayer(*shape) for shape in shapes])
    assert sizes[-1] == 50
    grid = feature_grid([ConvLayer(k, d, padding=d * (k - 1)) for k, d in shapes])
    assert [grid.window(at) for at in range(50)] == [causal_reads(at, shapes) for at in range(50)]


@pytest.mark.parametrize("size", range(1, 40))
def test_dilating_instead_of_halving_reads_on_the_same_grid(size):
    layers = halving_layers(8)
    assert size_chain(size, layers)[3:] == [size_chain(size, halving_layers(32))[3]] * 3


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: size_chain(20, VGG16), ValueError, r"^layer 18 of 18: the kernel spans 2 samples .* input has 1"),
        (lambda: size_chain(0, VGG16), ValueError, r"^size must be at least 1, got 0$"),
        (lambda: size_chain(20.0, VGG16), TypeError, r"^size must be a whole number, got 20.0$"),
        (
            lambda: size_chain(20, [1, 2]),
            TypeError,
            r"^layers.0. is 1: plain dilations need a kernel_size",
        ),
        (lambda: halving_layers(4), ValueError, r"^output_stride must be 8, 16 or 32, got 4$"),
        (lambda: halving_layers("16"), TypeError, r"^output_stride must be a whole number, got '16'$"),
    ],
)
def test_what_cannot_be_is_named(call, kind, message):
    with pytest.raises(kind, match=message):
        call()
