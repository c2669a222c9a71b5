"""The experiment on the order of layers: its networks, and one of the committed results trained again."""

from dataclasses import replace

import pytest

import hdclib as hdc
from experiments.order import settings

torch = pytest.importorskip("torch", reason="it trains: pip install -r requirements-witness.txt")
from experiments.segmentation.network import Skip, segmenter  # noqa: E402
from experiments.segmentation.training import train  # noqa: E402

SAME = 0.01  # of mean IoU: other processors round otherwise, and training makes it grow


@pytest.mark.parametrize("number", range(3))
def test_each_condition_differs_from_the_one_before_by_one_thing(number):
    setting = settings.conditions()[number]
    network = segmenter(replace(setting, dilations=(4, 4, 2, 1)), 16, 3)
    skips = [module for module in network if isinstance(module, Skip)]
    assert len(skips) == (4 if number == 2 else 0)
    assert network(torch.zeros(1, 1, 16, 16)).shape == (1, 3, 16, 16)
    assert setting.before == ("nothing" if number == 0 else "ordinary layer")


def test_a_skip_adds_what_it_is_given():
    skip = Skip(torch.nn.Conv2d(2, 2, 1))
    picture = torch.randn(1, 2, 4, 4)
    assert torch.equal(skip(picture), picture + skip.layer(picture).relu())


@pytest.mark.parametrize("dilations", [settings.AS_BUILT, settings.REORDERED])
def test_a_committed_network_is_trained_again_to_its_score(dilations):
    torch.set_num_threads(1)
    setting = replace(settings.conditions()[0], dilations=dilations)
    record, _ = train(setting)
    committed = hdc.training.orders()[setting.condition][dilations][setting.seed]
    assert record["mean_iou"] == pytest.approx(committed, abs=SAME)
