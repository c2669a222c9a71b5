"""Residual networks as graphs: against the lists of layers along their longest path, and their arguments."""

import re

import pytest

import hdclib as hdc
from hdclib.networks import published, published_part, resnet_graph

STRIDES = (8, 16, 32)


def dilations_of(report):
    return [view.dilation[0] for view in report.views if view.path.endswith("conv2")]


@pytest.mark.parametrize("depth", [50, 101, 152])
@pytest.mark.parametrize(
    ("output_stride", "stride_in"), [*((stride, "first 3x3") for stride in STRIDES), (32, "first 1x1")]
)
def test_it_is_the_longest_path_with_branches_beside_it(depth, output_stride, stride_in):
    path = hdc.resnet(depth, stride_in, output_stride)
    report = hdc.inspect(resnet_graph(depth, output_stride, shape=(3, 65, 33), stride_in=stride_in))
    wide = [layer for layer in path[2:] if layer.kernel_size > 1]
    assert dilations_of(report) == [layer.dilation for layer in wide]
    assert [axis.fields for axis in report.axes] == [(hdc.receptive_field(path),)] * 2
    assert [axis.stride for axis in report.axes] in ([output_stride] * 2, [output_stride, None])


def test_units_have_torchvisions_names_and_one_branch_a_stage_where_the_shape_changes():
    paths = [view.path for view in hdc.inspect(resnet_graph()).views]
    assert paths[:6] == ["conv1", *(f"layer1.0.conv{number}" for number in (1, 2, 3)), "layer1.0.downsample.0",
                         "layer1.1.conv1"]  # fmt: skip
    assert len(paths) == 1 + 3 * 16 + 4
    assert [path for path in paths if "downsample" in path] == [
        f"layer{stage}.0.downsample.0" for stage in (1, 2, 3, 4)
    ]


def test_given_dilations_stand_in_their_stage_and_keep_its_size():
    graph = resnet_graph(50, 8, dilations={"layer4": (5, 3, 1)})
    assert dilations_of(hdc.inspect(graph))[-4:] == [2, 5, 3, 1]
    assert graph.shapes[graph.outputs["layer4"]] == (1, 2048, 65, 65)


def test_every_stage_is_an_output_and_the_last_one_the_first():
    graph = resnet_graph(50, 16)
    assert list(graph.outputs) == ["layer4", "layer3", "layer2", "layer1"]
    assert [hdc.inspect(graph, output=name).axes[0].stride for name in graph.outputs] == [16, 16, 8, 4]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"depth": 34}, "depth must be one of 50, 101, 152, got 34"),
        ({"stride_in": "last 3x3"}, "stride_in must be one of first 3x3, first 1x1, got 'last 3x3'"),
        ({"output_stride": 4}, "output_stride must be one of 8, 16, 32, got 4"),
        ({"dilations": {"layer5": (1,)}}, "dilations must name stages of layer1, layer2, layer3, layer4, got 'layer5'"),
        ({"dilations": {"layer4": (1, 2)}}, 'dilations["layer4"] must have 3 entries, one for each unit, got 2'),
        ({"dilations": {"layer4": (1, 0, 2)}}, 'dilations["layer4"][1] must be at least 1, got 0'),
    ],
)
def test_what_is_not_allowed_is_named(arguments, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        resnet_graph(**arguments)


def test_dilations_by_stage_are_a_dict():
    with pytest.raises(TypeError, match=r'^dilations must be a dict such as \{"layer4": \(1, 2, 5\)\}, got \[1\]$'):
        resnet_graph(dilations=[1])


def test_the_window_of_a_view_is_its_map_without_the_rim():
    report = hdc.inspect(resnet_graph(50, 8))
    for view in report.views_with_holes:
        window = view.seen.window(report.map(view.path))
        assert window.shape == view.seen.spans and window.sum() == view.seen.read == report.map(view.path).sum()
        assert window[0].any() and window[-1].any() and window[:, 0].any() and window[:, -1].any()


def test_a_deep_stem_is_three_small_layers_in_place_of_a_large_one():
    plain, deep = (hdc.inspect(resnet_graph(50, 8, deep_stem=deep)) for deep in (False, True))
    stem = [(view.path, view.kernel_size, view.stride) for view in deep.views[:3]]
    assert stem == [("conv1", (3, 3), (2, 2)), ("conv2", (3, 3), (1, 1)), ("conv3", (3, 3), (1, 1))]
    assert [view.path for view in deep.views[3:]] == [view.path for view in plain.views[1:]]
    # 3, and 2 more layers that widen by 2 steps of 2 pixels each, where a 7 × 7 one stood
    assert deep.axes[0].fields[0] - plain.axes[0].fields[0] == 3 + 2 * 2 * 2 - 7


WHOLE = [entry for entry in published() if entry.graph() is not None]


@pytest.mark.parametrize("entry", WHOLE, ids=lambda entry: f"{entry.name}, {entry.part}")
def test_a_published_part_stands_in_its_whole_network_and_its_ends_are_the_last_views(entry):
    report, dilations = hdc.inspect(entry.graph(2497)), [layer.dilation for layer in entry.module.parts]
    views = [view for view in report.views if view.path.endswith("conv2")][-len(dilations) :]
    assert [view.dilation[0] for view in views] == dilations
    ends = [hdc.coverage(dilations[start:], 3).pixels_read for start in range(len(dilations))]
    assert [view.seen.read for view in views] == ends


def test_the_stems_are_those_of_the_authors():
    stems = {entry.name: [view.kernel_size[0] for view in hdc.inspect(entry.graph()).views[:3]] for entry in WHOLE}
    assert {name for name, stem in stems.items() if stem == [3, 3, 3]} == {"PSPNet", "HDC"}
    assert all(stem[0] == 7 for name, stem in stems.items() if name not in ("PSPNet", "HDC"))


def test_six_parts_stand_in_resnets_and_others_in_none():
    assert len(WHOLE) == 6
    other = published_part("VAN", "large kernel attention")
    assert other.graph() is None
    for given, told in (({"side": 0}, "^side must be at least 1, got 0$"), ({"stride_in": "nonsense"}, "^stride_in m")):
        with pytest.raises(ValueError, match=told):
            other.graph(**given)
