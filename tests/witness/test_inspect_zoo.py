"""`inspect` on networks as others define them, against gradients: the window, border outputs, and every view."""

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
