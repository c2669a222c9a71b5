"""`inspect` on networks as others define them, against gradients: the window, border outputs, every view, repairs."""

import copy

import numpy as np
import pytest

import hdclib as hdc

torch = pytest.importorskip("torch", reason="PyTorch is the witness: pip install -r requirements-witness.txt")
from gradients import Truth, made_positive  # noqa: E402
from zoo import ZOO  # noqa: E402


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)
    torch.manual_seed(0)


def seen(mask):
    """Positions read and spans of their window, counted here."""
    places = np.argwhere(mask)
    return len(places), tuple(map(int, places.max(0) - places.min(0) + 1)) if len(places) else ()


@pytest.mark.parametrize("name", ZOO)
def test_window_border_and_views_are_what_gradients_say(name):
    make, shape = ZOO[name]
    network = made_positive(make())
    report = hdc.inspect(network, shape)
    assert report.exact, report.unknown
    truth = Truth(network, shape)
    sizes = truth.out.shape[2:]
    for at in (report.at, (0,) * len(sizes), tuple(size - 1 for size in sizes)):
        want, views = truth.reads(at)
        np.testing.assert_array_equal(report.reads(at), want)
        if at == report.at:
            got = [(view.seen.read, view.seen.spans) if view.seen else (0, ()) for view in report.views]
            assert len(got) == len(views)
            for view, ours, theirs in zip(report.views, got, views, strict=True):
                assert theirs is None or ours == seen(theirs), view.path


MENDED = ("resnet50 at stride 8", "fcn_resnet50", "deeplabv3_resnet50", "timm resnet18 at stride 8",
          "timm mobilenetv2 at stride 8", "monai highresnet")  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_each_repair_of_the_network_itself_does_what_it_says(name):
    make, shape = ZOO[name]
    network = made_positive(make())
    report = hdc.inspect(network, shape)
    assert len(report.repairs) >= 3
    for repair in report.repairs:
        mended = copy.deepcopy(network)
        repair.apply(mended)
        again, truth = hdc.inspect(mended, shape), Truth(mended, shape)
        assert [axis.fields for axis in again.axes] == [axis.fields for axis in report.axes]
        assert len(again.views_with_holes) == repair.with_holes < repair.before
        want, views = truth.reads(again.at)
        np.testing.assert_array_equal(again.reads(), want)
        for view, mask in zip(again.views, views, strict=True):
            assert mask is None or view.seen.read == int(mask.sum()), view.path
