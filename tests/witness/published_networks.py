"""Networks of the chapter "Cascades and branches" that no package has, after their authors' code, with few channels.

Each returns its last map, and before it those maps at which the book judges a part, by their names.
"""

from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional as F

WIDTH = 5  # channels: positions do not depend on them


def window(channels=WIDTH, size=3, stride=1, dilation=1):
    """A square convolution that is padded by half of its effective size."""
    return nn.Conv2d(channels, WIDTH, size, stride, dilation * (size - 1) // 2, dilation)


class Basic(nn.Module):
    """Two 3 × 3 layers, and beside them an identity, a 1 × 1 layer at a stride, or nothing."""

    def __init__(self, stride=1, dilation=1, skip=True):
        super().__init__()
        self.conv1, self.conv2 = window(stride=stride, dilation=dilation), window(dilation=dilation)
        self.downsample = window(size=1, stride=stride) if skip else None

    def forward(self, x):
        found = self.conv2(self.conv1(x).relu())
        return found if self.downsample is None else found + self.downsample(x)


class DRNC26(nn.Module):
    """Eight levels of basic units at stride 8 (github.com/fyu/drn, drn_c_26): levels 7 and 8 have no skips."""

    def __init__(self):
        super().__init__()
        self.conv1 = window(3, 7)
        units, strides, dilations = (1, 1, 2, 2, 2, 2, 1, 1), (1, 2, 2, 2, 1, 1, 1, 1), (1, 1, 1, 1, 2, 4, 2, 1)
        levels = enumerate(zip(units, strides, dilations, strict=True), 1)
        self.levels = nn.ModuleDict({
            f"layer{level}": nn.Sequential(*(
                Basic(stride if unit == 0 else 1, dilation, level < 7) for unit in range(count)
            )) for level, (count, stride, dilation) in levels
        })  # fmt: skip

    def forward(self, x):
        found, x = {}, self.conv1(x)
        for name, level in self.levels.items():
            found[name] = x = level(x)
        return {"output": x, **found}


class Pyramid(nn.Module):
    """The ESP unit: 3 × 3 layers of dilation 1 to 16 side by side, sums of neighbours, all joined."""

    def __init__(self, channels, stride=1):
        super().__init__()
        self.c1 = window(channels, 3 if stride > 1 else 1, stride)
        self.branches = nn.ModuleDict({f"d{2**n}": window(dilation=2**n) for n in range(5)})
        self.add = stride == 1

    def forward(self, x):
        first, *others = (branch(reduced) for reduced in [self.c1(x)] for branch in self.branches.values())
        joined, total = [first], 0
        for branch in others:
            total = total + branch
            joined.append(total)
        joined = torch.cat(joined, 1)
        return x + joined if self.add else joined


class ESPNetC(nn.Module):
    """The encoder of ESPNet at stride 8 (github.com/sacmehta/ESPNet): units at stride 4, then at stride 8."""

    def __init__(self, first=2, second=3):
        super().__init__()
        many = 5 * WIDTH
        self.level1, self.level2_0 = window(3, stride=2), Pyramid(WIDTH + 3, 2)
        self.level2 = nn.Sequential(*(Pyramid(many) for _ in range(first)))
        self.level3_0 = Pyramid(2 * many + 3, 2)
        self.level3 = nn.Sequential(*(Pyramid(many) for _ in range(second)))
        self.classifier = window(2 * many, 1)

    def forward(self, x):
        half = F.avg_pool2d(x, 3, 2, 1)
        quarter = F.avg_pool2d(half, 3, 2, 1)
        down = self.level2_0(torch.cat([self.level1(x), half], 1))
        middle = self.level2(down)
        down3 = self.level3_0(torch.cat([middle, down, quarter], 1))
        last = self.level3(down3)
        return {"output": self.classifier(torch.cat([down3, last], 1)), "level2": middle, "level3": last}


class DenseStep(nn.Module):
    """A step of the pyramid of DenseASPP: a 1 × 1 and a 3 × 3 layer, joined to what they read."""

    def __init__(self, channels, dilation):
        super().__init__()
        self.conv1, self.conv2 = window(channels, 1), window(dilation=dilation)

    def forward(self, x):
        return torch.cat([self.conv2(self.conv1(x).relu()), x], 1)


def dense_aspp(make_densenet, dilations=(3, 6, 12, 18, 24)):
    """DenseASPP at stride 8 (github.com/DeepMotionAIResearch/DenseASPP) on a DenseNet-121 that others define."""
    features = make_densenet().features
    features.transition2.pool = features.transition3.pool = nn.Identity()
    for block, dilation in ((features.denseblock3, 2), (features.denseblock4, 4)):
        for layer in block.values():
            layer.conv2.dilation = layer.conv2.padding = (dilation, dilation)
    many = features.norm5.num_features
    steps = {f"aspp{d}": DenseStep(WIDTH + n * WIDTH, d) for n, d in enumerate(dilations)}
    return nn.Sequential(OrderedDict({"features": features, "transition4": window(many, 1), **steps}))


def vgg16(pool, **head):
    """VGG-16 up to its tenth convolution, at stride 8 (its fourth pool is left to the head), and what follows."""
    parts = []
    for count in (2, 2, 3):
        parts += [window(3 if not parts and number == 0 else WIDTH) for number in range(count)] + [pool]
    return nn.Sequential(OrderedDict({"stem": nn.Sequential(*parts, window(), window(), window()), **head}))


def yu_koltun():
    """The front end of Yu and Koltun (2016), section 4: no pool behind the third, dilations in their place."""
    conv5 = {f"conv5_{number}": window(dilation=2) for number in (1, 2, 3)}
    return vgg16(nn.MaxPool2d(2), **conv5, fc6=window(size=7, dilation=4), fc7=window(size=1))


def csrnet():
    """CSRNet (github.com/leeyeehoo/CSRNet-pytorch): six layers of dilation 2."""
    return vgg16(nn.MaxPool2d(2), **{f"backend{number}": window(dilation=2) for number in range(6)})


def large_fov():
    """DeepLab-LargeFOV (Chen et al. 2015): pools of 3 × 3, the last three of stride 1, and fc6 of dilation 12."""
    conv5 = {f"conv5_{number}": window(dilation=2) for number in (1, 2, 3)}
    pools = {"pool4": nn.MaxPool2d(3, 1, 1), **conv5, "pool5": nn.MaxPool2d(3, 1, 1), "pool5a": nn.AvgPool2d(3, 1, 1)}
    return vgg16(nn.MaxPool2d(3, 2, 1), **pools, fc6=window(dilation=12), fc7=window(size=1))


class Up(nn.Module):
    """A unit of the decoder of LinkNet."""

    def __init__(self):
        super().__init__()
        self.conv1, self.conv3 = window(size=1), window(size=1)
        self.deconv2 = nn.ConvTranspose2d(WIDTH, WIDTH, 3, 2, 1, 1)

    def forward(self, x):
        return self.conv3(self.deconv2(self.conv1(x)))


class DLinkNet(nn.Module):
    """D-LinkNet (Zhou et al. 2018, figure 1; the units of ResNet-34 here for either depth)."""

    def __init__(self, dilations=(1, 2, 4, 8)):
        super().__init__()
        self.firstconv = window(3, 7, 2)
        stages = zip((3, 4, 6, 3), (1, 2, 2, 2), strict=True)
        self.encoders = nn.ModuleList(
            nn.Sequential(*(Basic(stride if unit == 0 else 1) for unit in range(count))) for count, stride in stages
        )
        self.dblock = nn.ModuleList(window(dilation=dilation) for dilation in dilations)
        self.decoders = nn.ModuleList(Up() for _ in range(4))
        self.finaldeconv1, self.finalconv2 = nn.ConvTranspose2d(WIDTH, WIDTH, 4, 2, 1), window()
        self.finalconv3 = window()

    def forward(self, x):
        x, maps = F.max_pool2d(self.firstconv(x), 3, 2, 1), []
        for encoder in self.encoders:
            x = encoder(x)
            maps.append(x)
        centre = x
        for layer in self.dblock:
            x = layer(x).relu()
            centre = centre + x
        x = self.decoders[0](centre)
        for decoder, skip in zip(list(self.decoders)[1:], reversed(maps[:3]), strict=True):
            x = decoder(x + skip)
        return {"output": self.finalconv3(self.finalconv2(self.finaldeconv1(x))), "centre": centre}


class WaveNet(nn.Module):
    """Gated causal layers of kernel size 2 with residuals and skips (van den Oord et al. 2016, figure 4)."""

    def __init__(self, blocks=3, levels=10):
        super().__init__()
        self.levels, self.causal = levels, nn.Conv1d(1, WIDTH, 2)
        self.dilations = [2**level for _ in range(blocks) for level in range(levels)]
        self.gated = nn.ModuleList(nn.Conv1d(WIDTH, 2 * WIDTH, 2, dilation=d) for d in self.dilations)
        self.outs = nn.ModuleList(nn.Conv1d(WIDTH, 2 * WIDTH, 1) for _ in self.dilations)
        self.last = nn.Conv1d(WIDTH, WIDTH, 1)

    def forward(self, x):
        x, total, found = self.causal(F.pad(x, (1, 0))), 0, {}
        for number, (d, gated, out) in enumerate(zip(self.dilations, self.gated, self.outs, strict=True), 1):
            values, gate = gated(F.pad(x, (d, 0))).chunk(2, 1)
            residual, skip = out(values.tanh() * gate.sigmoid()).chunk(2, 1)
            x, total = x + residual, total + skip
            if number % self.levels == 0:
                found[f"block{number // self.levels}"] = x
        return {"output": self.last(total.relu()), **found}
