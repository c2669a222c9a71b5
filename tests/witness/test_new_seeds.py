"""Networks that were trained again with new seeds: two of them once more, to their score and their picture."""

import numpy as np
import pytest

import hdclib as hdc
from experiments.new_seeds import settings

torch = pytest.importorskip("torch", reason="it trains: pip install -r requirements-witness.txt")
from experiments.segmentation.training import train  # noqa: E402

SAME = 0.01  # of mean IoU: other processors round otherwise, and training makes it grow


@pytest.mark.parametrize("words, dilations", [("size 4", (2, 4, 8)), ("joints", (1, 2, 7))])
def test_a_committed_network_is_trained_again_to_its_score_and_its_picture(words, dilations):
    torch.set_num_threads(1)
    setting = next(one for one in settings.all_settings() if words in one.condition and one.dilations == dilations)
    record, shown = train(setting)
    assert record["mean_iou"] == pytest.approx(hdc.training.new_seeds()[setting.condition][dilations][0], abs=SAME)
    _, truth, predicted = hdc.training.new_seed_pictures(setting.condition)
    assert np.array_equal(shown["truth"][:48, :48], truth)
    assert np.mean(shown["predicted"][:48, :48] != predicted[dilations]) < SAME
