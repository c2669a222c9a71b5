"""Backbones against the table of Araujo, Norris and Sim (2019), end point by end point."""

import pytest

from hdclib import ConvLayer, receptive_field, resnet
from hdclib.gridding import tap_spacings
from hdclib.networks import backbone, feature_grid, feature_grids, path, published_part
from hdclib.networks.backbones import PUBLISHED_FIELDS
from hdclib.sizes import size_chain

# Field, stride, padding at the end of a network's blocks, for an input of 224; google-research/receptive_field.
END_POINTS = {
    "alexnet_v2": [(11, 4, 0), (19, 8, 0), (51, 8, 16), (99, 16, 32), (131, 16, 48), (163, 16, 64), (195, 32, 64)],
    "vgg_16": [(3, 1, 1), (6, 2, 2), (10, 2, 4), (16, 4, 6), (24, 4, 10), (32, 4, 14), (44, 8, 18), (60, 8, 26),
               (76, 8, 34), (100, 16, 42), (132, 16, 58), (164, 16, 74), (212, 32, 90)],
    "resnet_v1_50": [(35, 8, 15), (99, 16, 47), (291, 32, 143), (483, 32, 239)],
    "inception_v2": [(7, 2, 2), (11, 4, 2), (19, 4, 6), (27, 8, 6), (59, 8, 22), (91, 8, 38), (123, 16, 46),
                     (187, 16, 78), (251, 16, 110), (315, 16, 142), (379, 16, 174), (443, 32, 190), (571, 32, 254),
                     (699, 32, 318)],
    "inception_v3": [(3, 2, 0), (7, 2, 0), (11, 2, 2), (15, 4, 2), (23, 4, 2), (31, 8, 2), (63, 8, 18), (95, 8, 34),
                     (127, 8, 50), (159, 16, 58), (351, 16, 154), (543, 16, 250), (735, 16, 346), (927, 16, 442),
                     (1055, 32, 490), (1183, 32, 554), (1311, 32, 618)],
}  # fmt: skip
TOTALS = {
    "alexnet_v2": (195, 32, 64), "vgg_16": (212, 32, 90), "resnet_v1_50": (483, 32, 239),
    "resnet_v1_101": (1027, 32, 511), "resnet_v1_152": (1507, 32, 751), "inception_v2": (699, 32, 318),
    "inception_v3": (1311, 32, 618), "mobilenet_v1": (315, 32, 126),
}  # fmt: skip


def as_triple(grid):
    return grid.field, grid.stride, grid.padding


@pytest.mark.parametrize("name", TOTALS)
def test_field_stride_and_padding_equal_the_published_table(name):
    assert as_triple(feature_grid(backbone(name))) == TOTALS[name]


@pytest.mark.parametrize("name", END_POINTS)
def test_every_published_end_point_is_passed_in_order(name):
    passed = iter([as_triple(grid) for grid in feature_grids(backbone(name))])
    for wanted in END_POINTS[name]:
        assert wanted in passed, wanted  # consumes the iterator: the order counts


def test_the_table_that_the_book_prints_is_the_published_one():
    assert PUBLISHED_FIELDS == TOTALS


def test_an_odd_map_before_the_pool_gives_the_padding_published_for_321_pixels():
    odd = list(resnet(50))
    odd[1] = ConvLayer(3, stride=2, padding=1)
    passed = iter([as_triple(grid) for grid in feature_grids(odd)])
    for wanted in [(35, 8, 17), (99, 16, 49), (291, 32, 145), (483, 32, 241)]:
        assert wanted in passed, wanted


@pytest.mark.parametrize(("depth", "field"), [(50, 427), (101, 971), (152, 1451)])
def test_torchvision_puts_the_stride_elsewhere_and_gets_a_smaller_field(depth, field):
    assert receptive_field(resnet(depth, "first 3x3")) == field


@pytest.mark.parametrize("depth", [50, 101, 152])
def test_from_depth_50_on_the_default_is_that_of_slim(depth):
    assert resnet(depth) == resnet(depth, None) == resnet(depth, "last 3x3")


@pytest.mark.parametrize("depth", [50, 101, 152])
def test_stride_in_the_first_1x1_gives_the_field_of_slim(depth):
    assert receptive_field(resnet(depth, "first 1x1")) == receptive_field(resnet(depth))


def test_two_resnets_differ_by_the_first_3x3_of_three_blocks():
    def spacings_of_3x3(place):
        layers = resnet(50, place)
        return [s for layer, s in zip(layers, tap_spacings(layers), strict=True) if layer.kernel_size == 3][1:]

    assert spacings_of_3x3("last 3x3") == [4] * 3 + [8] * 4 + [16] * 6 + [32] * 3
    assert spacings_of_3x3("first 3x3") == [4] * 4 + [8] * 4 + [16] * 6 + [32] * 2


PLACES = [(d, p) for d in (50, 101, 152) for p in ("last 3x3", "first 3x3")] + [(18, "first 3x3"), (34, "first 3x3")]


@pytest.mark.parametrize(("depth", "place"), PLACES)
def test_a_resnet_has_as_many_convolutions_as_its_name_says(depth, place):
    convolutions = len(resnet(depth, place)) - 1  # all but the pool
    assert convolutions + 1 == depth  # the last layer of its name is fully connected


def test_unknown_names_list_what_is_known():
    with pytest.raises(ValueError, match="alexnet_v2.*got 'lenet'"):
        backbone("lenet")
    with pytest.raises(ValueError, match="depth must be one of 18, 34, 50, 101, 152, got 35"):
        resnet(35)
    with pytest.raises(ValueError, match="stride_in must be one of last 3x3, .*got 'pool'"):
        resnet(50, "pool")
    with pytest.raises(ValueError, match="text has 'x3', which is no layer"):
        path("3 x3")


DILATED = {  # dilation of each 3 x 3 layer of the last two blocks of ResNet-50, as torchvision lays them out
    32: ([1] * 6, [1] * 3), 16: ([1] * 6, [1, 2, 2]), 8: ([1, 2, 2, 2, 2, 2], [2, 4, 4]),
}  # fmt: skip


@pytest.mark.parametrize("output_stride", DILATED)
def test_a_smaller_output_stride_dilates_the_last_blocks_as_torchvision_does(output_stride):
    layers = resnet(50, "first 3x3", output_stride)
    dilations = [layer.dilation for layer in layers if layer.kernel_size == 3]
    assert (dilations[-9:-3], dilations[-3:]) == DILATED[output_stride]
    assert set(dilations[:-9]) == {1}


@pytest.mark.parametrize("stride_in", ["last 3x3", "first 3x3", "first 1x1"])
@pytest.mark.parametrize("output_stride", DILATED)
def test_the_output_stride_is_as_asked_for_and_the_field_stays(stride_in, output_stride):
    grid = feature_grid(resnet(101, stride_in, output_stride))
    assert grid.stride == output_stride
    assert grid.field == receptive_field(resnet(101, stride_in))


def torchvisions_layers(block, counts):
    """(kernel size, stride, padding, dilation) of torchvision's ResNet, as written there, in the order of the run."""
    made, inner = [(7, 2, 3, 1), (3, 2, 1, 1)], {"basic": ((3, 1),) * 2, "bottleneck": ((1, 0), (3, 1), (1, 0))}[block]
    for stage, units in enumerate(counts):
        for unit in range(units):
            stride = 2 if stage > 0 and unit == 0 else 1
            strided = [size for size, _ in inner].index(3)
            made += [(size, stride if at == strided else 1, zeros, 1) for at, (size, zeros) in enumerate(inner)]
    return made


def ends_read(index, layers):
    """First and last input position that output `index` reads: walks the two outermost paths down."""
    first = last = index
    for kernel_size, stride, padding, dilation in reversed(layers):
        first = first * stride - padding
        last = last * stride - padding + dilation * (kernel_size - 1)
    return first, last


@pytest.mark.parametrize(
    ("depth", "block", "counts", "field"),
    [
        (18, "basic", (2, 2, 2, 2), 435),
        (34, "basic", (3, 4, 6, 3), 899),
        (50, "bottleneck", (3, 4, 6, 3), 427),
        (101, "bottleneck", (3, 4, 23, 3), 971),
    ],
)
def test_a_resnet_is_laid_out_as_torchvision_does(depth, block, counts, field):
    layers, wanted = resnet(depth, "first 3x3"), torchvisions_layers(block, counts)
    assert [(x.kernel_size, x.stride, x.padding, x.dilation) for x in layers] == wanted
    first, last = ends_read(0, wanted)
    assert last - first + 1 == receptive_field(layers) == field
    for output_stride in (8, 16):
        dense = resnet(depth, "first 3x3", output_stride)
        assert feature_grid(dense).window(32 // output_stride) == ends_read(1, wanted)


def test_crops_of_513_end_at_65_with_torchvisions_padding_and_at_64_with_that_of_even_sizes():
    assert size_chain(513, resnet(50, "first 3x3", 8))[-1] == 65
    assert size_chain(513, resnet(50, output_stride=8))[-1] == 64
    assert size_chain(512, resnet(50, output_stride=8))[-1] == size_chain(512, resnet(50, "first 3x3", 8))[-1] == 64


@pytest.mark.parametrize("depth", [18, 34])
def test_basic_units_have_their_stride_in_one_place_only(depth):
    assert resnet(depth) == resnet(depth, None) == resnet(depth, "first 3x3")
    for place in ("last 3x3", "first 1x1"):
        with pytest.raises(ValueError, match=f"^stride_in must be 'first 3x3' for depth {depth}, .*, got '{place}'$"):
            resnet(depth, place)


@pytest.mark.parametrize(("output_stride", "part"), [(16, "block4, stride 16"), (8, "block4, stride 8")])
@pytest.mark.parametrize("depth", [50, 101])
def test_a_multi_grid_gives_the_last_block_that_deeplab_publishes(depth, output_stride, part):
    layers = resnet(depth, output_stride=output_stride, multi_grid=(1, 2, 4))
    plain = resnet(depth, output_stride=output_stride)
    wanted = [layer.dilation for layer in published_part("DeepLab v3", part).module.parts]
    assert [layer.dilation for layer in layers if layer.kernel_size == 3][-3:] == wanted
    assert layers[:-9] == plain[:-9] and size_chain(513, layers) == size_chain(513, plain)


def test_a_multi_grid_keeps_the_first_dilation_where_torchvision_keeps_it():
    for output_stride, wanted in ((16, [1, 4, 8]), (8, [2, 8, 16])):
        layers = resnet(50, "first 3x3", output_stride, multi_grid=(1, 2, 4))
        assert [layer.dilation for layer in layers if layer.kernel_size == 3][-3:] == wanted
        assert [d * factor for d, factor in zip(DILATED[output_stride][1], (1, 2, 4), strict=True)] == wanted


def test_a_multi_grid_widens_both_layers_of_a_basic_unit():
    layers = resnet(34, "first 3x3", 16, multi_grid=[1, 2, 4])
    assert [(layer.dilation, layer.padding) for layer in layers[-6:]] == [(d, d) for d in (1, 2, 4, 4, 8, 8)]
    assert resnet(18, "first 3x3", multi_grid=(1, 1)) == resnet(18, "first 3x3")


@pytest.mark.parametrize(
    ("multi_grid", "error", "message"),
    [
        ((1, 2), ValueError, "multi_grid must have 3 entries, one for each unit of the last block of depth 50, got 2"),
        ((1, 0, 1), ValueError, r"multi_grid\[1\] must be at least 1, got 0"),
        ((1, 2.0, 1), TypeError, r"multi_grid\[1\] must be a whole number, got 2.0"),
        (2, TypeError, "multi_grid must be a list or tuple, got 2"),
    ],
)
def test_a_bad_multi_grid_is_refused(multi_grid, error, message):
    with pytest.raises(error, match=f"^{message}$"):
        resnet(50, multi_grid=multi_grid)


def test_other_output_strides_are_refused():
    with pytest.raises(ValueError, match="^output_stride must be one of 8, 16, 32, got 4$"):
        resnet(50, output_stride=4)
    with pytest.raises(TypeError, match="^output_stride must be a whole number, got 8.0$"):
        resnet(50, output_stride=8.0)


@pytest.mark.parametrize(
    ("text", "layers"),
    [
        ("7s2p3 3s2 1 3p1", [(7, 1, 2, 3), (3, 1, 2, 0), (1, 1, 1, 0), (3, 1, 1, 1)]),
        ("3d2p2 3p4d4", [(3, 2, 1, 2), (3, 4, 1, 4)]),
        (" 5p2s3d4 ", [(5, 4, 3, 2)]),
    ],
)
def test_a_path_is_read_letter_by_letter(text, layers):
    assert [(x.kernel_size, x.dilation, x.stride, x.padding) for x in path(text)] == layers


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("3s", ValueError, "text has '3s', which is no layer: write the kernel size, then s stride, d dilation, p "),
        ("3d9999999999", ValueError, "text has '3d9999999999', which is no layer: write .*, of at most 9 digits$"),
        ("3 3s2s2", ValueError, "text has '3s2s2', which is no layer"),
        ("-3", ValueError, "text has '-3', which is no layer"),
        ("٣", ValueError, "text has '٣', which is no layer"),
        ("0s2", ValueError, "text has '0s2': kernel_size must be at least 1, got 0"),
        ("3d0", ValueError, "text has '3d0': dilation must be at least 1, got 0"),
        ("  ", ValueError, "text is empty: give at least one layer"),
        (["3"], TypeError, r"text must be a text such as '7s2p3 3s2 1 3d2p2', got \['3'\]"),
    ],
)
def test_a_path_that_cannot_be_read_is_refused(text, error, message):
    with pytest.raises(error, match=f"^{message}"):
        path(text)
