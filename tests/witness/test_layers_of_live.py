"""hdclib.layers_of against real networks of PyTorch: their sizes, and the inputs that have a gradient.

A new seed each run, shown where a test fails; ``HDCLIB_WITNESS_SEED=<seed>`` runs the same cases again.
"""

import os
import random
import time

import pytest

from hdclib import feature_grid, layers_of, receptive_field, resnet, size_chain, tap_counts

torch = pytest.importorskip("torch", reason="PyTorch is the witness: pip install -r requirements-witness.txt")
nn = torch.nn

SEED = int(os.environ.get("HDCLIB_WITNESS_SEED", time.time_ns() % 10**9))
CASES = 300


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
    size = rng.randint(1, 4)
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
        ours = [size_chain(size, layers_of(net, axis))[-1] for axis, size in enumerate(image)]
        assert ours == theirs, f"{net}, {image}, HDCLIB_WITNESS_SEED={SEED}"
        legal += 1
    assert legal > CASES * 0.5


def test_windows_and_what_is_read_of_them_are_the_inputs_with_a_gradient(rng):
    average, compared = nn.AvgPool2d, 0
    for _ in range(CASES // 5):
        net = network(rng, (convolution, lambda rng: average(rng.randint(1, 3), rng.choice((None, 1, 2)))))
        net = with_ones(nn.Sequential(*(m for m in net.modules() if isinstance(m, (nn.Conv2d, average, nn.Identity)))))
        axes = [layers_of(net, axis) for axis in (0, 1)]
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


@pytest.mark.parametrize(
    "module",
    [
        nn.ConvTranspose2d(1, 1, 3), nn.LazyConvTranspose2d(1, 3), nn.MaxUnpool2d(2), nn.Unfold(3), nn.Fold(4, 3),
        nn.FractionalMaxPool2d(2, output_size=3), nn.AdaptiveAvgPool2d(1), nn.AdaptiveMaxPool2d((2, 2)),
        nn.Upsample(scale_factor=2), nn.UpsamplingBilinear2d(size=9), nn.PixelShuffle(2), nn.PixelUnshuffle(2),
        nn.Flatten(), nn.Unflatten(1, (1, 1)), nn.Linear(3, 3), nn.ZeroPad2d(1), nn.ReflectionPad2d((1, 0, 1, 0)),
        nn.LSTM(3, 3), nn.MultiheadAttention(4, 2), nn.MaxPool2d(2, ceil_mode=True), nn.AvgPool2d(3, ceil_mode=True),
        nn.Conv2d(1, 1, 4, padding="same"), nn.ModuleList([nn.Conv2d(1, 1, 3)]), nn.ModuleDict({"a": nn.ReLU()}),
    ],
    ids=lambda module: type(module).__name__,
)  # fmt: skip
def test_what_is_no_layer_is_refused_by_its_place(module):
    with pytest.raises(ValueError, match=r"^modules\[1\]"):
        layers_of([nn.Conv2d(1, 1, 3), module])


@pytest.mark.parametrize(
    "module",
    [
        nn.ReLU(), nn.GELU(), nn.Sigmoid(), nn.Softmax(1), nn.PReLU(), nn.Dropout2d(0.5), nn.Identity(),
        nn.BatchNorm2d(4), nn.GroupNorm(2, 4), nn.InstanceNorm2d(4), nn.SyncBatchNorm(4), nn.LocalResponseNorm(2),
    ],
    ids=lambda module: type(module).__name__,
)  # fmt: skip
def test_what_has_no_kernel_and_moves_nothing_is_left_out(module):
    assert layers_of([nn.Conv2d(4, 4, 3), module]) == layers_of([nn.Conv2d(4, 4, 3)])


class Chomp1d(nn.Module):
    """Cuts off the end what padding added there, as in a temporal convolutional network."""

    def __init__(self, size):
        super().__init__()
        self.size = size

    def forward(self, values):
        return values[:, :, : -self.size]


def test_a_forward_of_ones_own_is_refused_and_without_a_chomp_the_causal_field_is_right():
    dilations = (1, 2, 4)
    pairs = [(nn.Conv1d(1, 1, 2, padding=d, dilation=d, bias=False), Chomp1d(d)) for d in dilations]
    net = nn.Sequential(*(module for pair in pairs for module in pair))
    with pytest.raises(ValueError, match=r"^modules\[1\] is a Chomp1d with a forward of its own: leave it out"):
        layers_of(net)
    layers = layers_of([convolution for convolution, _ in pairs])
    values = torch.zeros(1, 1, 64, dtype=torch.float64, requires_grad=True)
    for module in net:
        if isinstance(module, nn.Conv1d):
            nn.init.ones_(module.weight)
    answer = net.double()(values)
    answer[0, 0, 40].backward()
    read = values.grad[0, 0].nonzero().flatten().tolist()
    start, end = feature_grid(layers).window(40)
    assert read == list(range(start, end + 1)) and len(read) == receptive_field(layers) == 8
    assert answer.shape[2] == 64 and size_chain(64, layers)[-1] == 64 + sum(dilations)


LEAVES = sorted(
    name for name, kind in vars(nn).items()
    if isinstance(kind, type) and issubclass(kind, nn.Module) and kind is not nn.Module
)  # fmt: skip


@pytest.mark.filterwarnings("ignore::FutureWarning")  # of kinds that PyTorch is about to drop
@pytest.mark.parametrize("name", LEAVES)
def test_no_class_of_torch_counts_as_one_with_a_forward_of_its_own(name):
    kind = getattr(nn, name)
    module = kind.__new__(kind)
    nn.Module.__init__(module)
    try:
        layers_of([nn.Conv2d(1, 1, 3), module])
    except (TypeError, ValueError) as error:
        assert "forward of its own" not in str(error)


def test_pools_and_groups_and_other_kinds_of_convolution_are_read():
    assert layers_of([nn.LPPool2d(2, 3), nn.AvgPool2d(3), nn.MaxPool2d(2)]) == tuple(
        layer for size in (3, 3, 2) for layer in layers_of([nn.MaxPool2d(size)])
    )
    plain = layers_of([nn.Conv2d(4, 4, 3, 2, 1)])
    assert plain == layers_of([nn.Conv2d(4, 4, 3, 2, 1, groups=4)]) == layers_of([nn.LazyConv2d(4, 3, 2, 1)])
    assert plain == layers_of([nn.Conv1d(4, 4, 3, 2, 1)]) == layers_of([nn.Conv3d(1, 1, (9, 9, 3), 2, 1)], axis=2)


class BasicBlock(nn.Module):
    """A unit of ResNet-18, its modules in the order in which torchvision defines them."""

    def __init__(self, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 1, 3, stride, 1, bias=False)
        self.conv2 = nn.Conv2d(1, 1, 3, 1, 1, bias=False)
        self.downsample = nn.Sequential(nn.Conv2d(1, 1, 1, stride, bias=False))

    def forward(self, values):
        return self.conv2(self.conv1(values)) + self.downsample(values)


def test_a_list_of_the_modules_that_run_one_after_the_other_gives_resnet_18():
    stages = [nn.Sequential(BasicBlock(stride), BasicBlock(1)) for stride in (1, 2, 2, 2)]
    net = nn.Sequential(nn.Conv2d(1, 1, 7, 2, 3, bias=False), nn.AvgPool2d(3, 2, 1), *stages)
    with pytest.raises(ValueError, match=r"^modules\[2\]\[0\] is a BasicBlock, which does not say in which order"):
        layers_of(net)
    chain = [m for name, m in net.named_modules() if hasattr(m, "kernel_size") and "downsample" not in name]
    assert layers_of(chain) == resnet(18, "first 3x3")
    values = torch.zeros(1, 1, 64 * 16, 32, dtype=torch.float64, requires_grad=True)
    answer = with_ones(net)(values)
    answer[0, 0, answer.shape[2] // 2, 0].backward()
    read = values.grad[0, 0].any(dim=1).nonzero().flatten()
    assert len(read) == read[-1] - read[0] + 1 == receptive_field(layers_of(chain)) == 435
