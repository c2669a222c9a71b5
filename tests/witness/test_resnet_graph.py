"""The ResNets that the book builds by hand are torchvision's, convolution by convolution."""

from importlib.util import find_spec

import pytest

import hdclib as hdc
from hdclib.networks import resnet_graph

pytestmark = pytest.mark.skipif(find_spec("torchvision") is None, reason="pip install -r requirements-witness.txt")
torch = pytest.importorskip("torch", reason="PyTorch is the witness: pip install -r requirements-witness.txt")
zoo = pytest.importorskip("zoo", reason="tests/witness/zoo.py imports torchvision beside any PyTorch")


def known(report):
    """Everything that the report says of the convolutions, by their paths."""
    return {view.path: (view.kernel_size, view.stride, view.dilation, view.padding, view.groups, view.field, view.seen)
            for view in report.views}  # fmt: skip


def torchvisions(depth, replaced):
    """torchvision's network without weights, which are not needed."""
    with torch.device("meta"):
        return zoo.of_torchvision(f"resnet{depth}", replace_stride_with_dilation=replaced)().eval()


@pytest.mark.parametrize(("depth", "shape"), [(50, (3, 513, 513)), (50, (3, 96, 160)), (101, (3, 96, 160))])
@pytest.mark.parametrize(
    ("output_stride", "replaced"), [(8, [False, True, True]), (16, [False, False, True]), (32, [False] * 3)]
)
def test_it_is_torchvisions(depth, output_stride, replaced, shape):
    theirs = hdc.inspect(torchvisions(depth, replaced), shape)
    ours = hdc.inspect(resnet_graph(depth, output_stride, shape=shape))
    assert known(ours) == known(theirs)
    assert ours.axes == theirs.axes and ours.input == theirs.input


def test_the_stride_may_stand_in_the_first_small_layer():
    model = torchvisions(50, [False, False, True])
    for stage in (model.layer2, model.layer3):
        stage[0].conv1.stride, stage[0].conv2.stride = (2, 2), (1, 1)
    theirs = hdc.inspect(model, (3, 257, 257))
    assert known(hdc.inspect(resnet_graph(50, 16, shape=(3, 257, 257), stride_in="first 1x1"))) == known(theirs)


def test_a_repair_of_ours_is_one_of_theirs():
    model = torchvisions(50, [False, True, True])
    best = hdc.inspect(resnet_graph(50, 8)).repairs[0]
    best.apply(model)
    mended = hdc.inspect(model, (3, 513, 513))
    assert len(mended.views_with_holes) == best.with_holes == 0
    assert mended.axes[0].fields == (427,)
