"""What the book says of parts of published networks, read in their whole definitions (zoo.py has their gradients)."""

import json
import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

import hdclib as hdc
from hdclib.networks import published_part, whole_networks

torch = pytest.importorskip("torch", reason="PyTorch is the witness: pip install -r requirements-witness.txt")
from published_networks import DRNC26, DLinkNet, ESPNetC, WaveNet, csrnet, dense_aspp, large_fov, yu_koltun  # noqa: E402
from zoo import of_smp, of_torchvision  # noqa: E402

IMAGE, SOUND = (3, 769, 769), (1, 8000)


def aspp(dilations):
    from torchvision.models.segmentation.deeplabv3 import ASPP

    return ASPP(3, dilations, 4)


def dense():
    return dense_aspp(of_torchvision("densenet121"))


def tcn():
    from pytorch_tcn import TCN

    return TCN(num_inputs=1, num_channels=[4] * 8, kernel_size=2, input_shape="NCL")


PARTS = {
    ("Yu-Koltun", "front end"): (yu_koltun, IMAGE, None, "conv5_1"),
    ("DeepLab v1", "LargeFOV, with pools"): (large_fov, IMAGE, None, "conv5_1"),
    ("DeepLab v3", "ASPP, stride 16"): (lambda: aspp([6, 12, 18]), (3, 97, 97), None, "convs.1.0"),
    ("DeepLab v3", "ASPP, stride 8"): (lambda: aspp([12, 24, 36]), (3, 97, 97), None, "convs.1.0"),
    ("TCN", "eight levels"): (tcn, SOUND, None, "network.0.conv1"),
    ("DRN-C-26", "levels 5 and 6"): (DRNC26, IMAGE, "layer6", "levels.layer5.0.conv1"),
    ("DRN-C-26", "levels 5 to 8"): (DRNC26, IMAGE, "layer8", "levels.layer5.0.conv1"),
    ("ESPNet", "ESP unit"): (ESPNetC, IMAGE, "level3", "level3.2.branches.d1"),
    ("D-LinkNet", "centre, ResNet-34"): (DLinkNet, (3, 1536, 1536), "centre", "dblock.0"),
    ("D-LinkNet", "centre, ResNet-50"): (
        lambda: DLinkNet((1, 2, 4, 8, 16)), (3, 3072, 3072), "centre", "dblock.0",
    ),
    ("WaveNet", "one block"): (WaveNet, SOUND, "block1", "gated.0"),
    ("WaveNet", "three blocks"): (WaveNet, SOUND, "output", "gated.0"),
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS, ids=", ".join)
def test_the_part_reads_in_the_whole_network_what_the_book_says(part):
    make, shape, output, path = PARTS[part]
    wanted = hdc.coverage(published_part(*part).module)
    report = hdc.inspect(make(), shape, output=output)
    view = next(view for view in report.views if view.path == path).seen
    assert report.exact
    assert (view.read, view.spans) == (wanted.pixels_read if len(shape) == 3 else wanted.read,
                                       (wanted.span,) * (len(shape) - 1))  # fmt: skip


class Pyramid(torch.nn.Module):
    """The encoder of a DeepLab of segmentation_models_pytorch, and its ASPP without the branch of the whole map."""

    def __init__(self, name, encoder):
        super().__init__()
        network = of_smp(name, encoder_name=encoder)().eval()
        pyramid = network.decoder.aspp[0] if name == "DeepLabV3Plus" else network.decoder.aspp
        self.encoder, self.branches = network.encoder, pyramid.convs[:4]

    def forward(self, x):
        features = self.encoder(x)[-1]
        return torch.cat([branch(features) for branch in self.branches], 1)


RATES = 0, 12, 24, 36
SMP_GRAPHS = {
    ("DeepLabV3Plus", "resnet18"): partial(whole_networks.basic_aspp_graph, 18, (1, 2), RATES),
    ("DeepLabV3Plus", "resnet34"): partial(whole_networks.basic_aspp_graph, 34, (1, 2), RATES),
    ("DeepLabV3Plus", "resnet50"): partial(whole_networks.aspp_graph, 50, 16, {"layer4": [2] * 3}, RATES),
    ("DeepLabV3", "resnet34"): partial(whole_networks.basic_aspp_graph, 34, (2, 4), RATES),
    ("DeepLabV3", "resnet50"): partial(
        whole_networks.aspp_graph, 50, 8, {"layer3": [2] * 6, "layer4": [4] * 3}, RATES
    ),
}
GRAPHS = {  # ours and PyTorch's of the same network, on the same input, judged at the same output
    "DRN-C-26": (whole_networks.drn_graph, DRNC26, (3, 193, 193), "layer8"),
    "ESPNet": (whole_networks.espnet_graph, ESPNetC, (3, 193, 193), "level3"),
    "D-LinkNet": (
        lambda side: whole_networks.dlinknet_graph(34, (1, 2, 4, 8), side),
        DLinkNet,
        (3, 768, 768),
        "centre",
    ),
    "CSRNet": (whole_networks.csrnet_graph, csrnet, (3, 193, 193), "output"),
    "DenseASPP": (
        lambda side: whole_networks.dense_aspp_graph((3, 6, 12, 18, 24), side),
        dense,
        (3, 513, 513),
        "output",
    ),
    "LargeFOV": (whole_networks.large_fov_graph, large_fov, (3, 193, 193), "output"),
    **{
        f"{part} of smp, {encoder}": (graph, partial(Pyramid, part, encoder), (3, 513, 513), "aspp")
        for (part, encoder), graph in SMP_GRAPHS.items()
    },
    "WaveNet": (lambda size: whole_networks.wavenet_graph(3, 10, size), WaveNet, SOUND, "output"),
    "TCN": (lambda size: whole_networks.tcn_graph(8, size), tcn, SOUND, "output"),
}  # fmt: skip


def numbers_of(report):
    """What is true of each convolution of more than one tap, whatever its name and where its zeros are added."""
    wide = [view for view in report.views if max(view.kernel_size) > 1 and view.seen]
    return [(view.kernel_size, view.stride, view.dilation, view.field, replace(view.seen, starts=())) for view in wide]


@pytest.mark.parametrize("name", GRAPHS)
def test_the_graph_that_the_book_builds_is_that_of_the_whole_network(name):
    ours, theirs, shape, output = GRAPHS[name]
    want = hdc.inspect(theirs(), shape, output=None if output == "aspp" else output)
    found = hdc.inspect(ours(shape[-1]), output=output)
    assert numbers_of(found) == numbers_of(want)
    assert (found.axes, found.input) == (want.axes, want.input)


PAGE = Path(__file__).parents[2] / "book" / "published_networks.ipynb"
TEXT = "\n".join("".join(cell["source"]) for cell in json.loads(PAGE.read_text(encoding="utf-8"))["cells"])
CALLS = {library: call for call, library in re.findall(r"hdc.inspect\(deeplab, .*call=(lambda .*)\)  # (\S+)", TEXT)}


@pytest.mark.parametrize(
    ("library", "make", "share"),
    [("torchvision", of_torchvision("segmentation.deeplabv3_resnet50", weights_backbone=None), 1),
     ("smp.DeepLabV3", of_smp("DeepLabV3", encoder_name="resnet50"), 1),
     ("smp.DeepLabV3Plus", of_smp("DeepLabV3Plus", encoder_name="resnet50"), 0.930755)],
)  # fmt: skip
def test_the_lines_of_the_page_count_a_deeplab_up_to_its_pyramid(library, make, share):
    report = hdc.inspect(make().eval(), (3, 2049, 2049), call=eval(CALLS[library]))
    assert report.input.share == pytest.approx(share, abs=1e-6)
    assert max(view.dilation[0] for view in report.wide_views) == 36


OTHERS = [
    *(("PAN", encoder, 1089, 1) for encoder in
      ("resnet18", "resnet34", "resnet50", "resnet101", "mobilenet_v2", "efficientnet-b0")),
    ("DeepLabV3", "mobilenet_v2", 1185, 1), ("DeepLabV3", "efficientnet-b0", 1697, 1),
    ("DeepLabV3Plus", "mobilenet_v2", 1761, 0.970984), ("DeepLabV3Plus", "efficientnet-b0", 2273, 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "encoder", "side", "share"), OTHERS)
def test_what_the_page_says_of_other_encoders_is_counted(name, encoder, side, share):
    call = eval(CALLS[f"smp.{name}"]) if f"smp.{name}" in CALLS else lambda net, x: net.encoder(x)[-1]
    report = hdc.inspect(of_smp(name, encoder_name=encoder)().eval(), (3, side, side), call=call)
    assert max(axis.fields[0] for axis in report.axes) < side and report.exact
    assert report.input.share == pytest.approx(share, abs=1e-6)
    assert max(view.dilation[0] for view in report.views) > 1


ENLARGED = {comment: line for line, comment in re.findall(r"scores = (net\..*?)  # (\w+)", TEXT)}


@pytest.mark.parametrize(
    ("library", "make", "side"),
    [("torchvision", of_torchvision("segmentation.deeplabv3_resnet50", weights_backbone=None), 32),
     ("torchvision", of_torchvision("segmentation.fcn_resnet50", weights_backbone=None), 32),
     ("segmentation_models_pytorch", of_smp("DeepLabV3", encoder_name="resnet18"), 32),
     ("segmentation_models_pytorch", of_smp("DeepLabV3Plus", encoder_name="resnet18"), 64),
     ("segmentation_models_pytorch", of_smp("PAN", encoder_name="resnet18"), 64)],
)  # fmt: skip
def test_the_lines_of_the_page_give_the_map_before_it_is_enlarged(library, make, side):
    net, x = make().eval(), torch.zeros(1, 3, 256, 256)
    with torch.no_grad():
        whole = net(x)
        scores = eval(ENLARGED[library], {"net": net, "x": x})
    classes = (whole["out"] if library == "torchvision" else whole).shape[1]
    assert scores.shape == (1, classes, side, side)


def test_two_other_networks_of_segmentation_models_pytorch_have_no_dilated_layer():
    smp = pytest.importorskip("segmentation_models_pytorch")
    for other in (smp.PSPNet, smp.Unet):
        layers = other(encoder_weights=None).modules()
        assert {layer.dilation for layer in layers if isinstance(layer, torch.nn.Conv2d)} == {(1, 1)}
