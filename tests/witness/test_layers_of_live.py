"""hdclib.networks.layers_of against real networks of PyTorch: their sizes, and the inputs that have a gradient.

A new seed each run, shown where a test fails; ``HDCLIB_WITNESS_SEED=<seed>`` runs the same cases again.
"""

import os
import random
import time

import pytest

from hdclib import ConvLayer, receptive_field, resnet, tap_counts
from hdclib.networks import feature_grid, layers_of
from hdclib.sizes import size_chain

torch = pytest.importorskip("torch", reason="PyTorch is the witness: pip install -r requirements-witness.txt")
nn = torch.nn

SEED = int(os.environ.get("HDCLIB_WITNESS_SEED", time.time_ns() % 10**9))
CASES = 60
LARGE = 999, 999  # an image in which most windows drawn here fit


@pytest.fixture
def rng(request):
    print(f"HDCLIB_WITNESS_SEED={SEED}")  # pytest shows it where a test fails
    return random.Random(f"{SEED} {request.node.name}")


def pair(rng, least, most):
    return rng.randint(least, most), rng.randint(least, most)


def convolution(rng):
    if rng.random() < 0.2:
        size = rng.choice((1, 3, 5)), rng.choice((1, 3, 5))
        return nn.Conv2d(1, 1, size, padding="same", dilation=pair(rng, 1, 3), bias=False)
    numbers = {"stride": pair(rng, 1, 2), "padding": pair(rng, 0, 3), "dilation": pair(rng, 1, 3)}
    return nn.Conv2d(1, 1, pair(rng, 1, 4), **numbers, bias=False)


def pool(rng):
    size = rng.randint(2, 4)
    stride, padding = rng.choice((None, 1, 2)), rng.randint(0, size // 2)
    if rng.random() < 0.5:
        return nn.AvgPool2d(size, stride, padding)
    return nn.MaxPool2d(size, stride, padding, dilation=rng.randint(1, 2))


def network(rng, kinds, depth=2):
    """A Sequential of up to three parts, some of them Sequentials again, with modules between that have no kernel."""
    parts = []
    for _ in range(rng.randint(1, 3)):
        parts.append(network(rng, kinds, depth - 1) if depth and rng.random() < 0.3 else rng.choice(kinds)(rng))
        parts += rng.sample([nn.ReLU(), nn.Identity(), nn.Dropout(0.1), nn.BatchNorm2d(1)], rng.randint(0, 2))
    return nn.Sequential(*parts).eval()


def with_ones(net):
    """The same network in double precision, with all weights of its convolutions 1."""
    for module in net.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.ones_(module.weight)
    return net.double()


def test_sizes_are_those_of_the_network(rng):
    legal = 0
    for _ in range(CASES):
        net, image = network(rng, (convolution, pool)), pair(rng, 12, 50)
        try:
            theirs = list(net(torch.zeros(1, 1, *image)).shape[2:])
        except RuntimeError:
            continue
        ours = [size_chain(size, layers_of(net, (1, *image), axis))[-1] for axis, size in enumerate(image)]
        assert ours == theirs, f"{net}, {image}, HDCLIB_WITNESS_SEED={SEED}"
        legal += 1
    assert legal > CASES * 0.5


def test_windows_and_what_is_read_of_them_are_the_inputs_with_a_gradient(rng):
    average, compared = nn.AvgPool2d, 0
    for _ in range(CASES // 5):
        net = network(rng, (convolution, lambda rng: average(rng.randint(2, 3), rng.choice((None, 1, 2)))))
        net = with_ones(nn.Sequential(*(m for m in net.modules() if isinstance(m, (nn.Conv2d, average, nn.Identity)))))
        try:
            net(torch.zeros(1, 1, *LARGE, dtype=torch.float64))
        except RuntimeError:  # ten strides of 2 and more leave nothing of it, PyTorch says so itself
            continue
        axes = [layers_of(net, (1, *LARGE), axis) for axis in (0, 1)]
        fields = [receptive_field(layers) for layers in axes]
        if max(fields) > 300:
            continue
        values = torch.zeros(1, 1, *(3 * field + 20 for field in fields), dtype=torch.float64, requires_grad=True)
        answer = net(values)
        index = [size // 2 for size in answer.shape[2:]]
        answer[(0, 0, *index)].backward()
        read = values.grad[0, 0] != 0
        for axis, layers in enumerate(axes):
            start, end = feature_grid(layers).window(index[axis])
            where = f"{net}, axis {axis}, HDCLIB_WITNESS_SEED={SEED}"
            assert start >= 0 and end < read.shape[axis], where
            wanted = torch.zeros(read.shape[axis], dtype=torch.bool)
            wanted[start : end + 1] = torch.from_numpy(tap_counts(layers) > 0)
            assert torch.equal(read.any(dim=1 - axis), wanted), where
        compared += 1
    assert compared > CASES // 10


MAP, SIGNAL = (4, 12, 12), (4, 12)


@pytest.mark.parametrize(
    ("module", "shape"),
    [
        (nn.ConvTranspose2d(4, 1, 3), MAP), (nn.Unfold(3), MAP), (nn.Upsample(scale_factor=2), MAP),
        (nn.AdaptiveAvgPool2d((5, 2)), MAP), (nn.AdaptiveMaxPool2d((2, 2)), MAP),
        (nn.UpsamplingBilinear2d(size=9), MAP),
        (nn.PixelShuffle(2), MAP), (nn.PixelUnshuffle(2), MAP), (nn.Flatten(2), MAP), (nn.Unflatten(2, (3, 4)), MAP),
        (nn.ReflectionPad2d((1, 0, 1, 0)), MAP), (nn.ZeroPad2d((1, 0, 1, 0)), MAP), (nn.CircularPad2d(1), MAP),
        (nn.MaxPool2d(5, 2, ceil_mode=True), MAP), (nn.AvgPool2d(5, 2, ceil_mode=True), MAP),
        (nn.Conv2d(4, 1, 4, padding="same"), MAP), (nn.Conv2d(4, 1, 3, padding=1, padding_mode="circular"), MAP),
        (nn.FractionalMaxPool2d(2, output_size=3), MAP), (nn.Flatten(1), SIGNAL), (nn.PixelShuffle(2), (4, 6, 8)),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_is_no_layer_is_refused_and_inspect_is_named(module, shape):
    with pytest.raises(ValueError, match=": ask hdclib.inspect, which takes the network as it is$"):
        layers_of(nn.Sequential(nn.Conv2d(4, 4, 1), module, nn.ReLU()) if len(shape) == 3 else module, shape)


@pytest.mark.parametrize(
    "module",
    [
        nn.ReLU(), nn.GELU(), nn.SiLU(), nn.Sigmoid(), nn.Softmax(1), nn.PReLU(), nn.Dropout2d(0.5), nn.Identity(),
        nn.BatchNorm2d(4), nn.GroupNorm(2, 4), nn.InstanceNorm2d(4), nn.AdaptiveAvgPool2d(10),
        nn.ChannelShuffle(2), nn.Unflatten(1, (4, 1)), nn.Hardswish(), nn.Softmax2d(), nn.Dropout(0.5),
    ],
    ids=lambda module: type(module).__name__,
)  # fmt: skip
def test_what_moves_no_sample_is_left_out(module):
    if isinstance(module, nn.Unflatten):
        module = nn.Sequential(module, nn.Flatten(1, 2))
    assert layers_of(nn.Sequential(nn.Conv2d(4, 4, 3), module), MAP) == (ConvLayer(3),)


class Net(nn.Module):
    """Runs what it is given in a ``forward`` of its own."""

    def __init__(self, run, **modules):
        super().__init__()
        self.run = run
        for name, module in modules.items():
            setattr(self, name, module)

    def forward(self, values):
        return self.run(self, values)


def test_a_forward_of_ones_own_is_read_since_it_is_run():
    own = Net(lambda net, x: net.last((half := x[:, :, ::2]) * half.sigmoid()), last=nn.Conv2d(4, 1, 3, dilation=2))
    assert layers_of(own, MAP) == (ConvLayer(1, stride=2), ConvLayer(3, 2))
    assert layers_of(own, MAP, axis=1) == (ConvLayer(3, 2),)
    hooked = nn.Sequential(nn.Conv2d(4, 4, 3))
    hooked.register_forward_hook(lambda module, given, out: out[:, :, ::3])
    assert layers_of(hooked, MAP) == (ConvLayer(3), ConvLayer(1, stride=3))


def test_squeeze_and_excitation_and_a_classifier_are_no_part_of_the_chain():
    squeeze = Net(lambda net, x: x * net.conv(x.mean((2, 3), keepdim=True)), conv=nn.Conv2d(4, 4, 1))
    net = nn.Sequential(
        nn.Conv2d(4, 4, 3), squeeze, nn.MaxPool2d(2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 9)
    )
    assert layers_of(net, MAP) == (ConvLayer(3), ConvLayer(2, stride=2))


def test_the_chain_ends_at_the_output_that_is_asked_for():
    both = Net(lambda net, x: {"one": net.one(x), "two": net.two(x)}, one=nn.Conv2d(4, 1, 3), two=nn.Conv2d(4, 1, 5))
    assert layers_of(both, MAP) == (ConvLayer(3),) != layers_of(both, MAP, output="two") == (ConvLayer(5),)
    needy = Net(lambda net, x: net.one(x), one=nn.Conv2d(4, 1, 3))
    needy.forward = lambda x, mask: needy.one(x) * mask
    assert layers_of(needy, MAP, call=lambda model, x: model(x, 1.0)) == (ConvLayer(3),)


class Chomp1d(nn.Module):
    """Cuts off the end what padding added there, as in a temporal convolutional network."""

    def __init__(self, size):
        super().__init__()
        self.size = size

    def forward(self, values):
        return values[:, :, : -self.size]


def test_a_chomp_is_refused_by_its_place():
    net = nn.Sequential(nn.Conv1d(1, 1, 2, padding=2, dilation=2), Chomp1d(2))
    with pytest.raises(ValueError, match=r"^1 \(slice\) adds or cuts other numbers of samples before and after"):
        layers_of(net, (1, 30))


def test_pools_and_groups_and_other_kinds_of_convolution_are_read():
    assert (
        layers_of(nn.Sequential(nn.LPPool2d(2, 2), nn.AvgPool2d(2), nn.MaxPool2d(2)), (4, 40, 40))
        == (ConvLayer(2, stride=2),) * 3
    )
    plain = layers_of(nn.Conv2d(4, 4, 3, 2, 1), MAP)
    assert plain == layers_of(nn.Conv2d(4, 4, 3, 2, 1, groups=4), MAP) == layers_of(nn.Conv1d(4, 4, 3, 2, 1), SIGNAL)
    assert plain == layers_of(nn.Conv3d(1, 1, (9, 9, 3), 2, 1), (1, 12, 12, 12), axis=2)


class BasicBlock(nn.Module):
    """A unit of ResNet-18 with or without its skip."""

    def __init__(self, stride, skip):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 1, 3, stride, 1, bias=False)
        self.conv2 = nn.Conv2d(1, 1, 3, 1, 1, bias=False)
        self.downsample = nn.Conv2d(1, 1, 1, stride, bias=False) if skip else None

    def forward(self, values):
        found = self.conv2(self.conv1(values))
        return found if self.downsample is None else found + self.downsample(values)


def resnet_18(skip):
    stages = [nn.Sequential(BasicBlock(stride, skip), BasicBlock(1, skip)) for stride in (1, 2, 2, 2)]
    return nn.Sequential(nn.Conv2d(1, 1, 7, 2, 3, bias=False), nn.AvgPool2d(3, 2, 1), *stages)


def test_without_its_skips_a_resnet_18_is_a_chain_of_the_same_field():
    with pytest.raises(
        ValueError, match=r"^5\.1 \(arithmetic\) joins 2 branches, and a stack has none: ask hdclib\.inspect"
    ):
        layers_of(resnet_18(True), (1, 64, 64))
    net = resnet_18(False)
    layers = layers_of(net, (1, 64, 64))
    assert layers == resnet(18, "first 3x3")
    values = torch.zeros(1, 1, 64 * 16, 32, dtype=torch.float64, requires_grad=True)
    answer = with_ones(net)(values)
    answer[0, 0, answer.shape[2] // 2, 0].backward()
    read = values.grad[0, 0].any(dim=1).nonzero().flatten()
    assert len(read) == read[-1] - read[0] + 1 == receptive_field(layers) == 435
