"""Parts of published networks in the graphs of whole networks, against the lists of layers that the book counts."""

import numpy as np
import pytest

import hdclib as hdc
from hdclib.networks import published, published_part, whole_networks
from hdclib.networks.catalogue import RESNETS, WHOLE

ALONE = {
    ("DeepLab v1", "LargeFOV, convolutions"),  # without the pools that stand between them
    ("LSKNet", "selective kernel"), ("VAN", "large kernel attention"),
    ("UniRepLKNet", "dilated branches, K=13"), ("UniRepLKNet", "dilated branches, K=17"),
}  # fmt: skip
HOLED = {
    ("ESPNet", "ESP unit"), ("segmentation_models_pytorch", "DeepLab v3+ (smp.DeepLabV3Plus), ResNet-18"),
    ("segmentation_models_pytorch", "DeepLab v3+ (smp.DeepLabV3Plus), ResNet-50"),
}  # fmt: skip


@pytest.mark.parametrize("entry", published(), ids=lambda entry: f"{entry.name}, {entry.part}")
def test_the_graph_of_the_network_reads_what_the_list_of_layers_counts(entry):
    seen, counted = entry.seen(), hdc.coverage(entry.module)
    assert seen.read == (counted.pixels_read if entry.axes == 2 else counted.read)
    assert seen.spans == (counted.span,) * entry.axes


def test_all_parts_but_small_modules_stand_in_a_whole_network():
    names = {(entry.name, entry.part) for entry in published()}
    assert {*RESNETS, *WHOLE} == names - ALONE and not {*RESNETS} & {*WHOLE}


def test_a_whole_network_has_more_than_the_part():
    graph, output, path = WHOLE["DRN-C-26", "levels 5 to 8"]
    report = hdc.inspect(graph(), output=output)
    dilations = [view.dilation[0] for view in report.views if max(view.kernel_size) == 3]
    part = [layer.dilation for layer in published_part("DRN-C-26", "levels 5 to 8").module.parts]
    assert dilations[-len(part) :] == part and len(dilations) > len(part)
    assert report.axes[0].stride == 8 and not report.input.has_holes


@pytest.mark.parametrize("entry", published(), ids=lambda entry: f"{entry.name}, {entry.part}")
def test_each_whole_network_but_three_reads_its_picture_without_a_hole_and_no_border_hides_one(entry):
    report = entry.report()
    assert (report is None) == ((entry.name, entry.part) in ALONE)
    if report is not None:
        assert report.input.has_holes == ((entry.name, entry.part) in HOLED)
        assert all(axis.cut < axis.outputs for axis in report.axes)
        assert all((span,) == axis.fields for span, axis in zip(report.input.spans, report.axes, strict=True))


def test_a_larger_picture_says_the_same_of_espnet():
    small, large = (hdc.inspect(whole_networks.espnet_graph(side), output="level3") for side in (1665, 1921))
    assert small.input.read == large.input.read == 1_787_521 and small.axes[0].fields == (1423,)
    assert len(small.views_with_holes) == len(large.views_with_holes) == 38


def test_the_stride_of_a_part_is_that_of_the_map_it_reads():
    strides = {"block4, stride 16": 16, "block4, stride 8": 8, "ASPP, stride 16": 16, "centre, ResNet-34": 32}
    for entry in published():
        if entry.part in strides:
            assert {axis.stride for axis in entry.report().axes} == {strides[entry.part]}


@pytest.mark.parametrize("depth", [18, 34, 50])
@pytest.mark.parametrize("branches", [(0, 6, 12, 18), (0, 5, 10, 15)])
def test_other_rates_leave_no_hole_in_the_deeplab_v3_plus_of_smp(depth, branches):
    graph = (
        whole_networks.aspp_graph(50, 16, {"layer4": (2, 2, 2)}, branches, 2049)
        if depth == 50
        else whole_networks.basic_aspp_graph(depth, (1, 2), branches, 2049)
    )
    report = hdc.inspect(graph, output="aspp")
    assert not report.input.has_holes and report.axes[0].fields[0] < 2049


@pytest.mark.parametrize(("depth", "units"), [(50, 16), (101, 33), (152, 50)])
def test_each_unit_of_a_resnet_has_its_shortcut(depth, units):  # [he2016], table 1
    assert sum(operation.kind == "sum" for operation in hdc.resnet_graph(depth).operations) == units


@pytest.mark.parametrize("graph", [whole_networks.wavenet_graph(1, 4, 64), whole_networks.tcn_graph(3, 64)])
def test_a_network_for_sound_reads_no_later_sample(graph):
    report = hdc.inspect(graph, at=(40,))
    assert np.flatnonzero(report.reads()).max() == 40 and report.axes[0].causal
