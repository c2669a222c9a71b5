"""`inspect` on PyTorch modules: the same report as from ONNX, repairs by gradients, and the model left as it was."""

import copy

import numpy as np
import pytest

import hdclib as hdc

torch = pytest.importorskip("torch", reason="PyTorch is the witness: pip install -r requirements-witness.txt")
from gradients import Truth, made_positive  # noqa: E402
from torch import nn  # noqa: E402
from zoo import of_keras, of_timm, of_torchvision  # noqa: E402

from hdclib.__main__ import main  # noqa: E402
from hdclib.networks.backbones import PUBLISHED_FIELDS  # noqa: E402
from hdclib.networks.inspecting import tracing_torch  # noqa: E402

STRIDE_8 = {"replace_stride_with_dilation": [False, True, True]}
DILATED = of_torchvision("resnet50", **STRIDE_8)
NARROW = of_torchvision("resnet50", width_per_group=4, **STRIDE_8)  # positions do not depend on channels


EXPORTED = {  # most of the time goes into writing weights, so those with few are taken
    "resnet50": {"width_per_group": 4, **STRIDE_8},
    "mobilenet_v3_small": {},
    "segmentation.deeplabv3_mobilenet_v3_large": {"weights_backbone": None},
    "shufflenet_v2_x0_5": {},
    "squeezenet1_1": {},
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "given"), EXPORTED.items())
def test_the_onnx_file_of_a_network_gives_the_same_report(name, given, tmp_path):
    network = of_torchvision(name, **given)().eval()
    torch.onnx.export(network, torch.zeros(1, 3, 65, 65), tmp_path / "net.onnx", dynamo=False)
    ours, theirs = hdc.inspect(network, (3, 65, 65)).record(), hdc.inspect(tmp_path / "net.onnx").record()
    for key in set(ours) - {"name", "output", "notes", "global_branches"}:
        assert ours[key] == theirs[key], key


# Real definitions of the networks that Araujo et al. (2019) list, and how many samples more than theirs each pads
# before the input. Theirs is TensorFlow's slim, whose SAME pads no sample before an even map at stride 2. torchvision's
# AlexNet pads its first layer by 2; Keras pads the ResNets' pool, at stride 2, by 1 on both sides; timm every 3 × 3 of
# stride 2 in MobileNet. Inception v2 stands in test_inspect_onnx.py.
TABLE = {
    "alexnet_v2": (of_torchvision("alexnet"), 2),
    "vgg_16": (of_torchvision("vgg16"), 0),
    "inception_v3": (of_torchvision("inception_v3", init_weights=False), 0),
    "mobilenet_v1": (of_keras("MobileNet"), 0),
    "mobilenet_v1 of timm": (of_timm("mobilenetv1_100"), 1 + 2 + 4 + 8 + 16),
    "resnet_v1_50": (of_keras("ResNet50V2"), 2),  # its strides stand where slim's do, at the end of a stage
    "resnet_v1_101": (of_keras("ResNet101V2"), 2),
    "resnet_v1_152": (of_keras("ResNet152V2"), 2),
}


def measured(make, side):
    """Field, stride and padding of a network, alike on both axes."""
    with torch.device("meta"):  # weights are not needed
        network = make()
    report = hdc.inspect(network, (3, side, side))
    assert report.exact and report.axes[0] == report.axes[1]
    return report.axes[0].fields, report.axes[0].stride, report.axes[0].padding


@pytest.mark.parametrize("name", TABLE)
def test_the_fields_of_real_definitions_are_those_of_the_table(name):
    make, more = TABLE[name]
    field, stride, padding = PUBLISHED_FIELDS[name.split(" ")[0]]
    side = 257 if name.startswith(("alexnet", "vgg", "inception")) else 64
    assert measured(make, side) == ((field,), stride, padding + more)


def test_linear_layers_between_convolutions_hide_no_field():
    blocks, joints = {4: 3, 8: 3, 16: 9, 32: 3}, (4, 8, 16)  # of 7 taps, and of 2 between stages, by their stride
    field = 4 + 6 * sum(stride * count for stride, count in blocks.items()) + sum(joints)
    padding = 3 * sum(stride * count for stride, count in blocks.items())
    assert measured(of_torchvision("convnext_tiny"), 64) == ((field,), 32, padding)


@pytest.mark.parametrize(("depth", "field"), [(50, 427), (101, 971), (152, 1451)])
def test_torchvisions_resnets_stride_in_the_first_unit_of_a_stage_and_reach_less(depth, field):
    assert measured(of_torchvision(f"resnet{depth}"), 257) == ((field,), 32, field // 2)


def test_half_of_the_3x3_convolutions_of_resnet50_at_stride_8_are_seen_with_holes_and_repairs_end_that():
    network = made_positive(NARROW())
    report = hdc.inspect(network, (3, 129, 129))
    assert len(report.views_with_holes) == 8 and not report.input.has_holes
    layer4 = next(view for view in hdc.inspect(network, (3, 513, 513)).views if view.path == "layer4.0.conv2").seen
    assert (layer4.read, layer4.positions) == (121, 441)
    assert len(report.repairs) >= 3
    for repair in report.repairs[:3]:
        mended = copy.deepcopy(network)
        repair.apply(mended)
        again, truth = hdc.inspect(mended, (3, 129, 129)), Truth(mended, (3, 129, 129))
        assert [axis.fields for axis in again.axes] == [axis.fields for axis in report.axes]
        assert len(again.views_with_holes) == repair.with_holes < repair.before == 8
        want, views = truth.reads(again.at)
        np.testing.assert_array_equal(again.reads(), want)
        assert [view.seen.read for view in again.views] == [int(view.sum()) for view in views]


def test_real_networks_are_read_without_their_contents(monkeypatch):
    run, runs = tracing_torch._run, []
    monkeypatch.setattr(tracing_torch, "_run", lambda *a, real: runs.append(real) or run(*a, real=real))
    assert hdc.inspect(DILATED(), (3, 65, 65)).exact and runs == [False]


class Sorted(nn.Module):
    def forward(self, x):
        return nn.functional.grid_sample(x, x[:, :2].permute(0, 2, 3, 1))


def test_what_has_no_rule_is_named_and_the_answer_is_at_most():
    report = hdc.inspect(nn.Sequential(nn.Conv2d(2, 2, 3), Sorted()), (2, 9, 9))
    assert not report.exact and "grid_sampler" in report.unknown[0]
    assert "at most" in str(report) and report.reads().all()


class Local(nn.Module):
    """Attention within windows of 4 × 4, written with views and permutations."""

    def forward(self, x):
        y = x.reshape(1, 4, 2, 4, 2, 4).permute(0, 2, 4, 3, 5, 1).reshape(4, 16, 4)
        y = torch.softmax(y @ y.transpose(1, 2), -1) @ y
        return y.reshape(1, 2, 2, 4, 4, 4).permute(0, 5, 1, 3, 2, 4).reshape(x.shape)


def test_attention_in_windows_reads_its_window_and_counts_as_global():
    report = hdc.inspect(Local(), (4, 8, 8))
    assert report.global_branches and report.reads((0, 0), through_global=True)[:4, :4].all()
    assert report.reads((0, 0), through_global=True).sum() == 16


def test_the_command_answers_for_a_network_of_torchvision(capsys):
    command = ["inspect", "torchvision.models.segmentation:deeplabv3_resnet50", "--input", "3x129x129"]
    assert main([*command, "--arg", "weights=None", "--fail-on", "views"]) == 1
    out = capsys.readouterr().out
    assert (
        out.startswith('DeepLabV3, input 3 × 129 × 129; judged is what its output "out" of 129 × 129 reads')
        and "classifier.0.convs.4.0" in out
    )
    assert max(map(len, out.splitlines())) <= 120


class Bare(nn.Module):
    """Convolutions without modules of their own."""

    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Parameter(torch.ones(2, 3, 3, 1)), nn.Parameter(torch.ones(1, 2, 3, 3))

    def forward(self, x):
        x = nn.functional.conv2d(x, self.first.permute(0, 3, 1, 2))
        x = nn.functional.conv_transpose2d(x, self.second.transpose(0, 1))
        return nn.functional.conv2d(x, torch.ones(1, 1, 1, 1))


def test_convolutions_that_no_module_runs_are_called_by_their_weights():
    report = hdc.inspect(Bare(), (1, 9, 9))
    assert [view.path for view in report.views] == [
        "convolution with first", "transposed convolution with second", "convolution",
    ]  # fmt: skip
    assert report.map("convolution with first").sum() == report.views[0].seen.read
