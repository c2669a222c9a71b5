"""The experiment with zeros around the picture: its layers are PyTorch's padded ones, and one network trained again."""

from dataclasses import replace

import pytest

import hdclib as hdc
from experiments.borders import settings

torch = pytest.importorskip("torch", reason="it trains: pip install -r requirements-witness.txt")
from experiments.segmentation.network import segmenter  # noqa: E402
from experiments.segmentation.subgrids import ZerosAround  # noqa: E402
from experiments.segmentation.training import train  # noqa: E402

SAME = 0.01  # of mean IoU: other processors round otherwise, and training makes it grow


@pytest.mark.parametrize(("side", "dilation"), [(64, 1), (64, 2), (64, 3), (64, 8), (64, 9), (9, 4), (5, 3), (5, 7)])
def test_a_layer_with_zeros_around_is_the_padded_one(side, dilation):
    layer = ZerosAround(3, 4, dilation=dilation).double()
    pictures = torch.randn(2, 3, side, side + 3, dtype=torch.float64, requires_grad=True)
    mine = layer(pictures)
    theirs = torch.nn.functional.conv2d(pictures, layer.weight, layer.bias, padding=dilation, dilation=dilation)
    assert mine.shape == theirs.shape and torch.allclose(mine, theirs, atol=1e-12)
    back, inputs = torch.randn_like(theirs), (pictures, layer.weight, layer.bias)
    for one, other in zip(*(torch.autograd.grad(y, inputs, back) for y in (mine, theirs)), strict=True):
        assert torch.allclose(one, other, atol=1e-10)


def test_a_stride_is_refused():
    with pytest.raises(ValueError, match="^stride must be 1, got 2$"):
        ZerosAround(1, 1, stride=2)(torch.zeros(1, 1, 8, 8))


def test_the_network_of_the_setting_meets_zeros_and_starts_as_its_twins_do():
    one, joined = settings.all_settings()[0], replace(settings.common.CENTRE, dilations=settings.AS_BUILT, size=1)
    networks = []
    for setting in (one, joined):
        torch.manual_seed(5)
        networks.append(segmenter(setting, 4, 3))
    for mine, theirs in zip(*(network.parameters() for network in networks), strict=True):
        assert torch.equal(mine, theirs)
    ones = torch.ones(1, 1, 64, 64)
    mine, theirs = (network(ones)[0] for network in networks)
    assert torch.allclose(mine[:, 32, 32], theirs[:, 32, 32], atol=1e-6)  # far from every border
    assert not torch.allclose(mine[:, 0, 0], theirs[:, 0, 0], atol=1e-3)


@pytest.mark.parametrize("dilations", [settings.AS_BUILT, settings.PROPOSED[0]])
def test_a_committed_network_is_trained_again_to_its_score(dilations):
    torch.set_num_threads(1)
    setting = next(one for one in settings.all_settings() if one.dilations == dilations)
    record, _ = train(setting)
    for measure in ("mean_iou", "mean_iou_edge", "iou_lines"):
        assert record[measure] == pytest.approx(
            hdc.training.borders(measure=measure)[dilations][setting.seed], abs=SAME
        )
