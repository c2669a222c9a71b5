"""Random networks of PyTorch whose gradients show what their outputs read: all weights and values are positive."""

import random

import torch
import torch.nn.functional as F
from torch import nn

CONV = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}
TRANSPOSED = {1: F.conv_transpose1d, 2: F.conv_transpose2d, 3: F.conv_transpose3d}
MAX_POOL = {1: F.max_pool1d, 2: F.max_pool2d, 3: F.max_pool3d}
AVERAGE = {1: F.avg_pool1d, 2: F.avg_pool2d, 3: F.avg_pool3d}
LINEAR = {1: "linear", 2: "bilinear", 3: "trilinear"}
MOST = {1: 60, 2: 22, 3: 11}  # positions along an axis


class RandomNetwork(nn.Module):
    """Steps drawn from a seed; each takes the list of all tensors so far and adds one."""

    def __init__(self, seed, axes, channels, sizes, depth):
        super().__init__()
        self.rng, self.axes, self.steps, self.names = random.Random(seed), axes, [], []
        self.register_buffer("unit", torch.ones(1, dtype=torch.float64))  # tells the tracer the type of numbers
        self.generator = torch.Generator().manual_seed(seed)
        x = torch.ones((1, channels, *sizes), dtype=torch.float64)
        made = [x]
        while len(self.steps) < depth:
            step = self.drawn(made)
            try:
                y = step(made, False)
            except (RuntimeError, ValueError):
                continue  # a window larger than the map, and the like
            if y.numel() and max(y.shape[2:]) <= MOST[axes] and y.shape[1] <= 12:
                self.steps.append(step)
                made.append(y.detach())

    def forward(self, x, truth=False):
        """Run the steps; for the truth, pools add up their windows."""
        made = [x]
        for step in self.steps:
            made.append(step(made, truth))
        return made[-1]

    def drawn(self, made):
        """One more step, made of any tensor so far, most likely the last."""
        at = -1 if self.rng.random() < 0.7 else self.rng.randrange(len(made))
        kind = self.rng.choice(KINDS)
        self.names.append(kind.__name__)
        return kind(self, at, made[at], made)

    def many(self, least, most):
        """A whole number for each axis."""
        return [self.rng.randint(least, most) for _ in range(self.axes)]

    def weight(self, *shape):
        """Positive weights."""
        return torch.rand(shape, dtype=torch.float64, generator=self.generator) + 0.5


def convolution(net, at, x, made):
    groups = net.rng.choice([g for g in (1, 1, 2, 3) if x.shape[1] % g == 0])
    weight = net.weight(groups * net.rng.randint(1, 3), x.shape[1] // groups, *net.many(1, 4))
    given = {"stride": net.many(1, 2), "padding": net.many(0, 3), "dilation": net.many(1, 3), "groups": groups}
    return lambda made, truth: CONV[net.axes](made[at], weight, **given)


def same_convolution(net, at, x, made):
    weight, dilation = net.weight(x.shape[1], x.shape[1], *net.many(1, 4)), net.many(1, 3)
    return lambda made, truth: CONV[net.axes](made[at], weight, padding="same", dilation=dilation)


def transposed(net, at, x, made):
    groups = net.rng.choice([g for g in (1, 1, 2, 3) if x.shape[1] % g == 0])
    weight = net.weight(x.shape[1], net.rng.randint(1, 2), *net.many(1, 4))
    stride = net.many(1, 3)
    given = {"stride": stride, "padding": net.many(0, 2), "dilation": net.many(1, 3), "groups": groups,
             "output_padding": [net.rng.randrange(s) for s in stride]}  # fmt: skip
    return lambda made, truth: TRANSPOSED[net.axes](made[at], weight, **given)


def max_pool(net, at, x, made):
    size = net.many(1, 4)
    stride, dilation = net.many(1, 3), net.many(1, 2)
    padding = [net.rng.randint(0, k // 2) for k in size]
    ceil = net.rng.random() < 0.5

    def step(made, truth):
        y = MAX_POOL[net.axes](made[at].detach(), size, stride, padding, dilation, ceil)
        return summed(net, made[at], size, stride, padding, dilation, y.shape[2:]) if truth else y

    return step


def summed(net, x, size, stride, padding, dilation, wanted):
    """The sum of each window, in place of the largest value."""
    pad = []
    for axis in reversed(range(net.axes)):
        need = (wanted[axis] - 1) * stride[axis] + dilation[axis] * (size[axis] - 1) + 1
        pad += [padding[axis], max(0, need - x.shape[2 + axis] - padding[axis])]
    ones = torch.ones((x.shape[1], 1, *size), dtype=x.dtype)
    y = CONV[net.axes](F.pad(x, pad), ones, stride=stride, dilation=dilation, groups=x.shape[1])
    return y[(..., *(slice(0, out) for out in wanted))]


def average_pool(net, at, x, made):
    size = net.many(1, 4)
    stride, padding = net.many(1, 3), [net.rng.randint(0, k // 2) for k in size]
    ceil = net.rng.random() < 0.5
    return lambda made, truth: AVERAGE[net.axes](made[at], size, stride, padding, ceil)


def resize(net, at, x, made):
    modes = ["nearest", "nearest-exact", LINEAR[net.axes]] + ["bicubic"] * (net.axes == 2)
    mode = net.rng.choice(modes)
    given = {} if mode.startswith("nearest") else {"align_corners": net.rng.random() < 0.5}
    if net.rng.random() < 0.5:
        given["size"] = [net.rng.randint(1, 2 * size) for size in x.shape[2:]]
    else:
        given["scale_factor"] = [net.rng.choice([0.5, 1.0, 1.5, 2.0, 3.0]) for _ in x.shape[2:]]
    return lambda made, truth: F.interpolate(made[at], mode=mode, **given)


def smooth_resize(net, at, x, made):
    size = [net.rng.randint(1, 2 * n) for n in x.shape[2:]]
    mode = net.rng.choice(["bilinear", "bicubic"]) if net.axes == 2 else "nearest"
    given = {"antialias": True, "align_corners": False} if net.axes == 2 else {}
    return lambda made, truth: F.interpolate(made[at], size, mode=mode, **given)


def padding(net, at, x, made):
    mode = net.rng.choice(["constant", "reflect", "replicate", "circular"])
    pad = [net.rng.randint(-2 if mode == "constant" else 0, 3) for _ in range(2 * net.axes)]
    return lambda made, truth: F.pad(made[at], pad, mode=mode)


def slicing(net, at, x, made):
    cuts = []
    for size in x.shape[2:]:
        start = net.rng.randint(0, size // 3)
        cuts.append(slice(start, net.rng.randint(start + 1, size), net.rng.randint(1, 2)))
    return lambda made, truth: made[at][(..., *cuts)]


def alike(net, x, made):
    return [place for place, other in enumerate(made) if other.shape == x.shape]


def residual(net, at, x, made):
    other = net.rng.choice(alike(net, x, made))
    return lambda made, truth: made[at] + made[other]


def gate(net, at, x, made):
    other = net.rng.choice(alike(net, x, made))
    return lambda made, truth: (made[at] + 1) * made[other].mean(tuple(range(2, 2 + net.axes)), keepdim=True)


def product(net, at, x, made):
    other = net.rng.choice(alike(net, x, made))
    return lambda made, truth: (made[at] + 1) * torch.sigmoid(made[other] / 1e3)


def concatenation(net, at, x, made):
    others = [place for place, other in enumerate(made) if other.shape[2:] == x.shape[2:]]
    chosen = [at, *net.rng.choices(others, k=net.rng.randint(1, 2))]
    return lambda made, truth: torch.cat([made[place] for place in chosen], 1)


def beside(net, at, x, made):
    other, axis = net.rng.choice(alike(net, x, made)), 1 + net.rng.randint(1, net.axes)
    return lambda made, truth: torch.cat([made[at], made[other]], axis)


def channels_split(net, at, x, made):
    first = net.rng.randint(1, x.shape[1])

    def step(made, truth):
        left, right = made[at][:, :first], made[at][:, first:]
        weight = torch.ones((1, 1, *[3] * net.axes), dtype=x.dtype).expand(first, -1, *[-1] * net.axes)
        return torch.cat([CONV[net.axes](left, weight, padding=1, groups=first), right], 1)

    return step


def channel_shuffle(net, at, x, made):
    groups = net.rng.choice([g for g in (1, 2, 3) if x.shape[1] % g == 0])
    sizes = x.shape[2:]
    return lambda made, truth: made[at].reshape(1, groups, -1, *sizes).transpose(1, 2).reshape(1, -1, *sizes)


def pixel_shuffle(net, at, x, made):
    if net.axes != 2:
        return slicing(net, at, x, made)
    if net.rng.random() < 0.5:
        return lambda made, truth: F.pixel_unshuffle(made[at], 2)
    weight = net.weight(4, x.shape[1], 1, 1)
    return lambda made, truth: F.pixel_shuffle(F.conv2d(made[at], weight), 2)


def turned(net, at, x, made):
    order = net.rng.sample(range(2, 2 + net.axes), net.axes)
    return lambda made, truth: made[at].permute(0, 1, *order)


def flipped(net, at, x, made):
    axis = net.rng.randint(2, 1 + net.axes)
    return lambda made, truth: made[at].flip(axis)


def rolled(net, at, x, made):
    shifts = net.many(-3, 3)
    return lambda made, truth: torch.roll(made[at], shifts, tuple(range(2, 2 + net.axes)))


def running_sum(net, at, x, made):
    axis = net.rng.randint(2, 1 + net.axes)
    return lambda made, truth: made[at].cumsum(axis) / 10


def written(net, at, x, made):
    other, axis, step = net.rng.choice(alike(net, x, made)), 1 + net.rng.randint(1, net.axes), net.rng.randint(1, 3)
    cut = (slice(None),) * axis + (slice(net.rng.randint(0, 2), None, step),)

    def run(made, truth):
        y = made[at].clone()
        y[cut] = made[other][cut] if step != 2 else made[other].flip(axis)[cut]
        y[:, :1] += 1.0
        return y

    return run


def blocks_mixed(net, at, x, made):
    """Windows of two positions along the last axis, each mixed by a matrix, as windowed attention does."""
    pairs = x.shape[-1] // 2
    matrix = net.weight(2, 2)

    def step(made, truth):
        y = made[at][..., : 2 * pairs]
        return (y.reshape(*y.shape[:-1], pairs, 2) @ matrix).reshape(y.shape)

    return step


def patches(net, at, x, made):
    if net.axes != 2 or x.shape[1] > 3:
        return rolled(net, at, x, made)
    size, dilation, zeros = net.many(1, 2), net.many(1, 2), net.many(0, 1)

    def step(made, truth):
        columns = F.unfold(made[at], size, dilation, zeros)
        if net_fold:
            return F.fold(columns, x.shape[2:], size, dilation, zeros)
        numbers = zip(x.shape[2:], size, dilation, zeros, strict=True)
        outs = [n + 2 * p - d * (k - 1) for n, k, d, p in numbers]
        return columns.reshape(1, -1, *outs)

    net_fold = net.rng.random() < 0.5
    return step


def index(net, at, x, made):
    axis = net.rng.randint(2, 1 + net.axes)
    chosen = torch.tensor([net.rng.randrange(x.shape[axis]) for _ in range(x.shape[axis])])
    return lambda made, truth: made[at].index_select(axis, chosen)


KINDS = [
    convolution, convolution, convolution, same_convolution, transposed, max_pool, average_pool, resize, smooth_resize,
    padding, slicing, residual, residual, residual, gate, product, concatenation, concatenation, beside, channels_split,
    channel_shuffle, pixel_shuffle, turned, flipped, rolled, running_sum, written, blocks_mixed, patches, index,
]  # fmt: skip


def drawn_network(seed):
    """A random network and the shape of its input, without the batch."""
    rng = random.Random(seed)
    axes = rng.choice((1, 2, 2, 2, 3))
    channels, sizes = rng.randint(1, 4), [rng.randint(5, MOST[axes] - 2) for _ in range(axes)]
    return RandomNetwork(seed, axes, channels, sizes, rng.randint(2, 9)), (channels, *sizes)


def gradient(network, shape, at):
    """Which inputs one output reads: where its gradient is not zero. `at` holds the place, a channel or None."""
    x = (torch.rand((1, *shape), dtype=torch.float64) + 0.5).requires_grad_()
    y = network(x, truth=True)
    channel, *place = at
    y[(0, slice(None) if channel is None else channel, *place)].sum().backward()
    return (torch.zeros(shape) if x.grad is None else x.grad[0]).abs().numpy() > 0
