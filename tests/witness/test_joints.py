"""Cracks and joints: what only the far edge tells apart, and one network trained again."""

import numpy as np
import pytest

import hdclib as hdc
from experiments.joints import settings

torch = pytest.importorskip("torch", reason="it trains: pip install -r requirements-witness.txt")
from scipy import ndimage  # noqa: E402

from experiments.segmentation import settings as fixed  # noqa: E402
from experiments.segmentation import walls  # noqa: E402
from experiments.segmentation.training import pictures, train  # noqa: E402

SAME = 0.01  # of mean IoU: other processors round otherwise, and training makes it grow


def test_cracks_and_joints_have_one_grey_and_about_as_many_pixels():
    greys, labels = pictures("joints", 2, 100, 3)
    assert np.array_equal(greys, np.where(labels == walls.GROUND, 0, -1))
    cracks, joints = (np.mean(labels == number) for number in (walls.CRACK, walls.JOINT))
    assert cracks == pytest.approx(joints, rel=0.2) and cracks + joints >= walls.LINE_SHARE


def test_beside_an_edge_of_a_joint_lies_the_other_one_and_beside_a_crack_one_only_by_chance():
    labels = np.stack([walls.label_wall(fixed.SIDE, 2, np.random.default_rng(seed)) for seed in range(60)])
    ring = np.hypot(*np.mgrid[-14:15, -14:15])
    ring = (ring >= walls.GAPS[0] - 1) & (ring <= walls.GAPS[1] + 2)
    edges = (labels == walls.JOINT).astype(int)
    near = np.stack([ndimage.grey_dilation(one, footprint=ring, mode="wrap") for one in edges])
    # Lines are many and wind, so a ring around a crack often meets some edge too: what tells is that two run alike.
    assert near[labels == walls.JOINT].mean() > 0.97 > 0.9 > near[labels == walls.CRACK].mean()


def test_a_wider_field_more_often_has_the_other_edge_in_reach():
    """Both edges of single joints, drawn apart: lines are 2 wide and wind, so a narrow field meets some, too."""
    shares, rng = [], np.random.default_rng(5)
    for dilations in settings.STEPS:
        reached, side = [], hdc.receptive_field(dilations, 3)
        for gap in range(walls.GAPS[0], walls.GAPS[1] + 1):
            rows, columns, heading = walls.winding_line(fixed.SIDE, rng)
            one, other = (
                walls.drawn_line(fixed.SIDE, 2, rows + by * np.cos(heading), columns - by * np.sin(heading))
                for by in (0, gap)
            )
            reached.append(ndimage.maximum_filter(other, side, mode="wrap")[one].mean())
        shares.append(np.mean(reached))
    assert shares == sorted(shares) and shares[1] < 0.6 and shares[0] < 0.1 and shares[-1] == 1


@pytest.mark.parametrize("dilations", [settings.NARROW[1], settings.NARROWER])
def test_a_committed_network_is_trained_again_to_its_score(dilations):
    torch.set_num_threads(1)
    setting = next(one for one in settings.all_settings() if one.dilations == dilations)
    record, _ = train(setting)
    for measure in ("mean_iou", "iou_lines"):
        assert record[measure] == pytest.approx(hdc.training.joints(measure)[dilations][setting.seed], abs=SAME)
