"""What the book says of parts of published networks, read in their whole definitions (zoo.py has their gradients)."""

import pytest

import hdclib as hdc
from hdclib.networks import published_part

torch = pytest.importorskip("torch", reason="PyTorch is the witness: pip install -r requirements-witness.txt")
from published_networks import DRNC26, DLinkNet, ESPNetC, WaveNet, large_fov, yu_koltun  # noqa: E402

IMAGE, SOUND = (3, 769, 769), (1, 8000)


def aspp(dilations):
    from torchvision.models.segmentation.deeplabv3 import ASPP

    return ASPP(3, dilations, 4)


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
